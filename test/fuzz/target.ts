// What is tried with hostile bytes: one door of the house through which bytes from outside come in, and what has to hold behind it
// whatever they are. The same target is run on the kept inputs in `npm test` and for as long as there is time in `npm run test:long`.
import { isDeepStrictEqual } from 'node:util'
import type { Result } from '../../src-main/ground/result.ts'

export interface Target {
  /** Sources, as the beginnings of their paths below the root: an input that reaches more of them is kept to go on from. */
  readonly covers: readonly string[]
  /** Sound inputs, as the product's own writers or its stand-ins make them. */
  readonly seeds: readonly Uint8Array[]
  /** What means something there: put in here and there. */
  readonly words: readonly (string | Uint8Array)[]
  /** One input takes a hundred times what it takes elsewhere: fewer are tried where there is little time. */
  readonly isSlow?: boolean
  /** Longest input, in bytes. */
  readonly longest: number
  /** Another way to change an input than byte by byte; null where this one cannot be changed so. */
  readonly mutate?: (input: Uint8Array, random: () => number) => Uint8Array | null
  /** Throws where something does not hold. Returns whether it was taken, and all that is told where it was not. */
  run(input: Uint8Array): Verdict | Promise<Verdict>
  close?(): Promise<void>
}

export interface Verdict {
  readonly isTaken: boolean
  /** Whatever goes to a log, a screen or a support bundle about what was refused. Nothing of the input may be in it. */
  readonly told: unknown
}

export const taken: Verdict = { isTaken: true, told: null }
export const refused = (told: unknown): Verdict => ({ isTaken: false, told })

/** Of what ends as a result. */
export const verdictOf = (result: Result<unknown>): Verdict => (result.ok ? taken : refused(result.error))

/** Names of nobody: planted in inputs, and looked for in what is told of them. No text of the house has them in it. */
export const markers = ['QZHIMITSU', '秘匿花子', 'ﾋﾄｸﾊﾅｺ'] as const

/** Thrown where something does not hold. The message says what, and stays the same for the same fault. */
export class Broken extends Error {
  override readonly name = 'Broken'
}

export function holds(what: string, isSo: boolean): void {
  if (!isSo) throw new Broken(what)
}

export const same = (what: string, one: unknown, other: unknown): void => holds(what, isDeepStrictEqual(one, other))

/** Runs one input, and looks through what was told for what must not be there. */
export async function tryInput(target: Target, input: Uint8Array): Promise<Verdict> {
  // Its own copy, with strange bytes around it: nothing outside a view may matter, and nobody may change it.
  const around = Buffer.concat([Buffer.alloc(3, 0xa5), input, Buffer.alloc(5, 0x5a)])
  const view = new Uint8Array(around.buffer, around.byteOffset + 3, input.length)
  const verdict = await target.run(view)
  holds('the input is left as it was', Buffer.compare(view, input) === 0)
  if (verdict.told !== null) {
    const text = JSON.stringify(verdict.told) ?? ''
    for (const marker of markers) holds('what is told has nothing of the input in it', !text.includes(marker))
  }
  return verdict
}
