// What has expired is gone from the disk itself: looked for in every decrypted byte of the file, its free pages too, and in the log.
import { copyFileSync, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { eventually, must, temporaryFolder } from '../support.ts'
import {
  at,
  confirmedVisit,
  expireOn,
  moveDelivery,
  newDelivery,
  patient,
  type StorePlace,
  storePlace,
} from './samples.ts'

const traces = [patient.name, patient.nameKana, patient.ref, '88138243', '1234566', 'the file of this patient']

/** The traces that are in the pages of a copy, decrypted where they lie. */
function found({ file, key }: StorePlace): readonly string[] {
  const copy = join(temporaryFolder(), 'madoguchi.db')
  for (const part of ['', '-wal']) if (existsSync(file + part)) copyFileSync(file + part, copy + part)
  const database = openDatabase(copy, key)
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.pragma('journal_mode = DELETE')
  database.pragma("rekey = ''")
  database.close()
  const bytes = readFileSync(copy)
  expect(bytes.subarray(0, 15).toString()).toBe('SQLite format 3')
  return traces.filter((trace) => bytes.includes(trace))
}

test('a visit that was deleted is in no page, no free page and no log any more; its counts are in the trail', async () => {
  const place = storePlace()
  const store = must(openStore(place))
  const payload = Buffer.from(`the file of this patient: ${patient.name}`)
  for (let visit = 0; visit < 20; visit++) {
    const delivery = newDelivery('receipt', { payload })
    await confirmedVisit(store, [delivery])
    await moveDelivery(store, delivery, { state: 'delivered', failure: null, at })
  }
  const settled = () => eventually('the log is empty', () => statSync(`${place.file}-wal`).size === 0)
  await settled()
  expect(found(place)).toEqual(traces)
  expect(await expireOn(store, '2027-12-31')).toBe(0)
  expect(await expireOn(store, '2028-01-07')).toBe(20)
  await settled()
  // Pages have become free, and stay in the file.
  expect(found(place)).toEqual([])
  const rows = await store.auditTrail({ after: 0, limit: 1_000 })
  expect(rows.at(-1)).toMatchObject({ event: 'expiredDeleted', about: 'visits 20' })
  store.close()
  expect(found(place)).toEqual([])
})
