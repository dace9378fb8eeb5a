// ORCA's list of locks (排他制御, medicalmodv37). Only those under our own Karte_Uid are ever removed: any other is a terminal
// where somebody has the patient open.
import { z } from 'zod'
import { fail, ok, type Result } from '../../contract/result.ts'
import type { OrcaConnection } from './connection.ts'
import { done, refusal } from './results.ts'
import { type Xml2Record, xml2Array, xml2Text } from './xml2.ts'

const answerSchema = z.object({
  Response_Number: xml2Text,
  Orca_Uid: xml2Text,
  Lock_Information: xml2Array(z.object({ Lock_Karte_Uid: xml2Text, Lock_Orca_Uid: xml2Text })),
})

/** 排他中の情報はありません */
const noLocks = 'E10'
/** 端末が展開中でないことを確認して下さい */
const asksBack = 'S40'

/** Errors: ORCA_REFUSED and the other refusals, those of the connection. */
export async function removeOwnLocks(orca: OrcaConnection, karteUid: string): Promise<Result<void>> {
  const ask = async (request: string, fields: Xml2Record = {}) => {
    const called = await orca.call('/api21/medicalmodv37', 'medicalv3req7', {
      Request_Number: request,
      Karte_Uid: karteUid,
      ...fields,
    })
    if (!called.ok) return called
    const parsed = answerSchema.safeParse(called.value.record)
    if (!parsed.success) return fail('ORCA_ANSWER_INVALID')
    return ok({ ...parsed.data, apiResult: called.value.apiResult, record: called.value.record })
  }

  const listed = await ask('00')
  if (!listed.ok) return listed
  if (listed.value.apiResult === noLocks) return ok(undefined)
  const list = done(listed.value, 'ORCA_REFUSED')
  if (!list.ok) return list
  const own = listed.value.Lock_Information.filter((lock) => lock.Lock_Karte_Uid === karteUid)
  for (const { Lock_Orca_Uid } of own) {
    const chosen = { Delete_Information: { Delete_Karte_Uid: karteUid, Delete_Orca_Uid: Lock_Orca_Uid } }
    const asked = await ask('01', chosen)
    if (!asked.ok) return asked
    if (asked.value.apiResult !== asksBack) return refusal(asked.value.apiResult, 'ORCA_REFUSED')
    const { Response_Number, Orca_Uid } = asked.value
    const removed = await ask(Response_Number, { Orca_Uid, ...chosen, Select_Answer: 'Ok' })
    if (!removed.ok) return removed
    const removal = done(removed.value, 'ORCA_REFUSED')
    if (!removal.ok) return removal
  }
  return ok(undefined)
}
