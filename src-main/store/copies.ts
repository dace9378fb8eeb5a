// A copy is a database of its own, encrypted with the same key, whole in one file.
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { fail, ok, type Result } from '../contract/result.ts'
import { takeName } from '../ground/durable-write.ts'
import { fileFailure, isWhole, openCopy, storeFailure } from './database.ts'
import { auditHeadRow } from './rows.ts'

/** Errors: STORE_DAMAGED (also where the copy is not what was copied), STORE_FULL, STORE_UNWRITABLE. */
export function copyDatabase(database: Database.Database, key: Uint8Array, file: string): Result<void> {
  const temporary = `${file}.${randomBytes(8).toString('hex')}.tmp`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    // Encrypts with the key of its source, and writes no page of what has been deleted.
    database.prepare('VACUUM INTO ?').run(temporary)
    if (headOf(database) !== headOfCopy(temporary, key)) return fail('STORE_DAMAGED')
    takeName(temporary, file)
    return ok(undefined)
  } catch (error) {
    return { ok: false, error: fileFailure(error) ?? storeFailure(error) }
  } finally {
    rmSync(temporary, { force: true })
  }
}

const headOf = (database: Database.Database): string =>
  auditHeadRow.optional().parse(database.prepare('SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1').get())?.hash ??
  ''

/** Throws what SQLite throws. */
function headOfCopy(file: string, key: Uint8Array): string | null {
  const copy = openCopy(file, key)
  try {
    return isWhole(copy) ? headOf(copy) : null
  } finally {
    copy.close()
  }
}
