// Every way a question to the hub can fail, as a code of the house. Messages and titles are dropped here: they may quote
// what was sent.
import type { FailureCode } from '../../ground/failures.ts'
import { fail } from '../../ground/result.ts'
import { tlsFault } from '../../ground/tls-fault.ts'
import { IdentityFault, ProxyRefusal } from './connection.ts'
import { problemSchema } from './wire.ts'

/** Problem codes of docs/hub-api.yaml that mean more than their HTTP status. */
const problemCodes: Readonly<Partial<Record<string, FailureCode>>> = {
  certificate_expired: 'CARD_CERTIFICATE_EXPIRED',
  certificate_invalid: 'CARD_CERTIFICATE_INVALID',
  certificate_not_trusted: 'HUB_CARD_REJECTED',
  certificate_unknown: 'HUB_PATIENT_UNKNOWN',
  signature_invalid: 'HUB_SIGNATURE_REJECTED',
  identification_not_allowed: 'HUB_IDENTIFICATION_REFUSED',
  comparison_invalid: 'HUB_IDENTIFICATION_REFUSED',
  pin_proof_needed: 'HUB_PIN_PROOF_NEEDED',
  session_unknown: 'HUB_SESSION_EXPIRED',
  patient_unknown: 'HUB_PATIENT_UNKNOWN',
  requery_unknown: 'HUB_REQUERY_UNKNOWN',
  record_unknown: 'HUB_RECORD_UNKNOWN',
  record_changed: 'HUB_RECORD_CHANGED',
  record_duplicate: 'HUB_RECORD_DUPLICATE',
  voucher_unknown: 'HUB_VOUCHER_UNKNOWN',
  client_not_allowed: 'HUB_CLIENT_REJECTED',
}

/** The failure behind an HTTP status of 300 or more. `json` is its body, undefined where that is not JSON. */
export function problemFailure(status: number, json: unknown, retryAfter: string | string[] | undefined) {
  const code = problemSchema.safeParse(json).data?.code
  const known = code !== undefined && Object.hasOwn(problemCodes, code) ? problemCodes[code] : undefined
  if (known) return fail(known)
  const retryAfterS = secondsOf(retryAfter)
  const detail = retryAfterS === undefined ? undefined : { retryAfterS }
  if (status === 429) return fail('HUB_RATE_LIMITED', detail)
  return status >= 500 ? fail('HUB_ERROR', detail) : fail('HUB_REFUSED')
}

/**
 * Retry-After (RFC 9110, 10.2.3) in seconds; a date is not read, our clock may be off. Where it says 0 it is one second all
 * the same: a hub that goes on saying so would be asked without a pause, for ever.
 */
export const secondsOf = (retryAfter: string | string[] | undefined): number | undefined =>
  /^[0-9]{1,5}$/.test(String(retryAfter)) ? Math.max(1, Number(retryAfter)) : undefined

const tlsCodes = { identity: 'HUB_CLIENT_REJECTED', server: 'HUB_ERROR', untrusted: 'HUB_UNTRUSTED' } as const

/** What went wrong below HTTP, from the error codes of undici, Node's network and OpenSSL. */
export function transportCode(error: unknown): FailureCode {
  if (error instanceof ProxyRefusal) return 'HUB_PROXY_REFUSED'
  if (error instanceof IdentityFault) return 'SETTINGS_INVALID'
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const fault = tlsFault(code)
  if (fault) return tlsCodes[fault]
  if (code.includes('TIMEOUT') || code === 'ETIMEDOUT') return 'HUB_TIMEOUT'
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' || code === 'UND_ERR_HEADERS_OVERFLOW') return 'HUB_ANSWER_INVALID'
  // The line was there and broke, or what came was not HTTP.
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE' || code.startsWith('HPE_'))
    return 'HUB_ERROR'
  return 'HUB_UNREACHABLE'
}
