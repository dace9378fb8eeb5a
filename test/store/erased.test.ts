// What has expired is gone from the disk itself: looked for in every decrypted byte of the file, its free pages too, and in the log.
import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { along, ofClinic, ofPatients } from '../../src-main/store/sql/erasing.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { eventually, must } from '../support.ts'
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
import { found, traces } from './traces.ts'

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

/** A day of twenty visits, whose files have not arrived. */
async function workedDay(place: StorePlace) {
  const store = must(openStore(place))
  const payload = Buffer.from(`the file of this patient: ${patient.name}`)
  for (let visit = 0; visit < 20; visit++) await confirmedVisit(store, [newDelivery('receipt', { payload })])
  await settledOf(place)
  return store
}

const settledOf = ({ file }: StorePlace) => eventually('the log is empty', () => statSync(`${file}-wal`).size === 0)

test('a rehearsal is in no page and no log any more once the clinic is live', async () => {
  const place = storePlace()
  const store = await workedDay(place)
  must(await store.writeFor('training', { at }))
  await settledOf(place)
  expect(found(place)).toEqual(traces)
  must(await store.writeFor('live', { at }))
  await settledOf(place)
  expect(found(place)).toEqual([])
  store.close()
  expect(found(place)).toEqual([])
})

test('who was wiped is in no page and no log any more, and no page is left free', async () => {
  const place = storePlace()
  const store = await workedDay(place)
  must(await store.writeFor('live', { at }))
  await settledOf(place)
  expect(found(place)).toEqual(traces)
  must(await store.erase({ at }))
  expect(statSync(`${place.file}-wal`).size).toBe(0)
  expect(found(place)).toEqual([])
  store.close()
  expect(found(place)).toEqual([])
  const database = openDatabase(place.file, place.key)
  expect(database.pragma('freelist_count', { simple: true })).toBe(0)
  database.close()
})

test('each table goes, goes with one that does, or is named here as staying', () => {
  const place = storePlace()
  must(openStore(place)).close()
  const database = openDatabase(place.file, place.key)
  const names = (sql: string) => z.array(z.string()).parse(database.prepare(sql).pluck().all())
  const tables = names("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
  const gone: readonly string[] = [...ofPatients, ...ofClinic]
  const parentsOf = (table: string) =>
    names(`SELECT "table" FROM pragma_foreign_key_list('${table}') WHERE on_delete = 'CASCADE'`)
  const goesAlong = tables.filter(
    (table) => !gone.includes(table) && parentsOf(table).some((parent) => gone.includes(parent)),
  )
  expect(goesAlong.toSorted()).toEqual(along)
  const stays = tables.filter((table) => ![...gone, ...along].includes(table))
  database.close()
  expect(stays.toSorted()).toEqual([
    'audit',
    'clock',
    'expiry_marks',
    'index_key',
    // Names of files that still lie in a folder of the receipt computer, without a patient: so that they can be removed.
    'left_files',
    'local_schemes',
    'master_issues',
    'migrations',
    'progress',
    'sign_in_tries',
    'staff',
    'written_for',
  ])
})
