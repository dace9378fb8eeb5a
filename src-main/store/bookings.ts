// The port to the clinic's list of bookings, and how far the source has been asked about it. There is one list at a time.
import type { BookingOutcome, Findings } from '../contract/bookings.ts'
import type { Result } from '../ground/result.ts'
import type { Lease } from './leases.ts'

/** One line of the list of bookings. */
export interface Booking {
  /** Its place in the list: 0, 1, 2 … */
  readonly place: number
  readonly patientNumber: string
  readonly nameKana: string
  /** YYYY-MM-DD */
  readonly birthDate: string | null
  /** Whom the source is asked about; null: nobody. */
  readonly patientRef: string | null
  /** Null: not asked yet. */
  readonly outcome: BookingOutcome | null
  readonly findings: Findings | null
}

/** How far the source has been asked about the list. */
export interface BookingRun {
  /** Which list it is: no other one has this name. */
  readonly list: string
  /** The day of the bookings, YYYY-MM-DD. */
  readonly day: string
  /** A person has stopped it. */
  readonly isStopped: boolean
  /** The re-query under way, which goes on after a restart; null between two. */
  readonly requery: {
    readonly key: string
    /** Whom it is about. */
    readonly patientRefs: readonly string[]
    /** Where to read on; null: it is not open yet. */
    readonly from: { readonly id: string; readonly cursor: string | null } | null
  } | null
}

export interface BookingList {
  /** The list of bookings, in its order; null: there is none. */
  bookings(): Promise<{ readonly run: BookingRun; readonly bookings: readonly Booking[] } | null>
  /** A new list in place of the one before. Errors: STORE_ codes. */
  saveBookings(run: BookingRun, bookings: readonly Booking[]): Promise<Result<void>>
  /**
   * How far it is now, with what has become of some of the bookings meanwhile. Errors: BOOKINGS_CHANGED (a person has stopped this
   * list, or it is not there any more), LEASE_LOST (`lease`: under which it is done), STORE_ codes.
   */
  moveBookings(
    run: Pick<BookingRun, 'list' | 'requery'>,
    settled: readonly Pick<Booking, 'place' | 'outcome' | 'findings'>[],
    lease?: Lease | null,
  ): Promise<Result<void>>
  /**
   * A person stops this list or lets it go on; `isAnew`: not in the re-query that was under way. Errors: BOOKINGS_CHANGED (it is not
   * there any more), STORE_ codes.
   */
  steerBookings(
    list: string,
    way: { readonly isStopped: boolean; readonly isAnew: boolean },
  ): Promise<Result<BookingRun>>
  /** Errors: BOOKINGS_CHANGED (this list is not there any more), STORE_ codes. */
  removeBookings(list: string): Promise<Result<void>>
}
