// How the rules of a vaccine are written: whom its programme is for, its doses, their intervals. As they are on one day; what
// changes is written in the file with its days (dated.ts).
import { z } from 'zod'
import { ageSchema, spanSchema, weeksSchema } from '../ages.ts'

const date = z.iso.date()

/** Shorter all the same: if a doctor finds it necessary, or at the cost of a third dose. */
const exceptionSchema = z.strictObject({ least: spanSchema, why: z.enum(['doctor', 'thirdDose']) })

const doseSchema = z.strictObject({
  /** As vouchers number it. */
  dose: z.int().min(1),
  label: z.string(),
  /** Within the period: not before this age. */
  from: ageSchema.optional(),
  /** Not given any more after this age; the next one of the schedule follows instead. */
  leftOutAfter: ageSchema.optional(),
  /** Nor if the dose before was given after this age. */
  leftOutIfLastAfter: ageSchema.optional(),
  interval: z
    .strictObject({
      since: z.enum(['last', 'first']),
      least: spanSchema,
      /** Instead of `least`, where doses before this one were left out. */
      afterLeftOut: z.strictObject({ least: spanSchema, exception: exceptionSchema.optional() }).optional(),
      exception: exceptionSchema.optional(),
      /** Of the product with the shortest one: for doses already given, of which the product is not known. */
      ofAnyProduct: spanSchema.optional(),
      /** What is usual, which only informs. */
      usual: spanSchema.optional(),
      most: spanSchema.optional(),
    })
    .optional(),
  /** 標準的な接種期間. `isSafety`: later than this is advised against. */
  standard: z
    .strictObject({ from: ageSchema.optional(), to: ageSchema.optional(), isSafety: z.boolean().optional() })
    .optional(),
})
export type DoseRule = z.infer<typeof doseSchema>

const scheduleSchema = z.strictObject({
  /** For a series that was begun up to this age; the last schedule of a list is for all others. */
  startedBy: ageSchema.optional(),
  /** And whose second dose did not come before this interval. */
  firstGap: spanSchema.optional(),
  /** The product this number of doses holds for. */
  product: z.string().optional(),
  source: z.string(),
  doses: z.array(doseSchema).min(1),
})
export type Schedule = z.infer<typeof scheduleSchema>

const extensionSchema = z.strictObject({
  bornFrom: date.optional(),
  bornTo: date.optional(),
  from: date.optional(),
  to: date.optional(),
  fromAge: ageSchema.optional(),
  toAge: ageSchema.optional(),
  /** An interval that may do for those born then who had been given a dose by that day. */
  least: z.strictObject({ span: spanSchema, ifBegunBy: date }).optional(),
  needsMunicipality: z.boolean().optional(),
  source: z.string(),
})
export type Extension = z.infer<typeof extensionSchema>

const periodSchema = z.strictObject({
  /** 1期, 2期; null where there is only one. */
  name: z.string().nullable(),
  from: ageSchema,
  /** null: at any age from then on. */
  to: ageSchema.nullable(),
  source: z.string(),
  /** Only for those born then. */
  born: z.strictObject({ from: date, to: date }).optional(),
  /** Earlier for those with an illness that the law names. */
  ifIll: z.strictObject({ from: ageSchema, who: z.string(), source: z.string() }).optional(),
  /** A dose before this age is voluntary, and known not to count; of others a person is asked. Its source. */
  earlyIsVoluntary: z.string().optional(),
  /** 長期療養の特例: later for those who were ill, up to this age; null: no such limit. */
  longIllness: z.strictObject({ to: ageSchema.nullable() }).optional(),
  extensions: z.array(extensionSchema).default([]),
  schedules: z.array(scheduleSchema).min(1),
})
export type Period = z.infer<typeof periodSchema>

const dayOfYear = z.string().regex(/^\d{2}-\d{2}$/)

export const vaccineSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  /** Other names by which records know it: short ones and those of products. */
  alsoCalled: z.array(z.string()).default([]),
  /** A類: everybody of the age; B類: whoever wishes it. */
  category: z.enum(['A', 'B']),
  kind: z.enum(['inactivated', 'liveInjected', 'liveOral']),
  /** From and until when there is the programme at all. */
  programme: z.strictObject({ from: date.optional(), to: date.optional(), source: z.string() }).optional(),
  /** Once in every pregnancy, between two of its days (28w0d: the week and the day of it). */
  pregnancy: z.strictObject({ from: weeksSchema, to: weeksSchema, source: z.string() }).optional(),
  /** Once in every season, between two days of the year (10-01). */
  season: z.strictObject({ from: dayOfYear, to: dayOfYear, source: z.string() }).optional(),
  /** A dose before, at whatever age and whoever paid for it, ends the programme. */
  earlierEnds: z.string().optional(),
  /** What somebody has to show besides the voucher: a test done by a day. */
  test: z.strictObject({ by: date, source: z.string() }).optional(),
  /** What is used now. */
  uses: z.strictObject({ text: z.string(), source: z.string() }).optional(),
  /** With what a series goes on that was begun with something else. */
  goesOnWith: z.strictObject({ text: z.string(), ifBegunBefore: date, source: z.string() }).optional(),
  /** Codes whose doses count in this series. */
  counts: z.array(z.string()).min(1),
  /** Where it goes in, if that is given. */
  sites: z.array(z.string()).optional(),
  /** Products with limits of their own; which one was used is not in the records. */
  products: z.array(z.strictObject({ name: z.string(), doses: z.int(), to: ageSchema })).default([]),
  productSource: z.string().optional(),
  /** Vaccines that hold some of the same: one that was given may stand for a dose of this one. */
  alsoGivenAs: z.strictObject({ codes: z.array(z.string()).min(1), source: z.string() }).optional(),
  /** Also holds this other vaccine, whose doses should be as many. */
  sameAs: z.strictObject({ other: z.string(), source: z.string() }).optional(),
  discontinued: z.strictObject({ replacement: z.string(), source: z.string() }).optional(),
  sex: z.strictObject({ only: z.enum(['female', 'male']), who: z.string(), source: z.string() }).optional(),
  /** A rule about this vaccine that could not be confirmed. */
  unsure: z.string().optional(),
  periods: z.array(periodSchema).min(1),
})
export type Vaccine = z.infer<typeof vaccineSchema>

/** A vaccine that has no programme here, but meets those that have: by its interval, or by what it holds. */
export const otherSchema = z.strictObject({
  code: z.string(),
  /** As records name it. */
  names: z.array(z.string()).min(1),
  kind: z.enum(['inactivated', 'liveInjected', 'liveOral']),
})
