// The port to whoever knows today's eligibility. The PMH API is one source, the terminal's folders will be another.

import type { Eligibility, Patient } from '../eligibility/model.ts'
import type { Result } from '../ground/result.ts'
import type { LineState } from './line.ts'

export interface HubSession {
  readonly id: string
  /** 32 random bytes that the card signs. */
  readonly challenge: Uint8Array
}

export type Proof =
  /** RSASSA-PKCS1-v1_5 / SHA-256 over the challenge. */
  | { readonly method: 'pin'; readonly signature: Uint8Array }
  /** Staff compared the photo in the chip with the person, at this moment (RFC 3339). */
  | { readonly method: 'visual'; readonly comparedAt: string }
  /** The card lay on the reader at this moment (RFC 3339), and nothing more; its holder proved the PIN here before. */
  | { readonly method: 'tap'; readonly readAt: string }

/** What is known of the way to the source. */
export interface SourceLine extends LineState {
  /** The last moment of our own certificate; null before the first connection. */
  readonly identityEnds: Date | null
  /** How far the source's clock is ahead of ours; null where it has not told its time since ours was set. */
  readonly clockOffsetMs: number | null
}

/** `signal`: a person has stopped the visit; the question is taken back and answers VISIT_CANCELLED. */
export interface EligibilitySource {
  /** Presents the user-authentication certificate (DER). Errors: every HUB_ code; HUB_PIN_PROOF_NEEDED only for a tap. */
  openSession(
    certificate: Uint8Array,
    identification: Proof['method'],
    signal?: AbortSignal,
  ): Promise<Result<HubSession>>
  /** Proves by the session's method that the card's holder is here; answers who the person is. */
  prove(session: HubSession, proof: Proof, signal?: AbortSignal): Promise<Result<Patient>>
  /** Today's answers for the person proved in this session. `asOf` is YYYY-MM-DD. */
  fetchEligibility(
    session: HubSession,
    patient: Patient,
    asOf: string,
    signal?: AbortSignal,
  ): Promise<Result<Eligibility>>
  /** Opens the connection, ahead of the first card or because a person asks again. Never fails: the next question tells. */
  warmUp(): Promise<void>
  /**
   * Opens a connection where none is open, because a question is coming: over a long line that costs more than the question. Never fails,
   * and says nothing about the line.
   */
  prepare(): Promise<void>
  line(): SourceLine
  /** The line has come up or gone down. */
  onLineChange(listener: () => void): () => void
  close(): Promise<void>
}
