// Whose fault a TLS connection is that does not come about, from the error codes of Node and OpenSSL: one list for every
// server the house speaks to.

/**
 * - `identity`: the server refuses our certificate.
 * - `server`: the server has trouble of its own, and says so.
 * - `untrusted`: whoever answers cannot show to be the server: another CA, another name or purpose, out of date, TLS too
 *   old, not even TLS.
 */
export type TlsFault = 'identity' | 'server' | 'untrusted'

/** Results of the chain's check as Node names them that say nothing of CERT; UNSPECIFIED: one that Node has no name for. */
const refusedChains = [
  'CRL_SIGNATURE_FAILURE',
  'CRL_NOT_YET_VALID',
  'CRL_HAS_EXPIRED',
  'ERROR_IN_CRL_LAST_UPDATE_FIELD',
  'ERROR_IN_CRL_NEXT_UPDATE_FIELD',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'UNSPECIFIED',
]

/** `code` of an error; null when it is none of TLS. */
export function tlsFault(code: string): TlsFault | null {
  // Alerts (RFC 8446, section 6.2): the server can only tell about our certificate after it has seen it.
  if (/^ERR_SSL_.*ALERT_(.*CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE)/.test(code)) return 'identity'
  if (/^ERR_SSL_.*ALERT_INTERNAL_ERROR/.test(code)) return 'server'
  return /^ERR_SSL_|CERT|UNABLE_TO_/.test(code) || refusedChains.includes(code) ? 'untrusted' : null
}
