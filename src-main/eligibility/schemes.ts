// Which law or local scheme stands behind a 公費負担者番号: a dated master from a data file with its sources, which an
// update (the hub's master, a training clinic's) may extend. Local schemes are known by the whole number only, because
// two digits mean something else in every municipality; a number that is in no list stays usable and is marked.
import { z } from 'zod'
import { dateSchema } from './model.ts'
import { isPayerNumber } from './numbers.ts'
import shipped from './schemes.json' with { type: 'json' }

const period = {
  /** First day, null where it lies before anything a certificate of today can name. */
  validFrom: dateSchema.nullable(),
  /** Last day, null while the scheme runs. */
  validTo: dateSchema.nullable(),
  /** Key into `sources`. */
  source: z.string(),
}

const sourceSchema = z.object({
  title: z.string().min(1),
  /** The day as of which the source was used. */
  date: dateSchema,
  /** False: taken from secondary material or memory; what rests on it is a proposal. */
  confirmed: z.boolean(),
})

const nationalSchema = z.object({
  ...period,
  /** 法別番号 */
  code: z.string().regex(/^[0-9]{2}$/),
  /** Two programmes may share a 法別番号: this one has the whole number, and goes before the one of the code alone. */
  payerNumber: z
    .string()
    .regex(/^[0-9]{8}$/)
    .optional(),
  name: z.string().min(1),
  short: z.string().min(1),
  /** The law knows 自己負担上限額 and its paper 管理票. */
  hasMonthlyCap: z.boolean(),
  /** The certificate names the institutions it counts at. */
  namesInstitutions: z.boolean(),
})

const localSchema = z.object({
  ...period,
  payerNumber: z.string().regex(/^[0-9]{8}$/),
  name: z.string().min(1),
  municipality: z.string().min(1),
})

/** What the code pairs of 追加条件 mean (制度マスタ): a municipality's own, for one payer number. */
const conditionSchema = z.object({
  payerNumber: z.string().regex(/^[0-9]{8}$/),
  /** `item-condition` as it stands in the certificate. */
  code: z.string().min(1),
  text: z.string().min(1),
  source: z.string(),
})

const schemeMasterSchema = z
  .object({
    version: z.string().min(1),
    sources: z.record(z.string(), sourceSchema),
    national: z.array(nationalSchema),
    precedence: z.object({
      source: z.string(),
      /** 法別番号 in the order in which several 公費 stand on one claim. */
      codes: z.array(z.string()),
      /** Local helps of a prefecture that stand before those of its municipalities, by their whole numbers. */
      before: z.object({ source: z.string(), payerNumbers: z.array(z.string()) }),
    }),
    local: z.array(localSchema),
    conditions: z.array(conditionSchema),
  })
  .refine(({ sources, national, local, conditions, precedence }) =>
    [...national, ...local, ...conditions, precedence, precedence.before].every(({ source }) =>
      Object.hasOwn(sources, source),
    ),
  )
export type SchemeMaster = z.infer<typeof schemeMasterSchema>

/** What a source says of the schemes: what the law says besides, it leaves as it is known. */
export interface SchemeUpdate extends Omit<SchemeMaster, 'national' | 'precedence'> {
  readonly precedence: Omit<SchemeMaster['precedence'], 'before'> & Partial<Pick<SchemeMaster['precedence'], 'before'>>
  readonly national: readonly (Omit<National, SilentField> & Partial<Pick<National, SilentField>>)[]
}
type National = SchemeMaster['national'][number]
type SilentField = 'short' | 'hasMonthlyCap' | 'namesInstitutions'

/** The master the program comes with: where a clinic's own begins. */
export const shippedMaster: SchemeMaster = schemeMasterSchema.parse(shipped)

/** The master with what an update says besides; for the same number and first day, or on the same day, the update counts. */
export function updatedMaster(master: SchemeMaster, update: SchemeUpdate): SchemeMaster {
  const national = update.national.map((scheme): National => {
    const known = master.national.find(
      ({ code, payerNumber }) => code === scheme.code && payerNumber === scheme.payerNumber,
    )
    const { short = scheme.name, hasMonthlyCap = false, namesInstitutions = false } = known ?? {}
    return { short, hasMonthlyCap, namesInstitutions, ...scheme }
  })
  const merged = <T>(known: readonly T[], later: readonly T[], keyOf: (entry: T) => string): T[] => {
    const keys = new Set(later.map(keyOf))
    return [...later, ...known.filter((entry) => !keys.has(keyOf(entry)))]
  }
  return {
    version: `${master.version}+${update.version}`,
    sources: { ...master.sources, ...update.sources },
    national: merged(
      master.national,
      national,
      ({ code, payerNumber = '', validFrom }) => `${code} ${payerNumber} ${validFrom}`,
    ),
    precedence:
      update.precedence.codes.length > 0
        ? { ...update.precedence, before: update.precedence.before ?? master.precedence.before }
        : master.precedence,
    local: merged(master.local, update.local, ({ payerNumber, validFrom }) => `${payerNumber} ${validFrom}`),
    conditions: merged(master.conditions, update.conditions, ({ payerNumber, code }) => `${payerNumber} ${code}`),
  }
}

const covers = (day: string, { validFrom, validTo }: { validFrom: string | null; validTo: string | null }) =>
  (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo)

/** The scheme of a 公費負担者番号 as typed by the municipality. `day` (YYYY-MM-DD) is in the certificate's period. */
export function findScheme(payerNumber: string | null, day: string, master: SchemeMaster) {
  if (payerNumber === null || !isPayerNumber(payerNumber)) return { code: null, national: null, local: null }
  const code = payerNumber.slice(0, 2)
  const ofCode = master.national.filter((scheme) => scheme.code === code && covers(day, scheme))
  const ofNumber = ofCode.find((scheme) => scheme.payerNumber === payerNumber)
  return {
    code,
    national: ofNumber ?? ofCode.find((scheme) => scheme.payerNumber === undefined) ?? null,
    local: master.local.find((scheme) => scheme.payerNumber === payerNumber && covers(day, scheme)) ?? null,
  }
}

/** Local schemes lie in the 40s and from 80 on. */
const isLocalCode = (code: string) => /^(4|8|9)/.test(code)

/** How the scheme is called on the screen and in files; `unknown` when the number does not name one. */
export function schemeOf(
  payerNumber: string | null,
  certificateName: string,
  day: string,
  master: SchemeMaster,
): { code: string | null; name: string; kind: 'national' | 'local' | 'unknown' } {
  const { code, national, local } = findScheme(payerNumber, day, master)
  if (local) return { code, name: local.name, kind: 'local' }
  if (national) return { code, name: national.name, kind: 'national' }
  return { code, name: certificateName, kind: code !== null && isLocalCode(code) ? 'local' : 'unknown' }
}

/** Text of one code pair of 追加条件, null where the master does not know it. */
export const conditionText = (payerNumber: string | null, pair: string, master: SchemeMaster): string | null =>
  master.conditions.find((condition) => condition.payerNumber === payerNumber && condition.code === pair)?.text ?? null
