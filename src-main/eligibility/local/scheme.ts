// A local scheme (地単公費) as the national master has it: whose it is, and for whom, how much and on top of what it pays. One
// scheme has several conditions (its rows); which of them is the patient's is for a person to see, never guessed.
// The master holds only schemes that are paid in kind (現物給付): one that is not in it may still exist, paid back later.
import { z } from 'zod'
import { dateSchema } from '../model.ts'

const amount = z.number().min(0).nullable()

/** 年齢（以上・未満）. `basis` null: which day counts is not known. */
const ageSchema = z
  .object({ years: z.number().min(0), basis: z.enum(['birthday', 'fiscalYear']).nullable() })
  .nullable()

/** 助成・自己負担: null where the row says nothing of it. */
const shareSchema = z
  .object({
    /**
     * `free`: the patient pays nothing. `patientPays`, `schemePays`: whose part the numbers are. null: not known whose, so
     * nothing may be reckoned with them.
     */
    kind: z.enum(['free', 'patientPays', 'schemePays']).nullable(),
    yen: amount,
    percent: amount,
    fraction: z.object({ numerator: z.number(), denominator: z.number() }).nullable(),
  })
  .nullable()
export type LocalShare = z.infer<typeof shareSchema>

const groups = ['singleParent', 'longTermHighCost', 'severe', 'severeContinuing', 'ventilator'] as const
const occasions = ['firstVisitOnly', 'firstAdmissionOnly', 'continuousStay'] as const

const rangeSchema = z.object({ from: amount, to: amount }).nullable()

const localConditionSchema = z.object({
  validFrom: dateSchema.nullable(),
  /** Last day; null: no end. */
  validTo: dateSchema.nullable(),
  ageFrom: ageSchema,
  ageBelow: ageSchema,
  /** 入外区分; none said: both. */
  settings: z.array(z.enum(['inpatient', 'outpatient'])),
  /** 保険種別; none said: any. */
  insurances: z.array(z.enum(['employees', 'national', 'elderly'])),
  groups: z.array(z.enum(groups)),
  /** 所得区分: the municipality's own name for it. */
  incomeClass: z.string().nullable(),
  /** 多子世帯: from how many children on, and from which child on. */
  household: z.object({ children: amount, child: amount }).nullable(),
  occasions: z.array(z.enum(occasions)),
  /** 入院月数条件 and 複数回受診条件. */
  stayMonths: rangeSchema,
  visits: rangeSchema,
  share: z.object({ inpatient: shareSchema, outpatient: shareSchema }),
  /** 上限額 in yen. */
  caps: z.object({
    /** 上限額識別フラグ: what the caps limit. null: nothing is said, or it is not known. */
    kind: z.enum(['patientPays']).nullable(),
    /** Inpatient and outpatient count into one cap. */
    isTogether: z.boolean(),
    outpatient: z.object({
      perVisitYen: amount,
      /** The cap for a visit counts for so many visits a month. */
      visits: amount,
      perDayYen: amount,
      /** And the one for a day for so many days. */
      days: amount,
      perMonthYen: amount,
      /** 多数回該当 */
      perMonthRepeatYen: amount,
    }),
    inpatient: z.object({
      perDayYen: amount,
      days: rangeSchema,
      perMonthYen: amount,
      perMonthRepeatYen: amount,
    }),
  }),
  /** 端数条件; a half that is null is not known. */
  rounding: z
    .object({ unitYen: z.number().nullable(), method: z.enum(['down', 'nearest', 'up']).nullable() })
    .nullable(),
  /** Helps with what another 公費 leaves to the patient: `schemes` as they are written (法別番号), none: not said which. */
  onTopOf: z.object({ schemes: z.array(z.string()) }).nullable(),
  /** 公費適用優先順位: its place among the 公費 of a claim. */
  order: z.number().nullable(),
  /** Whatever else the row says, by the publisher's name of the column: codes whose meaning is not known, as they are. */
  others: z.array(z.object({ item: z.string(), text: z.string() })),
})
export type LocalCondition = z.infer<typeof localConditionSchema>

export const localSchemeSchema = z.object({
  payerNumber: z.string(),
  name: z.string(),
  shortName: z.string().nullable(),
  prefecture: z.string(),
  /** null: the prefecture's own, or of no municipality that is known. */
  municipality: z.string().nullable(),
  /** 事業内区分コード */
  division: z.string(),
  /** 現物給付: what is in the master is. */
  inKind: z.literal(true),
  conditions: z.array(localConditionSchema),
})
export type LocalScheme = z.infer<typeof localSchemeSchema>

/** Whether a condition counts on a day, YYYY-MM-DD. */
export const countsOn = (day: string, { validFrom, validTo }: Pick<LocalCondition, 'validFrom' | 'validTo'>): boolean =>
  (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo)
