// The words of a judgement: advice, difference, order on the claim, name. Schemas without the logic, because the screen
// checks what it is sent and needs nothing else.

import { z } from 'zod'
import { localFindingSchema } from './local/judge.ts'
import { benefitSchema, dateSchema, momentSchema, type RegisteredBenefit, warningCodes } from './model.ts'
import { childhoodSchema } from './vaccination/found.ts'
import { voucherJudgementSchema } from './voucher-advice.ts'

const adviceCodes = [
  ...warningCodes,
  'SCHEME_UNLISTED',
  'LOCAL_IN_KIND',
  'LOCAL_NOT_LISTED',
  'LOCAL_OTHER_PREFECTURE',
  'LOCAL_SEVERAL',
  'LOCAL_RENEWAL_DAY',
  'ENDS_IN_WAVE',
  'RENEWAL_REGISTERED',
  'DUPLICATE',
  'OVERLAPPING',
  'TWO_PREFECTURES',
  'TWO_HELPS',
  'MONTHLY_CAP_ZERO',
  'MONTHLY_CAP_UNKNOWN',
  'DESIGNATED_HERE',
  'NOT_DESIGNATED_HERE',
  'DESIGNATION_ON_PAPER',
  'CONDITION',
  'CONDITION_UNKNOWN',
  'MEDICAL_ASSISTANCE',
  'MEDICAL_TICKET_MISSING',
  'MEDICAL_TICKET_ELSEWHERE',
  'MEDICAL_TICKET_SELF_PAY',
  'LIMIT_CATEGORY',
  'LIMIT_UNKNOWN',
  'LIMIT_WITHHELD',
] as const
export type AdviceCode = (typeof adviceCodes)[number]

export const adviceSchema = z.object({
  code: z.enum(adviceCodes),
  /** What the sentence names: an amount, a day, a text of the source. */
  values: z.object({ yen: z.number().optional(), date: z.iso.date().optional(), text: z.string().optional() }),
})
export type Advice = z.infer<typeof adviceSchema>

/** What a municipality registers about a certificate, in the order in which staff compare it with the paper. */
export const contentFields = [
  'certificateName',
  'payerNumber',
  'recipientNumber',
  'validFrom',
  'validTo',
  'monthlyCapYen',
  'alwaysReimbursed',
  'undisclosed',
  'segment',
  'incomeSegment',
  'additionalConditions',
  'designatedInstitutions',
  'details',
] as const satisfies readonly (keyof RegisteredBenefit)[]

const fieldValueSchema = z.union([z.string(), z.number(), z.boolean()]).nullable()

/**
 * What a person may do about a difference. `accept`: take over what the source says now. `keep`: stay with the certificate
 * as it was confirmed earlier. `paper`: the paper shows what was confirmed earlier. `leave`: hand nothing over.
 */
const choices = ['accept', 'keep', 'paper', 'leave', 'askAgain'] as const
export type Choice = (typeof choices)[number]

const kinds = ['new', 'renewed', 'changed', 'unchanged', 'ended', 'withdrawn', 'absent', 'lapsed'] as const
export const kindSchema = z.enum(kinds)

const differenceSchema = z.object({
  /** Stands for this difference in a decision; the same difference has the same key tomorrow. */
  key: z.string(),
  /**
   * `renewed`: the certificate for the time after the confirmed one. `ended`, `withdrawn`: the source says so. `absent`:
   * not mentioned, reason unknown. `lapsed`: not mentioned, and its registered period is over. `unchanged`: also one of
   * which the source lists the next period only, as long as it runs.
   */
  kind: kindSchema,
  /** Place in today's answer; null where today's answer does not hold it. */
  benefit: z.number().int().nullable(),
  /** Place among what the clinic holds; null where it is new. */
  held: z.number().int().nullable(),
  /** What the clinic holds there, as it counts today. */
  confirmed: benefitSchema.nullable(),
  fields: z.array(z.object({ field: z.enum(contentFields), before: fieldValueSchema, after: fieldValueSchema })),
  /** What is registered of it and one of the two sources never says: neither asked about nor called the same. */
  notCompared: z.array(z.enum(contentFields)),
  /** Last day, where the source names one. */
  endedOn: dateSchema.nullable(),
  /** Empty: nothing to decide. */
  choices: z.array(z.enum(choices)),
  /**
   * What the clinic has decided: just now, or about the very same difference earlier this month, which counts again
   * without a question.
   */
  decided: z.object({ choice: z.enum(['accept', 'keep', 'paper', 'leave']), at: momentSchema }).nullable(),
})
export type Difference = z.infer<typeof differenceSchema>
/** A difference before anything is judged: it lies in what was registered. */
export type FoundDifference = Omit<Difference, 'confirmed'> & { readonly confirmed: RegisteredBenefit | null }

/** Why a certificate stands after the one before it. */
const orderRules = [
  'ONLY',
  'FIRST',
  'CLINIC',
  'PRECEDENCE',
  'NATIONAL_FIRST',
  'PREFECTURE_FIRST',
  'UNKNOWN_LAST',
  'BY_NUMBER',
] as const
export type OrderRule = (typeof orderRules)[number]

export const orderSchema = z.object({
  /** `benefit`: place of the certificate in the answer. */
  steps: z.array(z.object({ benefit: z.number().int(), rule: z.enum(orderRules) })),
  /** Counts today, but not on the claim: said twice, replaced by a later one, paid back to the patient later, another help is used in its place, or no place
   * left at a destination. */
  leftOut: z.array(
    z.object({
      benefit: z.number().int(),
      reason: z.enum(['duplicate', 'overlap', 'reimbursed', 'otherHelp', 'places']),
      /** For `places`: the destinations that cannot take it. */
      destinations: z.array(z.string()),
    }),
  ),
  decidedBy: z.enum(['proposal', 'clinic']),
  /** Helps of municipalities that come together, and those the clinic uses; `used` null: it has not said yet. */
  together: z.object({ benefits: z.array(z.number().int()), used: z.array(z.number().int()).nullable() }).nullable(),
})
export type ClaimOrder = z.infer<typeof orderSchema>

const nameAdviceSchema = z.object({
  faults: z.array(
    z.object({
      /** As it stands in the name, with its variation selector if it has one. */
      character: z.string(),
      /** `U+20BB7`, of the character itself. */
      codePoint: z.string(),
      /**
       * `masked`: ● stands for a character that the insurer's system does not have. `variant`: a glyph chosen by a
       * variation selector (IVS). `private`: 外字, another shape on every computer. `notOnClaim`: outside JIS X 0208.
       */
      fault: z.enum(['masked', 'variant', 'private', 'notOnClaim']),
      /** The receipt computer's file cannot hold it either. */
      isUnwritable: z.boolean(),
      /** What could stand for it, null where nothing is known. */
      substitute: z.string().nullable(),
      isApproved: z.boolean(),
    }),
  ),
  /** What a claim can carry today; `none`: not even the kana. */
  claim: z.object({ form: z.enum(['original', 'substituted', 'kana', 'none']), text: z.string() }),
})
export type NameAdvice = z.infer<typeof nameAdviceSchema>

/** What there is to say about one certificate. */
export const assessedSchema = z.object({
  advice: z.array(adviceSchema),
  /** The first of the kept versions that said exactly this, without a gap since; null where this is the first. */
  saidSince: momentSchema.nullable(),
  /** What the master of local schemes says; null: it is not about such a one, or no master was imported. */
  local: localFindingSchema.nullable(),
})
export type Assessed = z.infer<typeof assessedSchema>

export const assessmentSchema = z.object({
  /** The certificates of the answer (present, ended, or the cached version), judged, in its order. */
  benefits: z.array(assessedSchema.extend({ benefit: benefitSchema })),
  /** About the patient as a whole. */
  patient: z.array(adviceSchema),
  /** By voucher id, for the vouchers of today's answer. */
  vouchers: z.array(voucherJudgementSchema),
  /** Every dose that was ever given, looked at together; null where none is known. */
  childhood: childhoodSchema.nullable(),
  order: orderSchema,
  differences: z.array(differenceSchema),
  name: nameAdviceSchema,
  masterVersion: z.string(),
})
export type Assessment = z.infer<typeof assessmentSchema>
