// The port for whoever looks after the store itself: whether it is whole, and copies of it.
import type { Result } from '../ground/result.ts'
import type { DeliveryState, RegistrationState, VisitState } from '../ground/states.ts'

/** How much there is of each, in which state: no patient, no visit. */
export interface Stock {
  readonly visits: readonly { readonly state: VisitState; readonly n: number }[]
  readonly deliveries: readonly { readonly state: DeliveryState; readonly n: number }[]
  readonly registrations: readonly { readonly state: RegistrationState; readonly n: number }[]
  /** The number of the newest migration that has been applied. */
  readonly migration: number
}

export interface TrailStanding {
  /** Rows that hang together. */
  readonly rows: number
  /** A person has gone on knowingly behind this row: what is before it need not hold. 0: nobody had to. */
  readonly acceptedUpTo: number
  /** The first place where it does not hold, behind what was accepted. */
  readonly broken: ChainBreak | null
}

/** Where a chain does not hold; `id`: the first row that does not follow on the one before it. */
export type ChainBreak = { readonly id: number } & (
  | { readonly kind: 'missing' /** The first number that is gone. */; readonly from: number }
  | {
      readonly kind: 'moved' /** The row that it was written behind (0: it was the first one). */
      readonly after: number
    }
  /** This row, or the one before it, is not as it was written. */
  | { readonly kind: 'changed' }
)

export interface Upkeep {
  /**
   * Looks at everything: every page, every index, the whole chain of the audit trail. Others get their turn in between.
   * Errors: STORE_DAMAGED; the next opening then looks at everything first.
   */
  check(): Promise<Result<void>>
  /** Follows the whole trail, and from where a person has gone on knowingly; rows: those that hang together. */
  verifyTrail(): Promise<TrailStanding>
  /** The last row of the audit trail; null: there is none. */
  auditHead(): Promise<{ readonly id: number; readonly hash: string } | null>
  /** Transactions so far: the same number twice means that nothing has changed in between. */
  commits(): number
  /**
   * A whole encrypted copy under the same key, on the disk when it returns. Errors: STORE_ codes. null: it lies on a server, whose
   * copies are not a desk's to make.
   */
  readonly copyTo: ((file: string) => Promise<Result<void>>) | null
  /** Reads every row of these tables: for support, not for the counter. */
  stock(): Promise<Stock>
  /** The server is given up: whoever waits for it, or asks it from now on, is told at once that it does not answer. */
  cutOff(): void
  close(): void
}
