// The card's authentication application (公的個人認証): what kind of token it is, the certificate, the tries left, and
// one signature by PIN.
import { createHash, X509Certificate } from 'node:crypto'
import { fail, ok, type Result } from '../ground/result.ts'
import { commands } from './apdu.ts'
import { jpki } from './applications.ts'
import { type ReaderLengths, readAtOnce } from './extended-length.ts'
import { firstBlock, readOn } from './file-reading.ts'
import { createPin } from './pin.ts'
import type { CardSession } from './session.ts'
import { statusWord } from './status-words.ts'
import { type Token, tokenIn, tokenLength } from './token.ts'

export interface Jpki {
  /**
   * The token's kind and its certificate (DER), in two sequences. Errors: CARD_UNSUPPORTED (not a card of this kind),
   * CARD_TOKEN_UNKNOWN (a kind that did not exist when this was written), CARD_RESPONSE_INVALID.
   */
  readCertificate(): Promise<Result<{ readonly token: Token; readonly certificate: Uint8Array }>>
  /** The certificate of the CA that issued the card's (DER), for when nobody else can be asked. */
  readIssuer(): Promise<Result<Uint8Array>>
  /** 0 to 3; 0 means blocked. Spends nothing. */
  triesLeft(): Promise<Result<number>>
  /**
   * RSASSA-PKCS1-v1_5 with SHA-256 over `challenge`, 256 bytes. `pin` holds the digits in ASCII and is wiped.
   * Errors: PIN_FORMAT, PIN_WRONG (with triesLeft), PIN_LAST_TRY (only one left and not allowed), PIN_BLOCKED.
   */
  sign(challenge: Uint8Array, pin: Uint8Array, options: { readonly spendLastTry: boolean }): Promise<Result<Uint8Array>>
}

/** DER prefix of DigestInfo for SHA-256 (RFC 8017, section 9.2, note 1). */
const sha256Prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex')
const signatureLength = 256
/** Real ones have about 1.6 KB; nothing near the limit is a certificate. */
const certificateLength = { of: derLength, limit: 8192 }

/** `lengths`: where the way to the card may carry extended length; without it all reads are short. */
export function openJpki(session: CardSession, lengths: ReaderLengths | null = null): Jpki {
  const pin = createPin(session, { file: jpki.authenticationPin, digits: 4, tries: 3 })
  const certificateFile = jpki.authenticationCertificate

  return {
    triesLeft: pin.triesLeft,
    async readCertificate() {
      const heads = await session.run([
        { file: jpki.token, command: commands.readBinary(0, tokenLength) },
        firstBlock(certificateFile),
      ])
      if (!heads.ok) return heads
      const [tokenResponse, certificateHead] = heads.value
      if (tokenResponse?.status !== statusWord.success) return fail('CARD_RESPONSE_INVALID')
      const token = tokenIn(tokenResponse.data)
      if (!token) return fail('CARD_TOKEN_UNKNOWN')
      const [file, first, length] = [certificateFile, certificateHead, certificateLength]
      const atOnce = lengths
        ? await readAtOnce(session, { file, first, length, lengths, token, isSound: isCertificate })
        : ok(null)
      if (!atOnce.ok) return atOnce
      if (atOnce.value) return ok({ token, certificate: atOnce.value })
      const certificate = await readOn(session, file, first, length)
      return certificate.ok ? ok({ token, certificate: certificate.value }) : certificate
    },
    async readIssuer() {
      const file = jpki.authenticationCa
      const heads = await session.run([firstBlock(file)])
      return heads.ok ? readOn(session, file, heads.value[0], certificateLength) : heads
    },
    async sign(challenge, digits, options) {
      const digest = createHash('sha256').update(challenge).digest()
      const command = commands.computeSignature(Buffer.concat([sha256Prefix, digest]))
      const signed = await pin.verify(digits, options, [{ file: jpki.authenticationKey, command }])
      if (!signed.ok) return signed
      const [response] = signed.value
      const isSignature = response?.status === statusWord.success && response.data.length === signatureLength
      return isSignature ? ok(Uint8Array.from(response.data)) : fail('CARD_RESPONSE_INVALID')
    },
  }
}

/** Whole length of the DER SEQUENCE that starts here, header included; null if none does. */
function derLength(bytes: Uint8Array): number | null {
  const [tag, form, high, low] = bytes
  if (tag !== 0x30 || form !== 0x82 || high === undefined || low === undefined) return null
  return 4 + ((high << 8) | low)
}

function isCertificate(der: Uint8Array): boolean {
  try {
    return new X509Certificate(der).publicKey.asymmetricKeyType !== undefined
  } catch {
    return false
  }
}
