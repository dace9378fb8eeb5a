// The port to what the clinic knows of patients from earlier visits: who they are, the answers about them, and what was
// made of those.
import type { Confirmation } from '../eligibility/confirmation.ts'
import type { NamedPerson } from '../eligibility/matching.ts'
import type { Eligibility, Patient } from '../eligibility/model.ts'

/** Somebody the clinic has confirmed before. */
export interface ClinicPatient extends Patient {
  readonly referenceNumber: string | null
  /** 診察券番号 as it stood in that visit. */
  readonly patientNumber: string | null
  /** The day of the visit, YYYY-MM-DD. */
  readonly lastSeen: string
}

export interface KnownPatient {
  readonly versions: readonly Eligibility[]
  readonly confirmation: Pick<Confirmation, 'held' | 'decided'> | null
}

export interface KnownPatients {
  /** What is known of a patient: the newest answer versions, newest first, and what the clinic confirmed last. */
  known(patientRef: string): Promise<KnownPatient>
  /** The newest answer version of the person who last proved themselves with this card (certificate in DER). */
  latestEligibilityOfCard(certificate: Uint8Array): Promise<Eligibility | null>
  /** Everybody the clinic has confirmed before under this 照会番号, or with this birth date and kana; oldest visit first. */
  clinicPatients(person: NamedPerson): Promise<readonly ClinicPatient[]>
}
