// Results, not exceptions, across every border of the house: an expected failure is a value that the compiler makes
// the caller look at. Only bugs throw.
import type { FailureCode } from './failures.ts'

/** What a failure may tell besides its code. No patient data: these fields may reach a log. */
export interface FailureDetail {
  /** PIN tries the card still allows (0 to 3). */
  readonly triesLeft?: number | undefined
  /** The id of the destination in the settings. */
  readonly destination?: string | undefined
  /** The name of a field, never its content. */
  readonly field?: string | undefined
  /** The name of a variable of the environment, never its content. */
  readonly variable?: string | undefined
  /** Where in a file that is not what it should be, counted from 1. */
  readonly line?: number | undefined
  /** All that is wrong in the settings, in the order in which it stands there; setting-fault.ts reads it. */
  readonly faults?: unknown
  /** Seconds after which trying again makes sense. */
  readonly retryAfterS?: number | undefined
  /** The code that the other side itself gave (the terminal's, ORCA's `Api_Result`): what its support asks for first. */
  readonly sourceCode?: string | undefined
  /** The number under which the log tells of it, as reference.ts. */
  readonly reference?: string | undefined
}

export interface Failure {
  readonly code: FailureCode
  readonly detail?: FailureDetail | undefined
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

export const fail = (code: FailureCode, detail?: FailureDetail): { ok: false; error: Failure } => ({
  ok: false,
  error: detail === undefined ? { code } : { code, detail },
})

/** Thrown where a value has no room for a failure: by what only reads, and fails when the ground under it does. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}

/** What was thrown as a failure to tell: a bug, unless somebody has refused. */
export const failureOf = (error: unknown): Failure =>
  error instanceof Refusal ? error.failure : { code: 'AGENT_FAULT' }

/** Proves to the compiler that a switch over a closed list is complete. */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${typeof value} in a closed list`)
}
