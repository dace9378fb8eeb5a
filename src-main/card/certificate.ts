// What the desk checks on a card's certificate before it bothers the hub. Revocation is the hub's to know: revocation
// data only go to authorised verifiers.
import { X509Certificate } from 'node:crypto'
import { fail, ok, type Result } from '../contract/result.ts'

/** `der` is the user-authentication certificate. Errors: CARD_CERTIFICATE_INVALID, CARD_CERTIFICATE_EXPIRED. */
export function checkCardCertificate(der: Uint8Array, now: Date): Result<{ readonly validTo: Date }> {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(der)
  } catch {
    return fail('CARD_CERTIFICATE_INVALID')
  }
  const { publicKey, validFromDate, validToDate } = certificate
  const isRsa2048 = publicKey.asymmetricKeyType === 'rsa' && publicKey.asymmetricKeyDetails?.modulusLength === 2048
  if (!isRsa2048 || validFromDate > now) return fail('CARD_CERTIFICATE_INVALID')
  return validToDate < now ? fail('CARD_CERTIFICATE_EXPIRED') : ok({ validTo: validToDate })
}
