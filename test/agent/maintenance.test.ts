// A way back that is cut short (a kill, a power cut) can be walked again, and the numbers that were given are still known.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { restoreData } from '../../src-main/agent/maintenance.ts'
import { copiesOf } from '../../src-main/agent/safekeeping.ts'
import { createKeyFile } from '../../src-main/store/key-store.ts'
import { openStore } from '../../src-main/store/sqlite-store.ts'
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
async function damagedFolder(): Promise<string> {
  const dataDir = temporaryFolder()
  const file = databaseIn(dataDir)
  const key = must(await createKeyFile(join(dataDir, 'database.key')).create())
  for (const isCopied of [true, false]) {
    const store = must(openStore({ file, key, migrationsDir }))
    await confirmedVisit(store, [])
    store.close()
    if (!isCopied) continue
    mkdirSync(copiesOf(dataDir))
    copyFileSync(file, join(copiesOf(dataDir), 'madoguchi-0001-2026-11-23.db'))
  }
  writeFileSync(file, readFileSync(file).fill(7, 4_096))
  return dataDir
}

test('a restore that is cut short anywhere is done again, and gives no number twice', async () => {
  let isWhole = false
  for (let count = 0; !isWhole; count++) {
    const dataDir = await damagedFolder()
    const keyStore = createKeyFile(join(dataDir, 'database.key'))
    const options = { dataDir, keyStore, migrationsDir, backupFolder: null, clock: { now: () => new Date(at) } }
    renames.left = count
    const cut = await restoreData(options, null)
    renames.left = Number.POSITIVE_INFINITY
    isWhole = cut.ok
    if (!cut.ok) must(await restoreData(options, null))
    const store = must(
      openStore({ file: databaseIn(dataDir), key: must(await keyStore.load()) ?? new Uint8Array(), migrationsDir }),
    )
    // The second visit is lost, and its number with it.
    expect((await confirmedVisit(store, [])).number).toBe(3)
    store.close()
    expect(count).toBeLessThan(20)
  }
})
