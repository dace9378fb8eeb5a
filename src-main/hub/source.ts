// The port to whoever knows today's eligibility. The PMH API is one source, the terminal's folders will be another.
import type { Result } from '../contract/result.ts'
import type { Eligibility, Patient } from '../eligibility/model.ts'

export interface HubSession {
  readonly id: string
  /** 32 random bytes that the card signs. */
  readonly challenge: Uint8Array
}

export interface EligibilitySource {
  /** Presents the user-authentication certificate (DER). Errors: every HUB_ code. */
  openSession(certificate: Uint8Array): Promise<Result<HubSession>>
  /** Sends RSASSA-PKCS1-v1_5 / SHA-256 over the challenge; answers who the person is. */
  prove(session: HubSession, signature: Uint8Array): Promise<Result<Patient>>
  /** Today's answers for the person proved in this session. `asOf` is YYYY-MM-DD. */
  fetchEligibility(session: HubSession, patient: Patient, asOf: string): Promise<Result<Eligibility>>
  close(): Promise<void>
}
