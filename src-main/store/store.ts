// The port to everything that must survive a power cut. Coarse methods, each one transaction: whoever gets `ok` back
// knows that it is on the disk. Implemented by sqlite/store.ts.
import type { BookingOutcome, Findings } from '../contract/bookings.ts'
import type { DestinationFormat } from '../contract/destination.ts'
import type { Confirmation } from '../eligibility/confirmation.ts'
import type { Handed } from '../eligibility/handed.ts'
import type { NamedPerson } from '../eligibility/matching.ts'
import type { Eligibility, Patient } from '../eligibility/model.ts'
import type { ChosenOrder } from '../eligibility/order.ts'
import type { RegistrationChange, RegistrationHandle } from '../eligibility/registrations.ts'
import type { Failure, Result } from '../ground/result.ts'
import type { SettingChange } from '../ground/setting-change.ts'
import type { DeliveryState, TerminalReport, VisitState } from '../ground/states.ts'

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
  /** What the terminal's file said besides the answer; null for a visit by card. */
  readonly report: TerminalReport | null
}

/** The clinic's own number of a patient, as it is linked to them. */
export interface PatientNumber {
  readonly number: string
  /** The card at hand brings it; else it is only what an earlier card brought, and a person has to say that it still holds. */
  readonly isConfirmed: boolean
}

/** A link that needs a person: the card's certificate has ended, or another one has come since. */
interface StaleNumber {
  readonly number: string
  /** YYYY-MM-DD */
  readonly since: string
  /** While an answer about the patient is still kept. */
  readonly name: string | null
}

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

/** A file of the terminal, by its name and the SHA-256 of its bytes (lower-case hex). */
export interface TerminalFile {
  readonly name: string
  readonly sha256: string
  /** A person's answer was taken from it. */
  readonly isRead: boolean
}

/** Somebody the clinic has confirmed before. */
export interface ClinicPatient extends Patient {
  readonly referenceNumber: string | null
  /** 診察券番号 as it stood in that visit. */
  readonly patientNumber: string | null
  /** The day of the visit, YYYY-MM-DD. */
  readonly lastSeen: string
}

/** A file that was put into a destination's folder, by its name and the SHA-256 of its bytes (lower-case hex). */
export interface LeftFile {
  readonly fileName: string
  readonly sha256: string
  readonly deliveredAt: string
}

/** One transition, for the audit trail. Holds no patient data. */
export interface AuditEntry {
  readonly at: string
  readonly event:
    | VisitState
    | 'interrupted'
    | 'pinBlocked'
    | 'faceRead'
    | 'faceConfirmed'
    | 'patientChosen'
    | 'personConfirmed'
    | 'cardTapped'
    | 'askedLater'
    | 'askedAgain'
    | 'patientNumberLinked'
    | 'patientNumberUnlinked'
    | 'differencesDecided'
    | 'enteredByHand'
    | 'notEnteredByHand'
    | 'deliveryQueued'
    | 'deliveryRejected'
    | 'deliveryDelivered'
    | 'deliveryConflict'
    | 'deliveryRetried'
    | 'deliveryAcknowledged'
    | 'deliveryRefused'
    | 'deliveryLate'
    | 'deliveryMarkedImported'
    | 'deliveryCancelled'
    | 'settingChanged'
    | 'settingNotChanged'
    | 'storeLossAccepted'
    | 'storeRestored'
  readonly code?: Failure['code']
  /** What was changed, where a setting was. */
  readonly change?: SettingChange
}

/** A change of the settings, or one that was noted and could not be made after all. */
interface SettingEntry extends AuditEntry {
  readonly event: 'settingChanged' | 'settingNotChanged'
  readonly change: SettingChange
}

/** A rendered file that is to appear in a destination's folder. */
export interface NewDelivery {
  /** UUID; also part of the file name and of the content. */
  readonly id: string
  readonly destination: string
  readonly format: DestinationFormat
  readonly state: 'queued' | 'rejected'
  readonly failure: Failure | null
  /** Without a folder; no patient data. */
  readonly fileName: string
  /** Exact bytes of the file; empty when rejected. */
  readonly payload: Uint8Array
}

export interface DeliveryRow {
  readonly id: string
  readonly visitId: string
  readonly destination: string
  readonly format: DestinationFormat
  readonly state: DeliveryState
  readonly failure: Failure | null
  readonly fileName: string
  /** Lower-case hex over the payload. */
  readonly sha256: string
  readonly attempts: number
  readonly updatedAt: string
}

export interface DeliveryMove {
  readonly delivery: Pick<DeliveryRow, 'id' | 'state'>
  readonly to: {
    readonly state: DeliveryState
    readonly failure: Failure | null
    readonly at: string
    readonly attempts?: number
    /** Replaces what could not be rendered before. */
    readonly payload?: Uint8Array
  }
  readonly event?: AuditEntry['event'] | undefined
}

/** The card that the person of an answer proved themselves with. */
export interface CardLink {
  /** User-authentication certificate, DER; only a keyed hash of it is kept. */
  readonly certificate: Uint8Array
  /** The last day on which the card is known by it, YYYY-MM-DD; one that brings a 診察券番号 is known to its own end. */
  readonly expiresOn: string
  /** The last day on which the card counts, YYYY-MM-DD: that of its certificate's grace. */
  readonly endsOn: string
}

/** What the clinic registers at the hub about a visit. */
export interface Registration {
  /** UUID; the key the hub knows the change by. */
  readonly id: string
  readonly visitId: string
  /** Of the vaccine or checkup, as shown. */
  readonly name: string
  readonly change: RegistrationChange
  /** `refused`: the hub has said no, a person decides; `withdrawn`: a person has. */
  readonly state: 'queued' | 'registered' | 'refused' | 'withdrawn'
  readonly failure: Failure | null
  readonly handle: RegistrationHandle | null
  readonly createdAt: string
  readonly updatedAt: string
}

export interface StoredVisit {
  readonly visit: VisitRow
  readonly eligibility: Eligibility | null
  /** What the visit hands over about 医療費助成; null before it is confirmed. */
  readonly handed: Handed | null
  /** When it was confirmed, RFC 3339 in clinic time; null before. */
  readonly confirmedAt: string | null
  readonly deliveries: readonly DeliveryRow[]
  /** In the order they were entered. */
  readonly registrations: readonly Registration[]
}

export interface KnownPatient {
  readonly versions: readonly Eligibility[]
  readonly confirmation: Pick<Confirmation, 'held' | 'decided'> | null
}

/** What only reads throws a Refusal where the database cannot be read. */
export interface Store {
  /**
   * One transaction: the visit as it is now, its new audit rows, and where given a new answer version, what the clinic
   * confirmed, the outbox rows and the terminal's file it came from. Returns the visit with its number. Errors:
   * STORE_FULL, STORE_UNWRITABLE, STORE_DAMAGED.
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
    },
  ): Promise<Result<VisitRow>>
  /** Visits of one clinic day, newest first, each with its newest answer and its deliveries. */
  visitsOfDay(day: string): Promise<readonly StoredVisit[]>
  visit(id: string): Promise<StoredVisit | null>
  /** Visits in an open state (openVisitStates), oldest first: what a restart finds unfinished. */
  openVisits(): Promise<readonly VisitRow[]>
  /** Visits that wait for staff to say whom they are about, oldest first. */
  choosingVisits(): Promise<readonly VisitRow[]>
  /** Visits of whatever day with a file about which a person has to decide. */
  conflictVisits(): Promise<readonly VisitRow[]>
  /** Everybody the clinic has confirmed before under this 照会番号, or with this birth date and kana; oldest visit first. */
  clinicPatients(person: NamedPerson): Promise<readonly ClinicPatient[]>
  /** Every content that came under this name and was taken note of. */
  terminalFiles(name: string): Promise<readonly TerminalFile[]>
  /** Takes note of a file that makes no visit, on a clinic day. Errors: STORE_ codes. */
  noteTerminalFile(file: TerminalFile, day: string): Promise<Result<void>>
  /** 1, 2, 3 … within a clinic day, each once, also after a restart. Errors: STORE_ codes. */
  nextTerminalRequest(day: string): Promise<Result<number>>
  /** Visits since a day (YYYY-MM-DD) whose person is known and whose answer is still owed, oldest first. */
  offlineVisits(since: string): Promise<readonly VisitRow[]>
  /** What is known of a patient: the newest answer versions, newest first, and what the clinic confirmed last. */
  known(patientRef: string): Promise<KnownPatient>
  /** The newest answer version of the person who last proved themselves with this card (certificate in DER). */
  latestEligibilityOfCard(certificate: Uint8Array): Promise<Eligibility | null>
  /** The number linked to a patient, as the card (certificate in DER) brings it; null: a visit without its card. */
  patientNumber(patientRef: string, certificate: Uint8Array | null): Promise<PatientNumber | null>
  /**
   * Links the patient of a visit, and every card of theirs that is known, with the clinic's own number, in place of an
   * earlier one; the visit carries it from now on. Errors: PATIENT_NUMBER_TAKEN (another patient has it; `isMoved`: it is
   * taken from them), VISIT_NOT_CURRENT (nobody is identified), STORE_ codes.
   */
  linkPatientNumber(link: {
    readonly visitId: string
    readonly number: string
    readonly isMoved: boolean
    readonly at: string
  }): Promise<Result<void>>
  /** Takes the link of a visit's patient away again, and the number from the visit. Errors: as above, but the first. */
  unlinkPatientNumber(visitId: string, at: string): Promise<Result<void>>
  /**
   * Staff have entered what the files of a confirmed visit lack, or (`isEntered` false) have not after all. Errors:
   * VISIT_NOT_CURRENT (it has not been confirmed), STORE_ codes.
   */
  noteEnteredByHand(visitId: string, isEntered: boolean, at: string): Promise<Result<void>>
  /**
   * Whom a 診察券番号 is linked to (leading zeros aside), and whether birth date and kana are theirs; null: it is linked to
   * nobody.
   */
  linkedPatient(booking: {
    readonly number: string
    readonly birthDate: string
    readonly nameKana: string
  }): Promise<{ readonly patientRef: string; readonly isSamePerson: boolean } | null>
  /** Links that need a person, the longest in that state first. */
  staleNumbers(limit: number): Promise<readonly StaleNumber[]>
  /** Removes one of them. Errors: STORE_ codes. */
  removeStaleNumber(number: string): Promise<Result<void>>
  /** The list of bookings, in its order; null: there is none. */
  bookings(): Promise<{ readonly run: BookingRun; readonly bookings: readonly Booking[] } | null>
  /** A new list in place of the one before. Errors: STORE_ codes. */
  saveBookings(run: BookingRun, bookings: readonly Booking[]): Promise<Result<void>>
  /** How far it is now, with what has become of some of the bookings meanwhile. Errors: STORE_ codes. */
  moveBookings(
    run: BookingRun,
    settled: readonly Pick<Booking, 'place' | 'outcome' | 'findings'>[],
  ): Promise<Result<void>>
  /** Errors: STORE_ codes. */
  removeBookings(): Promise<Result<void>>

  /** The clinic's own orders on the claim, one for each combination of schemes. */
  claimOrders(): Promise<readonly ChosenOrder[]>
  /** Remembers one, in place of an earlier one for the same schemes. Errors: STORE_FULL, STORE_UNWRITABLE, STORE_DAMAGED. */
  saveClaimOrder(order: ChosenOrder, at: string): Promise<Result<void>>
  /** Writes a change of settings.json down, before it is made. Errors: STORE_FULL, STORE_UNWRITABLE, STORE_DAMAGED. */
  noteSettingChange(entry: SettingEntry): Promise<Result<void>>

  /** Adds a registration or replaces it as it is now. Errors: STORE_ codes. */
  saveRegistration(registration: Registration): Promise<Result<void>>
  registration(id: string): Promise<Registration | null>
  /** What the hub does not have yet, oldest first. */
  queuedRegistrations(): Promise<readonly Registration[]>

  /** Undelivered work of a destination (queued or publishing), oldest first. */
  pendingDeliveries(destination: string, limit: number): Promise<readonly DeliveryRow[]>
  /** Delivered work of a destination that nobody has taken yet, oldest first. */
  awaitedDeliveries(destination: string, limit: number): Promise<readonly DeliveryRow[]>
  /** Files in a destination's folder that belong to no visit any more. */
  leftFiles(destination: string, limit: number): Promise<readonly LeftFile[]>
  /** They are gone. Errors: STORE_FULL, STORE_UNWRITABLE, STORE_DAMAGED. */
  forgetLeftFiles(destination: string, files: readonly LeftFile[]): Promise<Result<void>>
  payload(deliveryId: string): Promise<Uint8Array | null>
  delivery(id: string): Promise<DeliveryRow | null>
  /**
   * Moves deliveries on from the states they were read in, all in one transaction, each with its audit row (where the
   * move is worth one) and, when it was the last of its visit, the visit's step to handedOver or acknowledged. One answer
   * for each, in their order: DELIVERY_NOT_CURRENT where somebody else has moved it since. Errors of the whole:
   * STORE_FULL, STORE_UNWRITABLE, STORE_DAMAGED.
   */
  moveDeliveries(moves: readonly DeliveryMove[]): Promise<Result<readonly Result<void>[]>>

  /** The newest time that was believed (RFC 3339 in clinic time); null before the first. */
  seenTime(): Promise<string | null>
  /**
   * `at` is believed from now on; visits that begin are kept from its day. `isJump`: it does not follow from the time
   * before, and whatever was recorded since that may be of any day between. Errors: STORE_ codes.
   */
  noteTime(at: string, isJump: boolean): Promise<Result<void>>
  /**
   * Retention by a time that is confirmed. Marks as expired: the visits kept from days before `before` (YYYY-MM-DD) with
   * patient, answers and files, what is noted about the terminal's files, card links that have ended, the bookings of
   * earlier days; a 診察券番号 whose last card has ended waits a year for a new one. What was marked a week ago or
   * earlier is deleted; what a later time has marked, and this one contradicts, is there again. The audit rows, which hold no
   * patient data, stay. A visit with a file still on its way waits for it. Returns the visits deleted. Errors: STORE_ codes.
   */
  retain(time: { readonly at: string; readonly before: string }): Promise<Result<number>>
  /**
   * Looks at everything: every page, every index, the whole chain of the audit trail. Others get their turn in between.
   * Errors: STORE_DAMAGED; the next opening then looks at everything first.
   */
  check(): Promise<Result<void>>
  /** Transactions so far: the same number twice means that nothing has changed in between. */
  commits(): number
  /** A whole encrypted copy under the same key, on the disk when it returns. Errors: STORE_ codes. */
  copyTo(file: string): Promise<Result<void>>
  close(): void
}
