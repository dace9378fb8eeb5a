// What an erased database still has of anybody: nothing, which is proved by looking.
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { ok, type Result } from '../../ground/result.ts'
import { along, ofPatients } from '../sql/erasing.ts'
import { openCopy, storeFailure } from './database.ts'
import { countRows } from './row-counts.ts'

/** What was deleted is gone from the file and from its log too. Errors: STORE_ codes. */
export function giveBack(database: Database.Database): Result<void> {
  try {
    database.exec('VACUUM')
    database.pragma('wal_checkpoint(TRUNCATE)')
    return ok(undefined)
  } catch (error) {
    return { ok: false, error: storeFailure(error) }
  }
}

export interface Left {
  /** Of patients. */
  readonly rows: number
  /** That were given up by what they held, and lie in the file. */
  readonly freePages: number
}

/** What is left of patients in a database that nobody has open, by a connection that cannot write. Errors: STORE_ codes. */
export function leftIn(file: string, key: Uint8Array): Result<Left> {
  const counted = countRows(file, key)
  if (!counted.ok) return counted
  const rows = [...ofPatients, ...along].reduce((sum, table) => sum + (counted.value[table] ?? 0), 0)
  let database: Database.Database | undefined
  try {
    database = openCopy(file, key)
    return ok({ rows, freePages: z.number().parse(database.pragma('freelist_count', { simple: true })) })
  } catch (error) {
    return { ok: false, error: storeFailure(error) }
  } finally {
    database?.close()
  }
}
