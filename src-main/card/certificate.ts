// What the desk checks on a card's certificate before it bothers the hub, and what it can tell the person about it.
// Revocation and the issuer's signature are the hub's to check: the data for it only go to authorised verifiers.
import { verify, X509Certificate } from 'node:crypto'
import { tokyoAheadMs } from '../ground/clock.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { readTlvs, type Tlv } from './tlv.ts'
import type { Token } from './token.ts'

export interface CardCertificate {
  /** Its own last moment. */
  readonly validTo: Date
  /** The last moment in which the card counts: that of its grace, for a telephone its own. */
  readonly countsTo: Date
  /**
   * - `endsSoon`: the last three months, in which it can be renewed.
   * - `grace`: it has ended, but the card still counts as a health insurance card until the end of the third month after
   *   the month in which it ended. The hub decides what it still answers.
   *   Source: 厚生労働省「資格確認方法について」 https://www.mhlw.go.jp/stf/newpage_50657.html (alerts from three months before to
   *   three months after, usable for three months); counted to the end of a month: 多摩市 ページ番号 1017168 (ended in
   *   February, usable to the end of May).
   *   A telephone has none: its certificate stops with the card's, and has to be asked for anew after the renewal
   *   (医療機関等向け総合ポータルサイト KB 3b11e4ee…, 2025).
   *   In that time the terminal tells the insurance alone, no medical data, and the card signs in nowhere else.
   */
  readonly status: 'valid' | 'endsSoon' | 'grace'
  /**
   * The first eight hex digits of its issuer's key id, for support; null if it names none. All generations of the
   * issuing CA have one name: only the key tells them apart.
   */
  readonly generation: string | null
}

const oid = { keyUsage: '551d0f', authorityKeyIdentifier: '551d23', sha256WithRsa: '1.2.840.113549.1.1.11' }
/** Bits of keyUsage as they lie in its first byte (RFC 5280, 4.2.1.3). */
const digitalSignature = 0x80
const nonRepudiation = 0x40

/**
 * `der` is the user-authentication certificate that `token` holds. Errors: CARD_CERTIFICATE_INVALID, CARD_CERTIFICATE_EXPIRED,
 * CARD_TOKEN_UNKNOWN (of a JPKI card with another kind of key, as the next generation will have: nothing is wrong with it).
 */
export function checkCardCertificate(der: Uint8Array, now: Date, token: Token = 'card'): Result<CardCertificate> {
  const certificate = parse(der)
  if (certificate?.isOfLaterCards) return fail('CARD_TOKEN_UNKNOWN')
  if (!certificate?.isOfCards || certificate.validFrom > now) return fail('CARD_CERTIFICATE_INVALID')
  const { validTo, generation } = certificate
  const { soonFrom, graceTo } = termsOf(validTo)
  if (token !== 'card' && now > validTo) return fail('CARD_CERTIFICATE_EXPIRED', { field: 'phone' })
  if (now >= graceTo) return fail('CARD_CERTIFICATE_EXPIRED')
  const status = now > validTo ? 'grace' : now >= soonFrom ? 'endsSoon' : 'valid'
  const countsTo = token === 'card' ? new Date(graceTo.getTime() - 1) : validTo
  return ok({ validTo, countsTo, status, generation })
}

/** Whether the certificate's key has signed `content` (RSASSA-PKCS1-v1_5 / SHA-256). `der` has been checked. */
export const verifiesSignature = (der: Uint8Array, content: Uint8Array, signature: Uint8Array): boolean =>
  verify('sha256', content, new X509Certificate(der).publicKey, signature)

/** Whether `der` was issued by the CA of `issuer` (DER): its key has signed it, and it is the key that `der` names. */
export function isIssuedBy(der: Uint8Array, issuer: Uint8Array): boolean {
  try {
    const [certificate, ca] = [new X509Certificate(der), new X509Certificate(issuer)]
    return ca.ca && certificate.checkIssued(ca) && certificate.verify(ca.publicKey)
  } catch {
    return false
  }
}

/** null if it is no certificate. Node looks at some fields only when they are asked for, and throws then. */
function parse(der: Uint8Array) {
  try {
    const certificate = new X509Certificate(der)
    const { publicKey, signatureAlgorithmOid, issuer, raw } = certificate
    // OpenSSL stops at the end of the certificate; whoever gets the bytes after us may read on.
    if (raw.length !== der.length) return null
    // As texts: for a date that is none, validFromDate and validToDate hold whatever was in memory.
    const [validFrom, validTo] = [new Date(certificate.validFrom), new Date(certificate.validTo)]
    const { asymmetricKeyType, asymmetricKeyDetails } = publicKey
    const extensions = readExtensions(raw)
    const isRsa2048 = asymmetricKeyType === 'rsa' && asymmetricKeyDetails?.modulusLength === 2048
    // Node's own keyUsage is the extended one. A key for non-repudiation is the signing certificate's, which holds name
    // and address: it must not go to the hub in place of this one.
    const isForAuthentication = (keyUsage(extensions) & (digitalSignature | nonRepudiation)) === digitalSignature
    const isOfJpki = issuer.split('\n').includes('O=JPKI')
    // A date that is none would be neither before nor after anything.
    const hasDates = [validFrom, validTo].every((date) => Number.isFinite(date.getTime()))
    return {
      validFrom,
      validTo,
      isOfCards:
        isOfJpki && signatureAlgorithmOid === oid.sha256WithRsa && hasDates && isRsa2048 && isForAuthentication,
      isOfLaterCards: isOfJpki && hasDates && isForAuthentication && asymmetricKeyType === 'ec',
      generation: authorityKey(extensions)?.slice(0, 8) ?? null,
    }
  } catch {
    return null
  }
}

/**
 * From when on a certificate ends soon (the same day three months earlier, or the last of that month), and the first
 * moment after its grace, both at midnight in Japan.
 */
function termsOf(validTo: Date): { readonly soonFrom: Date; readonly graceTo: Date } {
  const inJapan = new Date(validTo.getTime() + tokyoAheadMs)
  const [year, month, day] = [inJapan.getUTCFullYear(), inJapan.getUTCMonth(), inJapan.getUTCDate()]
  const midnight = (m: number, d: number) => new Date(Date.UTC(year, m, d) - tokyoAheadMs)
  const lastOfMonth = new Date(Date.UTC(year, month - 2, 0)).getUTCDate()
  return { soonFrom: midnight(month - 3, Math.min(day, lastOfMonth)), graceTo: midnight(month + 4, 1) }
}

/** The content of each extension by its object identifier in hex. `raw` has been parsed by Node: it is a certificate. */
function readExtensions(raw: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const body = within(within(readTlvs(raw)?.[0])?.[0])
  const list = within(within(body?.find(({ tag }) => tag === 0xa3))?.[0])
  return new Map(
    list?.map((extension) => {
      const parts = within(extension) ?? []
      return [hex(parts[0]?.value), parts.at(-1)?.value ?? new Uint8Array()] as const
    }),
  )
}

const within = (object: Tlv | undefined) => (object ? readTlvs(object.value) : null)
const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')

/** The first eight bits of a KeyUsage, 0 if there is none. The first byte of a BIT STRING counts its unused bits. */
const keyUsage = (extensions: ReadonlyMap<string, Uint8Array>) =>
  readTlvs(extensions.get(oid.keyUsage) ?? new Uint8Array())?.[0]?.value[1] ?? 0

/** keyIdentifier of an AuthorityKeyIdentifier, its field [0], in hex. */
function authorityKey(extensions: ReadonlyMap<string, Uint8Array>): string | undefined {
  const fields = within(readTlvs(extensions.get(oid.authorityKeyIdentifier) ?? new Uint8Array())?.[0])
  const key = fields?.find(({ tag }) => tag === 0x80)
  return key && hex(key.value)
}
