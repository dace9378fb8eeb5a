// The port to the two ends of everybody whom a store knows: the rehearsal's, when a clinic goes live, and all of them, when
// clinic IT wipes a desk. What stays in both is the staff, the audit trail and the public masters.
import type { ExpiringKind } from '../contract/audit-trail.ts'
import type { Result } from '../ground/result.ts'
import type { Stamp } from './audit.ts'

/** Invented people, or patients. */
export type WrittenFor = 'training' | 'live'

export interface Known {
  /** How many of every kind. */
  readonly kinds: Readonly<Record<ExpiringKind, number>>
  /** Files that were to be handed over, and what was to be registered at the hub, as far as it has not got there. */
  readonly undelivered: number
}

export interface Erasing {
  /**
   * Whom it is written for from now on. What a rehearsal knew, has counted and has chosen is gone for a clinic that is live, in
   * one transaction with its row in the audit trail. Errors: STORE_IS_LIVE (there are patients in it: no rehearsal), STORE_ codes.
   */
  writeFor(mode: WrittenFor, stamp: Stamp): Promise<Result<void>>
  /** Whether writeFor would, without doing it. Errors: STORE_IS_LIVE. */
  mayWriteFor(mode: WrittenFor): Promise<Result<void>>
  /** How much it knows of patients. Reads whole tables: for a command, not for the counter. */
  countKnown(): Promise<Known>
  /**
   * Removes everybody, also what is on its way, and gives the pages back to the disk; the counts of months stay. Whoever
   * writes next may rehearse or be live. Errors: STORE_ codes.
   */
  erase(stamp: Stamp): Promise<Result<Known>>
}
