// The port to a source that can be asked about many patients at once, for a day to come or for a time when nobody could
// be asked, without their cards: by the reference under which it knows them at this clinic.

import type { Eligibility } from '../eligibility/model.ts'
import type { Result } from '../ground/result.ts'

interface RequeryRequest {
  /** Made once for one intention (a UUID): however often it is sent, the source opens one re-query. */
  readonly key: string
  /** The day asked about, YYYY-MM-DD. */
  readonly asOf: string
  /** `Patient.ref`, 1 to 2000, each once. */
  readonly patientRefs: readonly string[]
}

export interface RequeryProgress {
  readonly id: string
  readonly isFinished: boolean
  /** Persons asked about, and answered so far. */
  readonly total: number
  readonly answered: number
  /** The rate the source allows this clinic, in persons per minute. */
  readonly perMinute: number
  /** Until then (RFC 3339) the answers can be read, also after a restart. */
  readonly expiresAt: string
  /** Seconds after which reading on makes sense, where the source says so. */
  readonly retryAfterS: number | undefined
}

/** `unknown`: the source knows no such person at this clinic, or no longer. */
export type RequeryItem =
  | { readonly outcome: 'answered'; readonly patientRef: string; readonly answer: Omit<Eligibility, 'patient'> }
  | { readonly outcome: 'unknown'; readonly patientRef: string }

export interface RequeryPage extends RequeryProgress {
  readonly items: readonly RequeryItem[]
  /** Where to read on; null: there is nothing more to come. */
  readonly nextCursor: string | null
}

/** Errors of both: every HUB_ code; VISIT_CANCELLED when `signal` was given. */
export interface RequerySource {
  /** HUB_RATE_LIMITED with its seconds while this clinic has another re-query open. */
  openRequery(request: RequeryRequest, signal?: AbortSignal): Promise<Result<RequeryProgress>>
  /** The answers from `cursor` on (null: the first), in the order they came. HUB_REQUERY_UNKNOWN when it ran out. */
  readRequery(
    requery: { readonly id: string; readonly asOf: string; readonly cursor: string | null },
    signal?: AbortSignal,
  ): Promise<Result<RequeryPage>>
}
