// Rules that carry their date. In a rule file a value that changes is written with the days between which each form of it
// holds, and an entry of a list with the days between which it is there; a reader asks for the file as it is on a day. So a
// change that the law brings on a future day is a line of data, and a dose of last year is judged by last year's rule.
import { z } from 'zod'
import { addDays } from './calendar.ts'

const date = z.iso.date()
/** First and last day, both included; left out: open. */
const rangeShape = { from: date.optional(), to: date.optional() }
/** `"product": [{ "to": "2026-03-31", "is": "23価" }, { "from": "2026-04-01", "is": "20価" }]` */
const formsSchema = z.array(z.strictObject({ ...rangeShape, is: z.unknown() })).min(1)
/** `{ "holds": { "to": "2026-03-31" }, … }` in a list. */
const holdsSchema = z.strictObject(rangeShape)

interface Range {
  readonly from?: string | undefined
  readonly to?: string | undefined
}
const isIn = ({ from, to }: Range, day: string) =>
  (from === undefined || from <= day) && (to === undefined || day <= to)

const isObject = (node: unknown): node is Readonly<Record<string, unknown>> =>
  typeof node === 'object' && node !== null && !Array.isArray(node)

/** The forms of a value that changes, else null. Throws where it is not clear which one holds on some day. */
function formsOf(node: readonly unknown[]) {
  if (!node.some((one) => isObject(one) && 'is' in one)) return null
  const forms = formsSchema.parse(node)
  for (const [index, { to }] of forms.entries()) {
    const next = forms[index + 1]
    const isFollowed = next === undefined || (to !== undefined && next.from === addDays(to, 1))
    if (!isFollowed) throw new Error(`no form of a value on the day after ${to ?? 'one without an end'}`)
  }
  return forms
}

/** undefined: it is not there on that day. */
function asOn(node: unknown, day: string): unknown {
  if (Array.isArray(node)) {
    const forms = formsOf(node)
    if (forms) return asOn(forms.find((form) => isIn(form, day))?.is, day)
    return node.map((each) => asOn(each, day)).filter((each) => each !== undefined)
  }
  if (!isObject(node)) return node
  const { holds, ...rest } = node
  if (holds !== undefined && !isIn(holdsSchema.parse(holds), day)) return undefined
  const entries = Object.entries(rest).map(([key, value]) => [key, asOn(value, day)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** The days on which anything is other than the day before, in order. */
function turnsOf(node: unknown): readonly string[] {
  const days = new Set<string>()
  const note = ({ from, to }: Range) => {
    if (from !== undefined) days.add(from)
    if (to !== undefined) days.add(addDays(to, 1))
  }
  const look = (each: unknown): void => {
    if (Array.isArray(each)) {
      for (const form of formsOf(each) ?? []) note(form)
      for (const one of each) look(one)
    } else if (isObject(each)) {
      if (each.holds !== undefined) note(holdsSchema.parse(each.holds))
      for (const one of Object.values(each)) look(one)
    }
  }
  look(node)
  return [...days].sort()
}

export interface Dated<T> {
  /** As it is on a day. */
  on(day: string): T
  /** The days on which it changes, in order. */
  readonly turns: readonly string[]
}

/** `read`: checks the file as it is on one day. It is read once for each time between two changes. */
export function dated<T>(data: unknown, read: (data: unknown) => T): Dated<T> {
  const turns = turnsOf(data)
  const known = new Map<number, T>()
  return {
    turns,
    on(day) {
      const past = turns.filter((turn) => turn <= day).length
      const found = known.get(past) ?? read(asOn(data, day))
      known.set(past, found)
      return found
    },
  }
}
