// The checkups of 母子保健 as they are on a day: whom each is for, how often, what has to be done for the subsidy, and the
// document behind it. Municipalities add their own, which go by the voucher.
import { z } from 'zod'
import { ageSchema } from '../ages.ts'
import type { Basis } from '../basis.ts'
import { dated } from '../dated.ts'
import { basisOf, sourceSchema } from '../sources.ts'
import data from './checkups.json' with { type: 'json' }

const itemSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  /** `done`: whether it was done; `score`: a number of points up to `most`. */
  kind: z.enum(['done', 'score']),
  most: z.int().optional(),
  /** From so many points on, the municipality is to be told promptly. */
  tellFrom: z.int().optional(),
})
export type CheckupItem = z.infer<typeof itemSchema>

const checkupSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  source: z.string(),
  from: ageSchema.optional(),
  to: ageSchema.optional(),
  /** The voucher says for whom. */
  byMunicipality: z.boolean().default(false),
  /** How often it is paid for; and whether one more is refused or asked about. */
  times: z.strictObject({ most: z.int(), beyond: z.enum(['stop', 'check']) }).optional(),
  /** When it usually takes place: a sentence of the counter. */
  rhythm: z.enum(['maternity', 'postpartum']).optional(),
  /** All of them, or the subsidy is void. */
  items: z.strictObject({ source: z.string(), list: z.array(itemSchema).min(1) }).optional(),
})
export type Checkup = z.infer<typeof checkupSchema>

const { checkups, sources } = z
  .strictObject({
    about: z.string(),
    asOf: z.iso.date(),
    sources: z.record(z.string(), sourceSchema),
    checkups: z.unknown(),
  })
  .parse(data)

export const checkupRules = dated(checkups, (onDay) => z.array(checkupSchema).parse(onDay))
export const checkupSources = sources

export const checkupOf = (code: string | null, day: string): Checkup | undefined =>
  checkupRules.on(day).find((checkup) => checkup.code === code)

/** The document behind a rule. */
export const checkupSourceOf = (name: string): Basis => basisOf(sources, name)
