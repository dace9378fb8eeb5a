// The engine itself keeps what is written on the sheet of a cap, whoever has the key: a row is not changed, and goes only
// with its sheet.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { entryOf } from '../eligibility/cap/rows.ts'
import { must } from '../support.ts'
import { patient, storePlace } from './samples.ts'

test('a row on the sheet of a cap is neither changed nor taken out, and goes with its sheet', async () => {
  const place = storePlace()
  const store = must(openStore(place))
  const certificate = { payerNumber: '54136015', recipientNumber: '5401609' }
  const sheet = { patientRef: patient.ref, certificate, month: '2026-11' }
  must(await store.addCapRow(sheet, entryOf(), { visitId: randomUUID(), seen: 0 }))
  store.close()

  const database = openDatabase(place.file, place.key)
  const count = () => database.prepare('SELECT count(*) FROM cap_rows').pluck().get()
  expect(() => database.exec("UPDATE cap_rows SET body = '{}'")).toThrow('are not changed')
  expect(() => database.exec('DELETE FROM cap_rows')).toThrow('are not deleted')
  expect(count()).toBe(1)
  // Nor do its keys say whose it is.
  const keys = JSON.stringify(database.prepare('SELECT patient_key, certificate_key FROM cap_sheets').all())
  for (const trace of [patient.ref, certificate.payerNumber, certificate.recipientNumber]) {
    expect(keys).not.toContain(trace)
  }
  database.exec('DELETE FROM cap_sheets')
  expect(count()).toBe(0)
  database.close()
})
