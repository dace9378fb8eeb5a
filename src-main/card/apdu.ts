// Command and response APDUs (ISO/IEC 7816-4) over one card connection: `61xx` and `6Cxx` are followed here, status
// words become failures here, and every command is counted, because on a real Type B card their number is the time.
import { fail, ok, type Result } from '../contract/result.ts'
import type { CardConnection } from './reader.ts'

interface Response {
  readonly data: Uint8Array
  /** Both status bytes, 0x9000 for success. */
  readonly status: number
}

export interface ApduChannel {
  /** Errors: what CardConnection.transmit says. Any status word is a response, not an error. */
  send(command: Uint8Array): Promise<Result<Response>>
  /** Commands sent so far. */
  readonly sent: number
}

const readBinary = 0xb0

/** A card that answers `61xx` for ever must not hold the desk. */
const followUps = 16

export function openChannel(connection: CardConnection): ApduChannel {
  let sent = 0
  const transmit = async (command: Uint8Array): Promise<Result<Response>> => {
    sent += 1
    const answer = await connection.transmit(command)
    if (!answer.ok) return answer
    // Some systems report a card pulled in the middle as an empty success.
    if (answer.value.length < 2) return fail('CARD_REMOVED')
    const [high = 0, low = 0] = answer.value.subarray(-2)
    return ok({ data: answer.value.subarray(0, -2), status: (high << 8) | low })
  }
  return {
    get sent() {
      return sent
    },
    async send(command) {
      let response = await transmit(command)
      if (response.ok && response.value.status >> 8 === 0x6c && command[1] === readBinary) {
        // Wrong Le, the right one is given. Only for READ BINARY: a VERIFY has no Le and must never go out twice.
        const corrected = Uint8Array.from(command)
        corrected[corrected.length - 1] = response.value.status & 0xff
        response = await transmit(corrected)
      }
      const parts: Uint8Array[] = []
      for (let count = 0; response.ok && response.value.status >> 8 === 0x61; count++) {
        if (count === followUps) return fail('CARD_RESPONSE_INVALID')
        parts.push(response.value.data)
        response = await transmit(Uint8Array.of(0x00, 0xc0, 0x00, 0x00, response.value.status & 0xff))
      }
      if (!response.ok || parts.length === 0) return response
      return ok({ data: Buffer.concat([...parts, response.value.data]), status: response.value.status })
    },
  }
}

export const commands = {
  selectApplication: (aid: Uint8Array) => Uint8Array.of(0x00, 0xa4, 0x04, 0x0c, aid.length, ...aid),
  selectFile: (id: number) => Uint8Array.of(0x00, 0xa4, 0x02, 0x0c, 0x02, id >> 8, id & 0xff),
  /** `length` 1 to 256; 256 is written as Le 00. Offset at most 32767. */
  readBinary: (offset: number, length: number) =>
    Uint8Array.of(0x00, readBinary, offset >> 8, offset & 0xff, length & 0xff),
  /** Without data: asks for the tries left, spends none. */
  verifyState: () => Uint8Array.of(0x00, 0x20, 0x00, 0x80),
  /** Holds the PIN: the caller wipes it. */
  verify: (pin: Uint8Array) => Uint8Array.of(0x00, 0x20, 0x00, 0x80, pin.length, ...pin),
  computeSignature: (digestInfo: Uint8Array) =>
    Uint8Array.of(0x80, 0x2a, 0x00, 0x80, digestInfo.length, ...digestInfo, 0x00),
} as const
