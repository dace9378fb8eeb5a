// The port to the audit trail: every step of visits, files and settings, in a chain that shows what was changed later. It
// holds no patient data: a patient is a keyed hash, which says who it is only to whoever has the database.
import type { AuditEvent, CommandEvent, PaperEvent } from '../contract/audit-events.ts'
import type { Subject } from '../contract/call-kinds.ts'
import type { CallName } from '../contract/calls.ts'
import type { Failure, Result } from '../ground/result.ts'
import type { SettingChange } from '../ground/setting-change.ts'

/** When something was done. By whom is known where the row is written (ground/acting.ts). */
export interface Stamp {
  /** RFC 3339 in clinic time. */
  readonly at: string
}

/** One transition, for the audit trail. Holds no patient data. */
export interface AuditEntry extends Stamp {
  readonly event: AuditEvent
  readonly code?: Failure['code']
  /** What was changed, where a setting was. */
  readonly change?: SettingChange
  /** Whom it was about; null: nobody; left out: whomever its visit is about, as it is stored. Becomes a keyed hash. */
  readonly patientRef?: string | null
  /** What it was about besides: a day, a page. */
  readonly about?: string
}

/** A change of the settings, or one that was noted and could not be made after all. */
interface SettingEntry extends AuditEntry {
  readonly event: 'settingChanged' | 'settingNotChanged'
  readonly change: SettingChange
}

/** A row as it was written: an earlier version of the program may have known other words. */
export interface AuditRow extends Stamp {
  /** Its place in the trail: 1, 2, 3 …, with gaps where rows were lost. */
  readonly id: number
  /** null: it belongs to no visit. */
  readonly visitId: string | null
  readonly deliveryId: string | null
  readonly event: string
  readonly code: string | null
  readonly change: { readonly setting: string; readonly before: unknown; readonly after: unknown } | null
  /** Whoever was signed in; null: nobody had to be, or it was a patient's page. */
  readonly staffId: string | null
  /** null: the agent did it by itself, or a command on this computer. */
  readonly desk: number | null
  /** Stands for one patient; null: it was about none, or before that was written down. */
  readonly patient: string | null
  readonly about: string | null
}

/** A row with what is still kept of its visit and of its patient. */
export interface TracedRow extends AuditRow {
  readonly visit: { readonly day: string; readonly number: number } | null
  readonly name: string | null
}

/** Rows of a day (YYYY-MM-DD), or of whomever a number or a name means, as far as it fits. */
interface TracedOf {
  readonly day: string | null
  readonly subject: Pick<Subject, 'patientNumber' | 'person'>
  readonly fits: (row: Pick<AuditRow, 'event' | 'desk'>) => boolean
  readonly skip: number
  readonly limit: number
}

export interface Audit {
  /** The rows behind row `after` (0: from the first), oldest first. */
  auditTrail(range: { readonly after: number; readonly limit: number }): Promise<readonly AuditRow[]>
  /** The newest first, and how many they are in all. */
  traces(of: TracedOf): Promise<{ readonly rows: readonly TracedRow[]; readonly total: number }>
  /** Changes of settings, the newest first; of an earlier version's settings too. */
  settingChanges(): Promise<readonly NonNullable<AuditRow['change']>[]>
  /** Writes a change of settings.json down, before it is made. Errors: STORE_FULL, STORE_UNWRITABLE, STORE_DAMAGED. */
  noteSettingChange(entry: SettingEntry): Promise<Result<void>>
  /**
   * Writes down that a page has called: a row for each patient whom it is about, where it looks for one by number or by
   * name, one without a patient where there is nobody. Errors: STORE_ codes.
   */
  noteCall(event: CallName, subject: Subject, stamp: Stamp): Promise<Result<void>>
  /** Writes down what is done on the command line, before it is. Errors: STORE_ codes. */
  noteCommand(event: CommandEvent, stamp: Stamp): Promise<Result<void>>
  /** Writes down that something is printed, before it is. Errors: VISIT_NOT_CURRENT (no such visit), STORE_ codes. */
  notePaper(event: PaperEvent, visitId: string | null, stamp: Stamp): Promise<Result<void>>
}
