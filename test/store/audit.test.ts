import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '../../src-main/store/database.ts'
import { openStore } from '../../src-main/store/sqlite-store.ts'
import { must } from '../support.ts'
import { at, confirmedVisit, eligibility, moveDelivery, newDelivery, newVisit, sha256, storePlace } from './samples.ts'

const rowsSchema = z.array(
  z.object({
    at: z.string(),
    visit_id: z.string(),
    delivery_id: z.string().nullable(),
    event: z.string(),
    code: z.string().nullable(),
    hash: z.string(),
  }),
)

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
    { state: 'delivered', failure: null, at },
    'deliveryDelivered',
  )
  await store.saveVisit({ ...visit, state: 'handedOver' }, [{ at, event: 'handedOver' }], { eligibility })
  await store.purge('2026-12-31', '2026-12-31')
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
      [visit.id, delivery.id, 'deliveryDelivered', null],
      [visit.id, null, 'handedOver', null],
      [visit.id, null, 'handedOver', null],
    ])
  })

  test('is one chain of hashes, across restarts and refused transactions', async () => {
    const { rows, database } = await trail()
    database.close()
    let previous = ''
    for (const { hash, ...row } of rows) {
      previous = sha256(JSON.stringify([previous, row.at, row.visit_id, row.delivery_id, row.event, row.code]))
      expect(hash).toBe(previous)
    }
  })

  test('cannot be changed or deleted', async () => {
    const { database } = await trail()
    expect(() => database.exec("UPDATE audit SET event = 'answered'")).toThrow('audit rows are not changed')
    expect(() => database.exec('DELETE FROM audit')).toThrow('audit rows are not deleted')
    database.close()
  })
})
