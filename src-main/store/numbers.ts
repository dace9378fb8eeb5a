// The port to the links between patients and the clinic's own numbers (診察券番号).
import type { Patient } from '../eligibility/model.ts'
import type { Result } from '../ground/result.ts'
import type { Stamp } from './audit.ts'

/** The clinic's own number of a patient, as it is linked to them. */
export interface PatientNumber {
  readonly number: string
  /** The card at hand brings it; else it is only what an earlier card brought, and a person has to say that it still holds. */
  readonly isConfirmed: boolean
  /** The spelling that was confirmed with it, and the source's name it was confirmed for; null: none. */
  readonly spelling: { readonly name: string; readonly of: string } | null
}

/** A link that needs a person: the card's certificate has ended, or another one has come since. */
interface StaleNumber {
  readonly number: string
  /** YYYY-MM-DD */
  readonly since: string
  /** While an answer about the patient is still kept. */
  readonly name: string | null
}

export interface NumberLinks {
  /** The number linked to a patient, as the card (certificate in DER) brings it; null: a visit without its card. */
  patientNumber(patientRef: string, certificate: Uint8Array | null): Promise<PatientNumber | null>
  /**
   * Links the patient of a visit, and every card of theirs that is known, with the clinic's own number, in place of an
   * earlier one; the visit carries it from now on. Errors: PATIENT_NUMBER_TAKEN (another patient has it; `isMoved`: it is
   * taken from them), VISIT_NOT_CURRENT (nobody is identified), STORE_ codes.
   */
  linkPatientNumber(
    link: {
      readonly visitId: string
      readonly number: string
      readonly isMoved: boolean
    } & Stamp,
  ): Promise<Result<void>>
  /**
   * Keeps, with the number linked to the visit's patient, how the clinic spells the name that the visit has of them; null: no
   * longer. The visit carries it from now on. Errors: VISIT_NOT_CURRENT (nobody is identified), PATIENT_NUMBER_MISSING (no
   * number is linked to keep it with), STORE_ codes.
   */
  confirmSpelling(
    spelling: {
      readonly visitId: string
      readonly name: string | null
    } & Stamp,
  ): Promise<Result<void>>
  /** Takes the link of a visit's patient away again, and number and spelling from the visit. Errors: as above, but the first. */
  unlinkPatientNumber(visitId: string, stamp: Stamp): Promise<Result<void>>
  /**
   * Whom a 診察券番号 is linked to (leading zeros aside), and whether birth date and kana are theirs; null: it is linked to
   * nobody.
   */
  linkedPatient(booking: {
    readonly number: string
    readonly birthDate: string
    readonly nameKana: string
  }): Promise<{ readonly patientRef: string; readonly isSamePerson: boolean } | null>
  /** Who has this number (leading zeros aside); null: nobody, or no answer about them is kept any more. */
  numberHolder(number: string): Promise<Patient | null>
  /** Links that need a person, the longest in that state first. */
  staleNumbers(limit: number): Promise<readonly StaleNumber[]>
  /** Removes one of them. Errors: STORE_ codes. */
  removeStaleNumber(number: string): Promise<Result<void>>
}
