// What the tables of counts hold on the disk: no pseudonym longer than its visit, or than the month that goes on.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { must } from '../support.ts'
import { confirmedVisit, expireOn, patient, storePlace } from './samples.ts'

test('a keyed hash goes with its visit, or at the latest with its month; what stays names nobody', async () => {
  const place = storePlace()
  let store = must(openStore(place))
  const seen = async (moment: string) => must(await store.noteTime(moment, false))
  const rowsOf = (table: 'card_uses' | 'month_counts') => {
    // One at a time has the file.
    store.close()
    const database = openDatabase(place.file, place.key)
    const rows = z.array(z.record(z.string(), z.unknown())).parse(database.prepare(`SELECT * FROM ${table}`).all())
    database.close()
    store = must(openStore(place))
    return rows
  }
  await seen('2026-11-02T08:00:00.000+09:00')
  const first = await confirmedVisit(store, [], { day: '2026-11-02' })
  expect(rowsOf('card_uses')).toMatchObject([{ month: '2026-11', visit_id: first.id }])
  // The visit is kept for a day only, and its month goes on.
  await expireOn(store, '2026-11-04', '2026-11-03')
  expect(await expireOn(store, '2026-11-11', '2026-11-03')).toBe(1)
  expect(rowsOf('card_uses')).toMatchObject([{ month: '2026-11', visit_id: null }])
  // It is over.
  await expireOn(store, '2026-12-01', '2026-11-03')
  expect(rowsOf('card_uses')).toEqual([])
  expect(await store.cardUsers('2026-11')).toBe(1)

  await seen('2026-12-20T08:00:00.000+09:00')
  await confirmedVisit(store, [], { day: '2026-12-20' })
  await expireOn(store, '2027-01-21', '2026-12-22')
  expect(await expireOn(store, '2027-01-28', '2026-12-29')).toBe(1)
  expect(rowsOf('card_uses')).toEqual([])
  const kept = rowsOf('month_counts')
  expect(kept.length).toBeGreaterThan(8)
  const text = JSON.stringify(kept)
  expect(text).not.toMatch(/[0-9a-f]{32}/)
  for (const said of [patient.name, patient.nameKana, patient.birthDate, patient.ref, '1234566']) {
    expect(text).not.toContain(said)
  }
  store.close()
})
