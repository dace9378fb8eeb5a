// The card's authentication application: the certificate, the tries left, and one signature by PIN. A PIN is sent only
// when the tries left are known and more than one remain, or when the person agreed to the last one; its bytes are wiped
// whatever happens.
import { createHash } from 'node:crypto'
import { fail, ok, type Result } from '../contract/result.ts'
import { type ApduChannel, commands, openChannel } from './apdu.ts'
import { type JpkiFile, jpki } from './applications.ts'
import type { CardConnection } from './reader.ts'

export interface Jpki {
  /** APDUs sent so far. */
  readonly apdus: number
  /** DER. Errors: CARD_REMOVED, CARD_RESET, CARD_RESPONSE_INVALID. */
  readCertificate(): Promise<Result<Uint8Array>>
  /** 0 to 3; 0 means blocked. Spends nothing. */
  triesLeft(): Promise<Result<number>>
  /**
   * RSASSA-PKCS1-v1_5 with SHA-256 over `challenge`, 256 bytes. `pin` holds the digits in ASCII and is wiped.
   * Errors: PIN_FORMAT, PIN_WRONG (with triesLeft), PIN_LAST_TRY (only one left and not allowed), PIN_BLOCKED.
   */
  sign(challenge: Uint8Array, pin: Uint8Array, options: { readonly spendLastTry: boolean }): Promise<Result<Uint8Array>>
}

const success = 0x9000
/** DER prefix of DigestInfo for SHA-256 (RFC 8017, section 9.2, note 1). */
const sha256Prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex')
/** Real ones have about 1.6 KB; nothing near this is a certificate. */
const certificateLimit = 8192
/** Reads that fill the limit 128 bytes at a time; a card that answers in smaller pieces must not hold the desk. */
const readLimit = 64
const signatureLength = 256

/** Errors: CARD_UNSUPPORTED (no such application on the card), CARD_REMOVED, CARD_RESET, READER_UNAVAILABLE. */
export async function openJpki(connection: CardConnection): Promise<Result<Jpki>> {
  const channel = openChannel(connection)
  const selected = await channel.send(commands.selectApplication(jpki.aid))
  if (!selected.ok) return selected
  return selected.value.status === success ? ok(jpkiOn(channel)) : fail('CARD_UNSUPPORTED')
}

function jpkiOn(channel: ApduChannel): Jpki {
  let currentFile: JpkiFile | null = null
  let knownTries: number | null = null

  const select = async (file: JpkiFile): Promise<Result<void>> => {
    if (currentFile === file) return ok(undefined)
    const selected = await channel.send(commands.selectFile(jpki.files[file]))
    if (!selected.ok) return selected
    if (selected.value.status !== success) return fail('CARD_UNSUPPORTED')
    currentFile = file
    return ok(undefined)
  }

  const read = async (offset: number, length: number): Promise<Result<Uint8Array>> => {
    const answer = await channel.send(commands.readBinary(offset, length))
    if (!answer.ok) return answer
    const { data, status } = answer.value
    // 6282: fewer bytes than asked for, the end of the file.
    const isFine = (status === success || status === 0x6282) && data.length > 0 && data.length <= length
    return isFine ? ok(data) : fail('CARD_RESPONSE_INVALID')
  }

  const triesLeft = async (): Promise<Result<number>> => {
    const selected = await select('authenticationPin')
    if (!selected.ok) return selected
    const answer = await channel.send(commands.verifyState())
    if (!answer.ok) return answer
    const tries = triesOf(answer.value.status)
    if (tries === null) return fail('CARD_RESPONSE_INVALID')
    knownTries = tries
    return ok(tries)
  }

  const verify = async (pin: Uint8Array, spendLastTry: boolean): Promise<Result<void>> => {
    if (!isPin(pin)) return fail('PIN_FORMAT')
    const tries = knownTries === null ? await triesLeft() : ok(knownTries)
    if (!tries.ok) return tries
    if (tries.value === 0) return fail('PIN_BLOCKED', { triesLeft: 0 })
    if (tries.value === 1 && !spendLastTry) return fail('PIN_LAST_TRY', { triesLeft: 1 })
    const selected = await select('authenticationPin')
    if (!selected.ok) return selected
    const command = commands.verify(pin)
    // From here on the count is only known again when the card says so.
    knownTries = null
    const answer = await channel.send(command).finally(() => command.fill(0))
    if (!answer.ok) return answer
    const left = triesOf(answer.value.status)
    if (left === null) return fail('CARD_RESPONSE_INVALID')
    knownTries = left
    if (answer.value.status === success) return ok(undefined)
    return answer.value.status >> 4 === 0x63c
      ? fail('PIN_WRONG', { triesLeft: left })
      : fail('PIN_BLOCKED', { triesLeft: 0 })
  }

  return {
    get apdus() {
      return channel.sent
    },
    triesLeft,
    async readCertificate() {
      const selected = await select('authenticationCertificate')
      if (!selected.ok) return selected
      const first = await read(0, 256)
      if (!first.ok) return first
      const total = derLength(first.value)
      if (total === null || total > certificateLimit) return fail('CARD_RESPONSE_INVALID')
      const certificate = Buffer.alloc(total)
      let filled = Buffer.from(first.value).copy(certificate)
      for (let reads = 1; filled < total; reads++) {
        if (reads === readLimit) return fail('CARD_RESPONSE_INVALID')
        const next = await read(filled, Math.min(256, total - filled))
        if (!next.ok) return next
        filled += Buffer.from(next.value).copy(certificate, filled)
      }
      return ok(new Uint8Array(certificate))
    },
    async sign(challenge, pin, { spendLastTry }) {
      const verified = await verify(pin, spendLastTry).finally(() => pin.fill(0))
      if (!verified.ok) return verified
      const selected = await select('authenticationKey')
      if (!selected.ok) return selected
      const digest = createHash('sha256').update(challenge).digest()
      const answer = await channel.send(commands.computeSignature(Buffer.concat([sha256Prefix, digest])))
      if (!answer.ok) return answer
      const { data, status } = answer.value
      return status === success && data.length === signatureLength
        ? ok(Uint8Array.from(data))
        : fail('CARD_RESPONSE_INVALID')
    },
  }
}

/** Four ASCII digits. Looked at as bytes: a string made of them could not be wiped. */
const isPin = (bytes: Uint8Array) => bytes.length === 4 && bytes.every((byte) => byte >= 0x30 && byte <= 0x39)

/** Tries left as a VERIFY answers them; null for anything that is no such answer. */
function triesOf(status: number): number | null {
  // Already verified in this session: a right PIN has set the counter back.
  if (status === success) return 3
  if (status === 0x6983 || status === 0x6984) return 0
  const tries = status & 0xf
  return status >> 4 === 0x63c && tries <= 3 ? tries : null
}

/** Whole length of the DER SEQUENCE that starts here, header included; null if none does. */
function derLength(bytes: Uint8Array): number | null {
  const [tag, form, high, low] = bytes
  if (tag !== 0x30 || form !== 0x82 || high === undefined || low === undefined) return null
  return 4 + ((high << 8) | low)
}
