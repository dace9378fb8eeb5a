// What the sandbox hub can be told to do wrong, so that staff can rehearse it and tests can show what the agent makes
// of it. Each fault is what a real line or server does, down to the broken connection. One fault holds at a time, in
// every call or in one: the switch knows three places where a fault can sit (before the call, on its answer, on the
// server itself), and every fault is an entry in one of them.
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { Server } from 'node:tls'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { assertNever } from '../../ground/result.ts'
import type { TrainingPki } from '../certificates/pki.ts'
import { problem } from './problem.ts'

export const faultSchema = z.discriminatedUnion('kind', [
  /** The right answer, but this much later. */
  z.strictObject({ kind: z.literal('slow'), ms: z.int().min(0).max(600_000) }),
  z.strictObject({ kind: z.literal('error') }),
  z.strictObject({ kind: z.literal('rateLimit'), retryAfterS: z.int().min(0).max(86_400) }),
  z.strictObject({ kind: z.literal('redirect') }),
  /** A maintenance page with status 200, as proxies send it. */
  z.strictObject({ kind: z.literal('notJson') }),
  z.strictObject({ kind: z.literal('wrongSchema') }),
  /** 2 MiB, sent in chunks without a content-length. */
  z.strictObject({ kind: z.literal('tooLarge') }),
  /** The connection breaks before anything happened. */
  z.strictObject({ kind: z.literal('hangUp') }),
  /** It happened, and the connection breaks before the answer. */
  z.strictObject({ kind: z.literal('answerLost') }),
  /** It happened, and the connection breaks within the answer. */
  z.strictObject({ kind: z.literal('halfAnswer') }),
  /** Every item and every record of an answer comes twice. */
  z.strictObject({ kind: z.literal('duplicateRecords') }),
  /** The proof names somebody else: under the reference of the card's person, or with their own. */
  z.strictObject({ kind: z.literal('otherPerson'), reference: z.enum(['same', 'other']) }),
  /** Nobody listens. Counts for all calls. */
  z.strictObject({ kind: z.literal('down') }),
  /** The hub shows a certificate that ran out yesterday. Counts for all calls. */
  z.strictObject({ kind: z.literal('expiredCertificate') }),
  /** The hub's clock is off by so many seconds, negative: behind. Counts for all calls. */
  z.strictObject({ kind: z.literal('clockOff'), seconds: z.int().min(-86_400).max(86_400) }),
])
export type Fault = z.infer<typeof faultSchema>

export interface FaultSwitch {
  /** Resolves when it holds. `route` is a route's path pattern; null clears the fault. */
  set(fault: Fault | null, route?: string): Promise<void>
  clockOffsetMs(): number
  /** Wires the switch to the door whose calls go wrong. `port` is where the door listens, once it does. */
  attach(door: FastifyInstance, pki: TrainingPki, port: () => number): void
}

export function createFaultSwitch(): FaultSwitch {
  let fault: Fault | null = null
  let route: string | undefined
  let applyToServer = async (_now: Fault | null, _before: Fault | null) => {}
  const faultFor = (request: FastifyRequest) =>
    route === undefined || request.routeOptions.url === route ? fault : null

  return {
    async set(now, on) {
      const before = fault
      fault = now
      route = on
      await applyToServer(now, before)
    },
    clockOffsetMs: () => (fault?.kind === 'clockOff' ? fault.seconds * 1_000 : 0),
    attach(door, pki, port) {
      // Before the handler: what failed on the way has not happened, so that the same question may be asked again.
      door.addHook('preHandler', async (request, reply) => {
        const now = faultFor(request)
        return now && beforeCall(now, reply)
      })
      door.addHook('preSerialization', async (request, _reply, payload) => {
        const now = faultFor(request)
        if (now?.kind === 'duplicateRecords') return doubled(payload)
        return now?.kind === 'otherPerson' ? ofOtherPerson(payload, now.reference) : payload
      })
      door.addHook('onSend', async (request, reply, payload) => {
        const now = faultFor(request)
        if (now?.kind === 'answerLost') request.raw.socket.destroy()
        if (now?.kind !== 'halfAnswer') return payload
        reply.removeHeader('content-length')
        const text = String(payload)
        return Readable.from(
          (async function* () {
            yield text.slice(0, Math.ceil(text.length / 2))
            request.raw.socket.destroy()
          })(),
        )
      })
      applyToServer = async (now, before) => {
        if (before?.kind === 'down') {
          await new Promise<void>((resolve) => door.server.listen(port(), '127.0.0.1', resolve))
        }
        if (!(door.server instanceof Server)) throw new Error('the door speaks TLS')
        const { expiredServer, serverCertificate, serverKey, ca } = pki.hub
        const shown = { cert: serverCertificate, key: serverKey }
        const expired = { cert: expiredServer.certificate, key: expiredServer.privateKey }
        const isExpired = now?.kind === 'expiredCertificate'
        if (isExpired || before?.kind === 'expiredCertificate') {
          door.server.setSecureContext({ ca, minVersion: 'TLSv1.2', ...(isExpired ? expired : shown) })
        }
        if (now?.kind === 'down') door.server.close()
        // What is open already would neither see the certificate nor notice that nobody listens.
        if (isExpired || now?.kind === 'down') door.server.closeAllConnections()
      }
    },
  }
}

/** Answers with the fault instead of the call's own answer, or not at all; undefined lets the call go on. */
async function beforeCall(fault: Fault, reply: FastifyReply): Promise<FastifyReply | undefined> {
  switch (fault.kind) {
    case 'slow':
      await wait(fault.ms, undefined, { ref: false })
      return undefined
    case 'error':
      return problem(reply, 500, 'internal')
    case 'rateLimit':
      return problem(reply.header('retry-after', fault.retryAfterS), 429, 'rate_limited')
    case 'redirect':
      return reply.redirect('https://localhost:1/v1/sessions', 307)
    case 'notJson':
      return reply.type('text/html').send('<html><body>maintenance</body></html>')
    case 'wrongSchema':
      return reply.type('application/json').send({ sessionId: 7, medicalSubsidy: 'yes' })
    case 'tooLarge': {
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': 'application/json' })
      for (let part = 0; part < 32; part++) reply.raw.write(' '.repeat(64 * 1024))
      reply.raw.end('{}')
      return reply
    }
    case 'hangUp':
      reply.hijack()
      reply.raw.destroy()
      return reply
    case 'answerLost':
    case 'halfAnswer':
    case 'duplicateRecords':
    case 'otherPerson':
    case 'down':
    case 'expiredCertificate':
    case 'clockOff':
      return undefined
    default:
      return assertNever(fault)
  }
}

/** A proof that names somebody else; `reference` other: under a reference that nobody has. */
function ofOtherPerson(answer: unknown, reference: 'same' | 'other'): unknown {
  if (typeof answer !== 'object' || answer === null || !('patientReference' in answer)) return answer
  return {
    ...answer,
    ...('dateOfBirth' in answer && otherPerson),
    ...(reference === 'other' && { patientReference: 'somebody-else' }),
  }
}

const otherPerson = { name: '別人　太郎', nameKana: 'ベツジン　タロウ', dateOfBirth: '1955-05-05', sex: 'male' }

/** The answer with every element of every `items` and `records` twice, at any depth. */
function doubled(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(doubled)
  if (typeof answer !== 'object' || answer === null) return answer
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => {
      const copy = doubled(value)
      return [key, Array.isArray(copy) && (key === 'items' || key === 'records') ? [...copy, ...copy] : copy]
    }),
  )
}
