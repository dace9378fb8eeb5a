// 公費 through `patientmodv2?class=04` (保険追加), which can only add: where ORCA holds the same certificate with another
// period, a person changes it. What it holds is read from the patient's insurance combinations first.
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'
import type { OrcaVisit } from '../formats/orca-visit.ts'
import { type HeldBenefit, planFor } from './compare.ts'
import type { OrcaConnection } from './connection.ts'
import type { OrcaPatient } from './patients.ts'
import { heldBenefit, publicInsurance, publicInsuranceFields } from './public-insurance.ts'
import { done } from './results.ts'
import { xml2Array } from './xml2.ts'

/**
 * `beforeWrite`: called once before anything in ORCA can change. Errors: ORCA_BENEFIT_DIFFERS, ORCA_BENEFIT_REFUSED,
 * ORCA_BUSY, those of the connection and of `beforeWrite`.
 */
export async function addInsurance(
  orca: OrcaConnection,
  patient: OrcaPatient,
  visit: OrcaVisit,
  beforeWrite: () => Promise<Result<void>>,
): Promise<Result<void>> {
  const held = await heldBenefits(orca, patient, visit.visitDay)
  if (!held.ok) return held
  const { added, changed, isUnclear } = planFor(visit.benefits, held.value)
  if (isUnclear || changed.length > 0) return fail('ORCA_BENEFIT_DIFFERS')
  if (added.length === 0) return ok(undefined)
  const allowed = await beforeWrite()
  if (!allowed.ok) return allowed
  const called = await orca.call('/orca12/patientmodv2?class=04', 'patientmodreq', {
    // The patient is meant by number, name and kana name, letter by letter.
    Mod_Key: '2',
    Patient_ID: patient.number,
    WholeName: patient.name,
    WholeName_inKana: patient.nameKana,
    BirthDate: patient.birthDate,
    Sex: patient.sex,
    HealthInsurance_Information: { PublicInsurance_Information: added.map(publicInsurance) },
  })
  const answered = called.ok ? done(called.value, 'ORCA_BENEFIT_REFUSED') : called
  return answered.ok ? ok(undefined) : answered
}

const combinationsSchema = z.object({
  HealthInsurance_Information: xml2Array(
    z.object({ PublicInsurance_Information: xml2Array(z.object(publicInsuranceFields)) }),
  ),
})

/** 保険組合せなし */
const none = '20'

/** 保険組合せ一覧 (patientlst6v2); a certificate stands in several combinations and is told once. */
async function heldBenefits(
  orca: OrcaConnection,
  patient: OrcaPatient,
  day: string,
): Promise<Result<readonly HeldBenefit[]>> {
  const called = await orca.call('/api01rv2/patientlst6v2', 'patientlst6req', {
    // Spelt so in the interface.
    Reqest_Number: '01',
    Patient_ID: patient.number,
    Base_Date: day,
    Start_Date: '',
    End_Date: '',
  })
  if (called.ok && called.value.apiResult === none) return ok([])
  const answered = called.ok ? done(called.value, 'ORCA_REFUSED') : called
  if (!answered.ok) return answered
  const parsed = combinationsSchema.safeParse(answered.value.record)
  if (!parsed.success) return fail('ORCA_ANSWER_INVALID')
  const held = parsed.data.HealthInsurance_Information.flatMap((combination) =>
    combination.PublicInsurance_Information.map((row) => heldBenefit(row, null)),
  )
  return ok([...new Map(held.map((benefit) => [JSON.stringify(benefit), benefit])).values()])
}
