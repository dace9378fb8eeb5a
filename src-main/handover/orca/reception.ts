// The reception (受付) in ORCA, once: the day's list is read first, so that neither a try that broke off nor the staff's own
// reception is doubled. A day that has passed gets none; nobody waits there any more.
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'
import type { OrcaVisit } from '../formats/orca-visit.ts'
import type { OrcaConnection } from './connection.ts'
import type { OrcaPatient } from './patients.ts'
import { done, isDone, refusal } from './results.ts'
import { xml2Array, xml2Text } from './xml2.ts'

export interface ReceptionCodes {
  readonly departmentCode: string
  readonly physicianCode: string
  readonly medicalInformation: string
}

const listSchema = z.object({
  Acceptlst_Information: xml2Array(
    z.object({
      Department_Code: xml2Text,
      Patient_Information: z.object({ Patient_ID: xml2Text }).optional(),
    }),
  ),
})

/** 対象の受付はありませんでした */
const none = '21'
/** 二重登録疑い: somebody else was quicker. */
const isThere = '16'

/** Errors: ORCA_RECEPTION_REFUSED with ORCA's code, ORCA_BUSY, those of the connection and of `beforeWrite`. */
export async function receive(
  orca: OrcaConnection,
  patient: OrcaPatient,
  visit: OrcaVisit,
  codes: ReceptionCodes,
  beforeWrite: () => Promise<Result<void>>,
): Promise<Result<void>> {
  const received = await isReceived(orca, patient, visit.visitDay, codes.departmentCode)
  if (!received.ok) return received
  if (received.value) return ok(undefined)
  const allowed = await beforeWrite()
  if (!allowed.ok) return allowed
  const called = await orca.call('/orca11/acceptmodv2', 'acceptreq', {
    Request_Number: '01',
    Patient_ID: patient.number,
    Acceptance_Date: visit.visitDay,
    Acceptance_Time: visit.confirmedAt.slice(11, 19),
    Department_Code: codes.departmentCode,
    Physician_Code: codes.physicianCode,
    Medical_Information: codes.medicalInformation,
  })
  if (!called.ok) return called
  const { apiResult } = called.value
  return isDone(apiResult) || apiResult === isThere ? ok(undefined) : refusal(apiResult, 'ORCA_RECEPTION_REFUSED')
}

/** 受付一覧 (acceptlstv2), paid or not (class 03), of the department: one doctor or the other, it is the same visit. */
async function isReceived(
  orca: OrcaConnection,
  patient: OrcaPatient,
  day: string,
  departmentCode: string,
): Promise<Result<boolean>> {
  const called = await orca.call('/api01rv2/acceptlstv2?class=03', 'acceptlstreq', {
    Acceptance_Date: day,
    Department_Code: departmentCode,
  })
  if (!called.ok) return called
  if (called.value.apiResult === none) return ok(false)
  const listed = done(called.value, 'ORCA_RECEPTION_REFUSED')
  if (!listed.ok) return listed
  const parsed = listSchema.safeParse(listed.value.record)
  if (!parsed.success) return fail('ORCA_ANSWER_INVALID')
  return ok(
    parsed.data.Acceptlst_Information.some(
      (row) => row.Department_Code === departmentCode && row.Patient_Information?.Patient_ID === patient.number,
    ),
  )
}
