// What a page is told: its view as a whole when it comes, from then on only what has changed. The list of a day is long and
// every click changes a row of it at most. A change names the state that it follows, so that a page that has missed one
// knows it, shows nothing wrong, and asks for the whole. Where the agent has gone, or does not begin, it is told that instead.
import { z } from 'zod'
import { failureSchema } from '../ground/failures.ts'
import { isSame } from '../ground/keep-same.ts'

/** What a door lets a page see. `revision` counts up with every change. */
export type View = { readonly revision: number }

const spliceSchema = z.strictObject({
  /** Where, how many go, and what comes in their place. */
  at: z.int().min(0),
  removed: z.int().min(0),
  rows: z.array(z.unknown()),
})
type Splice = z.infer<typeof spliceSchema>

/**
 * The agent has ended by a fault: it is being started again, or is not any more. `turning`: it goes over to the desk's own records,
 * or back to the server's.
 */
const absenceSchema = z.enum(['restarting', 'failed', 'turning'])
export type Absence = z.infer<typeof absenceSchema>

/** The agent does not begin with these settings; it does by itself once they are mended. */
const unsettledSchema = z.strictObject({
  line: z.literal('unsettled'),
  failure: failureSchema,
  /** Where settings were looked for: the desk's own file, and what was laid for the whole computer. */
  files: z.array(z.string()).readonly(),
})
export type Unsettled = z.infer<typeof unsettledSchema>

/** Nobody is at work. */
export type Away = { readonly line: Absence } | Unsettled

export const toldSchema = z.union([
  z.strictObject({ line: absenceSchema }),
  unsettledSchema,
  z.strictObject({ whole: z.record(z.string(), z.unknown()) }),
  z.strictObject({
    /** The revision that this follows. */
    after: z.int(),
    /** Whatever has another value now, by its name. */
    parts: z.record(z.string(), z.unknown()),
    /** Lists of which only rows have changed: one place after the other, each as those before it have left the list. */
    lists: z.record(z.string(), z.array(spliceSchema)),
  }),
])
export type Told = z.infer<typeof toldSchema>

/** Says to one page, which gets all of it in this order, each state after the one before. */
export function createTeller(): (view: View) => Told {
  let before: View | null = null
  return (view) => {
    const told = before ? changesOf(before, view) : { whole: { ...view } }
    before = view
    return told
  }
}

function changesOf(before: View, now: View): Told {
  const old: Readonly<Record<string, unknown>> = { ...before }
  const parts: Record<string, unknown> = {}
  const lists: Record<string, Splice[]> = {}
  for (const [name, value] of Object.entries(now)) {
    const earlier = old[name]
    if (isSame(earlier, value)) continue
    if (Array.isArray(earlier) && Array.isArray(value)) lists[name] = splicesOf(earlier, value)
    else parts[name] = value
  }
  return { after: before.revision, parts, lists }
}

/**
 * Of what lies between what both begin with and what both end with. What has come or gone is taken to stand first in it, as the newest
 * visit does; of the others only those that differ are told, however far from each other they are.
 */
function splicesOf(before: readonly unknown[], now: readonly unknown[]): Splice[] {
  const shorter = Math.min(before.length, now.length)
  let at = 0
  while (at < shorter && isSame(before[at], now[at])) at++
  let end = 0
  while (end < shorter - at && isSame(before.at(-1 - end), now.at(-1 - end))) end++
  const stay = shorter - at - end
  const removed = before.length - at - end - stay
  const come = now.length - at - end - stay
  const splices: Splice[] = removed + come > 0 ? [{ at, removed, rows: now.slice(at, at + come) }] : []
  for (let place = at + come; place < at + come + stay; place++) {
    if (isSame(before[place - come + removed], now[place])) continue
    const last = splices.at(-1)
    if (last && last.at + last.rows.length === place) {
      last.rows.push(now[place])
      last.removed++
    } else splices.push({ at: place, removed: 1, rows: [now[place]] })
  }
  return splices
}

/** What a page sees after it was told this, unchecked; null: it does not follow what it sees. */
export function follow(view: View | null, told: Told): unknown {
  if ('line' in told) return null
  if ('whole' in told) return told.whole
  if (view?.revision !== told.after) return null
  const next: Record<string, unknown> = { ...view, ...told.parts }
  for (const [name, splices] of Object.entries(told.lists)) {
    const known = next[name]
    if (!Array.isArray(known)) return null
    const list: unknown[] = [...known]
    for (const { at, removed, rows } of splices) {
      if (at + removed > list.length) return null
      list.splice(at, removed, ...rows)
    }
    next[name] = list
  }
  return next
}
