// The port to what has been: the visits of a past day as a list, those of one person, and which days have expired.
import type { Handed } from '../eligibility/handed.ts'
import type { VisitRow } from './visits.ts'

/** A visit as a list tells of it. */
export interface PastRow {
  readonly visit: VisitRow
  readonly hasNote: boolean
  /** A file of it cannot get out. */
  readonly isHeldUp: boolean
  /** Only where something is still to be typed by hand. */
  readonly handed: Handed | null
}

export interface Past {
  /** Visits of one clinic day that have not expired, newest first. */
  pastVisits(day: string): Promise<readonly PastRow[]>
  /** Visits of whatever day in which an answer about this patient was given, and that have not expired, newest first. */
  visitsOfPatient(patientRef: string): Promise<readonly PastRow[]>
  /** Visits of days before this one (YYYY-MM-DD) have expired; null: none have. */
  expiredBefore(): Promise<string | null>
}
