// Day sheet (日報) and monthly report (月次) as a page is shown them: counts, and no patient's name.
import { z } from 'zod'
import { dateSchema } from '../eligibility/model.ts'
import { failureSchema } from '../ground/failures.ts'
import { deliveryStateSchema, visitStateSchema } from '../ground/states.ts'
import { glassSchema } from './staff.ts'

export const reportMonthSchema = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/)

export const reportOfSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('day'), day: dateSchema }),
  z.object({ kind: z.literal('month'), month: reportMonthSchema }),
])
export type ReportOf = z.infer<typeof reportOfSchema>

const count = z.int().min(0)
const answerCountsSchema = z.array(
  z.object({ state: z.enum(['present', 'absent', 'withheld', 'ended', 'unreachable']), n: count }),
)

const figuresSchema = z.object({
  visits: z.array(z.object({ state: visitStateSchema, n: count })),
  answers: z.object({
    medicalSubsidy: answerCountsSchema,
    vaccination: answerCountsSchema,
    checkup: answerCountsSchema,
  }),
  /** 公費 that were handed over for the claim, most first; `code`: 法別番号. */
  schemes: z.array(z.object({ code: z.string().nullable(), name: z.string(), n: count })),
  /** Files that have not reached their destination. */
  undelivered: z.array(z.object({ state: deliveryStateSchema, n: count })),
  /** Visits of which something had to be typed by hand. */
  byHand: z.object({ open: count, entered: count }),
  /** From the card to the confirmation, in whole seconds; null: nobody waited at the counter. */
  waiting: z.object({ visits: count, medianS: count, longestS: count }).nullable(),
  failures: z.array(z.object({ failure: failureSchema, n: count })),
})
export type Figures = z.infer<typeof figuresSchema>

const monthShareSchema = z.object({
  month: reportMonthSchema,
  /** People who used a card, each once. */
  users: count,
  claims: count.nullable(),
  /** Tenths of a percent, rounded down; null: without claims there is none. */
  permille: count.nullable(),
  /** What it has to reach in this month, in percent; null: no rule is known for it. */
  neededPercent: z.number().nullable(),
})
export type MonthShare = z.infer<typeof monthShareSchema>

const standingSchema = z.enum(['counted', 'expired', 'before', 'future'])

export const reportViewSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('day'),
    today: dateSchema,
    day: dateSchema,
    standing: standingSchema,
    figures: figuresSchema,
    /** 非常時の操作 of the day. */
    glass: z.array(glassSchema),
  }),
  z.object({
    kind: z.literal('month'),
    today: dateSchema,
    month: reportMonthSchema,
    standing: standingSchema,
    /** Where nothing was counted before this day of the month; null: all of it. */
    countedFrom: dateSchema.nullable(),
    figures: figuresSchema,
    share: monthShareSchema,
    /** The month goes on: how many people and claims it may come to; null: it is over, or too young to say. */
    forecast: monthShareSchema.extend({ claimsOf: z.enum(['told', 'earlierMonths']).nullable() }).nullable(),
    /** Up to twelve months, the oldest first, with this one. */
    months: z.array(monthShareSchema),
  }),
])
export type ReportView = z.infer<typeof reportViewSchema>
export type MonthReport = Extract<ReportView, { kind: 'month' }>
