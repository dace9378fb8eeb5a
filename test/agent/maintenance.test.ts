// A way back that is cut short (a kill, a power cut) can be walked again, and the numbers that were given are still known.
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { acceptLoss, checkData, type MaintenanceOptions, restoreData } from '../../src-main/store/maintenance.ts'
import { copiesOf } from '../../src-main/store/safekeeping.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { fault } from '../faults.ts'
import { at, confirmedVisit, migrationsDir } from '../store/samples.ts'
import { must, temporaryFolder } from '../support.ts'

/** How many renames still happen; as after a kill, none does after that. */
const renames = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }))
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  return {
    ...fs,
    renameSync(from: string, to: string) {
      if (renames.left-- <= 0) throw Object.assign(new Error('cut short'), { code: 'EIO', syscall: 'rename' })
      fs.renameSync(from, to)
    },
  }
})

const databaseIn = (dataDir: string) => join(dataDir, 'madoguchi.db')

/** A data folder with two visits, a copy with one, and a database that cannot be read. */
async function damagedFolder(damage: (content: Uint8Array) => Uint8Array): Promise<string> {
  const dataDir = temporaryFolder()
  const file = databaseIn(dataDir)
  const key = must(await openHeadlessKey(dataDir).create())
  for (const isCopied of [true, false]) {
    const store = must(openStore({ file, key, migrationsDir }))
    await confirmedVisit(store, [])
    store.close()
    if (!isCopied) continue
    mkdirSync(copiesOf(dataDir))
    copyFileSync(file, join(copiesOf(dataDir), 'madoguchi-0001-2026-11-23.db'))
  }
  writeFileSync(file, damage(readFileSync(file)))
  return dataDir
}

const optionsFor = (dataDir: string): MaintenanceOptions => ({
  dataDir,
  keyStore: openHeadlessKey(dataDir),
  migrationsDir,
  backupFolder: null,
  clock: { now: () => new Date(at) },
})

fault('disk', 'The end of the database has rotted, where no start looks', {
  seen: 'STORE_DAMAGED',
  data: 'What can be read is saved into a new database; the old one is put aside.',
  recovery: 'Clinic IT goes on with what is readable, or back to a copy.',
})
test('damage that an opening does not come across is damage here too, and no dead end', async () => {
  const dataDir = await damagedFolder((content) => content.fill(7, content.length - 3 * 4_096))
  expect(must(await checkData(optionsFor(dataDir))).failure?.code).toBe('STORE_DAMAGED')
  expect(must(await acceptLoss(optionsFor(dataDir), false))).toMatchObject({
    with: 'readable',
    salvaged: { visits: 2 },
  })
  expect(must(await checkData(optionsFor(dataDir))).failure).toBeNull()
  const again = await damagedFolder((content) => content.fill(7, content.length - 3 * 4_096))
  expect(must(await acceptLoss(optionsFor(again), true))).toMatchObject({ with: 'nothing' })
})

test.each([1, 511, 512, 4_095])('a database of %s bytes is damaged, and not the rest of one', async (bytes) => {
  const options = optionsFor(await damagedFolder((content) => content.subarray(0, bytes)))
  expect(await acceptLoss(options, false)).toEqual(fail('STORE_DAMAGED'))
  expect(must(await acceptLoss(options, true))).toMatchObject({ with: 'nothing' })
})

fault('sleep', 'The power goes in the middle of a restore', {
  seen: 'nothing',
  class: 'transient',
  data: 'The old database or the copy is there, whole; no number is given twice.',
  recovery: 'The restore is begun again.',
})
test('a restore that is cut short anywhere is done again, and gives no number twice', async () => {
  let isWhole = false
  for (let count = 0; !isWhole; count++) {
    const dataDir = await damagedFolder((content) => content.fill(7, 4_096))
    const options = optionsFor(dataDir)
    renames.left = count
    const cut = await restoreData(options, null)
    renames.left = Number.POSITIVE_INFINITY
    isWhole = cut.ok
    if (!cut.ok) must(await restoreData(options, null))
    const store = must(
      openStore({
        file: databaseIn(dataDir),
        key: must(await options.keyStore.load()) ?? new Uint8Array(),
        migrationsDir,
      }),
    )
    // The second visit is lost, and its number with it.
    expect((await confirmedVisit(store, [])).number).toBe(3)
    store.close()
    expect(count).toBeLessThan(20)
  }
})

fault('updates', 'An older version of the program is put back', {
  seen: 'STORE_NEWER',
  data: 'The data stay as they are, and are never given up.',
  recovery: 'The newer version is installed again, or clinic IT goes back to a copy from before, knowingly.',
})
test('data of a newer program are never given up; an older one goes back to a copy from before, knowingly', async () => {
  const dataDir = temporaryFolder()
  const file = databaseIn(dataDir)
  const key = must(await openHeadlessKey(dataDir).create())
  const newerMigrations = temporaryFolder()
  cpSync(migrationsDir, newerMigrations, { recursive: true })
  const next = String(readdirSync(newerMigrations).filter((name) => name.endsWith('.sql')).length + 1).padStart(4, '0')
  writeFileSync(join(newerMigrations, `${next}_newer.sql`), 'CREATE TABLE newer (id INTEGER PRIMARY KEY) STRICT;')
  mkdirSync(copiesOf(dataDir))
  for (const [name, migrations] of [
    ['madoguchi-0001-2026-11-23.db', migrationsDir],
    ['madoguchi-0002-2026-11-24.db', newerMigrations],
  ] as const) {
    const store = must(openStore({ file, key, migrationsDir: migrations }))
    await confirmedVisit(store, [])
    store.close()
    copyFileSync(file, join(copiesOf(dataDir), name))
  }
  const before = readFileSync(file)
  const options = optionsFor(dataDir)
  for (const empty of [false, true]) expect(await acceptLoss(options, empty)).toEqual(fail('STORE_NEWER'))
  expect(readFileSync(file)).toEqual(before)
  expect(must(await restoreData(options, null))).toMatchObject({
    with: 'copy',
    copy: join(copiesOf(dataDir), 'madoguchi-0001-2026-11-23.db'),
    lost: [{ from: 2, to: 2 }],
  })
  must(openStore({ file, key, migrationsDir })).close()
})
