// Brings the schema of a site to the newest shape. As in the embedded engine: numbered plain SQL, forward only, what was applied is
// a prefix of what is known, byte for byte. Otherwise than there several desks begin at the same time, and not all of them are
// renewed on the same day: one applies what is missing, under the site's lock and all of it in one transaction; and a desk works on
// with a schema that is newer by one migration, if that one says that the desks from before it may. Every file says so in its
// first line: `-- oldest desk: 0001` names the newest migration that the oldest such desk knows.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientBase } from 'pg'
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'

interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
  /** Lower-case hex over the file's bytes. */
  readonly sha256: string
  readonly oldestDesk: number
}

const rowsSchema = z.array(
  z.object({ number: z.coerce.number(), name: z.string(), sha256: z.string(), oldest_desk: z.coerce.number() }),
)
type Applied = z.infer<typeof rowsSchema>

/** null: they are not those of a program. */
function readMigrations(folder: string): readonly Migration[] | null {
  const known = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(folder, name))
      const sql = bytes.toString('utf8')
      return {
        number: Number(name.slice(0, 4)),
        name,
        sql,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        oldestDesk: Number(/^-- oldest desk: (\d{4})\r?\n/.exec(sql)?.[1]),
      }
    })
  const isWhole =
    known.length > 0 &&
    known.every(
      ({ name, number, oldestDesk }, index) =>
        /^\d{4}_[a-z0-9-]+\.sql$/.test(name) && number === index + 1 && oldestDesk >= 1 && oldestDesk <= number,
    )
  return isWhole ? known : null
}

/** 0: they are not those of a program. */
export const newestKnown = (folder: string): number => readMigrations(folder)?.length ?? 0

async function appliedTo(client: ClientBase, schema: string): Promise<Applied> {
  const there = await client.query('SELECT to_regclass($1) IS NOT NULL AS is_there', [`"${schema}".migrations`])
  if (!z.array(z.object({ is_there: z.number() })).parse(there.rows)[0]?.is_there) return []
  const { rows } = await client.query(
    `SELECT number, name, sha256, oldest_desk FROM "${schema}".migrations ORDER BY number`,
  )
  return rowsSchema.parse(rows)
}

/** What is still to be applied. */
function missing(known: readonly Migration[], applied: Applied): Result<readonly Migration[]> {
  const isSame = known.slice(0, applied.length).every(({ number, name, sha256 }, index) => {
    const row = applied[index]
    return row?.number === number && row.name === name && row.sha256 === sha256
  })
  if (!isSame) return fail('STORE_MIGRATION_MISMATCH')
  const newest = applied.at(-1)
  const isTooNew = newest !== undefined && (newest.number > known.length + 1 || newest.oldest_desk > known.length)
  return isTooNew ? fail('STORE_NEWER') : ok(known.slice(applied.length))
}

/** How to begin, for who only looks and for who applies. */
export interface MigrationTurns {
  reading<T>(work: (client: ClientBase) => Promise<T>): Promise<T>
  /** Alone in the site, and with time. */
  writing<T>(work: (client: ClientBase) => Promise<T>): Promise<T>
}

/**
 * Errors: STORE_NEWER, STORE_MIGRATION_MISMATCH. Throws what the server says. `schema`: of the site; made where it is not there,
 * by a user who may.
 */
export async function migrateSite(turns: MigrationTurns, schema: string, folder: string): Promise<Result<void>> {
  const known = readMigrations(folder)
  if (!known) return fail('STORE_MIGRATION_MISMATCH')
  const look = missing(known, await turns.reading((client) => appliedTo(client, schema)))
  if (!look.ok) return look
  if (look.value.length === 0) return ok(undefined)
  return turns.writing(async (client) => {
    // Another desk may have come first.
    const due = missing(known, await appliedTo(client, schema))
    if (!due.ok) return due
    await client.query(`CREATE SCHEMA IF NOT EXISTS "${schema}"`)
    await client.query(
      `CREATE TABLE IF NOT EXISTS migrations
      (number bigint PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, oldest_desk bigint NOT NULL)`,
    )
    for (const { number, name, sql, sha256, oldestDesk } of due.value) {
      await client.query(sql)
      await client.query('INSERT INTO migrations VALUES ($1, $2, $3, $4)', [number, name, sha256, oldestDesk])
    }
    return ok(undefined)
  })
}
