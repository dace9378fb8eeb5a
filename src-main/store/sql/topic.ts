// What every topic of the store stands on, whatever the engine, and what several of them write in the same way.
import type { Failure, Result } from '../../ground/result.ts'
import type { AuditEntry } from '../audit.ts'
import type { Lease } from '../leases.ts'
import type { ChainedRow } from './audit-chain.ts'
import type { Keys } from './keys.ts'
import type { Work } from './work.ts'

type Later<T> = T | Promise<T>

/** Every transaction goes through here: it is counted, and its audit rows are chained. */
export interface Ledger {
  /** One transaction, on the disk when it returns ok; nothing has changed otherwise. Errors: STORE_ codes. */
  write<T>(work: () => Work<T>): Later<Result<T>>
  /** The same for a work that may be refused; what it has written until then must be nothing. */
  judge<T>(work: () => Work<Result<T>>): Later<Result<T>>
  /** Of one state of the store. Throws a Refusal where it cannot be read. */
  read<T>(work: () => Work<T>): Later<T>
  /** The same, and none of it can be lost any more: for what is done outside the store because of it. */
  readKept<T>(work: () => Work<T>): Later<T>
  /** These inside a transaction. '': the row belongs to no visit. */
  addAudit(visitId: string, deliveryId: string | null, entry: AuditEntry): Work<void>
  /** Inside a transaction: a row as it was written elsewhere, by a desk that was away, goes to the end of the trail and is signed there. */
  appendAudit(row: ChainedRow): Work<void>
  nextVisitNumber(day: string): Work<number>
  nextTerminalRequest(day: string): Work<number>
}

/** Which desk writes, beside the others of its site. */
export interface AmongDesks {
  /** Its id; null: there is only this one. */
  readonly desk: string | null
  /** Inside a transaction: whether what is done under this lease counts; what is done without one always does. */
  holds(lease: Lease | null): Work<boolean>
}

/** The transactions, the keys that stand for people and cards in the store, and the desk. */
export interface Topic {
  readonly ledger: Ledger
  readonly keys: Keys
  readonly among: AmongDesks
}

export const failureText = (failure: Failure | null): string | null => failure && JSON.stringify(failure)
