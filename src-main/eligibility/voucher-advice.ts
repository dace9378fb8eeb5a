// What can be said about a voucher on the day of the visit: a closed list of codes, each with its values, how much it
// weighs, and the document it rests on. The sentences are in words/vaccination.ts.
import { z } from 'zod'
import { type Basis, basisSchema } from './basis.ts'
import { latestOf } from './calendar.ts'

const voucherAdviceCodes = [
  // the voucher and its papers
  'BEFORE_BIRTH',
  'VOUCHER_NOT_YET',
  'VOUCHER_OVER',
  'OTHER_MUNICIPALITY',
  'QUESTIONNAIRE_MISSING',
  'QUESTIONNAIRE_OLD',
  'QUESTIONNAIRE_DOCTOR',
  // the vaccine and the person
  'VACCINE_UNKNOWN',
  'VACCINE_DISCONTINUED',
  'RULE_UNCONFIRMED',
  'SEX_NOT_TARGET',
  'TEST_NEEDED',
  'PROGRAMME_NOT_YET',
  'PROGRAMME_OVER',
  'NOT_IN_COHORT',
  'ONLY_IF_ILL',
  'NEXT_CHANCE',
  'SEASON_NOT_YET',
  'DUE_DATE_NEEDED',
  'PREGNANCY_TOO_EARLY',
  'PREGNANCY_TOO_LATE',
  'PREGNANCY_DOSE',
  'PRODUCT_NOW',
  'PRODUCT_GOES_ON',
  'TOO_YOUNG',
  'TOO_OLD',
  'LONG_ILLNESS',
  'EXTENDED',
  'EXTENDED_IF_RECOGNISED',
  'EXTENSION_OVER',
  'LAST_DAYS',
  // earlier doses
  'HISTORY_UNKNOWN',
  'HISTORY_ON_PAPER',
  'RECORDS_DIFFER',
  'RECORD_AFTER_VISIT',
  'GIVEN_TODAY',
  'DOSE_GIVEN',
  'SERIES_COMPLETE',
  'SERIES_COMPLETE_FOR_PRODUCT',
  'DOSE_LEFT_OUT',
  'EARLIER_DOSE_UNKNOWN',
  'DOSE_NUMBER_UNKNOWN',
  'OTHER_COUNT_DIFFERS',
  'RECORD_VOLUNTARY',
  'RECORD_TOO_YOUNG',
  'RECORD_TOO_SOON',
  'RECORD_AFTER_PERIOD',
  'RECORD_SURPLUS',
  'RECORD_EXTRA',
  'RECORD_AFTER_LIVE',
  'RECORD_WITHOUT_RULE',
  'SAME_ANTIGEN',
  'SAME_ANTIGEN_RECENT',
  // days between
  'INTERVAL',
  'INTERVAL_BY_DOCTOR',
  'INTERVAL_THIRD_DOSE',
  'INTERVAL_BY_EXTENSION',
  'LIVE_INTERVAL',
  'UNKNOWN_VACCINE_RECENT',
  'NO_ROOM',
  'USUAL_INTERVAL',
  'LONGER_THAN_USUAL',
  'BEFORE_STANDARD',
  'AFTER_STANDARD',
  'LATE_START',
  'PRODUCT_OVER',
  'PRODUCT_COMPLETE',
  'PRODUCT_SAME',
  'DOSES_FOR_PRODUCT',
  // checkups
  'CHECKUP_UNKNOWN',
  'CHECKUP_BY_MUNICIPALITY',
  'CHECKUP_TOO_YOUNG',
  'CHECKUP_TOO_OLD',
  'CHECKUP_DONE',
  'CHECKUP_TODAY',
  'CHECKUP_GROUP',
  'CHECKUP_WEEKS',
  'CHECKUP_COUNT',
  'CHECKUP_COUNT_FULL',
  'CHECKUP_AGAIN',
  'CHECKUP_POSTPARTUM',
  'CHECKUP_ITEMS',
] as const

/** `stop`: not today and not later either, `wait`: not yet, `check`: something to look at first, `know`: good to know. */
const weights = ['stop', 'wait', 'check', 'know'] as const
export type Weight = (typeof weights)[number]

export const voucherAdviceSchema = z.object({
  code: z.enum(voucherAdviceCodes),
  weight: z.enum(weights),
  /** `age` and `span` in the short forms of ages.ts. */
  values: z.object({
    date: z.iso.date().optional(),
    /** The last one, where `date` is the first. */
    to: z.iso.date().optional(),
    given: z.iso.date().optional(),
    text: z.string().optional(),
    dose: z.string().optional(),
    age: z.string().optional(),
    span: z.string().optional(),
    count: z.int().optional(),
    other: z.int().optional(),
  }),
  /** null: the source's own words. */
  basis: basisSchema.nullable(),
})
export type VoucherAdvice = z.infer<typeof voucherAdviceSchema>

/** `given`: done already; the others as the heaviest line says. */
const verdicts = ['today', 'check', 'wait', 'no', 'given'] as const

/** What is said about one voucher. */
export const voucherJudgementSchema = z.object({
  voucherId: z.string(),
  verdict: z.enum(verdicts),
  /** The first day it can be given or done, where it has to wait. */
  earliest: z.iso.date().nullable(),
  /** The last day it can, by the rule or by the voucher, whichever is first. */
  latest: z.iso.date().nullable(),
  /** Which dose it is (１期初回２回目 …), null where that is not known. */
  dose: z.object({ number: z.int(), label: z.string() }).nullable(),
  advice: z.array(voucherAdviceSchema),
})
export type VoucherJudgement = z.infer<typeof voucherJudgementSchema>

const weightOrder: readonly string[] = weights

/** A rule nobody could confirm only warns, however hard it sounds. */
export const advise = (
  weight: Weight,
  code: VoucherAdvice['code'],
  values: VoucherAdvice['values'] = {},
  basis: Basis | null = null,
): VoucherAdvice => ({
  code,
  weight: basis && !basis.confirmed && weight !== 'know' ? 'check' : weight,
  values,
  basis,
})

const doneCodes: readonly VoucherAdvice['code'][] = [
  'GIVEN_TODAY',
  'DOSE_GIVEN',
  'SERIES_COMPLETE',
  'CHECKUP_DONE',
  'CHECKUP_TODAY',
]

/**
 * The heaviest line decides; lines of one weight keep their order. Whoever would have to wait beyond `limit` waits in vain:
 * that is `latest`, unless it comes from a rule that nobody could confirm.
 */
export function judgement(
  voucherId: string,
  dose: VoucherJudgement['dose'],
  latest: string,
  lines: readonly VoucherAdvice[],
  limit = latest,
): VoucherJudgement {
  const waits = lines.filter(({ weight }) => weight === 'wait').flatMap(({ values }) => values.date ?? [])
  const earliest = latestOf(...waits) ?? null
  const isInVain = earliest !== null && earliest > limit && lines.every(({ weight }) => weight !== 'stop')
  const all = isInVain ? [...lines, advise('stop', 'NO_ROOM', { date: limit, given: earliest })] : lines
  const advice = [...all].sort((a, b) => weightOrder.indexOf(a.weight) - weightOrder.indexOf(b.weight))
  const verdict = () => {
    if (advice.some(({ code, weight }) => weight === 'stop' && doneCodes.includes(code))) return 'given'
    switch (advice[0]?.weight) {
      case 'stop':
        return 'no'
      case 'wait':
        return 'wait'
      case 'check':
        return 'check'
      default:
        return 'today'
    }
  }
  return { voucherId, verdict: verdict(), earliest, latest, dose, advice }
}
