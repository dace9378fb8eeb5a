// The vaccines of the routine schedule: rules as they are on a day, and the document behind every one of them. The file is
// checked when it is read, so that a slip in it stops the tests and not a dose.
import { z } from 'zod'
import { spanSchema } from '../ages.ts'
import type { Basis } from '../basis.ts'
import { dated } from '../dated.ts'
import { basisOf, sourceSchema } from '../sources.ts'
import { otherSchema, type Vaccine, vaccineSchema } from './shape.ts'
import data from './vaccines.json' with { type: 'json' }

const {
  vaccines,
  others,
  sources,
  liveInterval: between,
  asOf,
} = z
  .strictObject({
    about: z.string(),
    asOf: z.iso.date(),
    sources: z.record(z.string(), sourceSchema),
    liveInterval: spanSchema,
    vaccines: z.unknown(),
    others: z.array(otherSchema),
  })
  .parse(data)

/** Between two different 注射生ワクチン. */
export const liveInterval = between

/** The vaccines, as their rules are on a day. */
export const vaccineRules = dated(vaccines, (onDay) => z.array(vaccineSchema).parse(onDay))
export const vaccineSources = sources
/** Those without a programme. */
export const otherVaccines = others

export const vaccineOf = (code: string | null, day: string): Vaccine | undefined =>
  vaccineRules.on(day).find((vaccine) => vaccine.code === code)

const named = new Map(vaccineRules.on(asOf).map((vaccine) => [vaccine.code, vaccine]))
const spelt = (name: string) =>
  name
    .normalize('NFKC')
    .replace(/\s|ワクチン|[()・]/g, '')
    .toUpperCase()
const codeByName = new Map(
  [
    ...others,
    ...[...named.values()].map(({ code, name, alsoCalled }) => ({ code, names: [name, ...alsoCalled] })),
  ].flatMap(({ code, names }) => names.map((name) => [spelt(name), code] as const)),
)
const otherOf = new Map(others.map((other) => [other.code, other]))

/** A record's code, or the one its name stands for: codes of vaccines without a programme are not settled. */
export const knownCode = (code: string, name: string): string =>
  named.has(code) || otherOf.has(code) ? code : (codeByName.get(spelt(name)) ?? code)

/** What a vaccine is called, and how it works, with or without a programme; undefined: not known. */
export const nameOf = (code: string): string | undefined => named.get(code)?.name
export const kindOf = (code: string): Vaccine['kind'] | undefined => (named.get(code) ?? otherOf.get(code))?.kind

/** The document behind a rule. */
export const sourceOf = (name: string): Basis => basisOf(sources, name)
