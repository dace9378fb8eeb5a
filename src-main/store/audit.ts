// The port to the audit trail: every step of visits, files and settings, in a chain that shows what was changed later. It
// holds no patient data.
import type { Failure, Result } from '../ground/result.ts'
import type { SettingChange } from '../ground/setting-change.ts'
import type { VisitState } from '../ground/states.ts'

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

export interface Audit {
  /** Writes a change of settings.json down, before it is made. Errors: STORE_FULL, STORE_UNWRITABLE, STORE_DAMAGED. */
  noteSettingChange(entry: SettingEntry): Promise<Result<void>>
}
