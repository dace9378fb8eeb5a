// The line to one ORCA: POST with xml2 both ways, HTTP Basic, over TLS with a client certificate where ORCA asks for one.
// Only POST, although some reads exist as GET: there the patient's number would stand in an address.
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { buildConnector, Pool } from 'undici'
import { z } from 'zod'
import type { FailureCode } from '../../ground/failures.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { tlsFault } from '../../ground/tls-fault.ts'
import { answerBytes, readXml2, type Xml2Record, xml2Request } from './xml2.ts'

/** What the connection needs, from the settings and the files they name. */
export interface OrcaAccess {
  /** Origin only. */
  readonly url: string
  /** Before every path; `/api` for WebORCA. */
  readonly pathPrefix: string
  readonly user: string
  readonly password: string
  /** PEM; null: every CA that the system trusts, and Node's own. */
  readonly ca: string | null
  /** PKCS#12 with its passphrase. */
  readonly identity: { readonly pfx: Uint8Array; readonly passphrase: string } | null
}

/** In milliseconds. */
export interface OrcaLimits {
  readonly connectMs: number
  /** From the question to the whole answer. */
  readonly answerMs: number
}

const usualLimits: OrcaLimits = { connectMs: 5_000, answerMs: 30_000 }

export interface OrcaAnswer {
  readonly apiResult: string
  /** The whole record, for the call's own schema. */
  readonly record: unknown
}

export interface OrcaConnection {
  /**
   * One call: `path` with its class, the request's name and record. Errors: ORCA_UNREACHABLE (also: the line broke, and
   * ORCA may have done what it was asked), ORCA_UNTRUSTED, ORCA_LOGIN_REFUSED, ORCA_NOT_ENABLED, ORCA_REFUSED,
   * ORCA_ANSWER_INVALID.
   */
  call(path: string, name: string, record: Xml2Record): Promise<Result<OrcaAnswer>>
  close(): Promise<void>
}

const answerSchema = z.looseObject({ Api_Result: z.string().regex(/^[0-9A-Z]{1,8}$/) })

/** Our certificate, its passphrase or the CA cannot be used; OpenSSL does not say which. */
class AccessFault extends Error {}

export function openOrca(access: OrcaAccess, limits: OrcaLimits = usualLimits): OrcaConnection {
  const secureContext = contextOf(access)
  const connector = buildConnector({
    ...(secureContext && { secureContext }),
    allowH2: false,
    timeout: limits.connectMs,
  })
  /** Under TLS 1.3 our certificate is refused after our side is ready; undici tells only of a lost socket. */
  let brokenBy: Error | null = null
  const pool = new Pool(access.url, {
    // ORCA works on one patient of ours at a time.
    connections: 1,
    connect(target, callback) {
      if (!secureContext) return callback(new AccessFault(), null)
      connector(target, (...result) => {
        const [, socket] = result
        socket?.once('error', (error) => {
          brokenBy = error
        })
        callback(...result)
      })
    },
    maxResponseSize: answerBytes,
  })
  const headers = {
    authorization: `Basic ${Buffer.from(`${access.user}:${access.password}`).toString('base64')}`,
    'content-type': 'application/xml; charset=UTF-8',
    accept: 'application/xml',
  }

  return {
    async call(path, name, record) {
      brokenBy = null
      try {
        const { statusCode, body } = await pool.request({
          method: 'POST',
          path: `${access.pathPrefix}${path}`,
          headers,
          body: xml2Request(name, record),
          signal: AbortSignal.timeout(limits.answerMs),
        })
        const bytes = await body.bytes()
        if (statusCode !== 200) return fail(statusFailure(statusCode))
        const answer = readXml2(bytes)
        const parsed = answerSchema.safeParse(answer)
        return parsed.success ? ok({ apiResult: parsed.data.Api_Result, record: answer }) : fail('ORCA_ANSWER_INVALID')
      } catch (error) {
        return lineFailure(brokenBy ?? error)
      }
    },
    close: () => pool.destroy(),
  }
}

function contextOf({ url, ca, identity }: OrcaAccess): SecureContext | null {
  try {
    return createSecureContext({
      minVersion: 'TLSv1.2',
      ...(url.startsWith('https:') && { ca: ca === null ? trusted() : [ca] }),
      ...(identity && { pfx: Buffer.from(identity.pfx), passphrase: identity.passphrase }),
    })
  } catch {
    return null
  }
}

/** Alone Node does not look into Windows' store, where clinic IT puts the CA of its own ORCA. */
const trusted = (): string[] => [...getCACertificates('bundled'), ...getCACertificates('system')]

/** 405 is how ORCA says that a call is not switched on. */
function statusFailure(status: number): FailureCode {
  if (status === 401 || status === 403) return 'ORCA_LOGIN_REFUSED'
  if (status === 404 || status === 405) return 'ORCA_NOT_ENABLED'
  if (status >= 500) return 'ORCA_UNREACHABLE'
  return status >= 400 ? 'ORCA_REFUSED' : 'ORCA_ANSWER_INVALID'
}

const tlsCodes = { identity: 'ORCA_LOGIN_REFUSED', server: 'ORCA_UNREACHABLE', untrusted: 'ORCA_UNTRUSTED' } as const

function lineFailure(error: unknown): Result<never> {
  if (error instanceof AccessFault) return fail('ORCA_LOGIN_REFUSED')
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const fault = tlsFault(code)
  // Whoever mends it looks for the entry of the settings.
  if (fault) return fail(tlsCodes[fault], fault === 'untrusted' ? { field: 'caFile' } : undefined)
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' || code.startsWith('HPE_')) return fail('ORCA_ANSWER_INVALID')
  return fail('ORCA_UNREACHABLE')
}
