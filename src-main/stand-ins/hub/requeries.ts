// Questions about many patients at once, without their cards: taken up at once, answered at the rate the hub allows the
// clinic, fetched page by page. How far a re-query is follows from the clock alone, so nothing runs in between and a
// caller that was away finds what came meanwhile.
import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { dateSchema } from '../../eligibility/model.ts'
import { clinicMoment } from '../../ground/clock.ts'
import type { Person } from '../people/person.ts'
import { holderOf } from './door.ts'
import { createIdempotency } from './idempotency.ts'
import { problem } from './problem.ts'
import type { Registry } from './registry.ts'

export const requeryRoutes = { requeries: '/v1/requeries', requery: '/v1/requeries/:id' } as const

const requeryRequest = z.strictObject({
  date: dateSchema,
  patientReferences: z
    .array(z.string().min(1).max(64))
    .min(1)
    .max(2_000)
    .refine((references) => new Set(references).size === references.length),
})
const pageRequest = z.object({
  cursor: z
    .string()
    .regex(/^from-[0-9]{1,6}$/)
    .transform((cursor) => Number(cursor.slice('from-'.length)))
    .default(0),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})

interface Requery {
  readonly id: string
  readonly clinic: string
  readonly date: string
  readonly references: readonly string[]
  /** Whose the references are, in their order. */
  readonly persons: readonly (Person | undefined)[]
  readonly started: number
  /** Grows with the time; what was answered once stays as it was answered. */
  readonly items: unknown[]
}

const keepMs = 24 * 3_600_000

export function addRequeries(door: FastifyInstance, registry: Registry, personsPerMinute: number): void {
  const { clock, people } = registry
  const once = createIdempotency(clock)
  const requeries = new Map<string, Requery>()
  const msPerPerson = 60_000 / personsPerMinute
  const now = () => clock.now().getTime()

  const answeredBy = ({ started, references }: Requery) =>
    Math.min(references.length, Math.max(0, Math.floor((now() - started) / msPerPerson)))
  const msUntil = ({ started }: Requery, count: number) => Math.max(0, started + count * msPerPerson - now())
  const retryAfter = (ms: number) => String(Math.ceil(ms / 1_000))
  const isFinished = (requery: Requery) => answeredBy(requery) === requery.references.length
  const summary = (requery: Requery) => ({
    requeryId: requery.id,
    state: isFinished(requery) ? ('finished' as const) : ('running' as const),
    total: requery.references.length,
    answered: answeredBy(requery),
    personsPerMinute,
    expiresAt: clinicMoment(new Date(requery.started + keepMs)),
  })

  door.post(requeryRoutes.requeries, { bodyLimit: 256 * 1024 }, async (request, reply) => {
    for (const [id, { started }] of requeries) if (started + keepMs < now()) requeries.delete(id)
    const clinic = holderOf(request.socket)
    return once(request, reply, async () => {
      const body = requeryRequest.safeParse(request.body)
      if (!body.success) return { status: 400, answer: { code: 'request_invalid' } }
      const running = [...requeries.values()].find((other) => other.clinic === clinic && !isFinished(other))
      if (running) {
        const headers = { 'retry-after': retryAfter(msUntil(running, running.references.length)) }
        return { status: 429, headers, answer: { code: 'rate_limited' }, isOpen: true }
      }
      const { date, patientReferences: references } = body.data
      const persons = await Promise.all(references.map((reference) => people.byReference(clinic, reference)))
      const requery = { id: randomUUID(), clinic, date, references, persons, started: now(), items: [] }
      requeries.set(requery.id, requery)
      const headers = { location: `/v1/requeries/${requery.id}`, 'retry-after': retryAfter(msPerPerson) }
      return { status: 202, headers, answer: { body: summary(requery) } }
    })
  })

  /** Answers the persons whose turn has come. */
  const goOn = (requery: Requery) => {
    const { clinic, date, references, persons, items } = requery
    while (items.length < answeredBy(requery)) {
      const person = persons[items.length]
      items.push(
        person
          ? { outcome: 'answered', eligibility: registry.eligibility(clinic, person, date) }
          : { outcome: 'unknown', patientReference: references[items.length] },
      )
    }
  }

  door.get<{ Params: { id: string } }>(requeryRoutes.requery, async (request, reply) => {
    const requery = requeries.get(request.params.id)
    const isThere = requery?.clinic === holderOf(request.socket) && requery.started + keepMs >= now()
    if (!requery || !isThere) return problem(reply, 404, 'requery_unknown')
    const page = pageRequest.safeParse(request.query)
    if (!page.success) return problem(reply, 400, 'request_invalid')
    goOn(requery)
    const { cursor, limit } = page.data
    const items = requery.items.slice(cursor, cursor + limit)
    const next = cursor + items.length
    if (next === requery.items.length && !isFinished(requery)) {
      reply.header('retry-after', retryAfter(msUntil(requery, Math.min(next + limit, requery.references.length))))
    }
    return { ...summary(requery), items, nextCursor: next < requery.references.length ? `from-${next}` : null }
  })
}
