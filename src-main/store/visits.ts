// The port to visits: what the desk has begun, asked and confirmed. A visit is saved together with everything that came of
// it (answer, confirmation, files to hand over), in one transaction.

import type { TerminalReport } from '../contract/terminal-report.ts'
import type { Confirmation } from '../eligibility/confirmation.ts'
import type { Handed } from '../eligibility/handed.ts'
import type { Eligibility, Patient } from '../eligibility/model.ts'
import type { Failure, Result } from '../ground/result.ts'
import type { VisitState } from '../ground/states.ts'
import type { AuditEntry, Stamp } from './audit.ts'
import type { DeliveryRow, NewDelivery } from './deliveries.ts'
import type { Lease } from './leases.ts'
import type { Registration } from './registrations.ts'
import type { TerminalFile } from './terminal.ts'

export interface VisitRow {
  /** UUID */
  readonly id: string
  /** The clinic's day, YYYY-MM-DD. */
  readonly day: string
  /** 受付番号: 1, 2, 3 … within the day, given by the store at the first save (0 before it). */
  readonly number: number
  readonly reader: string
  readonly state: VisitState
  readonly failure: Failure | null
  /** RFC 3339 in clinic time. */
  readonly startedAt: string
  readonly updatedAt: string
  readonly patient: Patient | null
  /** 診察券番号: the clinic's own number of the patient; null while it is not known. */
  readonly patientNumber: string | null
  /** The spelling that the clinic has confirmed for the patient's name with ●; null: the source's name stands. */
  readonly confirmedName: string | null
  /** What the terminal's file said besides the answer; null for a visit by card. */
  readonly report: TerminalReport | null
}

/** What the clinic itself calls the patient of a visit: whichever desk says it, it is on the visit, whoever has that. */
export type Naming = Pick<VisitRow, 'patientNumber' | 'confirmedName'>

/** The card that the person of an answer proved themselves with. */
export interface CardLink {
  /** User-authentication certificate, DER; only a keyed hash of it is kept. */
  readonly certificate: Uint8Array
  /** The last day on which the card is known by it, YYYY-MM-DD; one that brings a 診察券番号 is known to its own end. */
  readonly expiresOn: string
  /** The last day on which the card counts, YYYY-MM-DD: that of its certificate's grace. */
  readonly endsOn: string
}

export interface StoredVisit {
  readonly visit: VisitRow
  /** The id of the desk that has it, or had it last; null: there is only one, or nobody knows. */
  readonly desk: string | null
  /** The id of the desk that asks for it; null: none does. */
  readonly askedBy: string | null
  readonly eligibility: Eligibility | null
  /** What the visit hands over about 医療費助成; null before it is confirmed. */
  readonly handed: Handed | null
  /** When it was confirmed, RFC 3339 in clinic time; null before. */
  readonly confirmedAt: string | null
  readonly deliveries: readonly DeliveryRow[]
  /** The clinic's own, in a few words; null: none. */
  readonly note: string | null
  /** In the order they were entered. */
  readonly registrations: readonly Registration[]
}

export interface Visits {
  /**
   * One transaction: the visit as it is now, its new audit rows, and where given a new answer version, what the clinic
   * confirmed, the outbox rows and the terminal's file it came from. Returns the visit with its number. `named`: how it was named
   * as far as this desk knows; where another desk has named it otherwise since, that stays, and the outbox rows are `renderedAnew`
   * of it. `lease`: under which the file is taken. Errors: LEASE_LOST, TERMINAL_FILE_KNOWN (the file has been taken note of),
   * VISIT_NOT_CURRENT (from the state it is stored in no way leads through those of its audit rows to the new one), VISIT_ELSEWHERE
   * (another desk has it, or has gone on with it), STORE_FULL, STORE_UNWRITABLE, STORE_DAMAGED.
   */
  saveVisit(
    visit: VisitRow,
    audit: readonly AuditEntry[],
    outcome?: {
      readonly eligibility?: Eligibility
      readonly confirmation?: Confirmation
      readonly deliveries?: readonly NewDelivery[]
      readonly card?: CardLink
      readonly file?: TerminalFile
      readonly lease?: Lease | null
      readonly named?: Naming
      readonly renderedAnew?: (visit: VisitRow) => readonly NewDelivery[]
    },
  ): Promise<Result<VisitRow>>
  /**
   * A person takes back what they have just decided, in one transaction: the visit stands again as it is given here, what was
   * confirmed is gone with its files, and (`choice`) so is the answer that was said to be about somebody. `named`: as in saveVisit.
   * Errors: VISIT_NOT_CURRENT (a file is on its way, something has been entered since, also how whoever was chosen is named, or no
   * way leads back), STORE_ codes.
   */
  takeBackVisit(
    visit: VisitRow,
    what: 'decision' | 'choice',
    stamp: Stamp & { readonly named: Naming },
  ): Promise<Result<VisitRow>>
  /** Visits of one clinic day, newest first, each with its newest answer and its deliveries. */
  visitsOfDay(day: string): Promise<readonly StoredVisit[]>
  visit(id: string): Promise<StoredVisit | null>
  /** Visits in an open state (openVisitStates) that this desk has, oldest first: what a restart finds unfinished. */
  openVisits(): Promise<readonly VisitRow[]>
  /** The same of every desk of the site. */
  openVisitsOfSite(): Promise<readonly VisitRow[]>
  /** Visits that wait for staff to say whom they are about, oldest first. */
  choosingVisits(): Promise<readonly VisitRow[]>
  /** Visits of whatever day with a file about which a person has to decide. */
  conflictVisits(): Promise<readonly VisitRow[]>
  /** Visits since a day (YYYY-MM-DD) whose person is known and whose answer is still owed, oldest first. */
  offlineVisits(since: string): Promise<readonly VisitRow[]>
  /** Puts the note in the place of an earlier one; null: takes it away. Errors: VISIT_NOT_CURRENT (no such visit), STORE_ codes. */
  noteVisit(visitId: string, note: string | null, stamp: Stamp): Promise<Result<void>>
  /**
   * Staff have entered what the files of a confirmed visit lack, or (`isEntered` false) have not after all. Errors:
   * VISIT_NOT_CURRENT (it has not been confirmed), STORE_ codes.
   */
  noteEnteredByHand(visitId: string, isEntered: boolean, stamp: Stamp): Promise<Result<void>>
}
