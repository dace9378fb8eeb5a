// What an agent stands on: its data folder, the key, and the encrypted store in it.
import { existsSync, readdirSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '../contract/result.ts'
import { removeLeftovers } from '../ground/durable-write.ts'
import { mendModes } from '../ground/modes.ts'
import type { KeyStore } from '../store/key-store.ts'
import { openStore } from '../store/sqlite-store.ts'
import type { Store } from '../store/store.ts'

export interface DataOptions {
  /** Absolute path; made if missing. */
  readonly dataDir: string
  readonly keyStore: KeyStore
  readonly migrationsDir: string
}

/** `firstStart`: no database was there before. Errors: every STORE_ code, AGENT_ALREADY_RUNNING. */
export async function openData(
  options: DataOptions,
): Promise<Result<{ readonly store: Store; readonly firstStart: boolean }>> {
  const { dataDir, keyStore, migrationsDir } = options
  const made = await onDisk(() => mkdir(dataDir, { recursive: true, mode: 0o700 }))
  if (!made.ok) return made
  const file = join(dataDir, 'madoguchi.db')
  const firstStart = !existsSync(file)
  const key = await databaseKey(keyStore, firstStart)
  if (!key.ok) return key
  const opened = openStore({ file, key: key.value, migrationsDir })
  // Alone in the folder from here on: nobody else is writing these now.
  if (opened.ok) for (const name of writtenFiles) removeLeftovers(join(dataDir, name))
  mendModes([
    ...['madoguchi.db', 'madoguchi.db-wal', ...writtenFiles].map((name) => join(dataDir, name)),
    ...logs(dataDir),
  ])
  return opened.ok ? ok({ store: opened.value, firstStart }) : opened
}

/** Beside which a writer that was killed may have left something. */
const writtenFiles = ['database.key', 'database.key.wrapped', 'settings.json']

/** Log files, also those of earlier versions. */
function logs(dataDir: string): readonly string[] {
  const folder = join(dataDir, 'logs')
  try {
    return readdirSync(folder).map((name) => join(folder, name))
  } catch {
    return []
  }
}

/** The key of an existing database is never replaced: without it the data are lost, and that is for a person to know. */
async function databaseKey(keyStore: KeyStore, mayCreate: boolean): Promise<Result<Uint8Array>> {
  const known = await keyStore.load()
  if (!known.ok) return known
  if (known.value) return ok(known.value)
  return mayCreate ? keyStore.create() : fail('STORE_KEY_MISSING')
}

/** Work in the data folder: what the file system refuses is an expected failure, anything else is a bug and throws on. */
export async function onDisk<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work())
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return fail('STORE_UNWRITABLE')
    throw error
  }
}
