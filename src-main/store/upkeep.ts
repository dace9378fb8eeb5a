// The port for whoever looks after the store itself: whether it is whole, and copies of it.
import type { Result } from '../ground/result.ts'
import type { DeliveryState, RegistrationState, VisitState } from '../ground/states.ts'
import type { ProvedTrail } from '../ground/trail.ts'
import type { AuditHead } from './audit-heads.ts'

/** How much there is of each, in which state: no patient, no visit. */
export interface Stock {
  readonly visits: readonly { readonly state: VisitState; readonly n: number }[]
  readonly deliveries: readonly { readonly state: DeliveryState; readonly n: number }[]
  readonly registrations: readonly { readonly state: RegistrationState; readonly n: number }[]
  /** The number of the newest migration that has been applied. */
  readonly migration: number
}

export interface Upkeep {
  /**
   * Looks at everything: every page, every index, the whole chain of the audit trail. Others get their turn in between.
   * Errors: STORE_DAMAGED; the next opening then looks at everything first.
   */
  check(): Promise<Result<void>>
  /**
   * Follows the whole trail, and from where a person has gone on knowingly; rows: those that hang together. `heads`: what was noted of its
   * end outside.
   */
  verifyTrail(heads?: readonly AuditHead[]): Promise<ProvedTrail>
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
