// The case table of 予防接種 and 健診: cases in Japanese with what a good receptionist would say, turned into calls of the
// judges and back into sentences, so that whoever knows the counter can read and correct it without reading code.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { judgeCheckup } from '../../src-main/eligibility/checkup/judge.ts'
import { judgeVaccination } from '../../src-main/eligibility/vaccination/judge.ts'
import { vaccineRules } from '../../src-main/eligibility/vaccination/vaccines.ts'
import type { VoucherJudgement } from '../../src-main/eligibility/voucher-advice.ts'
import type { Dose, PastCheckup } from '../../src-main/eligibility/vouchers.ts'
import { checkupVerdictText, doseVerdictText, voucherAdviceText } from '../../src-main/words/vaccination.ts'

const date = z.iso.date()
const period = {
  開始: date.default('2000-01-01'),
  終了: date.default('2049-12-31'),
  自治体: z.string().default('東京都八王子市'),
}
/** Answered on the day of the visit unless a day is given; `医師`: how many answers the doctor must look at. */
const questionnaire = z
  .strictObject({ 回答日: date.optional(), 医師: z.int().default(0) })
  .nullable()
  .default({ 医師: 0 })
const record = { 日: date, 記録: z.enum(['紙', 'デジタル']).default('デジタル') }

const common = {
  名前: z.string().min(1),
  /** The training card that shows the same. */
  練習: z.string().optional(),
  生年月日: date,
  性別: z.enum(['女', '男', '不明']).default('女'),
  受診日: date,
  契約自治体: z.array(z.string()).default([]),
  判定: z.string(),
  /** Every line, the weightiest first. */
  助言: z.array(z.string()),
}

const vaccinationCase = z.strictObject({
  ...common,
  接種券: z.strictObject({
    ワクチン: z.string(),
    回: z.int().nullable().default(null),
    ...period,
    予診票: questionnaire,
  }),
  接種歴: z
    .union([
      z.array(z.strictObject({ ワクチン: z.string(), 回: z.int().nullable().default(null), ...record })),
      z.literal('情報なし'),
    ])
    .default([]),
})

const checkupCase = z.strictObject({
  ...common,
  受診券: z.strictObject({ 健診: z.string(), 名称: z.string().optional(), ...period, 問診票: questionnaire }),
  健診歴: z
    .union([
      z.array(z.strictObject({ 健診: z.string(), 名称: z.string().optional(), ...record })),
      z.literal('情報なし'),
    ])
    .default([]),
})

const checkupNames: Readonly<Record<string, string>> = {
  妊婦健康診査: 'maternity',
  '3・4か月児健康診査': 'infant3to4Months',
  '1歳6か月児健康診査': 'toddler18Months',
  '3歳児健康診査': 'child3Years',
  '1か月児健康診査': 'infant1Month',
  '5歳児健康診査（国の補助）': 'child5Years',
  新生児聴覚検査: 'newbornHearing',
  産婦健康診査: 'postpartum',
}
const checkupCodeOf = (name: string) => checkupNames[name] ?? 'other'
/** A name that the table does not have stays a code of its own. */
const vaccineCodeOf = (name: string) =>
  vaccineRules.on('2026-11-23').find((vaccine) => vaccine.name === name)?.code ?? `x-${name.length}`

const sexes = { 女: 'female', 男: 'male', 不明: 'unknown' } as const
const recordOf = (medium: '紙' | 'デジタル') => ({
  handle: null,
  clinic: null,
  municipality: null,
  medium: medium === '紙' ? ('paper' as const) : ('digital' as const),
})

const questionnaireOf = (given: z.infer<typeof questionnaire>, day: string) =>
  given && {
    name: '予診票',
    answeredAt: `${given.回答日 ?? day}T08:00:00+09:00`,
    answers: Array.from({ length: given.医師 + 1 }, (_, index) => ({
      question: `質問${index + 1}`,
      answer: 'はい',
      needsDoctor: index < given.医師,
    })),
  }

const papers = (voucher: { 開始: string; 終了: string; 自治体: string }, name: string) => ({
  id: 'V',
  name,
  municipality: voucher.自治体,
  validFrom: voucher.開始,
  validTo: voucher.終了,
})

export interface VoucherCase {
  readonly name: string
  readonly file: string
  readonly expected: { readonly 判定: string; readonly 助言: readonly string[] }
  readonly training: string | undefined
  judge(): VoucherJudgement
  told(): { readonly 判定: string; readonly 助言: readonly string[] }
}

const sentences = ({ advice }: VoucherJudgement) => advice.map(voucherAdviceText)

function vaccination(one: z.infer<typeof vaccinationCase>, file: string): VoucherCase {
  const { 接種券: voucher, 接種歴: history } = one
  const judge = () => {
    const doses =
      history === '情報なし'
        ? null
        : history.map(
            (dose): Dose => ({
              ...recordOf(dose.記録),
              vaccineCode: vaccineCodeOf(dose.ワクチン),
              vaccineName: dose.ワクチン,
              doseNumber: dose.回,
              givenOn: dose.日,
              lotNumber: null,
              site: null,
            }),
          )
    return judgeVaccination(
      {
        ...papers(voucher, voucher.ワクチン),
        vaccineCode: vaccineCodeOf(voucher.ワクチン),
        doseNumber: voucher.回,
        questionnaire: questionnaireOf(voucher.予診票, one.受診日),
      },
      {
        day: one.受診日,
        birthDate: one.生年月日,
        sex: sexes[one.性別],
        municipalities: one.契約自治体,
        doses,
      },
    )
  }
  const told = () => {
    const judged = judge()
    return { 判定: doseVerdictText(judged), 助言: sentences(judged) }
  }
  return { name: one.名前, file, expected: one, training: one.練習, judge, told }
}

function checkup(one: z.infer<typeof checkupCase>, file: string): VoucherCase {
  const { 受診券: voucher, 健診歴: history } = one
  const judge = () => {
    const checkups =
      history === '情報なし'
        ? null
        : history.map(
            (done): PastCheckup => ({
              ...recordOf(done.記録),
              checkupCode: checkupCodeOf(done.健診),
              checkupName: done.名称 ?? done.健診,
              doneOn: done.日,
              result: null,
            }),
          )
    return judgeCheckup(
      {
        ...papers(voucher, voucher.名称 ?? voucher.健診),
        checkupCode: checkupCodeOf(voucher.健診),
        questionnaire: questionnaireOf(voucher.問診票, one.受診日),
      },
      { day: one.受診日, birthDate: one.生年月日, municipalities: one.契約自治体, checkups },
    )
  }
  const told = () => {
    const judged = judge()
    return { 判定: checkupVerdictText(judged), 助言: sentences(judged) }
  }
  return { name: one.名前, file, expected: one, training: one.練習, judge, told }
}

const folder = join(import.meta.dirname, 'cases')
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))
const files = (kind: string) => readdirSync(folder).filter((file) => file.startsWith(`${kind}-`))

export const voucherCases: readonly VoucherCase[] = [
  ...files('vaccination').flatMap((file) =>
    z
      .array(vaccinationCase)
      .parse(read(file))
      .map((one) => vaccination(one, file)),
  ),
  ...files('checkup').flatMap((file) =>
    z
      .array(checkupCase)
      .parse(read(file))
      .map((one) => checkup(one, file)),
  ),
]
