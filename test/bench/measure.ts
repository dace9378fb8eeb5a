// How the benchmark measures: medians over many runs after a warm-up, and floors from the bare calls in the same run.
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { FigureName } from './figures.ts'

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

/** To hundredths, as figures are printed. */
export const round = (value: number) => Math.round(value * 100) / 100

/** A figure of several runs. Between `low` and `high` lie nine of ten; of a slope, the truth with 95 % certainty. */
const spreadSchema = z.object({
  median: z.number(),
  low: z.number(),
  high: z.number(),
  runs: z.int(),
  /** What a slope was drawn through. */
  points: z.array(z.tuple([z.number(), z.number()])).optional(),
})
export type Spread = z.infer<typeof spreadSchema>

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN
  return { median: median(values), low: at(0.05), high: at(0.95), runs: values.length }
}

/** What was measured, by name; a text says what was left out, or what failed. */
export const measuredSchema = z.record(z.string(), z.union([z.number(), z.string(), spreadSchema]))
export type Measured = Readonly<z.infer<typeof measuredSchema>>

/** What a part measures, by names that are described in figures.ts; or why it measured nothing. */
export type Figures =
  | Readonly<Partial<Record<FigureName, number | Spread>>>
  | Readonly<Record<`${string}.leftOut`, string>>

/** What the process of a part tells when it has ended. */
export const toldByPart = z.union([z.object({ figures: measuredSchema }), z.object({ failure: z.string() })])

/** `runs` in milliseconds, after `warmUp` runs that do not count. `run` may return its own measure. */
export async function spreadOf(runs: number, warmUp: number, run: () => Promise<number | undefined>): Promise<Spread> {
  const times: number[] = []
  for (let index = -warmUp; index < runs; index++) {
    const start = performance.now()
    const own = await run()
    if (index >= 0) times.push(own ?? performance.now() - start)
  }
  return spread(times)
}

/** The least a durable file costs: write, fsync, rename, fsync of the folder. */
export async function writeBareFile(folder: string, name: string, content: Uint8Array): Promise<void> {
  const temporary = join(folder, `${name}.tmp`)
  const file = await open(temporary, 'w')
  await file.writeFile(content)
  await file.sync()
  await file.close()
  await rename(temporary, join(folder, name))
  const directory = await open(folder, 'r')
  await directory.sync()
  await directory.close()
}

export const removeFile = (path: string) => rm(path, { force: true })
