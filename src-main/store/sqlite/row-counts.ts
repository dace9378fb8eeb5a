// How many rows of every kind a database has, by a connection that cannot write: what a drill compares, and what a wipe proves.
import { rmSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { ok, type Result } from '../../ground/result.ts'
import { numberRow } from '../sql/rows.ts'
import { openCopy, storeFailure } from './database.ts'

/** By the name of the table. */
export type RowCounts = Readonly<Record<string, number>>

const nameRows = z.array(z.object({ name: z.string().regex(/^\w+$/) }))
/** About the database itself: they go on by themselves. */
const own = ['progress', 'clock', 'written_for', 'migrations']

/** Errors: STORE_ codes. */
export function countRows(file: string, key: Uint8Array): Result<RowCounts> {
  let database: Database.Database | undefined
  try {
    database = openCopy(file, key)
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    const counts: Record<string, number> = {}
    for (const { name } of nameRows.parse(tables.all())) {
      if (own.includes(name)) continue
      counts[name] = numberRow.parse(database.prepare(`SELECT count(*) AS value FROM ${name}`).get()).value
    }
    return ok(counts)
  } catch (error) {
    return { ok: false, error: storeFailure(error) }
  } finally {
    database?.close()
    rmSync(`${file}-shm`, { force: true })
  }
}
