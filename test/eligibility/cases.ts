// The case table of the trade: cases in Japanese with the advice a good receptionist would expect, turned into calls of
// `assess` and back into sentences, so that whoever knows the counter can read and correct it without reading code.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { assess, type ClinicContext } from '../../src-main/eligibility/assess.ts'
import type { Assessment } from '../../src-main/eligibility/assessment.ts'
import type { Confirmation } from '../../src-main/eligibility/confirmation.ts'
import { isQuestion } from '../../src-main/eligibility/difference.ts'
import { insuranceSchema } from '../../src-main/eligibility/insurance.ts'
import { schemesOf } from '../../src-main/eligibility/local/row.ts'
import type { Answers, Eligibility, RegisteredBenefit } from '../../src-main/eligibility/model.ts'
import { shippedMaster, updatedMaster } from '../../src-main/eligibility/schemes.ts'
import { encodeCp932 } from '../../src-main/text/cp932.ts'
import {
  adviceText,
  choiceText,
  claimNameText,
  differenceText,
  fieldText,
  fieldValueText,
  leftOutText,
  nameFaultText,
  orderRuleText,
} from '../../src-main/words/eligibility.ts'
import { masterRow } from './local/samples.ts'
import { handedOf } from './samples.ts'

const fields = {
  種別: z.string().optional(),
  サブキー: z.string().optional(),
  名称: z.string().optional(),
  負担者番号: z.string().nullable().optional(),
  受給者番号: z.string().nullable().optional(),
  開始: z.iso.date().optional(),
  終了: z.iso.date().optional(),
  上限: z.number().nullable().optional(),
  償還払い: z.boolean().optional(),
  不開示: z.boolean().optional(),
  区分: z.string().optional(),
  所得区分: z.string().optional(),
  追加条件: z.string().optional(),
  指定: z.array(z.string()).optional(),
  券面: z.record(z.string(), z.string()).optional(),
  版: z.string().optional(),
}
const certificateSchema = z.strictObject({ 証: z.string(), ...fields })
type Certificate = z.infer<typeof certificateSchema>

const certificates = z.array(certificateSchema)
const sentences = z.array(z.string())

const caseSchema = z.strictObject({
  名前: z.string().min(1),
  /** The training persona or gallery sample that shows the same. */
  練習: z.string().optional(),
  受診日: z.iso.date().default('2026-06-15'),
  回答: z.union([
    certificates,
    z.enum(['情報なし', '同意なし']),
    z.strictObject({ 終了日: z.iso.date(), 受給者証: certificates }),
  ]),
  取消: z.array(z.strictObject({ 受給者証: certificateSchema, 取消日: z.iso.date().nullable() })).optional(),
  前回確認: certificates.optional(),
  /** What was decided at the last confirmation. */
  前回の判断: z.strictObject({ 選択: z.enum(['keep', 'paper', 'leave']), 日時: z.string() }).optional(),
  資格確認: insuranceSchema.partial().optional(),
  患者: z.strictObject({ 氏名: z.string(), カナ: z.string() }).optional(),
  医療機関: z
    .strictObject({
      名称: z.array(z.string()).optional(),
      コード: z.string().optional(),
      公費欄: z.number().optional(),
      順序: z.array(z.array(z.string())).optional(),
      使う助成: z.array(z.object({ of: z.array(z.string()), used: z.array(z.string()) })).optional(),
      承認済みの置き換え: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  /** 地単公費マスター: by number, how many conditions it has there; not given: none was imported. */
  現物給付の一覧: z.record(z.string(), z.number()).optional(),
  追加条件の一覧: z.record(z.string(), z.string()).optional(),
  /** Per certificate of the answer, in its order. */
  助言: z.array(sentences).optional(),
  患者の助言: sentences.optional(),
  順序: sentences.optional(),
  請求に載らない: sentences.optional(),
  違い: sentences.optional(),
  選択肢: z.array(sentences).optional(),
  氏名の文字: sentences.optional(),
  請求の氏名: z.string().optional(),
})
export type Case = z.infer<typeof caseSchema>

const folder = join(import.meta.dirname, 'cases')
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))

const samples = z.record(z.string(), z.strictObject(fields)).parse(read('certificates.json'))

/** Every case of 医療費助成, with the file it stands in. */
export const cases: readonly (Case & { readonly file: string })[] = readdirSync(folder)
  .filter((name) => name.startsWith('subsidy-'))
  .sort()
  .flatMap((file) =>
    z
      .array(caseSchema)
      .parse(read(file))
      .map((each) => ({ ...each, file })),
  )

function benefitOf({ 証, ...changes }: Certificate): RegisteredBenefit {
  const sample = samples[証]
  if (!sample) throw new Error(`no sample certificate ${証}`)
  const all = { ...sample, ...changes }
  return {
    certificateTypeId: all.種別 ?? '',
    certificateSubKey: all.サブキー ?? null,
    certificateName: all.名称 ?? 証,
    payerNumber: all.負担者番号 ?? null,
    recipientNumber: all.受給者番号 ?? null,
    validFrom: all.開始 ?? '',
    validTo: all.終了 ?? '',
    monthlyCapYen: all.上限 ?? null,
    alwaysReimbursed: all.償還払い ?? false,
    undisclosed: all.不開示 ?? false,
    segment: all.区分 ?? null,
    incomeSegment: all.所得区分 ?? null,
    additionalConditions: all.追加条件 ?? null,
    designatedInstitutions: all.指定 ?? [],
    details: Object.entries(all.券面 ?? {}).map(([label, value]) => ({ label, value })),
    historyKey: all.版 ?? '1',
  }
}

function medicalSubsidyOf(answer: Case['回答']): Answers['medicalSubsidy'] {
  if (answer === '情報なし') return { state: 'absent' }
  if (answer === '同意なし') return { state: 'withheld' }
  const items = (list: readonly Certificate[]) => list.map(benefitOf)
  if (Array.isArray(answer)) return { state: 'present', items: items(answer) }
  return { state: 'ended', endedOn: answer.終了日, items: items(answer.受給者証) }
}

const localSchemesOf = (list: Readonly<Record<string, number>>) => ({
  find: (payerNumber: string) =>
    schemesOf(
      Array.from({ length: list[payerNumber] ?? 0 }, (_, place) =>
        masterRow({ payerNumber, incomeClassName: `条件${place + 1}` }),
      ),
      'assumed',
    ),
})

/** The patient's eligibility, what the clinic knows and the clinic itself, as a case tells them. */
function situationOf(one: Case): {
  today: Eligibility
  confirmation: Confirmation | null
  clinic: ClinicContext
} {
  const day = one.受診日
  const today: Eligibility = {
    patient: {
      ref: 'case',
      name: one.患者?.氏名 ?? '佐藤　美咲',
      nameKana: one.患者?.カナ ?? 'サトウ　ミサキ',
      birthDate: '1979-04-12',
      sex: 'female',
    },
    asOf: day,
    fetchedAt: `${day}T09:12:34.000+09:00`,
    source: 'pmh',
    answers: {
      medicalSubsidy: medicalSubsidyOf(one.回答),
      vaccination: { state: 'absent' },
      checkup: { state: 'absent' },
    },
    withdrawn: (one.取消 ?? []).map(({ 受給者証, 取消日 }) => ({
      benefit: benefitOf(受給者証),
      withdrawnOn: 取消日,
    })),
    insurance: insuranceSchema.parse({ limitCategory: null, ...one.資格確認 }),
  }
  const at = one.前回の判断?.日時 ?? '2026-05-10T10:00:00.000+09:00'
  const held = (one.前回確認 ?? []).map((each) => ({
    benefit: benefitOf(each),
    source: 'pmh' as const,
    fetchedAt: at,
    confirmedAt: at,
  }))
  const clinic: ClinicContext = {
    master: updatedMaster(shippedMaster, {
      ...shippedMaster,
      version: 'case',
      national: [],
      local: [],
      conditions: Object.entries(one.追加条件の一覧 ?? {}).map(([key, text]) => {
        const [payerNumber = '', code = ''] = key.split(' ')
        return { payerNumber, code, text, source: 'hachioji' }
      }),
    }),
    localSchemes: one.現物給付の一覧 ? localSchemesOf(one.現物給付の一覧) : null,
    municipalities: [],
    identity: {
      names: one.医療機関?.名称 ?? ['まどぐち内科クリニック'],
      institutionCode: one.医療機関?.コード ?? null,
    },
    chosenOrders: one.医療機関?.順序 ?? [],
    chosenHelps: one.医療機関?.使う助成 ?? [],
    places: [{ destination: 'レセコン', places: one.医療機関?.公費欄 ?? 4 }],
    approvedSubstitutes: one.医療機関?.承認済みの置き換え ?? {},
    canWrite: (text) => encodeCp932(text).ok,
  }
  const confirmation: Confirmation | null =
    held.length === 0 ? null : { held, decided: [], confirmedAt: today.fetchedAt, handed: handedOf(today) }
  if (confirmation && one.前回の判断) {
    const { 選択: choice } = one.前回の判断
    const asked = assess(today, { versions: [], confirmation }, clinic).differences.filter(isQuestion)
    confirmation.decided = asked.map(({ key }) => ({ key, choice, at }))
  }
  return { today, confirmation, clinic }
}

export const assessCase = (one: Case): Assessment => {
  const { today, confirmation, clinic } = situationOf(one)
  return assess(today, { versions: [], confirmation }, clinic)
}

/** The assessment in the sentences of the table. */
export function told(assessment: Assessment) {
  const items = assessment.benefits.map(({ benefit }) => benefit)
  const nameOf = (place: number) => items[place]?.certificateName ?? ''
  return {
    助言: assessment.benefits.map(({ advice }) => advice.map(adviceText)),
    患者の助言: assessment.patient.map(adviceText),
    順序: assessment.order.steps.map(
      ({ benefit, rule }) => `${items[benefit]?.payerNumber ?? nameOf(benefit)} ${orderRuleText[rule]}`,
    ),
    請求に載らない: assessment.order.leftOut.map((each) => `${nameOf(each.benefit)} ${leftOutText(each)}`),
    違い: assessment.differences.map((each) => {
      const name = each.confirmed?.certificateName ?? nameOf(each.benefit ?? -1)
      const changes = each.fields.map(
        ({ field, before, after }) =>
          `${fieldText[field]} ${fieldValueText(field, before)}→${fieldValueText(field, after)}`,
      )
      const end = each.endedOn === null ? [] : [`終了日 ${each.endedOn}`]
      return [differenceText[each.kind].label, name, ...end, ...changes].join(' ')
    }),
    選択肢: assessment.differences
      .filter(isQuestion)
      .map((each) => each.choices.map((choice) => choiceText(choice, each))),
    氏名の文字: assessment.name.faults.map(
      ({ character, codePoint, fault, isUnwritable, substitute, isApproved }) =>
        `${character}（${codePoint}） ${nameFaultText[fault]}${isUnwritable ? '取り込みファイルにも書けません。' : ''}${
          substitute ? `候補「${substitute}」${isApproved ? '承認済み' : '未承認'}` : '候補なし'
        }`,
    ),
    請求の氏名: claimNameText(assessment.name.claim),
  }
}
