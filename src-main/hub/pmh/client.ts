// The Public Medical Hub: every call of docs/hub-api.yaml with a limit for each phase and for the size, and every way it can
// go wrong as a code. What the hub sends is bytes until a schema has read it. Only what changes nothing at the hub, or was
// certainly not sent, is tried a second time, after a moment that differs from clinic to clinic.
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import { type Clock, clinicMoment } from '../../contract/clock.ts'
import type { FailureCode } from '../../contract/failures.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import { createLine, type LinePorts } from '../line.ts'
import type { EligibilitySource } from '../source.ts'
import { type ClientIdentity, openConnection } from './connection.ts'
import { problemFailure, transportCode } from './failure.ts'
import { answersOf, historyOf, patientOf } from './map.ts'
import { eligibilitySchema, healthSchema, personSchema, sessionSchema } from './wire.ts'

export interface PmhOptions {
  /** https; the calls of docs/hub-api.yaml are below its path. */
  readonly url: string
  /** PEM of the only CA that counts for the hub. */
  readonly ca: string
  readonly identity: ClientIdentity
  /** As in connection.ts. */
  readonly proxy?: string | null | undefined
  readonly clock: Clock
  readonly limits?: Partial<PmhLimits> | undefined
  readonly line?: Pick<LinePorts, 'threshold' | 'pauseMs'> | undefined
}

export interface PmhLimits {
  /** TCP and TLS, the proxy included. */
  readonly connectMs: number
  /** From the request to the first byte of the answer. */
  readonly firstByteMs: number
  /** One question with all its tries. */
  readonly wholeMs: number
  /** After this time nothing is tried again. */
  readonly againMs: number
  readonly bodyBytes: number
}

/** A dead hub costs nobody more than `connectMs`: a second try begins only while the first failed quickly. */
const defaultLimits: PmhLimits = {
  connectMs: 1_500,
  firstByteMs: 5_000,
  wholeMs: 8_000,
  againMs: 500,
  bodyBytes: 1024 * 1024,
}

/** How a question may be repeated: `always`: it changes nothing at the hub; `unsent`: only when it cannot have arrived. */
type Repeat = 'always' | 'unsent'
const repeatable: Record<Repeat, readonly FailureCode[]> = {
  always: ['HUB_UNREACHABLE', 'HUB_ERROR'],
  unsent: ['HUB_UNREACHABLE'],
}
const tries = 3

/**
 * Makes no connection yet. Failures of a call: every HUB_ code, VISIT_CANCELLED when its signal was given,
 * CARD_CERTIFICATE_EXPIRED or CARD_CERTIFICATE_INVALID where the hub refuses the card's certificate, SETTINGS_INVALID
 * where our own certificate or key cannot be used.
 */
export function createPmhSource(options: PmhOptions): EligibilitySource {
  const { clock } = options
  const limits = { ...defaultLimits, ...options.limits }
  const base = new URL(options.url)
  const prefix = base.pathname.replace(/\/$/, '')
  const connection = openConnection({ ...options, origin: base.origin, proxy: options.proxy ?? null, limits })
  let clockOffsetMs: number | null = null

  /** One try. */
  const send = async <T extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    schema: T,
    body: unknown,
    signal: AbortSignal,
  ): Promise<Result<z.infer<T>>> => {
    connection.forget()
    try {
      const began = clock.now().getTime()
      // Redirects are not followed: a question about a patient goes to the hub or nowhere.
      const answer = await connection.pool.request({
        method,
        path: `${prefix}${path}`,
        headers: {
          accept: 'application/json, application/problem+json',
          // Nothing here unpacks: a body compressed all the same is no JSON, and cannot grow behind the size limit.
          'accept-encoding': 'identity',
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal,
      })
      clockOffsetMs = offsetOf(answer.headers.date, began, clock.now().getTime()) ?? clockOffsetMs
      const json = jsonOf(answer.headers['content-type'], await answer.body.arrayBuffer())
      // undici holds a connection for busy until the turn after its answer; the next question would open another one.
      await nextTurn()
      const { statusCode, headers } = answer
      if (statusCode >= 300) return problemFailure(statusCode, json, headers['retry-after'])
      const parsed = schema.safeParse(json)
      return parsed.success ? ok(parsed.data) : fail('HUB_ANSWER_INVALID')
    } catch (error) {
      return fail(signal.aborted ? 'HUB_TIMEOUT' : transportCode(connection.broken() ?? error))
    }
  }

  const line = createLine({
    ...options.line,
    clock,
    probe: () => send('GET', '/v1/health', healthSchema, undefined, AbortSignal.timeout(limits.wholeMs)),
  })

  const ask = async <T extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    schema: T,
    repeat: Repeat,
    { body, signal: given }: { readonly body?: unknown; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Result<z.infer<T>>> => {
    const whole = AbortSignal.timeout(limits.wholeMs)
    const signal = given ? AbortSignal.any([whole, given]) : whole
    const began = performance.now()
    return line.attempt(async () => {
      for (let tried = 1; ; tried++) {
        const result = await send(method, path, schema, body, signal)
        if (given?.aborted) return fail('VISIT_CANCELLED')
        if (result.ok || tried === tries || !repeatable[repeat].includes(result.error.code)) return result
        if (performance.now() - began > limits.againMs) return result
        // Not all clinics of a town at the same moment.
        await sleep(tried * 50 * (0.5 + Math.random()))
      }
    })
  }

  const sessionPath = (id: string) => `/v1/sessions/${encodeURIComponent(id)}`

  return {
    async openSession(certificate, identification, signal) {
      // A second session is only another challenge.
      const session = await ask('POST', '/v1/sessions', sessionSchema, 'always', {
        body: { certificate: Buffer.from(certificate).toString('base64'), identification },
        signal,
      })
      return session.ok ? ok({ id: session.value.sessionId, challenge: session.value.challenge }) : session
    },
    async prove(session, proof, signal) {
      const body =
        proof.method === 'pin'
          ? { signature: Buffer.from(proof.signature).toString('base64') }
          : { comparedAt: proof.comparedAt }
      // A challenge takes one proof.
      const person = await ask('POST', `${sessionPath(session.id)}/proof`, personSchema, 'unsent', { body, signal })
      return person.ok ? ok(patientOf(person.value)) : person
    },
    async fetchEligibility(session, patient, asOf, signal) {
      const path = `${sessionPath(session.id)}/eligibility?date=${asOf}`
      const answer = await ask('GET', path, eligibilitySchema, 'always', { signal })
      if (!answer.ok) return answer
      // An answer about somebody else, or about another day, is no answer.
      const isOurs = answer.value.patientReference === patient.ref && answer.value.asOf === asOf
      if (!isOurs) return fail('HUB_ANSWER_INVALID')
      return ok({
        patient,
        asOf,
        fetchedAt: clinicMoment(clock.now()),
        source: 'pmh',
        answers: answersOf(answer.value, asOf),
        history: historyOf(answer.value),
      })
    },
    warmUp: () => line.probe(),
    line: () => ({ ...line.now(), identityEnds: connection.identityEnds(), clockOffsetMs }),
    onLineChange: (listener) => line.onChange(listener),
    async close() {
      line.close()
      await connection.close()
    },
  }
}

/** How far the hub's clock is ahead of ours, from its Date header (whole seconds), the way there and back taken out. */
function offsetOf(date: string | string[] | undefined, sentMs: number, receivedMs: number): number | null {
  const hub = Date.parse(String(date))
  return Number.isNaN(hub) ? null : hub + 500 - (sentMs + receivedMs) / 2
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
