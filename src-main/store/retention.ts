// The port to time: which one was believed last, and what has expired by it.
import type { Result } from '../ground/result.ts'
import type { Lease } from './leases.ts'

export interface Retention {
  /** The newest time that was believed (RFC 3339 in clinic time); null before the first. */
  seenTime(): Promise<string | null>
  /**
   * `at` is believed from now on; visits that begin are kept from its day. `isJump`: it does not follow from the time
   * before, and whatever was recorded since that may be of any day between. Errors: STORE_ codes.
   */
  noteTime(at: string, isJump: boolean): Promise<Result<void>>
  /**
   * Retention by a time that is confirmed. Marks as expired: the visits kept from days before `before` (YYYY-MM-DD) with
   * patient, answers and files, the sheets of monthly caps on which nobody has written since a month that ended before it,
   * what is noted about the terminal's files, why the glass was broken, card links that have ended, the bookings of earlier days; a 診察券番号 whose last card has ended waits a year for a new one. What was marked a week ago or
   * earlier is deleted; what a later time has marked, and this one contradicts, is there again. The audit rows, which hold no
   * patient data, stay. A visit with a file still on its way waits for it. Returns the visits deleted. Errors: LEASE_LOST (`lease`:
   * under which it is done), STORE_ codes.
   */
  retain(time: { readonly at: string; readonly before: string }, lease?: Lease | null): Promise<Result<number>>
}
