// A copy that clinic IT asks for, and the drill: that it can be gone back to is tried, and what cannot be gone back to is found.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clinicDay } from '../../src-main/ground/clock.ts'
import { fail, ok } from '../../src-main/ground/result.ts'
import { backupData, drillRestore } from '../../src-main/store/backup.ts'
import { databaseOf, openData } from '../../src-main/store/data-folder.ts'
import { createKeyFile } from '../../src-main/store/key-store.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { testClock } from '../clock.ts'
import { must, temporaryFolder } from '../support.ts'
import { confirmedVisit, migrationsDir, newDelivery, sha256 } from './samples.ts'

async function clinic() {
  const dataDir = temporaryFolder()
  const other = join(temporaryFolder(), 'elsewhere')
  const keyStore = createKeyFile(join(dataDir, 'database.key'))
  const options = { dataDir, keyStore, migrationsDir, clock: testClock, backupFolder: other, lockWaitMs: 0 }
  const { store } = must(await openData(options))
  for (let count = 0; count < 3; count++) await confirmedVisit(store, [newDelivery('receipt')])
  return { dataDir, other, options, store }
}

test('a copy is made when it is asked for, in both folders, while no agent has the data', async () => {
  const { dataDir, other, options, store } = await clinic()
  expect(await backupData(options)).toMatchObject(fail('AGENT_ALREADY_RUNNING'))
  store.close()
  const name = `madoguchi-0001-${clinicDay(testClock.now())}.db`
  expect(await backupData(options)).toEqual(ok({ copy: join(dataDir, 'backup', name) }))
  expect(readdirSync(other).toSorted()).toEqual(['audit-heads.txt', name])
  const nothing = { ...options, dataDir: temporaryFolder() }
  expect(await backupData(nothing)).toEqual(fail('STORE_COPY_MISSING'))
  expect(readdirSync(nothing.dataDir)).toEqual([])
})

test('the drill goes back to the newest copy in a folder of its own, counts everything, and leaves nothing', async () => {
  const { dataDir, options, store } = await clinic()
  store.close()
  const { copy } = must(await backupData(options))
  const before = readdirSync(dataDir).toSorted()
  const database = sha256(readFileSync(databaseOf(dataDir)))
  const drill = must(await drillRestore(options, null))
  expect(drill).toMatchObject({ copy, rows: { visits: 3, answers: 3, deliveries: 3 } })
  // The trail of the copy, that it was gone back to, and the three files that wait for a person since.
  expect(drill.auditRows).toBe(6 + 1 + 3)
  expect(readdirSync(dataDir).toSorted()).toEqual(before)
  expect(sha256(readFileSync(databaseOf(dataDir)))).toBe(database)
  // An agent may run meanwhile.
  const running = must(await openData(options)).store
  expect(await drillRestore(options, copy)).toMatchObject({ ok: true })
  running.close()
})

test('the drill finds a copy that is damaged, that another key has made, in which the trail was changed, or none at all', async () => {
  const { dataDir, options, store } = await clinic()
  store.close()
  const { copy } = must(await backupData(options))
  const whole = readFileSync(copy)
  const damaged = Uint8Array.from(whole)
  damaged.fill(7, damaged.length - 4_096)
  writeFileSync(copy, damaged)
  expect(await drillRestore(options, null)).toEqual(fail('STORE_DAMAGED'))
  writeFileSync(copy, whole)
  const key = must(await options.keyStore.load()) ?? new Uint8Array()
  const changed = openDatabase(copy, key)
  changed.exec("DROP TRIGGER audit_is_not_changed; UPDATE audit SET event = 'noted' WHERE id = 2")
  changed.close()
  expect(await drillRestore(options, null)).toMatchObject(fail('STORE_DAMAGED'))
  writeFileSync(copy, whole)
  const stranger = temporaryFolder()
  const otherKey = createKeyFile(join(stranger, 'database.key'))
  must(await otherKey.create())
  mkdirSync(join(stranger, 'backup'))
  expect(await drillRestore({ ...options, keyStore: otherKey }, copy)).toMatchObject(fail('STORE_KEY_WRONG'))
  expect(await drillRestore({ ...options, dataDir: stranger, backupFolder: null }, null)).toEqual(
    fail('STORE_COPY_MISSING'),
  )
  expect(readdirSync(dataDir).filter((name) => name.startsWith('drill-'))).toEqual([])
})
