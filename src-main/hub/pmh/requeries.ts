// Many patients at once, without their cards: asked in one call, read page by page as the hub comes to answer.
import { z } from 'zod'
import { momentSchema } from '../../eligibility/model.ts'
import { fail, ok } from '../../ground/result.ts'
import type { RequeryItem, RequeryProgress, RequerySource } from '../requeries.ts'
import type { Answer, PmhCalls } from './calls.ts'
import { secondsOf } from './failure.ts'
import { eligibilityOf } from './map.ts'
import { eligibilitySchema, opaqueId, referenceSchema } from './wire.ts'

/** Persons in one page: however much each of them has, a page stays below the limit of a body. */
const pageSize = 25

const requerySchema = z.object({
  requeryId: opaqueId,
  state: z.enum(['running', 'finished']),
  total: z.int().min(1),
  answered: z.int().min(0),
  personsPerMinute: z.int().min(1),
  expiresAt: momentSchema,
})

export const requeryPageSchema = requerySchema.extend({
  items: z
    .array(
      z.discriminatedUnion('outcome', [
        z.object({ outcome: z.literal('answered'), eligibility: eligibilitySchema }),
        z.object({ outcome: z.literal('unknown'), patientReference: referenceSchema }),
      ]),
    )
    .max(pageSize),
  nextCursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .nullable(),
})

/** `now` gives RFC 3339 in clinic time. */
export function createRequeries({ ask }: PmhCalls, now: () => string): RequerySource {
  return {
    async openRequery({ key, asOf, patientRefs }, signal) {
      const opened = await ask({
        method: 'POST',
        path: '/v1/requeries',
        headers: { 'idempotency-key': key },
        body: { date: asOf, patientReferences: patientRefs },
        schema: requerySchema,
        repeat: 'always',
        isInBackground: true,
        signal,
      })
      return opened.ok ? ok(progressOf(opened.value)) : opened
    },
    async readRequery({ id, asOf, cursor }, signal) {
      const from = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const read = await ask({
        method: 'GET',
        path: `/v1/requeries/${encodeURIComponent(id)}?limit=${pageSize}${from}`,
        schema: requeryPageSchema,
        repeat: 'always',
        isInBackground: true,
        signal,
      })
      if (!read.ok) return read
      const { body } = read.value
      // Answers to another re-query, or about another day, are no answers.
      const isOurs = body.items.every((item) => item.outcome === 'unknown' || item.eligibility.asOf === asOf)
      if (!isOurs || body.requeryId !== id) return fail('HUB_ANSWER_INVALID')
      const items = itemsOf(body, now())
      return ok({ ...progressOf(read.value), items, nextCursor: body.nextCursor })
    },
  }
}

export const itemsOf = ({ items }: z.infer<typeof requeryPageSchema>, fetchedAt: string): RequeryItem[] =>
  items.map((item) =>
    item.outcome === 'unknown'
      ? { outcome: 'unknown', patientRef: item.patientReference }
      : {
          outcome: 'answered',
          patientRef: item.eligibility.patientReference,
          answer: eligibilityOf(item.eligibility, fetchedAt),
        },
  )

const progressOf = ({ body, headers }: Answer<z.infer<typeof requerySchema>>): RequeryProgress => ({
  id: body.requeryId,
  isFinished: body.state === 'finished',
  total: body.total,
  answered: body.answered,
  perMinute: body.personsPerMinute,
  expiresAt: body.expiresAt,
  retryAfterS: secondsOf(headers['retry-after']),
})
