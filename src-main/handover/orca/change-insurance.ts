// 公費 through `patientmodv32`: ORCA reads and locks the patient (01), checks (02), asks back where it must (S20) and
// commits (03). The lock is let go of whatever happens (99): while it is held, no terminal can open the patient. One that a
// stop of this program has left behind is known by the delivery's own Karte_Uid and removed at the next try.
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'
import type { OrcaBenefit, OrcaVisit } from '../formats/orca-visit.ts'
import { type Plan, planFor } from './compare.ts'
import type { OrcaConnection } from './connection.ts'
import { removeOwnLocks } from './locks.ts'
import type { OrcaPatient } from './patients.ts'
import { heldBenefit, publicInsurance, publicInsuranceFields } from './public-insurance.ts'
import { isDone, refusal } from './results.ts'
import { type Xml2Record, xml2Array, xml2Text } from './xml2.ts'

const rowSchema = z.object({
  PublicInsurance_Mode: xml2Text,
  PublicInsurance_Id: xml2Text,
  PublicInsurance_Class: xml2Text,
  PublicInsurance_Name: xml2Text,
  ...publicInsuranceFields,
  Certificate_CheckDate: xml2Text,
})
type Row = z.infer<typeof rowSchema>

const answerSchema = z
  .object({
    /** What ORCA wants to be asked next. */
    Response_Number: xml2Text,
    Orca_Uid: xml2Text,
    PublicInsurance_Information: z.object({ PublicInsurance_Info: xml2Array(rowSchema) }).optional(),
    Patient_Select_Information: z.object({ Patient_Select: xml2Text }).optional(),
  })
  .transform((answer) => ({
    next: answer.Response_Number,
    orcaUid: answer.Orca_Uid,
    // ORCA fills its tables up with empty rows.
    rows:
      answer.PublicInsurance_Information?.PublicInsurance_Info.filter((row) => row.Certificate_IssuedDate !== '') ?? [],
    question: answer.Patient_Select_Information?.Patient_Select ?? '',
  }))
type Answer = z.infer<typeof answerSchema> & { readonly apiResult: string }

/** 検索処理終了 with remarks about what is registered: the patient is read and locked all the same. */
const readWithRemarks = 'E50'
/** 選択項目があります */
const asksBack = 'S20'

export interface ChangeOptions {
  /** Ours for this delivery, the same at every try. */
  readonly karteUid: string
  /** Codes of questions that may be answered with Ok. */
  readonly answerOk: readonly string[]
  /** Called once before anything in ORCA can change. */
  readonly beforeWrite: () => Promise<Result<void>>
}

/**
 * Errors: ORCA_BUSY, ORCA_BENEFIT_DIFFERS (several overlap), ORCA_BENEFIT_REFUSED, ORCA_QUESTION with its code, those of
 * the connection and of `beforeWrite`.
 */
export async function changeInsurance(
  orca: OrcaConnection,
  patient: OrcaPatient,
  visit: OrcaVisit,
  options: ChangeOptions,
): Promise<Result<void>> {
  let orcaUid = ''
  let isCommitted = false
  let unlocked: Result<unknown> = ok(undefined)

  const ask = async (request: string, fields: Xml2Record = {}): Promise<Result<Answer>> => {
    const called = await orca.call('/orca12/patientmodv32', 'patientmodv3req2', {
      Request_Number: request,
      Karte_Uid: options.karteUid,
      Orca_Uid: orcaUid,
      Patient_Information: { Patient_ID: patient.number },
      ...fields,
    })
    if (!called.ok) return called
    const parsed = answerSchema.safeParse(called.value.record)
    if (!parsed.success) return fail('ORCA_ANSWER_INVALID')
    orcaUid ||= parsed.data.orcaUid
    return ok({ ...parsed.data, apiResult: called.value.apiResult })
  }

  const read = async (): Promise<Result<Answer>> => {
    const answer = await ask('01')
    if (!answer.ok) {
      // What cannot be read may have locked the patient all the same.
      if (answer.error.code === 'ORCA_ANSWER_INVALID') await removeOwnLocks(orca, options.karteUid)
      return answer
    }
    if (isRead(answer.value)) return answer
    const refused = refusal(answer.value.apiResult, 'ORCA_REFUSED')
    if (refused.error.code !== 'ORCA_BUSY') return refused
    // Should the lock be our own, the next try finds it gone.
    await removeOwnLocks(orca, options.karteUid)
    return refused
  }

  const commit = async (next: string, insurance: Xml2Record): Promise<Result<void>> => {
    const answered = new Set<string>()
    let answer: Xml2Record = {}
    for (;;) {
      const committed = await ask(next, { ...insurance, ...answer })
      if (!committed.ok) return committed
      const { apiResult, question } = committed.value
      if (isDone(apiResult)) {
        isCommitted = true
        return ok(undefined)
      }
      // The same question again means that Ok was no answer to it.
      const mayAnswer = options.answerOk.includes(question) && !answered.has(question)
      if (apiResult !== asksBack || !mayAnswer) return refusedBy(committed.value)
      answered.add(question)
      answer = { Select_Answer: 'Ok' }
    }
  }

  const update = async (): Promise<Result<void>> => {
    const known = await read()
    if (!known.ok) return known
    const plan = planOf(visit.benefits, known.value.rows)
    if (plan.isUnclear) return fail('ORCA_BENEFIT_DIFFERS')
    if (isNothing(plan)) return ok(undefined)
    const checked = await ask(
      known.value.next,
      tableOf([...known.value.rows.map(inMode(plan)), ...plan.added.map(newRow)]),
    )
    if (!checked.ok) return checked
    if (!isDone(checked.value.apiResult)) return refusedBy(checked.value)
    // What ORCA is about to write is what the visit says, or it is not written.
    if (!isNothing(planOf(visit.benefits, checked.value.rows))) return fail('ORCA_ANSWER_INVALID')
    const allowed = await options.beforeWrite()
    return allowed.ok ? commit(checked.value.next, tableOf(checked.value.rows)) : allowed
  }

  const outcome = await update().finally(async () => {
    if (orcaUid !== '') unlocked = await ask('99')
  })
  // A lock that could not be let go of is work to come back for, whatever became of the rest.
  return unlocked.ok || isCommitted ? outcome : unlocked
}

const isRead = ({ apiResult }: Answer) => isDone(apiResult) || apiResult === readWithRemarks

const refusedBy = ({ apiResult, question }: Answer) =>
  apiResult === asksBack
    ? fail('ORCA_QUESTION', question === '' ? undefined : { sourceCode: question })
    : refusal(apiResult, 'ORCA_BENEFIT_REFUSED')

const planOf = (benefits: readonly OrcaBenefit[], rows: readonly Row[]): Plan =>
  planFor(
    benefits,
    rows.map((row) => heldBenefit(row, row.PublicInsurance_Id)),
  )

const isNothing = ({ added, changed, isUnclear }: Plan) => added.length + changed.length === 0 && !isUnclear

/** Every row goes back, those that stay without a mode: what a table without them would mean is not documented. */
const inMode =
  ({ changed }: Plan) =>
  (row: Row): Row => {
    const change = changed.find(({ id }) => id === row.PublicInsurance_Id)
    if (!change) return row
    // Without a day of its own (確認日) it counts as seen today.
    return { ...row, ...publicInsurance(change), PublicInsurance_Mode: 'Modify', Certificate_CheckDate: '' }
  }

/** Class and name come from the payer's number. */
const newRow = (benefit: OrcaBenefit): Row => ({
  PublicInsurance_Mode: 'New',
  PublicInsurance_Id: '0',
  PublicInsurance_Class: '',
  PublicInsurance_Name: '',
  ...publicInsurance(benefit),
  Certificate_CheckDate: '',
})

const tableOf = (rows: readonly Row[]): Xml2Record => ({
  PublicInsurance_Information: { PublicInsurance_Info: rows },
})
