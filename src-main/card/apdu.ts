// Command and response APDUs (ISO/IEC 7816-4) over one card connection: `61xx` and `6Cxx` are followed here, and every
// command is counted, because on a real Type B card their number is the time. Nothing outside the table of
// applications passes.
import { fail, ok, type Result } from '../ground/result.ts'
import { isAllowed } from './applications.ts'
import type { CardConnection } from './reader.ts'
import { statusWord } from './status-words.ts'

export interface Response {
  readonly data: Uint8Array
  /** Both status bytes, 0x9000 for success. */
  readonly status: number
}

export interface ApduChannel {
  /**
   * Sends commands in order, stops after the first that is not answered with 9000. Returns the responses of those that
   * were sent, at least one; any status is a response, not an error. Errors: what CardConnection.transmit says,
   * CARD_RESPONSE_INVALID.
   */
  send(commands: readonly Uint8Array[]): Promise<Result<readonly Response[]>>
  /** Commands answered so far. */
  readonly sent: number
  /**
   * For support, oldest first: instruction byte, length of the command > length of the answer's data, status word;
   * `A4 7>0 9000` is a file selected. Or the failure that took the place of an answer. Never a byte of data.
   */
  readonly trace: readonly string[]
}

const readBinary = 0xb0
/** The most that a command of short length can ask for, in bytes. */
export const shortLength = 256
/** Bytes of a READ BINARY of short length. */
const shortReading = 5

/** A card that answers `61xx` for ever must not hold the desk. */
const followUps = 16
/** More than a whole check-in with the photo. */
const traceLimit = 100

const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0')

export function openChannel(connection: CardConnection): ApduChannel {
  let sent = 0
  const trace: string[] = []

  const note = ([, instruction = 0, ...rest]: Uint8Array, answer: string) => {
    if (trace.length === traceLimit) trace.shift()
    trace.push(`${hex(instruction, 2)} ${rest.length + 2}>${answer}`)
  }

  /** What came before the last response was 9000 each. */
  const transmit = async (commands: readonly Uint8Array[]) => {
    if (!commands.every(isAllowed)) throw new Error('a command outside the table of card applications')
    const answers = await connection.transmit(commands)
    if (!answers.ok) {
      note(commands[0] ?? new Uint8Array(), answers.error.code)
      return answers
    }
    sent += answers.value.length
    const responses = answers.value.map(responseOf)
    for (const [index, { data, status }] of responses.entries()) {
      note(commands[index] ?? new Uint8Array(), `${data.length} ${hex(status, 4)}`)
    }
    const last = responses.at(-1)
    // Some systems report a card pulled in the middle as an empty success.
    if (!last || answers.value.some(({ length }) => length < 2)) return fail('CARD_REMOVED')
    return ok({ before: responses.slice(0, -1), last })
  }

  /** The whole of a response that the card has only announced (`61xx`) or refused for its length (`6Cxx`). */
  const complete = async (command: Uint8Array, first: Response): Promise<Result<Response>> => {
    const parts: Uint8Array[] = []
    let response = first
    for (let count = 0; count < followUps; count++) {
      const [kind, length] = [response.status >> 8, response.status & 0xff]
      // The right length is given. Only for READ BINARY: a VERIFY has no Le and must never go out twice. To one of extended
      // length it is no answer but a refusal: it cannot name more than 256 bytes.
      const isShort = command[1] === readBinary && command.length === shortReading
      const isWrongLength = kind === 0x6c && isShort && count === 0
      if (kind !== 0x61 && !isWrongLength) {
        return ok({ data: Buffer.concat([...parts, response.data]), status: response.status })
      }
      parts.push(response.data)
      const [, , p1 = 0, p2 = 0] = command
      const answered = await transmit([
        isWrongLength ? apdu(0x00, readBinary, p1, p2, { expected: length || shortLength }) : getResponse(length),
      ])
      if (!answered.ok) return answered
      response = answered.value.last
    }
    return fail('CARD_RESPONSE_INVALID')
  }

  return {
    get sent() {
      return sent
    },
    trace,
    async send(commands) {
      const responses: Response[] = []
      let rest = commands
      do {
        const answered = await transmit(rest)
        if (!answered.ok) return answered
        const { before, last } = answered.value
        const [command = new Uint8Array(), ...unsent] = rest.slice(before.length)
        const whole = await complete(command, last)
        if (!whole.ok) return whole
        responses.push(...before, whole.value)
        rest = whole.value.status === statusWord.success ? unsent : []
      } while (rest.length > 0)
      return ok(responses)
    },
  }
}

function responseOf(bytes: Uint8Array): Response {
  const [high = 0, low = 0] = bytes.subarray(-2)
  return { data: bytes.subarray(0, -2), status: (high << 8) | low }
}

/**
 * One command, in the short form where it fits, else in the extended one (ISO/IEC 7816-3, 12.1). `expected`: the bytes
 * asked for, 1 to 65536.
 */
function apdu(
  classByte: number,
  instruction: number,
  p1: number,
  p2: number,
  { data = new Uint8Array(), expected }: { data?: Uint8Array; expected?: number } = {},
): Uint8Array {
  const isExtended = data.length > 255 || (expected ?? 0) > shortLength
  const number = (value: number) => (isExtended ? [(value >> 8) & 0xff, value & 0xff] : [value & 0xff])
  return Uint8Array.of(
    ...[classByte, instruction, p1, p2],
    ...(isExtended ? [0] : []),
    ...(data.length > 0 ? [...number(data.length), ...data] : []),
    ...(expected === undefined ? [] : number(expected)),
  )
}

const getResponse = (length: number) => apdu(0x00, 0xc0, 0x00, 0x00, { expected: length || shortLength })

export const commands = {
  /** `aid` in hex. */
  selectApplication: (aid: string) => apdu(0x00, 0xa4, 0x04, 0x0c, { data: Buffer.from(aid, 'hex') }),
  selectFile: (id: number) => apdu(0x00, 0xa4, 0x02, 0x0c, { data: Uint8Array.of(id >> 8, id & 0xff) }),
  /** `length` up to 65536 bytes, offset at most 32767. */
  readBinary: (offset: number, length: number) =>
    apdu(0x00, readBinary, offset >> 8, offset & 0xff, { expected: length }),
  /** Without data: asks for the tries left, spends none. */
  verifyState: () => apdu(0x00, 0x20, 0x00, 0x80),
  /** Holds the PIN: the caller wipes it. */
  verify: (pin: Uint8Array) => apdu(0x00, 0x20, 0x00, 0x80, { data: pin }),
  computeSignature: (digestInfo: Uint8Array) => apdu(0x80, 0x2a, 0x00, 0x80, { data: digestInfo, expected: 256 }),
} as const
