// What a long run is given: for how long, and by which dice.
import { inspect } from 'node:util'
import { randomFrom } from '../random.ts'

export interface Share {
  readonly seed: number
  readonly random: () => number
  /** Whether its time is over. */
  isOver(): boolean
  /** Progress, on standard error. */
  say(text: string): void
}

/** MINUTES (not given: `usualMinutes`) and SEED of the environment. */
export function shareOfTime(usualMinutes: number): Share & { part(of: number): Share } {
  const minutes = Number(process.env.MINUTES ?? usualMinutes)
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
  if (!(minutes > 0) || !Number.isInteger(seed)) throw new Error('MINUTES and SEED are numbers')
  const begun = performance.now()
  const say = (text: string) => void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`)
  const until = (endMs: number): Share => ({
    ...{ seed, random: randomFrom(seed), say },
    isOver: () => performance.now() > endMs,
  })
  return {
    ...until(begun + minutes * 60_000),
    /** From now on so much of the whole, 0 to 1. */
    part: (of) => until(performance.now() + of * minutes * 60_000),
  }
}

/** The counts of a run as one line on standard output; a finding ends it with the seed that finds it again. */
export async function tellCounts(seed: number, work: () => Promise<object>): Promise<void> {
  try {
    const counts = await work()
    process.stdout.write(`${JSON.stringify({ seed, ...counts })}\n`)
    process.exit(0)
  } catch (error) {
    process.stderr.write(`seed ${seed}: ${inspect(error)}\n`)
    process.exit(1)
  }
}
