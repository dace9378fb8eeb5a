// The Public Medical Hub over HTTPS: one kept-alive connection, mutual TLS against the hub's own CA, limits for every
// phase and for the size, and every way it can go wrong as a code. What the hub sends is text until a schema has read it.
import { Client } from 'undici'
import type { z } from 'zod'
import { type Clock, clinicMoment } from '../../contract/clock.ts'
import type { FailureCode } from '../../contract/failures.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import type { EligibilitySource } from '../source.ts'
import { answersOf, patientOf } from './map.ts'
import { eligibilitySchema, personSchema, problemSchema, sessionSchema } from './wire.ts'

export interface PmhOptions {
  /** https, origin only. */
  readonly url: string
  /** PEM of the only CA that counts for the hub. */
  readonly ca: string
  /** PEM; the hub reads the clinic's code from it. */
  readonly clientCertificate: string
  readonly clientKey: string
  readonly clock: Clock
  readonly limits?: Partial<PmhLimits>
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

/** Problem codes of docs/hub-api.yaml. */
const problemCodes: Readonly<Record<string, FailureCode>> = {
  certificate_expired: 'CARD_CERTIFICATE_EXPIRED',
  certificate_invalid: 'CARD_CERTIFICATE_INVALID',
  certificate_not_trusted: 'HUB_CARD_REJECTED',
  certificate_unknown: 'HUB_PATIENT_UNKNOWN',
  signature_invalid: 'HUB_SIGNATURE_REJECTED',
  session_unknown: 'HUB_SESSION_EXPIRED',
  session_expired: 'HUB_SESSION_EXPIRED',
  client_not_allowed: 'HUB_CLIENT_REJECTED',
}

class TooLarge extends Error {}

export function createPmhSource(options: PmhOptions): EligibilitySource & {
  /** Opens the connection ahead of the first card. Its failure is no news: the first visit will tell. */
  warmUp(): Promise<void>
} {
  const limits = { ...defaultLimits, ...options.limits }
  const client = new Client(options.url, {
    connect: {
      ca: options.ca,
      cert: options.clientCertificate,
      key: options.clientKey,
      minVersion: 'TLSv1.2',
      timeout: limits.connectMs,
    },
    headersTimeout: limits.firstByteMs,
    bodyTimeout: limits.firstByteMs,
    maxResponseSize: limits.bodyBytes,
  })

  const ask = async <T extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    schema: T,
    body?: unknown,
  ): Promise<Result<z.infer<T>>> => {
    const limit = AbortSignal.timeout(limits.wholeMs)
    try {
      const answer = await client.request({
        method,
        path,
        headers: {
          accept: 'application/json, application/problem+json',
          // What is not compressed cannot grow behind the size limit.
          'accept-encoding': 'identity',
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: limit,
      })
      const parts: Buffer[] = []
      let size = 0
      for await (const part of answer.body) {
        size += part.length
        if (size > limits.bodyBytes) throw new TooLarge()
        parts.push(part)
      }
      const text = Buffer.concat(parts).toString('utf8')
      if (answer.statusCode >= 400) return problem(answer.statusCode, text, answer.headers['retry-after'])
      const parsed = schema.safeParse(parseJson(answer.headers['content-type'], text))
      return parsed.success ? ok(parsed.data) : fail('HUB_ANSWER_INVALID')
    } catch (error) {
      return fail(limit.aborted ? 'HUB_TIMEOUT' : transportCode(error))
    }
  }

  const sessionPath = (id: string) => `/v1/sessions/${encodeURIComponent(id)}`

  return {
    async openSession(certificate) {
      const session = await ask('POST', '/v1/sessions', sessionSchema, {
        certificate: Buffer.from(certificate).toString('base64'),
        identification: 'pin',
      })
      return session.ok ? ok({ id: session.value.sessionId, challenge: session.value.challenge }) : session
    },
    async prove(session, signature) {
      const person = await ask('POST', `${sessionPath(session.id)}/proof`, personSchema, {
        signature: Buffer.from(signature).toString('base64'),
      })
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
      })
    },
    async warmUp() {
      await client.request({ method: 'HEAD', path: '/v1/health', signal: AbortSignal.timeout(limits.wholeMs) }).then(
        (answer) => answer.body.dump(),
        () => undefined,
      )
    },
    async close() {
      await client.destroy()
    },
  }
}

/** undefined for anything that is not JSON. */
function parseJson(contentType: string | string[] | undefined, text: string): unknown {
  if (!/^application\/(problem\+)?json\b/.test(String(contentType))) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function problem(status: number, text: string, retryAfter: string | string[] | undefined) {
  const parsed = problemSchema.safeParse(parseJson('application/problem+json', text))
  const known = parsed.success ? problemCodes[parsed.data.code] : undefined
  if (known) return fail(known)
  if (status === 429 || status === 503) {
    const seconds = Number(retryAfter)
    const detail = Number.isFinite(seconds) && seconds > 0 ? { retryAfterS: seconds } : undefined
    return fail(status === 429 ? 'HUB_RATE_LIMITED' : 'HUB_ERROR', detail)
  }
  return fail(status >= 500 ? 'HUB_ERROR' : 'HUB_REFUSED')
}

/** What went wrong below HTTP. Messages are not kept: they may quote what was sent. */
function transportCode(error: unknown): FailureCode {
  if (error instanceof TooLarge) return 'HUB_ANSWER_INVALID'
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return 'HUB_ANSWER_INVALID'
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return 'HUB_TIMEOUT'
  // The hub's certificate: another CA, another name, out of date.
  if (/CERT|SELF_SIGNED|UNABLE_TO|DEPTH_ZERO/.test(code) && !code.startsWith('ERR_SSL')) return 'HUB_UNTRUSTED'
  // TLS alerts about our own certificate (RFC 8446, section 6.2).
  if (/ERR_SSL.*ALERT.*(CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE)/.test(code)) return 'HUB_CLIENT_REJECTED'
  if (code === 'UND_ERR_SOCKET' || code.startsWith('HPE_') || code === 'ECONNRESET' || code === 'EPIPE')
    return 'HUB_ERROR'
  return 'HUB_UNREACHABLE'
}
