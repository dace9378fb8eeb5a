// `Idempotency-Key`: the same key with the same body gets the first answer again, and nothing happens twice. Only what
// was decided is kept; what broke on the way was not.
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Clock, dayMs } from '../../ground/clock.ts'
import { holderOf } from './door.ts'
import { problem } from './problem.ts'

export interface Decision {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** A problem code, or the answer's body. */
  readonly answer: { readonly code: string } | { readonly body: unknown }
  /** Nothing was decided: the same key may be tried again. */
  readonly isOpen?: true
}

const keepMs = 30 * dayMs

/** Gives a function that answers a request by `decide`, once per key. */
export function createIdempotency(clock: Clock) {
  const kept = new Map<string, { readonly body: string; readonly at: number; readonly decision: Decision }>()

  return async (request: FastifyRequest, reply: FastifyReply, decide: () => Promise<Decision>) => {
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string' || !/^[A-Za-z0-9_-]{16,64}$/.test(key)) {
      return problem(reply, 400, 'idempotency_key_missing')
    }
    const now = clock.now().getTime()
    for (const [name, { at }] of kept) if (at + keepMs < now) kept.delete(name)
    const name = `${holderOf(request.socket)} ${request.routeOptions.url} ${key}`
    const body = createHash('sha256').update(JSON.stringify(request.body)).digest('base64')
    const before = kept.get(name)
    if (before && before.body !== body) return problem(reply, 422, 'idempotency_key_reused')
    if (before) reply.header('idempotency-replayed', 'true')
    const decision = before?.decision ?? (await decide())
    if (!before && !decision.isOpen) kept.set(name, { body, at: now, decision })
    const { status, headers = {}, answer } = decision
    reply.headers(headers)
    return 'code' in answer ? problem(reply, status, answer.code) : reply.code(status).send(answer.body)
  }
}
