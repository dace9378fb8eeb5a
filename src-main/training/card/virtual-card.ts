// A virtual My Number card: APDUs in, APDUs out, no transport. It answers like the public descriptions of the JPKI
// application say the real card does, faithfully enough for OpenSC, and signs with a real RSA-2048 key. The same object
// lies on the in-process reader and, through the virtual reader driver, on a real pcscd.
import { constants, privateEncrypt } from 'node:crypto'
import type { TrainingCard } from '../pki.ts'

/** The PIN tries left, kept outside the card object so that they survive it. */
export interface TryCounter {
  get(): number
  set(tries: number): void
}

export interface VirtualCard {
  /** Answer to reset. The card is never recognised by it, real ones vary. */
  readonly atr: Uint8Array
  transmit(command: Uint8Array): Uint8Array
  /** Power off, power on or reset: nothing selected, nothing verified. */
  reset(): void
}

const sw = {
  ok: 0x9000,
  endOfFile: 0x6282,
  tries: (left: number) => 0x63c0 | left,
  wrongLength: 0x6700,
  notSatisfied: 0x6982,
  blocked: 0x6984,
  notAllowed: 0x6986,
  wrongData: 0x6a80,
  notFound: 0x6a82,
  wrongParameters: 0x6a86,
  wrongOffset: 0x6b00,
  noInstruction: 0x6d00,
  noClass: 0x6e00,
} as const

const jpkiAid = 'd392f000260100000001'
/** File 0006: which kind of token this is, 32 bytes, space padded. */
const cardToken = Buffer.from('JPKIAPICCTOKEN2'.padEnd(32, ' '), 'latin1')
const maxTries = 3
/** DigestInfo prefixes the card accepts: SHA-1, SHA-256, SHA-384, SHA-512 (RFC 8017, section 9.2). */
const digestPrefixes = [
  '3021300906052b0e03021a05000414',
  '3031300d060960864801650304020105000420',
  '3041300d060960864801650304020205000430',
  '3051300d060960864801650304020305000440',
]

type File =
  | { readonly kind: 'data'; readonly content: Uint8Array; readonly isFree: boolean }
  | { readonly kind: 'pin' }
  | { readonly kind: 'signaturePassword' }
  | { readonly kind: 'key' }
  | { readonly kind: 'signatureKey' }

interface Command {
  readonly classByte: number
  readonly instruction: number
  readonly p1: number
  readonly p2: number
  readonly data: Uint8Array
  /** null: no Le. */
  readonly expected: number | null
}

export function createVirtualCard(options: {
  readonly card: TrainingCard
  readonly pin: string
  readonly tries: TryCounter
}): VirtualCard {
  const { card, tries } = options
  const files: ReadonlyMap<number, File> = new Map<number, File>([
    [0x000a, { kind: 'data', content: card.certificate, isFree: true }],
    [0x000b, { kind: 'data', content: card.caCertificate, isFree: true }],
    // The signing certificate holds name and address: never readable here, its password cannot be given.
    [0x0001, { kind: 'data', content: new Uint8Array(), isFree: false }],
    [0x0002, { kind: 'data', content: card.caCertificate, isFree: true }],
    [0x0006, { kind: 'data', content: cardToken, isFree: true }],
    [0x0017, { kind: 'key' }],
    [0x0018, { kind: 'pin' }],
    [0x001a, { kind: 'signatureKey' }],
    [0x001b, { kind: 'signaturePassword' }],
  ])
  let isSelected = false
  let current: File | null = null
  let isVerified = false

  const reset = () => {
    isSelected = false
    current = null
    isVerified = false
  }

  const select = ({ p1, data }: Command): Uint8Array => {
    if (p1 === 0x04) {
      // Selecting an application, this one again included, drops what was verified.
      reset()
      isSelected = Buffer.from(data).toString('hex') === jpkiAid
      return answer(isSelected ? sw.ok : sw.notFound)
    }
    if (p1 !== 0x02) return answer(sw.notFound)
    const [high = 0, low = 0] = data
    const file = isSelected && data.length === 2 ? files.get((high << 8) | low) : undefined
    if (!file) return answer(sw.notFound)
    current = file
    return answer(sw.ok)
  }

  const readBinary = ({ p1, p2, expected }: Command): Uint8Array => {
    if (current?.kind !== 'data') return answer(sw.notAllowed)
    if (!current.isFree) return answer(sw.notSatisfied)
    const offset = ((p1 & 0x7f) << 8) | p2
    if (offset >= current.content.length) return answer(sw.wrongOffset)
    const wanted = expected ?? 0
    const data = current.content.subarray(offset, offset + wanted)
    // Le 00 asks for whatever there is, any other length for just that much.
    return answer(data.length < wanted && wanted % 256 !== 0 ? sw.endOfFile : sw.ok, data)
  }

  const verify = ({ p2, data }: Command): Uint8Array => {
    if (p2 !== 0x80) return answer(sw.wrongParameters)
    if (current?.kind === 'signaturePassword') return answer(data.length === 0 ? sw.tries(5) : sw.notAllowed)
    if (current?.kind !== 'pin') return answer(sw.notAllowed)
    const left = tries.get()
    if (left === 0) return answer(sw.blocked)
    if (data.length === 0) return answer(isVerified ? sw.ok : sw.tries(left))
    isVerified = Buffer.from(data).toString('latin1') === options.pin
    tries.set(isVerified ? maxTries : left - 1)
    return answer(isVerified ? sw.ok : sw.tries(left - 1))
  }

  const computeSignature = ({ p1, p2, data }: Command): Uint8Array => {
    if (p1 !== 0x00 || p2 !== 0x80) return answer(sw.wrongParameters)
    if (current?.kind === 'signatureKey') return answer(sw.notSatisfied)
    if (current?.kind !== 'key') return answer(sw.notAllowed)
    if (!isVerified) return answer(sw.notSatisfied)
    const digestInfo = Buffer.from(data)
    const isDigestInfo = digestPrefixes.some((prefix) => {
      const length = Number.parseInt(prefix.slice(-2), 16)
      return digestInfo.toString('hex').startsWith(prefix) && digestInfo.length === prefix.length / 2 + length
    })
    if (!isDigestInfo) return answer(sw.wrongData)
    const padded = { key: card.privateKey, padding: constants.RSA_PKCS1_PADDING }
    return answer(sw.ok, privateEncrypt(padded, digestInfo))
  }

  return {
    // Direct convention, T=0 and T=1, no historical bytes: what PC/SC part 3 gives a contactless card without any.
    atr: Uint8Array.of(0x3b, 0x80, 0x80, 0x01, 0x01),
    reset,
    transmit(bytes) {
      const command = parse(bytes)
      if (!command) return answer(sw.wrongLength)
      const { classByte, instruction } = command
      if (classByte !== 0x00 && classByte !== 0x80) return answer(sw.noClass)
      switch ((classByte << 8) | instruction) {
        case 0x00a4:
          return select(command)
        case 0x00b0:
          return readBinary(command)
        case 0x0020:
          return verify(command)
        case 0x802a:
          return computeSignature(command)
        default:
          return answer(sw.noInstruction)
      }
    },
  }
}

const answer = (status: number, data: Uint8Array = new Uint8Array()): Uint8Array =>
  Uint8Array.of(...data, status >> 8, status & 0xff)

/** Short and extended commands, cases 1 to 4 (ISO/IEC 7816-3, section 12.1); null when the lengths do not fit. */
function parse(bytes: Uint8Array): Command | null {
  if (bytes.length < 4) return null
  const [classByte = 0, instruction = 0, p1 = 0, p2 = 0] = bytes
  const body = bytes.subarray(4)
  const command = (data: Uint8Array, expected: number | null) => ({ classByte, instruction, p1, p2, data, expected })
  const [first = 0, second = 0, third = 0] = body
  const none = new Uint8Array()
  if (body.length === 0) return command(none, null)
  if (body.length === 1) return command(none, first || 256)
  if (first !== 0) {
    const rest = body.subarray(1 + first)
    if (body.length < 1 + first || rest.length > 1) return null
    return command(body.subarray(1, 1 + first), rest.length === 1 ? (rest[0] ?? 0) || 256 : null)
  }
  const extended = (second << 8) | third
  if (body.length === 3) return command(none, extended || 65_536)
  const rest = body.subarray(3 + extended)
  if (extended === 0 || body.length < 3 + extended || (rest.length !== 0 && rest.length !== 2)) return null
  const [high = 0, low = 0] = rest
  return command(body.subarray(3, 3 + extended), rest.length === 2 ? (high << 8) | low || 65_536 : null)
}
