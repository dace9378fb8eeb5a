// The port to whoever knows today's eligibility. The PMH API is one source, the terminal's folders will be another.
import type { Result } from '../contract/result.ts'
import type { Eligibility, Patient } from '../eligibility/model.ts'

export interface HubSession {
  readonly id: string
  /** 32 random bytes that the card signs. */
  readonly challenge: Uint8Array
}

type Proof =
  /** RSASSA-PKCS1-v1_5 / SHA-256 over the challenge. */
  | { readonly method: 'pin'; readonly signature: Uint8Array }
  /** Staff compared the photo in the chip with the person, at this moment (RFC 3339). */
  | { readonly method: 'visual'; readonly comparedAt: string }

export interface EligibilitySource {
  /** Presents the user-authentication certificate (DER). Errors: every HUB_ code. */
  openSession(certificate: Uint8Array, identification: Proof['method']): Promise<Result<HubSession>>
  /** Proves by the session's method that the card's holder is here; answers who the person is. */
  prove(session: HubSession, proof: Proof): Promise<Result<Patient>>
  /** Today's answers for the person proved in this session. `asOf` is YYYY-MM-DD. */
  fetchEligibility(session: HubSession, patient: Patient, asOf: string): Promise<Result<Eligibility>>
  close(): Promise<void>
}
