// A virtual My Number card: APDUs in, APDUs out, no transport. It answers like the public descriptions of the real card
// say it does, faithfully enough for OpenSC, and signs with a real RSA-2048 key. The same object lies on the in-process
// reader and, through the virtual reader driver, on a real pcscd.
import { constants, privateEncrypt } from 'node:crypto'
import type { TrainingCard } from '../certificates/pki.ts'
import type { Persona } from '../people/persona.ts'
import { allTries, applicationsOf, type CardFile, type Lock } from './card-files.ts'
import { noQuirks, type Quirks } from './quirks.ts'

/** The tries left, kept outside the card object so that they survive it. */
export interface TryCounters {
  get(lock: Lock): number
  set(lock: Lock, tries: number): void
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
  announced: (length: number) => 0x6100 | (length & 0xff),
  tries: (left: number) => 0x63c0 | left,
  wrongLength: 0x6700,
  notSatisfied: 0x6982,
  notAllowed: 0x6986,
  wrongData: 0x6a80,
  notFound: 0x6a82,
  wrongParameters: 0x6a86,
  wrongOffset: 0x6b00,
  rightLength: (length: number) => 0x6c00 | (length & 0xff),
  noInstruction: 0x6d00,
  noClass: 0x6e00,
} as const

/** DigestInfo prefixes the card accepts: SHA-1, SHA-256, SHA-384, SHA-512 (RFC 8017, section 9.2). */
const digestPrefixes = [
  '3021300906052b0e03021a05000414',
  '3031300d060960864801650304020105000420',
  '3041300d060960864801650304020205000430',
  '3051300d060960864801650304020305000440',
]

/** Bytes at the end of a long answer that the quirk `zeros` loses. */
const zeroedEnd = 76

interface Command {
  readonly classByte: number
  readonly instruction: number
  readonly p1: number
  readonly p2: number
  readonly data: Uint8Array
  /** null: no Le. */
  readonly expected: number | null
  readonly isExtended: boolean
}

export function createVirtualCard(options: {
  readonly card: TrainingCard
  readonly persona: Persona
  readonly tries: TryCounters
  readonly quirks?: Quirks | undefined
}): VirtualCard {
  const { card, persona, tries, quirks = noQuirks } = options
  const applications = applicationsOf(card, persona, quirks)
  const foreign = Number.parseInt(quirks.foreign, 16)
  const blocked = Number.parseInt(quirks.blocked, 16)
  let files: ReadonlyMap<number, CardFile> | null = null
  let current: CardFile | null = null
  let announced = new Uint8Array()
  const verified = new Set<Lock>()

  const reset = () => {
    files = null
    current = null
    announced = new Uint8Array()
    verified.clear()
  }

  const select = ({ p1, data }: Command): Uint8Array => {
    if (p1 === 0x04) {
      // Selecting an application, this one again included, drops what was verified.
      reset()
      files = applications.get(Buffer.from(data).toString('hex')) ?? null
      return answer(files ? sw.ok : foreign)
    }
    if (p1 !== 0x02) return answer(sw.notFound)
    const [high = 0, low = 0] = data
    const file = data.length === 2 ? files?.get((high << 8) | low) : undefined
    if (!file) return answer(sw.notFound)
    current = file
    return answer(sw.ok)
  }

  const readBinary = ({ p1, p2, expected }: Command): Uint8Array => {
    // By short file identifier: whether the real card knows it is not public, and nobody here needs it.
    if (p1 >= 0x80) return answer(sw.wrongParameters)
    if (current?.kind !== 'data') return answer(sw.notAllowed)
    const { content, opens } = current
    if (opens && !opens.some((name) => verified.has(name))) return answer(sw.notSatisfied)
    const offset = (p1 << 8) | p2
    if (offset >= content.length) return answer(sw.wrongOffset)
    const wanted = expected ?? 0
    const data = content.subarray(offset, offset + wanted)
    if (data.length === wanted || quirks.silentEnd) return answer(sw.ok, data)
    if (quirks.exactLength && data.length < 256) return answer(sw.rightLength(data.length))
    // Le 00 asks for whatever there is, any other length for just that much.
    return answer(wanted % 256 === 0 ? sw.ok : sw.endOfFile, data)
  }

  /** What a card or reader makes of a read of extended length that does not take it. */
  const spoil = (response: Uint8Array): Uint8Array => {
    const data = response.subarray(0, -2)
    switch (quirks.extended) {
      case 'cut':
        return answer(sw.ok, data.subarray(0, 256))
      case 'zeros':
        return answer(sw.ok, Buffer.concat([data.subarray(0, -zeroedEnd), Buffer.alloc(zeroedEnd)]))
      case 'taken':
      case 'reset':
      case 'removed':
        return response
      default:
        return answer(Number.parseInt(quirks.extended, 16))
    }
  }

  const verify = ({ p2, data }: Command): Uint8Array => {
    if (p2 !== 0x80) return answer(sw.wrongParameters)
    if (current?.kind === 'signingPassword') return answer(data.length === 0 ? sw.tries(5) : sw.notAllowed)
    if (current?.kind !== 'lock') return answer(sw.notAllowed)
    const { lock, secret } = current
    const left = tries.get(lock)
    if (left === 0) return answer(blocked)
    if (data.length === 0) return answer(verified.has(lock) && !quirks.alwaysTellTries ? sw.ok : sw.tries(left))
    const isRight = Buffer.from(data).toString('latin1') === secret
    if (isRight) verified.add(lock)
    else verified.delete(lock)
    tries.set(lock, isRight ? allTries[lock] : left - 1)
    return answer(isRight ? sw.ok : sw.tries(left - 1))
  }

  const computeSignature = ({ p1, p2, data }: Command): Uint8Array => {
    if (p1 !== 0x00 || p2 !== 0x80) return answer(sw.wrongParameters)
    if (current?.kind === 'signingKey') return answer(sw.notSatisfied)
    if (current?.kind !== 'key') return answer(sw.notAllowed)
    if (!verified.has(current.opens)) return answer(sw.notSatisfied)
    const digestInfo = Buffer.from(data)
    const isDigestInfo = digestPrefixes.some((prefix) => {
      const length = Number.parseInt(prefix.slice(-2), 16)
      return digestInfo.toString('hex').startsWith(prefix) && digestInfo.length === prefix.length / 2 + length
    })
    if (!isDigestInfo) return answer(sw.wrongData)
    return answer(sw.ok, privateEncrypt({ key: current.key, padding: constants.RSA_PKCS1_PADDING }, digestInfo))
  }

  const getResponse = ({ expected }: Command): Uint8Array => {
    if (announced.length === 0) return answer(sw.notAllowed)
    const given = announced.subarray(0, expected ?? 256)
    announced = announced.slice(given.length)
    return answer(announced.length > 0 ? sw.announced(announced.length) : sw.ok, given)
  }

  const carryOut = (command: Command): Uint8Array => {
    switch ((command.classByte << 8) | command.instruction) {
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
      if (instruction === 0xc0 && quirks.announce) return getResponse(command)
      announced = new Uint8Array()
      const carriedOut = carryOut(command)
      const response = command.isExtended && instruction === 0xb0 ? spoil(carriedOut) : carriedOut
      const isSuccess = response.at(-2) === 0x90 && response.at(-1) === 0x00
      if (!quirks.announce || response.length === 2 || !isSuccess) return response
      announced = response.slice(0, -2)
      return answer(sw.announced(Math.min(announced.length, 256)))
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
  const header = { classByte, instruction, p1, p2 }
  const command = (data: Uint8Array, expected: number | null, isExtended = false) => ({
    ...header,
    data,
    expected,
    isExtended,
  })
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
  if (body.length === 3) return command(none, extended || 65_536, true)
  const rest = body.subarray(3 + extended)
  if (extended === 0 || body.length < 3 + extended || (rest.length !== 0 && rest.length !== 2)) return null
  const [high = 0, low = 0] = rest
  return command(body.subarray(3, 3 + extended), rest.length === 2 ? (high << 8) | low || 65_536 : null, true)
}
