// The port to card readers: everything above it sees readers by name and bytes in, bytes out. Two implementations:
// the in-process virtual reader (training/) and PC/SC (native/, in a child process).
import type { Result } from '../contract/result.ts'

export interface ReaderStatus {
  readonly name: string
  readonly state: 'empty' | 'card' | 'faulty'
}

/** One card while it lies on the reader, held exclusively. */
export interface CardConnection {
  /**
   * Sends one command APDU, returns the response with its two status bytes.
   * Errors: CARD_REMOVED, CARD_RESET, READER_UNAVAILABLE. A response shorter than two bytes is CARD_REMOVED.
   */
  transmit(command: Uint8Array): Promise<Result<Uint8Array>>
  /** Ends the session and resets the card, so that no security status is left behind. Never fails, may be repeated. */
  end(): Promise<void>
}

export interface Readers {
  /** The readers known now, in the system's order. */
  list(): readonly ReaderStatus[]
  /** Called after every change (reader plugged, card in, card out) with the new list. Returns the unsubscriber. */
  onChange(listener: (readers: readonly ReaderStatus[]) => void): () => void
  /** Errors: READER_UNAVAILABLE, CARD_NOT_PRESENT, CARD_BUSY (another program holds it), CARD_RESPONSE_INVALID (mute card). */
  connect(reader: string): Promise<Result<CardConnection>>
  close(): Promise<void>
}
