// A copy of the database under another key. Pages, and nothing else, are encrypted with it: the keyed hashes in the rows go on
// as they were, their key is kept inside.
import { chmodSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { fail, ok, type Result } from '../../ground/result.ts'
import { indexKeyOf } from '../sql/keys.ts'
import { fileFailure, isWhole, openCopy, openDatabase, storeFailure } from './database.ts'

/** Errors: STORE_DAMAGED (what came of it is not whole), STORE_FULL, STORE_UNWRITABLE. `file` is then worth nothing. */
export function rekeyCopy(file: string, from: Uint8Array, to: Uint8Array): Result<void> {
  let database: Database.Database | undefined
  try {
    database = openDatabase(file, from)
    database.pragma('journal_mode = DELETE')
    database.prepare('INSERT OR IGNORE INTO index_key (id, key) VALUES (1, ?)').run(indexKeyOf(from))
    database.pragma(`rekey = "x'${Buffer.from(to).toString('hex')}'"`)
    database.close()
    chmodSync(file, 0o600)
    database = openCopy(file, to)
    return isWhole(database) ? ok(undefined) : fail('STORE_DAMAGED')
  } catch (error) {
    return { ok: false, error: fileFailure(error) ?? storeFailure(error) }
  } finally {
    database?.close()
  }
}

/** Whether it is encrypted with this key. Changes nothing. */
export function opensWith(file: string, key: Uint8Array): boolean {
  try {
    openCopy(file, key).close()
    return true
  } catch {
    return false
  }
}
