// The words of the trade that every room shares: patient, benefit, answer (vouchers and doses: vouchers.ts). Pure data, checked by schema where
// they enter, plain types inside. Field meanings and limits follow the Digital Agency's municipality-side documents
// (2024-03, 2024-07); the numbers stay exactly as the municipality typed them, and odd ones only earn a warning.
import { z } from 'zod'
import { insuranceSchema } from './insurance.ts'
import { checkupVoucherSchema, historySchema, vaccinationVoucherSchema } from './vouchers.ts'

/** A calendar day without a zone, `YYYY-MM-DD`. */
export const dateSchema = z.iso.date()
/** A moment with its zone, RFC 3339, for example `2026-11-23T09:12:33.120+09:00`. */
export const momentSchema = z.iso.datetime({ offset: true })

export const sexSchema = z.enum(['male', 'female', 'other', 'unknown'])
export type Sex = z.infer<typeof sexSchema>

/** `1945-07-00`: registered without a day. Only a person can say who that is, so nobody like that gets past `choosing`. */
const birthDateSchema = z.union([dateSchema, z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-00$/)])
export const isDayUnknown = (birthDate: string): boolean => birthDate.endsWith('-00')

/** Who the card holder is, as the hub says after the PIN proof. `ref` is the hub's opaque handle, no number of the person. */
export const patientSchema = z.object({
  ref: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  nameKana: z.string().max(200),
  birthDate: birthDateSchema,
  sex: sexSchema,
})
export type Patient = z.infer<typeof patientSchema>

/** 医療費助成 · 予防接種 · 健診: three answers, three consents. */
const categories = ['medicalSubsidy', 'vaccination', 'checkup'] as const
export type Category = (typeof categories)[number]

/** Why a person should look twice at a benefit. Warnings never reject anything. */
export const warningCodes = [
  'PAYER_NUMBER_MISSING',
  'PAYER_NUMBER_WIDTH',
  'PAYER_NUMBER_MALFORMED',
  'PAYER_NUMBER_LENGTH',
  'PAYER_NUMBER_PREFECTURE',
  'PAYER_NUMBER_CHECK_DIGIT',
  'RECIPIENT_NUMBER_MISSING',
  'RECIPIENT_NUMBER_MALFORMED',
  'RECIPIENT_NUMBER_CHECK_DIGIT',
  'SCHEME_UNKNOWN',
  'NOT_YET_VALID',
  'ENDS_SOON',
  'PERIOD_OVER',
  'MONTHLY_CAP_ON_PAPER',
  'ALWAYS_REIMBURSED',
  'UNDISCLOSED',
] as const
export type WarningCode = (typeof warningCodes)[number]

/** One 公費 certificate (受給者証) as the municipality registered it, and nothing that follows from it. */
export const registeredBenefitSchema = z.object({
  /** 機関別受給者証種別ID: half-width alphanumerics. */
  certificateTypeId: z.string().min(1).max(50),
  /** Tells two certificates of one type apart. */
  certificateSubKey: z.string().max(50).nullable(),
  /** 受給者証名 */
  certificateName: z.string().min(1).max(100),
  /** 公費負担者番号, as typed by the municipality (should be 8 digits; may be absent). */
  payerNumber: z.string().nullable(),
  /** 公費受給者番号, as typed by the municipality (at most 30 characters; 7 digits for national schemes). */
  recipientNumber: z.string().max(30).nullable(),
  validFrom: dateSchema,
  validTo: dateSchema,
  /** 自己負担上限額 per month in yen; null where the certificate names none. */
  monthlyCapYen: z.number().int().min(0).nullable(),
  /** 常に償還払い: the patient pays now and is refunded later. */
  alwaysReimbursed: z.boolean(),
  /** 不開示フラグ: protects, for example, victims of violence; address and phone stay hidden. */
  undisclosed: z.boolean(),
  segment: z.string().nullable(),
  incomeSegment: z.string().nullable(),
  additionalConditions: z.string().nullable(),
  designatedInstitutions: z.array(z.string()),
  /** The items printed on the certificate, in its order. */
  details: z.array(z.object({ label: z.string(), value: z.string() })),
  historyKey: z.string(),
})
export type RegisteredBenefit = z.infer<typeof registeredBenefitSchema>

/** The same as it was judged for the day of a visit, by the clinic's own master of schemes (assess.ts). */
export const benefitSchema = registeredBenefitSchema.extend({
  scheme: z.object({
    /** 法別番号: the first two digits of the payer number; null where there is none. */
    code: z.string().nullable(),
    name: z.string(),
    kind: z.enum(['national', 'local', 'unknown']),
  }),
  validity: z.enum(['notYet', 'valid', 'over']),
  warnings: z.array(z.enum(warningCodes)),
})
export type Benefit = z.infer<typeof benefitSchema>

/**
 * What a source says about one category, `item` being what it holds when present.
 * `absent` means only that nothing came: no consent, lost eligibility, a municipality that registers nothing and a
 * switched-off terminal all look alike, so nothing stored may be ended because of it.
 */
export const answerSchema = <T extends z.ZodType>(item: T) =>
  z.discriminatedUnion('state', [
    z.object({ state: z.literal('present'), items: z.array(item).min(1) }),
    z.object({ state: z.literal('absent') }),
    /** The source says so itself: the person did not consent. */
    z.object({ state: z.literal('withheld') }),
    /** The source says so itself, with the last day. */
    z.object({ state: z.literal('ended'), endedOn: dateSchema, items: z.array(item) }),
    z.object({
      state: z.literal('unreachable'),
      /** The last version we hold, clearly not today's. */
      cached: z.object({ fetchedAt: momentSchema, items: z.array(item) }).nullable(),
    }),
  ])

export const answersSchema = z.object({
  medicalSubsidy: answerSchema(registeredBenefitSchema),
  vaccination: answerSchema(vaccinationVoucherSchema),
  checkup: answerSchema(checkupVoucherSchema),
})
export type Answers = z.infer<typeof answersSchema>

/** The answers as a screen gets them: without the certificates, which are shown as they are judged (assessment.ts). */
export const shownAnswersSchema = answersSchema.extend({
  medicalSubsidy: z.discriminatedUnion('state', [
    z.object({ state: z.enum(['present', 'absent', 'withheld']) }),
    z.object({ state: z.literal('ended'), endedOn: dateSchema }),
    z.object({ state: z.literal('unreachable'), cached: z.object({ fetchedAt: momentSchema }).nullable() }),
  ]),
})
export type AnswerState = Answers[Category]['state']
/** The answer of one category, whatever its items are. */
export type AnswerOf<T> = z.infer<ReturnType<typeof answerSchema<z.ZodType<T>>>>

/**
 * Everything one source said about one patient for one day: a version that is kept, never overwritten, and never judged:
 * what its certificates mean is worked out whenever it is looked at.
 */
export const eligibilitySchema = z.object({
  patient: patientSchema,
  /** The day the question was about (the day of the visit). */
  asOf: dateSchema,
  fetchedAt: momentSchema,
  source: z.enum(['pmh', 'terminal']),
  answers: answersSchema,
  /**
   * Only where the answer came after the visit, by the patient's reference, once the source could be reached again:
   * whether it differs from the last one held before (null: none was held).
   */
  askedLater: z.object({ differs: z.boolean().nullable() }).optional(),
  /** Registrations that the source has taken back (isDeleted) since; `withdrawnOn` where it says from which day. */
  withdrawn: z.array(z.object({ benefit: registeredBenefitSchema, withdrawnOn: dateSchema.nullable() })).optional(),
  /** What the terminal's eligibility XML says besides. */
  insurance: insuranceSchema.optional(),
  /** Earlier doses and checkups; left out by a source that has no such thing. */
  history: historySchema.optional(),
})
export type Eligibility = z.infer<typeof eligibilitySchema>
