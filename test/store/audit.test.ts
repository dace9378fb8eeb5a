import { copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { migrate } from '../../src-main/store/sqlite/migrations.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { must, temporaryFolder } from '../support.ts'
import {
  at,
  confirmedVisit,
  expireOn,
  migrationsDir,
  moveDelivery,
  newDelivery,
  newVisit,
  sha256,
  storePlace,
} from './samples.ts'

const rowsSchema = z.array(
  z.object({
    at: z.string(),
    visit_id: z.string(),
    delivery_id: z.string().nullable(),
    event: z.string(),
    code: z.string().nullable(),
    detail: z.string().nullable(),
    staff_id: z.string().nullable(),
    desk: z.number().nullable(),
    patient: z.string().nullable(),
    about: z.string().nullable(),
    hash: z.string(),
  }),
)

/** As docs and migrations describe it, apart from the code that writes it. */
const isChain = (rows: z.infer<typeof rowsSchema>) => {
  let previous = ''
  return rows.every(({ hash, ...row }) => {
    const parts = [previous, row.at, row.visit_id, row.delivery_id, row.event, row.code]
    const { detail, staff_id, desk, patient, about } = row
    const of = Object.entries({ patient, about }).filter(([, value]) => value !== null)
    const isNine = staff_id !== null || desk !== null || of.length > 0
    const nine = isNine ? [detail, staff_id, desk] : detail === null ? [] : [detail]
    const more = of.length > 0 ? [...nine, Object.fromEntries(of)] : nine
    previous = sha256(JSON.stringify([...parts, ...more]))
    return hash === previous
  })
}

/** A store's life over two openings, one refused transaction in between; then the raw database. */
async function trail() {
  const place = storePlace()
  const before = must(openStore(place))
  const delivery = newDelivery('receipt')
  const visit = await confirmedVisit(before, [delivery])
  await expect(before.saveVisit(newVisit(), [{ at, event: 'reading' }], { deliveries: [delivery] })).rejects.toThrow()
  before.close()
  const store = must(openStore(place))
  const refused = { code: 'DESTINATION_CONFLICT' } as const
  await moveDelivery(store, delivery, { state: 'conflict', failure: refused, at }, 'deliveryConflict')
  await moveDelivery(
    store,
    { ...delivery, state: 'conflict' },
    { state: 'acknowledged', failure: null, at },
    'deliveryMarkedImported',
  )
  for (const day of ['2026-12-31', '2027-01-07']) await expireOn(store, day)
  store.close()
  const database = openDatabase(place.file, place.key)
  const rows = rowsSchema.parse(database.prepare('SELECT * FROM audit ORDER BY id').all())
  return { visit, delivery, database, rows }
}

describe('the audit trail', () => {
  test('tells every step of visit and file, and outlives the visit', async () => {
    const { rows, visit, delivery, database } = await trail()
    database.close()
    expect(rows.map(({ visit_id, delivery_id, event, code }) => [visit_id, delivery_id, event, code])).toEqual([
      [visit.id, null, 'confirmed', null],
      [visit.id, delivery.id, 'deliveryQueued', null],
      [visit.id, delivery.id, 'deliveryConflict', 'DESTINATION_CONFLICT'],
      [visit.id, delivery.id, 'deliveryMarkedImported', null],
      [visit.id, null, 'handedOver', null],
      [visit.id, null, 'acknowledged', null],
      ['', null, 'expiredDeleted', null],
    ])
  })

  test('is one chain of hashes, across restarts and refused transactions', async () => {
    const { rows, database } = await trail()
    database.close()
    expect(isChain(rows)).toBe(true)
  })

  test('tells what a setting was and what it became, for no visit, inside the same chain', async () => {
    const place = storePlace()
    const store = must(openStore(place))
    await confirmedVisit(store, [])
    const change = { setting: 'substitutions', before: {}, after: { 𠮷: '吉' } } as const
    must(await store.noteSettingChange({ at, event: 'settingChanged', change }))
    must(await store.saveClaimOrder(['national 54', 'local 88'], { at }))
    must(await store.saveClaimOrder(['local 88', 'national 54'], { at }))
    store.close()
    const database = openDatabase(place.file, place.key)
    const rows = rowsSchema.parse(database.prepare('SELECT * FROM audit ORDER BY id').all())
    database.close()
    expect(rows.slice(-3).map(({ visit_id, event, detail }) => [visit_id, event, JSON.parse(detail ?? '')])).toEqual([
      ['', 'settingChanged', change],
      ['', 'settingChanged', { setting: 'claimOrder', before: null, after: ['national 54', 'local 88'] }],
      [
        '',
        'settingChanged',
        { setting: 'claimOrder', before: ['national 54', 'local 88'], after: ['local 88', 'national 54'] },
      ],
    ])
    expect(isChain(rows)).toBe(true)
    // Neither another value nor none at all goes unseen.
    for (const detail of [JSON.stringify({ ...change, after: {} }), null]) {
      expect(isChain(rows.map((row) => (row.event === 'settingChanged' ? { ...row, detail } : row)))).toBe(false)
    }
  })

  test('begun before there were details stays whole with them', async () => {
    const older = temporaryFolder()
    for (const name of readdirSync(migrationsDir).filter((each) => each < '0008')) {
      copyFileSync(join(migrationsDir, name), join(older, name))
    }
    const place = storePlace()
    const before = openDatabase(place.file, place.key)
    must(migrate(before, older))
    const first = sha256(JSON.stringify(['', at, 'a-visit', null, 'confirmed', null]))
    before.prepare("INSERT INTO audit VALUES (1, ?, 'a-visit', NULL, 'confirmed', NULL, ?)").run(at, first)
    before.close()
    const store = must(openStore(place))
    const change = { setting: 'chosenReader', before: null, after: 'Reader 1' } as const
    must(await store.noteSettingChange({ at, event: 'settingChanged', change }))
    store.close()
    const database = openDatabase(place.file, place.key)
    const rows = rowsSchema.parse(database.prepare('SELECT * FROM audit ORDER BY id').all())
    database.close()
    expect(rows.length).toBe(2)
    expect(isChain(rows)).toBe(true)
  })

  test('cannot be changed or deleted', async () => {
    const { database } = await trail()
    expect(() => database.exec("UPDATE audit SET event = 'answered'")).toThrow('audit rows are not changed')
    expect(() => database.exec('DELETE FROM audit')).toThrow('audit rows are not deleted')
    database.close()
  })
})
