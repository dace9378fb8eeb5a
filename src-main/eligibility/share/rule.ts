// How far one 公費 goes at the cash desk, as data: what the patient bears, up to which amount, how often in a month. A rule
// says only what its source says; whatever it leaves open is null, and null never counts as zero.
import { z } from 'zod'
import { dateSchema } from '../model.ts'
import national from './national.json' with { type: 'json' }

const yen = z.number().int().min(0)

/**
 * What is the patient's before any limit. `nothing`: all is paid. `remainder`: what insurance and the 公費 before leave.
 * `percentOfCost`: that much of the treatment's cost (10割), where what is left is more. `fractionOfRemainder`: a part of
 * what is left.
 */
const bearsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('remainder') }),
  z.object({ kind: z.literal('percentOfCost'), percent: z.number().int().min(1).max(100) }),
  z.object({
    kind: z.literal('fractionOfRemainder'),
    numerator: z.number().int().min(1),
    denominator: z.number().int().min(1),
  }),
])

export const shareRuleSchema = z.object({
  bears: bearsSchema,
  /** Up to so much a visit; from visit `times` + 1 of the month on nothing (null: at every visit). */
  perVisit: z.object({ yen, times: z.number().int().min(1).nullable() }).nullable(),
  /** Up to so much a day; from day `days` + 1 of the month on nothing (null: every day). */
  perDay: z.object({ yen, days: z.number().int().min(1).nullable() }).nullable(),
  /**
   * Up to so much a month, at this institution (`here`), at all together (`everywhere`, on the paper 管理票), or nobody says
   * which (`unknown`). `yen` null: the certificate names the amount.
   */
  perMonth: z.object({ yen: yen.nullable(), scope: z.enum(['here', 'everywhere', 'unknown']) }).nullable(),
  /** The patient bears it only when a 初診料 is charged; at other visits nothing. */
  firstVisitOnly: z.boolean(),
  /** It may pay for a part of the visit only (the illness it was granted for), which a person has to name. */
  coversPart: z.boolean(),
  /** How a part of a yen or of ten yen is rounded; null: not known. */
  rounding: z.object({ to: z.union([z.literal(1), z.literal(10)]), way: z.enum(['half', 'down', 'up']) }).nullable(),
})
export type ShareRule = z.infer<typeof shareRuleSchema>

const nationalSharesSchema = z
  .object({
    about: z.string(),
    asOf: dateSchema,
    sources: z.record(
      z.string(),
      z.object({ title: z.string().min(1), date: dateSchema, confirmed: z.boolean(), read: z.string().min(1) }),
    ),
    rules: z.array(
      z.object({
        /** 法別番号 */
        codes: z.array(z.string().regex(/^[0-9]{2}$/)).min(1),
        from: dateSchema.nullable(),
        to: dateSchema.nullable(),
        source: z.string(),
        rule: shareRuleSchema,
      }),
    ),
  })
  .refine(({ sources, rules }) => rules.every(({ source }) => Object.hasOwn(sources, source)))

export const nationalShares = nationalSharesSchema.parse(national)

/** The rule of a national 公費 on `day` (YYYY-MM-DD); null where none is known well enough to say an amount by. */
export function nationalShare(code: string, day: string): ShareRule | null {
  const counts = ({ from, to }: { from: string | null; to: string | null }) =>
    (from === null || from <= day) && (to === null || day <= to)
  return nationalShares.rules.find(({ codes, ...period }) => codes.includes(code) && counts(period))?.rule ?? null
}
