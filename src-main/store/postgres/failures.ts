// What the line to the server and the server itself say, as one of our codes. Messages are dropped: they may quote a value.
import { DatabaseError } from 'pg'
import { type Failure, Refusal } from '../../ground/result.ts'

/** The server is not, or does not do, what we ask of it before it gets anything: `field` says what. */
export class UnfitServer extends Error {
  override readonly name = 'UnfitServer'
  readonly field: 'tls' | 'password' | 'certificate'

  constructor(field: UnfitServer['field']) {
    super(field)
    this.field = field
  }
}

/** Of the whole class where only two characters stand. PostgreSQL's appendix A. */
const bySqlState: Readonly<Record<string, Failure>> = {
  // The line, and a server that starts, stops or has become a standby: another one takes over.
  '08': { code: 'STORE_UNREACHABLE' },
  '57P': { code: 'STORE_UNREACHABLE' },
  '25006': { code: 'STORE_UNREACHABLE' },
  '25P03': { code: 'STORE_UNREACHABLE' },
  // Too many connections; a lock or a statement that took too long.
  '53300': { code: 'STORE_UNREACHABLE' },
  '55P03': { code: 'STORE_UNREACHABLE' },
  '57014': { code: 'STORE_UNREACHABLE' },
  // A statement of this connection is from before a newer desk has changed a table: the next connection asks anew.
  '0A000': { code: 'STORE_UNREACHABLE' },
  // Behind a pooler that was put between while the desk ran.
  '26000': { code: 'STORE_UNREACHABLE' },
  '28': { code: 'STORE_REFUSED', detail: { field: 'user' } },
  '3D': { code: 'STORE_REFUSED', detail: { field: 'database' } },
  '42501': { code: 'STORE_REFUSED', detail: { field: 'rights' } },
  '53': { code: 'STORE_FULL' },
  '58': { code: 'STORE_UNWRITABLE' },
  XX: { code: 'STORE_DAMAGED' },
}

/** What Node says of a certificate that is not the site's CA's, or of another name. */
const certificateCodes =
  /^(?:ERR_TLS_CERT_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:GET|VERIFY|DECODE)|INVALID_CA|HOSTNAME_MISMATCH)/

/** pg's own, which have no code. */
const ofDriver = {
  /** „The server does not support SSL connections“ */
  noTls: /does not support SSL/,
  /** An unfit offer, or a server that does not know the password either. */
  scram: /^SASL/,
  gone: /^(?:Connection terminated|timeout e|Query read timeout|Client has encountered a connection error|Cannot use a pool|There was an error establishing an SSL)/,
} as const

/** The failure of the server or of the line to it; null: it is none, but a bug. */
export function serverFailure(error: unknown): Failure | null {
  if (error instanceof Refusal) return error.failure
  if (error instanceof UnfitServer) return { code: 'STORE_UNTRUSTED', detail: { field: error.field } }
  if (!(error instanceof Error)) return null
  if (error instanceof DatabaseError) {
    const state = error.code ?? ''
    return bySqlState[state] ?? bySqlState[state.slice(0, 3)] ?? bySqlState[state.slice(0, 2)] ?? null
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (certificateCodes.test(code)) return { code: 'STORE_UNTRUSTED', detail: { field: 'certificate' } }
  if (ofDriver.noTls.test(error.message)) return { code: 'STORE_UNTRUSTED', detail: { field: 'tls' } }
  if (ofDriver.scram.test(error.message)) return { code: 'STORE_UNTRUSTED', detail: { field: 'password' } }
  // Of the system (ECONNREFUSED, ENOTFOUND …) or of TLS in the middle of the work.
  const isLine = 'syscall' in error || /^(?:E[A-Z]+|ERR_(?:SSL|STREAM|SOCKET)_\w+)$/.test(code)
  return isLine || ofDriver.gone.test(error.message) ? { code: 'STORE_UNREACHABLE' } : null
}

/** Whether nobody knows what became of what was asked last: no word of the server came, or its farewell. */
export const isCutOff = (error: unknown): boolean =>
  error instanceof DatabaseError
    ? /^(?:08|57P)/.test(error.code ?? '') || error.code === '25P03'
    : serverFailure(error)?.code === 'STORE_UNREACHABLE'
