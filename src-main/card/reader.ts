// The port to card readers: everything above it sees readers by name and bytes in, bytes out. Two implementations:
// the in-process virtual reader (training/) and PC/SC (native/, in a child process).
import { ok, type Result } from '../ground/result.ts'

export interface ReaderStatus {
  readonly name: string
  readonly state: 'empty' | 'card' | 'faulty'
}

/** One card while it lies on the reader, held exclusively. */
export interface CardConnection {
  /**
   * Sends command APDUs in order and stops after the first whose status bytes are not 9000, so that a whole sequence
   * is one way to the reader and no step follows a refused one. Returns the responses, status bytes included, of the
   * commands that were sent. Errors: CARD_REMOVED, CARD_RESET, READER_UNAVAILABLE.
   */
  transmit(commands: readonly Uint8Array[]): Promise<Result<readonly Uint8Array[]>>
  /**
   * Whether the transmission protocol may carry commands of extended length: T=1. T=0 has no form for them (ISO/IEC 7816-3,
   * 12.2), and what is sent all the same is taken for another command.
   */
  readonly carriesExtended: boolean
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

/** The rule of `transmit` for its implementations; `send` brings one command to the card. */
export async function transmitInOrder(
  commands: readonly Uint8Array[],
  send: (command: Uint8Array) => Promise<Result<Uint8Array>>,
): Promise<Result<readonly Uint8Array[]>> {
  const responses: Uint8Array[] = []
  for (const command of commands) {
    const response = await send(command)
    if (!response.ok) return response
    responses.push(response.value)
    const [high, low] = response.value.subarray(-2)
    if (high !== 0x90 || low !== 0x00) break
  }
  return ok(responses)
}
