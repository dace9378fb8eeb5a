// One call to the Public Medical Hub: a limit for each phase and for the size, and every way it can go wrong as a code. What
// the hub sends is bytes until a schema has read it. Only what changes nothing at the hub, what the hub itself knows again
// by its key, or what was certainly not sent, is tried a second time, after a moment that differs from clinic to clinic.
import type { IncomingHttpHeaders } from 'node:http'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import type { Clock } from '../../ground/clock.ts'
import type { FailureCode } from '../../ground/failures.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { createLine, type LinePorts } from '../line.ts'
import type { SourceLine } from '../source.ts'
import { type ClientIdentity, openConnection } from './connection.ts'
import { problemFailure, transportCode } from './failure.ts'
import { replyTo } from './whole-reply.ts'
import { healthSchema } from './wire.ts'

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
  connectMs: 1_200,
  firstByteMs: 5_000,
  wholeMs: 8_000,
  againMs: 500,
  bodyBytes: 1024 * 1024,
}

/** Our clock was set when it has moved by so much more or less than the time that passed, in milliseconds. */
const setClockMs = 60_000

/** How a question may be repeated: `always`: nothing happens twice by it; `unsent`: only when it cannot have arrived. */
type Repeat = 'always' | 'unsent'
const repeatable: Record<Repeat, readonly FailureCode[]> = {
  always: ['HUB_UNREACHABLE', 'HUB_ERROR'],
  unsent: ['HUB_UNREACHABLE'],
}
const tries = 3

interface Request {
  readonly method: 'GET' | 'POST'
  /** With its query, below the hub's address. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

interface Question<T extends z.ZodType> extends Request {
  /** Reads the body; that of a 304 is null. */
  readonly schema: T
  readonly repeat: Repeat
  /** Nobody at the counter waits for it: its failures do not take the line down. */
  readonly isInBackground?: boolean
  /** Takes it back. */
  readonly signal?: AbortSignal | undefined
}

export interface Answer<T> {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: T
}

export interface PmhCalls {
  /** Errors: every HUB_ code, VISIT_CANCELLED when its signal was given, SETTINGS_INVALID, CARD_CERTIFICATE_ codes. */
  ask<T extends z.ZodType>(question: Question<T>): Promise<Result<Answer<z.infer<T>>>>
  warmUp(): Promise<void>
  prepare(): Promise<void>
  line(): SourceLine
  onLineChange(listener: () => void): () => void
  close(): Promise<void>
}

/** Makes no connection yet. */
export function createCalls(options: PmhOptions): PmhCalls {
  const { clock } = options
  const limits = { ...defaultLimits, ...options.limits }
  const base = new URL(options.url)
  const prefix = base.pathname.replace(/\/$/, '')
  const connection = openConnection({ ...options, origin: base.origin, proxy: options.proxy ?? null, limits })
  /** What the hub's last answer said of our clock, and where that and the steady one stood. */
  let told: { readonly offsetMs: number; readonly wall: number; readonly steady: number } | null = null
  /** Worth nothing once our clock has been set since. */
  const clockOffset = (): number | null => {
    if (!told) return null
    const setBy = clock.now().getTime() - told.wall - (performance.now() - told.steady)
    return Math.abs(setBy) > setClockMs ? null : told.offsetMs
  }
  /**
   * undici holds a connection for busy until the turn after its answer: a question in the same turn would open another
   * one. Whoever asks later has not to wait.
   */
  let settled: Promise<unknown> = Promise.resolve()

  /** One try. */
  const send = async <T extends z.ZodType>(
    { method, path, headers, body }: Request,
    schema: T,
    signal: AbortSignal,
  ): Promise<Result<Answer<z.infer<T>>>> => {
    connection.forget()
    await settled
    try {
      const began = clock.now().getTime()
      // Redirects are not followed: a question about a patient goes to the hub or nowhere.
      const answer = await replyTo(
        connection.pool,
        {
          method,
          path: `${prefix}${path}`,
          headers: {
            accept: 'application/json, application/problem+json',
            // Nothing here unpacks: a body compressed all the same is no JSON, and cannot grow behind the size limit.
            'accept-encoding': 'identity',
            ...(body !== undefined && { 'content-type': 'application/json' }),
            ...headers,
          },
          body: body === undefined ? null : JSON.stringify(body),
        },
        signal,
      )
      const { status } = answer
      const wall = clock.now().getTime()
      const offsetMs = offsetOf(answer.headers.date, began, wall)
      if (offsetMs !== null) told = { offsetMs, wall, steady: performance.now() }
      const json = status === 304 ? null : jsonOf(answer.headers['content-type'], answer.body)
      settled = nextTurn()
      if (status >= 300 && status !== 304) return problemFailure(status, json, answer.headers['retry-after'])
      const parsed = schema.safeParse(json)
      return parsed.success ? ok({ status, headers: answer.headers, body: parsed.data }) : fail('HUB_ANSWER_INVALID')
    } catch (error) {
      return fail(signal.aborted ? 'HUB_TIMEOUT' : transportCode(connection.broken() ?? error))
    }
  }

  /** A question that changes nothing and is about nobody. */
  const probe = () => send({ method: 'GET', path: '/v1/health' }, healthSchema, AbortSignal.timeout(limits.wholeMs))
  const line = createLine({ ...options.line, clock, probe })

  return {
    async ask({ schema, repeat, isInBackground = false, signal: given, ...request }) {
      const whole = AbortSignal.timeout(limits.wholeMs)
      const signal = given ? AbortSignal.any([whole, given]) : whole
      const began = performance.now()
      const work = async () => {
        for (let tried = 1; ; tried++) {
          const result = await send(request, schema, signal)
          if (given?.aborted) return fail('VISIT_CANCELLED')
          if (result.ok || tried === tries || !repeatable[repeat].includes(result.error.code)) return result
          if (performance.now() - began > limits.againMs) return result
          // Not all clinics of a town at the same moment.
          await sleep(tried * 50 * (0.5 + Math.random()))
        }
      }
      return isInBackground ? line.attemptBehind(work) : line.attempt(work)
    },
    warmUp: () => line.probe(),
    async prepare() {
      if (connection.pool.stats.connected === 0) await line.attemptBehind(probe)
    },
    line: () => ({ ...line.now(), identityEnds: connection.identityEnds(), clockOffsetMs: clockOffset() }),
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

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** undefined for anything that is not JSON in UTF-8. A name with replaced characters would be a wrong name. */
function jsonOf(contentType: string | string[] | undefined, body: Uint8Array): unknown {
  if (!/^application\/(problem\+)?json\b/i.test(String(contentType))) return undefined
  try {
    return JSON.parse(utf8.decode(body))
  } catch {
    return undefined
  }
}
