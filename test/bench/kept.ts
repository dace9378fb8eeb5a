// The figures of a run as they are kept: what `--json` prints, what `--compare` reads, what the document is made from
// (docs/benchmarks/figures.json). Flat names with their medians, and beside them the range of each and the machine.
import { z } from 'zod'
import { described, type Goal } from './figures.ts'
import type { Machine } from './machine.ts'
import { type Measured, round } from './measure.ts'

const rangeSchema = z.object({
  low: z.number(),
  high: z.number(),
  runs: z.int(),
  points: z.array(z.tuple([z.number(), z.number()])).optional(),
})

/** Of any version: what an earlier one did not write is empty. */
const fileSchema = z
  .looseObject({
    ranges: z.record(z.string(), rangeSchema).default({}),
    machine: z.record(z.string(), z.string()).default({}),
    measuredAt: z.string().default(''),
  })
  .transform(({ ranges, machine, measuredAt, ...rest }) => ({
    measuredAt,
    machine,
    figures: z.record(z.string(), z.union([z.number(), z.string()])).parse(rest),
    ranges,
  }))

export type Kept = z.infer<typeof fileSchema>

/** Throws a sentence where the text is none that `--json` has printed. */
export function readKept(text: string): Kept {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error('this is no JSON')
  }
  const read = fileSchema.safeParse(json)
  if (!read.success) throw new Error(`this is not what --json prints: ${z.prettifyError(read.error)}`)
  return read.data
}

export function keptOf(measured: Measured, machine: Machine, measuredAt: string): Kept {
  const figures: Record<string, number | string> = {}
  const ranges: Kept['ranges'] = {}
  for (const [name, value] of Object.entries(measured)) {
    if (typeof value === 'string') figures[name] = value
    else if (typeof value === 'number') figures[name] = round(value)
    else {
      const { median, low, high, runs, points } = value
      figures[name] = round(median)
      ranges[name] = {
        ...{ low: round(low), high: round(high), runs },
        ...(points && { points: points.map(([x, y]) => [x, round(y)]) }),
      }
    }
  }
  return { measuredAt, machine: { ...machine }, figures, ranges }
}

/** With what some parts have measured anew in the place of theirs; the machine is the one of the newer run. */
export function renewed(before: Kept, now: Kept, parts: readonly string[]): Kept {
  const { machine, figures, ranges } = now
  const failedThen = new Set(parts.map((name) => `failed: ${name}`))
  const left = Object.entries(before.figures).filter(([name]) => !failedThen.has(name))
  return {
    measuredAt: `${before.measuredAt}, ${parts.join(', ')} anew ${now.measuredAt}`,
    machine: { ...before.machine, ...machine },
    figures: { ...Object.fromEntries(left), ...figures },
    ranges: { ...before.ranges, ...ranges },
  }
}

export const asJson = ({ measuredAt, machine, figures, ranges }: Kept) => ({ ...figures, ranges, machine, measuredAt })

/** How far a value is from its goal: 1 is on it, more is missed. */
export function shareOfGoal(value: number, goal: Goal): number {
  if ('atLeast' in goal) return goal.atLeast / value
  if (goal.atMost > 0) return value / goal.atMost
  return value > 0 ? Number.POSITIVE_INFINITY : 0
}

export interface Judged {
  readonly name: string
  readonly goal: Goal
  /** null: it was left out, or failed. */
  readonly value: number | null
  /** Whether the goal is met; false where it was not measured. */
  readonly isMet: boolean
}

/** Every goal with what was measured. */
export function judge({ figures, ranges }: Kept): readonly Judged[] {
  return Object.entries(described).flatMap(([name, { goal }]) => {
    if (!goal) return []
    const found = figures[name]
    const value = typeof found === 'number' ? found : null
    // Of a slope nobody knows more than its range: zero has to lie in it, or above it.
    const judgedBy = 'isSlope' in goal ? (ranges[name]?.low ?? value) : value
    return [{ name, goal, value, isMet: judgedBy !== null && shareOfGoal(judgedBy, goal) <= 1 }]
  })
}
