// Another key for the same data. However it is cut short, one key opens what is there: the new one is kept before anything is
// encrypted with it, and never thrown away; the copy under it takes the database's name in one step; and whoever loads the key
// finds out first which of the two it is. Copies made before stay under the key of their day.
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { clinicMoment } from '../ground/clock.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { backupData } from './backup.ts'
import { databaseOf, onDisk, openData } from './data-folder.ts'
import type { KeyStore } from './key-store.ts'
import type { MaintenanceOptions } from './maintenance.ts'
import { layAnchor, readAnchor } from './sqlite/anchor.ts'
import { anchorOf } from './sqlite/opening.ts'
import { opensWith, rekeyCopy } from './sqlite/rekey.ts'

const rotatedOf = (dataDir: string) => join(dataDir, 'madoguchi.rotated.db')

/** The key store of a data folder, which finishes a change of the key that was cut short before it tells the key. */
export function settling(keyStore: KeyStore, dataDir: string): KeyStore {
  return {
    ...keyStore,
    async load() {
      const settled = await settle(keyStore, dataDir)
      return settled.ok ? keyStore.load() : settled
    },
  }
}

/** The database has the new key already: then the key store gets it too. */
async function settle({ rotation }: KeyStore, dataDir: string): Promise<Result<void>> {
  const pending = await rotation?.pending()
  if (!rotation || !pending?.ok || pending.value === null) return ok(undefined)
  const file = databaseOf(dataDir)
  const isOver = existsSync(file) && opensWith(file, pending.value)
  pending.value.fill(0)
  if (!isOver) return ok(undefined)
  return onDisk(async () => {
    const anchor = anchorOf(rotatedOf(dataDir))
    if (existsSync(anchor)) renameSync(anchor, anchorOf(file))
    await rotation.takeOver()
  })
}

/**
 * `step`: told after each thing that is on the disk. Errors: AGENT_ALREADY_RUNNING, STORE_KEY_MISSING (there is no key yet, or it
 * is kept where it cannot be changed), STORE_ codes.
 */
export async function rotateKey(
  options: MaintenanceOptions,
  step: () => void = () => undefined,
): Promise<Result<{ readonly copy: string }>> {
  const { dataDir, keyStore, clock } = options
  const { rotation } = keyStore
  const file = databaseOf(dataDir)
  if (!rotation || !existsSync(file)) return fail('STORE_KEY_MISSING')
  const rotated = rotatedOf(dataDir)
  const opened = await openData(options)
  if (!opened.ok) return opened
  const { store } = opened.value
  try {
    const known = await keyStore.load()
    if (!known.ok) return known
    if (!known.value) return fail('STORE_KEY_MISSING')
    const checked = await store.check()
    if (!checked.ok) return checked
    const next = await rotation.begin()
    if (!next.ok) return next
    step()
    const noted = await store.noteCommand('keyRotated', { at: clinicMoment(clock.now()) })
    if (!noted.ok) return noted
    for (const left of [rotated, `${rotated}-wal`, anchorOf(rotated)]) rmSync(left, { force: true })
    const copied = await (store.copyTo?.(rotated) ?? fail('STORE_ON_SERVER'))
    if (!copied.ok) return copied
    step()
    const rekeyed = rekeyCopy(rotated, known.value, next.value)
    if (!rekeyed.ok) return rekeyed
    step()
    store.close()
    const progress = readAnchor(anchorOf(file), known.value)
    // Its own log would be taken for one of the new database.
    if (!progress || existsSync(`${file}-wal`)) return fail('STORE_UNWRITABLE')
    layAnchor(anchorOf(rotated), next.value, progress).close()
    step()
    const swapped = await onDisk(async () => {
      renameSync(rotated, file)
      step()
      renameSync(anchorOf(rotated), anchorOf(file))
      step()
      await rotation.takeOver()
      step()
    })
    return swapped.ok ? backupData(options) : swapped
  } finally {
    store.close()
  }
}
