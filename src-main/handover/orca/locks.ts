// ORCA's list of locks (排他制御, medicalmodv37). Only those under our own Karte_Uid are ever removed: any other is a terminal
// where somebody has the patient open.
import { z } from 'zod'
import type { OrcaConnection } from './connection.ts'
import { type Xml2Record, xml2Array, xml2Text } from './xml2.ts'

const answerSchema = z.object({
  Api_Result: xml2Text,
  Response_Number: xml2Text,
  Orca_Uid: xml2Text,
  Lock_Information: xml2Array(z.object({ Lock_Karte_Uid: xml2Text, Lock_Orca_Uid: xml2Text })),
})

/** 端末が展開中でないことを確認して下さい */
const asksBack = 'S40'

/**
 * As far as ORCA lets us: a lock that stays is waited for like any other. Removed, gone meanwhile (E13, E14), none there
 * (E10), not switched on (405): the next try for the patient tells.
 */
export async function removeOwnLocks(orca: OrcaConnection, karteUid: string): Promise<void> {
  const ask = async (request: string, fields: Xml2Record = {}) => {
    const called = await orca.call('/api21/medicalmodv37', 'medicalv3req7', {
      Request_Number: request,
      Karte_Uid: karteUid,
      ...fields,
    })
    return called.ok ? answerSchema.safeParse(called.value.record).data : undefined
  }

  const locks = (await ask('00'))?.Lock_Information ?? []
  for (const { Lock_Karte_Uid, Lock_Orca_Uid } of locks) {
    if (Lock_Karte_Uid !== karteUid) continue
    const chosen = { Delete_Information: { Delete_Karte_Uid: karteUid, Delete_Orca_Uid: Lock_Orca_Uid } }
    const asked = await ask('01', chosen)
    if (asked?.Api_Result !== asksBack) return
    await ask(asked.Response_Number, { Orca_Uid: asked.Orca_Uid, ...chosen, Select_Answer: 'Ok' })
  }
}
