// The vaccines of the routine schedule as a dated table: whom each is for, its doses, their intervals, and the document
// behind every rule. The data file is checked when it is loaded, so that a slip in it stops the tests and not a dose.
import { z } from 'zod'
import { ageSchema, spanSchema } from '../ages.ts'
import type { Basis } from '../basis.ts'
import data from './vaccines.json' with { type: 'json' }

const date = z.iso.date()

const sourceSchema = z.strictObject({
  title: z.string(),
  date,
  confirmed: z.boolean(),
  /** Which public text was read for it. */
  read: z.string(),
})

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
  bornFrom: date,
  bornTo: date,
  from: date.optional(),
  to: date.optional(),
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
  to: ageSchema,
  source: z.string(),
  /** 長期療養の特例: later for those who were ill, up to this age; null: no such limit. */
  longIllness: z.strictObject({ to: ageSchema.nullable() }).optional(),
  extensions: z.array(extensionSchema).default([]),
  schedules: z.array(scheduleSchema).min(1),
})
export type Period = z.infer<typeof periodSchema>

const vaccineSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  kind: z.enum(['inactivated', 'liveInjected', 'liveOral']),
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
  sex: z.strictObject({ only: z.enum(['female', 'male']), source: z.string() }).optional(),
  /** A rule about this vaccine that could not be confirmed. */
  unsure: z.string().optional(),
  periods: z.array(periodSchema).min(1),
})
export type Vaccine = z.infer<typeof vaccineSchema>

/** A vaccine that has no programme here, but meets those that have: by its interval, or by what it holds. */
const otherSchema = z.strictObject({
  code: z.string(),
  /** As records name it. */
  names: z.array(z.string()).min(1),
  kind: z.enum(['inactivated', 'liveInjected', 'liveOral']),
})

const table = z
  .strictObject({
    about: z.string(),
    asOf: date,
    sources: z.record(z.string(), sourceSchema),
    liveInterval: spanSchema,
    vaccines: z.array(vaccineSchema),
    others: z.array(otherSchema),
  })
  .parse(data)

export const vaccines: readonly Vaccine[] = table.vaccines
/** Between two different 注射生ワクチン. */
export const liveInterval = table.liveInterval

const byCode = new Map(vaccines.map((vaccine) => [vaccine.code, vaccine]))
export const vaccineOf = (code: string | null): Vaccine | undefined => (code === null ? undefined : byCode.get(code))

const spelt = (name: string) => name.normalize('NFKC').replace(/\s|ワクチン/g, '')
const otherByName = new Map(
  table.others.flatMap(({ code, names }) => names.map((name) => [spelt(name), code] as const)),
)
const others = new Map(table.others.map((other) => [other.code, other]))

/** A record's code, or the one its name stands for: codes of vaccines without a programme are not settled. */
export const knownCode = (code: string, name: string): string =>
  byCode.has(code) || others.has(code) ? code : (otherByName.get(spelt(name)) ?? code)

/** How a vaccine works, with or without a programme; undefined: not known. */
export const kindOf = (code: string): Vaccine['kind'] | undefined => (byCode.get(code) ?? others.get(code))?.kind

/** The document behind a rule. Throws for a name that the table does not have, which its test finds. */
export function sourceOf(name: string): Basis {
  const source = table.sources[name]
  if (!source) throw new Error(`no source ${name}`)
  return { title: source.title, date: source.date, confirmed: source.confirmed }
}
