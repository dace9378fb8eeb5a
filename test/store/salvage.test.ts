// A database with pages that were overwritten: what can be read is carried over, and no file that was still to be handed over is
// left behind that can be read at all.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { databaseOf, openData } from '../../src-main/store/data-folder.ts'
import { createKeyFile } from '../../src-main/store/key-store.ts'
import { acceptLoss, checkData, verifyTrail } from '../../src-main/store/maintenance.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { testClock } from '../clock.ts'
import { fault } from '../faults.ts'
import { must, temporaryFolder } from '../support.ts'
import { at, confirmedVisit, migrationsDir, moveDelivery, newDelivery } from './samples.ts'

const page = 4_096
const visits = 120

/** 120 visits, of which every third has a file that is still to be handed over. */
async function clinic() {
  const dataDir = temporaryFolder()
  const keyStore = createKeyFile(join(dataDir, 'database.key'))
  const options = { dataDir, keyStore, migrationsDir, clock: testClock, backupFolder: null, lockWaitMs: 0 }
  const { store } = must(await openData(options))
  const undelivered: string[] = []
  for (let count = 0; count < visits; count++) {
    const delivery = newDelivery('receipt', { payload: Buffer.from(`file ${count} `.repeat(60)) })
    await confirmedVisit(store, [delivery])
    if (count % 3 === 0) undelivered.push(delivery.id)
    else await moveDelivery(store, delivery, { state: 'delivered', failure: null, at })
  }
  store.close()
  const key = must(await keyStore.load()) ?? new Uint8Array()
  const database = openDatabase(databaseOf(dataDir), key)
  const roots = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck()
  /** Where the page lies from which all others of a table are reached. */
  const rootOf = (table: string) => Number(roots.get(table)) - 1
  const places = { visits: rootOf('visits'), deliveries: rootOf('deliveries') }
  database.close()
  return { options, dataDir, undelivered, root: places, whole: readFileSync(databaseOf(dataDir)) }
}

const overwrite = (whole: Uint8Array, pages: readonly number[]): Uint8Array => {
  const damaged = Uint8Array.from(whole)
  for (const place of pages) damaged.fill(0xa5, place * page, (place + 1) * page)
  return damaged
}

/** Numbers that look random and are the same every time. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    yield state
  }
}

describe('a database with overwritten pages', () => {
  fault('disk', 'Pages in the middle of the database have rotted', {
    seen: 'STORE_DAMAGED',
    data: 'What can be read is gone on with; which kinds could not be read is said.',
    recovery: 'Clinic IT goes on with the rest, or back to a copy, knowingly.',
  })
  test('goes on with what can be read, wherever they are', { timeout: 300_000 }, async () => {
    const { options, dataDir, undelivered, root, whole } = await clinic()
    const random = numbers(7)
    const pages = whole.length / page
    const kept: number[] = []
    for (let round = 0; round < 25; round++) {
      const anchor = readFileSync(join(dataDir, 'madoguchi.anchor'))
      // All but the first, which says what there is, and the one below.
      const all = Array.from({ length: 1 + (round % 3) }, () => 1 + (random.next().value % (pages - 1)))
      const places = all.filter((place) => place !== root.deliveries)
      writeFileSync(databaseOf(dataDir), overwrite(whole, places))
      const gone = await acceptLoss(options, false)
      if (!gone.ok) {
        // A page of the schema: nothing can be said of any table, and nothing has been changed.
        expect({ places, code: gone.error.code }).toEqual({ places, code: 'STORE_DAMAGED' })
        continue
      }
      // An empty page is missed by nobody.
      if (gone.value === null) continue
      expect(gone.value).toMatchObject({ with: 'readable' })
      expect(must(await checkData(options))).toMatchObject({ failure: null })
      expect(must(await verifyTrail(options))).toMatchObject({ broken: null })
      const { store } = must(await openData(options))
      const there = await Promise.all(undelivered.map((id) => store.payload(id)))
      // The pages of other tables cost none of them; of theirs, each costs those that lie in it.
      kept.push(there.filter((payload) => payload !== null).length)
      expect(gone.value?.salvaged?.undelivered).toBe(kept.at(-1))
      const conflicts = await store.conflictVisits()
      expect(conflicts.length).toBe(kept.at(-1))
      store.close()
      writeFileSync(join(dataDir, 'madoguchi.anchor'), anchor)
    }
    expect(kept.length).toBeGreaterThan(12)
    expect(Math.min(...kept)).toBeGreaterThan(undelivered.length - 3 * 8)
    expect(Math.max(...kept)).toBe(undelivered.length)
  })

  test('loses no file that is still to be handed over with the pages of the visits', { timeout: 120_000 }, async () => {
    const { options, dataDir, undelivered, root, whole } = await clinic()
    writeFileSync(databaseOf(dataDir), overwrite(whole, [root.visits]))
    const { salvaged, aside } = must(await acceptLoss(options, false)) ?? {}
    expect(salvaged).toMatchObject({
      undelivered: undelivered.length,
      withoutVisit: undelivered.length,
      torn: ['visits'],
    })
    expect(readFileSync(aside ?? '').equals(overwrite(whole, [root.visits]))).toBe(true)
    const { store } = must(await openData(options))
    for (const id of undelivered) expect(await store.payload(id)).not.toBeNull()
    // Each waits for a person, in a visit that says only its day.
    const waiting = await store.conflictVisits()
    expect(waiting).toHaveLength(undelivered.length)
    expect(Math.min(...waiting.map(({ number }) => number))).toBe(9_001)
    store.close()
  })

  test('says which kinds could not be read, where nothing of one can be reached any more', async () => {
    const { options, dataDir, root, whole } = await clinic()
    writeFileSync(databaseOf(dataDir), overwrite(whole, [root.deliveries]))
    const { salvaged } = must(await acceptLoss(options, false)) ?? {}
    expect(salvaged).toMatchObject({ visits, undelivered: 0, torn: ['deliveries'] })
  })

  test('is not gone on with where not even the tables are known', async () => {
    const { options, dataDir, whole } = await clinic()
    writeFileSync(databaseOf(dataDir), overwrite(whole, [0]))
    expect(await acceptLoss(options, false)).toMatchObject(fail('STORE_DAMAGED'))
    expect(readFileSync(databaseOf(dataDir)).equals(overwrite(whole, [0]))).toBe(true)
  })
})
