// Brings a database to the newest shape. Migrations are plain numbered SQL, forward only; those applied must be a
// prefix of those known, byte for byte, or nothing is opened: a database from a newer version is never touched by an
// older one. A migration and its record are one transaction.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'

interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
  /** Lower-case hex over the file's bytes. */
  readonly sha256: string
}

const rowsSchema = z.array(z.object({ number: z.number(), name: z.string(), sha256: z.string() }))

function readMigrations(folder: string): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(folder, name))
      return {
        number: Number(name.slice(0, 4)),
        name,
        sql: bytes.toString('utf8'),
        sha256: createHash('sha256').update(bytes).digest('hex'),
      }
    })
}

/** Errors: STORE_NEWER, STORE_MIGRATION_MISMATCH. Throws what SQLite throws. */
export function migrate(database: Database.Database, folder: string): Result<void> {
  const known = readMigrations(folder)
  const isNamed = known.every(({ name }) => /^\d{4}_[a-z0-9-]+\.sql$/.test(name))
  const isWhole = known.length > 0 && known.every(({ number }, index) => number === index + 1)
  if (!isNamed || !isWhole) return fail('STORE_MIGRATION_MISMATCH')
  database.exec(
    'CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL) STRICT',
  )
  const applied = rowsSchema.parse(
    database.prepare('SELECT number, name, sha256 FROM migrations ORDER BY number').all(),
  )
  const isSame = known.slice(0, applied.length).every(({ number, name, sha256 }, index) => {
    const row = applied[index]
    return row?.number === number && row.name === name && row.sha256 === sha256
  })
  if (!isSame) return fail('STORE_MIGRATION_MISMATCH')
  if (applied.length > known.length) return fail('STORE_NEWER')
  const record = database.prepare('INSERT INTO migrations (number, name, sha256) VALUES (?, ?, ?)')
  for (const { number, name, sql, sha256 } of known.slice(applied.length)) {
    database.transaction(() => {
      database.exec(sql)
      record.run(number, name, sha256)
    })()
  }
  return ok(undefined)
}
