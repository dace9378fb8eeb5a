// The second factor: what an authenticator shows for half a minute (TOTP, RFC 6238), in the one form that all of them know.
// One step of time to either side counts as well: clocks and fingers are slow.
import { Secret, TOTP } from 'otpauth'

const form = { algorithm: 'SHA1', digits: 6, period: 30 } as const

/** As whose key an authenticator lists it. */
const issuer = 'Madoguchi'

const totpOf = (secret: string, label = '') => new TOTP({ ...form, issuer, label, secret: Secret.fromBase32(secret) })

/** 160 bits (RFC 4226, 4), Base32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32

/** otpauth://, as authenticators read it from a QR code. `code`: of the member of staff. */
export const enrolmentLink = (secret: string, code: string): string => totpOf(secret, code).toString()

/** The step of time whose code this is; null: of none that counts now. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const totp = totpOf(secret)
  const timestamp = now.getTime()
  const away = totp.validate({ token: code, timestamp, window: 1 })
  return away === null ? null : totp.counter({ timestamp }) + away
}
