// The Public Medical Hub over HTTPS: kept-alive connections, mutual TLS against the hub's own CA, limits for every phase
// and for the size, and every way it can go wrong as a code. What the hub sends is bytes until a schema has read it.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { buildConnector, Pool } from 'undici'
import type { z } from 'zod'
import { type Clock, clinicMoment } from '../../contract/clock.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import type { EligibilitySource } from '../source.ts'
import { problemFailure, transportCode } from './failure.ts'
import { answersOf, patientOf, withdrawnOf } from './map.ts'
import { eligibilitySchema, healthSchema, personSchema, sessionSchema } from './wire.ts'

export interface PmhOptions {
  /** https; the calls of docs/hub-api.yaml are below its path. */
  readonly url: string
  /** PEM of the only CA that counts for the hub. */
  readonly ca: string
  /** PEM; the hub reads the clinic's code from it. */
  readonly clientCertificate: string
  readonly clientKey: string
  readonly clock: Clock
  readonly limits?: Partial<PmhLimits> | undefined
}

export interface PmhLimits {
  /** TCP and TLS. */
  readonly connectMs: number
  /** From the request to the first byte of the answer. */
  readonly firstByteMs: number
  readonly wholeMs: number
  readonly bodyBytes: number
}

const defaultLimits: PmhLimits = { connectMs: 3_000, firstByteMs: 5_000, wholeMs: 10_000, bodyBytes: 1024 * 1024 }

/**
 * Makes no connection yet. Failures of a call: every HUB_ code, CARD_CERTIFICATE_EXPIRED or CARD_CERTIFICATE_INVALID
 * where the hub refuses the card's certificate, SETTINGS_INVALID where our own certificate or key cannot be used.
 */
export function createPmhSource(options: PmhOptions): EligibilitySource & {
  /** Opens the connection ahead of the first card. Its failure is no news: the first visit will tell. */
  warmUp(): Promise<void>
} {
  const limits = { ...defaultLimits, ...options.limits }
  const base = new URL(options.url)
  const prefix = base.pathname.replace(/\/$/, '')
  const connect = buildConnector({
    ca: options.ca,
    cert: options.clientCertificate,
    key: options.clientKey,
    minVersion: 'TLSv1.2',
    // HTTP/1.1 only, so that what is kept open and what is limited does not depend on the hub.
    allowH2: false,
    timeout: limits.connectMs,
  })
  /** Under TLS 1.3 the hub refuses our certificate after our side is ready, and undici tells only of a lost socket. */
  let socketError: Error | null = null
  const pool = new Pool(base.origin, {
    // A visit given up while its question hangs must not hold up the next patient's.
    connections: 4,
    connect(target, callback) {
      connect(target, (...opened) => {
        opened[1]?.once('error', (error) => {
          socketError = error
        })
        callback(...opened)
      })
    },
    headersTimeout: limits.firstByteMs,
    bodyTimeout: limits.firstByteMs,
    // Counted while the body arrives, whatever its content-length says.
    maxResponseSize: limits.bodyBytes,
  })

  const ask = async <T extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    schema: T,
    body?: unknown,
  ): Promise<Result<z.infer<T>>> => {
    const limit = AbortSignal.timeout(limits.wholeMs)
    socketError = null
    try {
      // Redirects are not followed: a question about a patient goes to the hub or nowhere.
      const answer = await pool.request({
        method,
        path: `${prefix}${path}`,
        headers: {
          accept: 'application/json, application/problem+json',
          // Nothing here unpacks: a body compressed all the same is no JSON, and cannot grow behind the size limit.
          'accept-encoding': 'identity',
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: limit,
      })
      const json = jsonOf(answer.headers['content-type'], await answer.body.arrayBuffer())
      // undici holds a connection for busy until the turn after its answer; the next question would open another one.
      await nextTurn()
      const { statusCode, headers } = answer
      if (statusCode >= 300) return problemFailure(statusCode, json, headers['retry-after'])
      const parsed = schema.safeParse(json)
      return parsed.success ? ok(parsed.data) : fail('HUB_ANSWER_INVALID')
    } catch (error) {
      return fail(limit.aborted ? 'HUB_TIMEOUT' : transportCode(socketError ?? error))
    }
  }

  const sessionPath = (id: string) => `/v1/sessions/${encodeURIComponent(id)}`

  return {
    async openSession(certificate, identification) {
      const session = await ask('POST', '/v1/sessions', sessionSchema, {
        certificate: Buffer.from(certificate).toString('base64'),
        identification,
      })
      return session.ok ? ok({ id: session.value.sessionId, challenge: session.value.challenge }) : session
    },
    async prove(session, proof) {
      const body =
        proof.method === 'pin'
          ? { signature: Buffer.from(proof.signature).toString('base64') }
          : { comparedAt: proof.comparedAt }
      const person = await ask('POST', `${sessionPath(session.id)}/proof`, personSchema, body)
      return person.ok ? ok(patientOf(person.value)) : person
    },
    async fetchEligibility(session, patient, asOf) {
      const answer = await ask('GET', `${sessionPath(session.id)}/eligibility?date=${asOf}`, eligibilitySchema)
      if (!answer.ok) return answer
      // An answer about somebody else, or about another day, is no answer.
      const isOurs = answer.value.patientReference === patient.ref && answer.value.asOf === asOf
      if (!isOurs) return fail('HUB_ANSWER_INVALID')
      return ok({
        patient,
        asOf,
        fetchedAt: clinicMoment(options.clock.now()),
        source: 'pmh',
        answers: answersOf(answer.value, asOf),
        withdrawn: withdrawnOf(answer.value, asOf),
      })
    },
    async warmUp() {
      await ask('GET', '/v1/health', healthSchema)
    },
    async close() {
      await pool.destroy()
    },
  }
}

/** undefined for anything that is not JSON in UTF-8. A name with replaced characters would be a wrong name. */
function jsonOf(contentType: string | string[] | undefined, body: ArrayBuffer): unknown {
  if (!/^application\/(problem\+)?json\b/i.test(String(contentType))) return undefined
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}
