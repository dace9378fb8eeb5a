// The embedded side of a move: what it consists of, and a new database that becomes one only when all of it has arrived.
import { existsSync, rmSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { takeName } from '../../ground/durable-write.ts'
import { type Failure, fail, ok, Refusal, type Result } from '../../ground/result.ts'
import type { Side, Table } from '../sql/moving.ts'
import { auditHeadRow, progressRow } from '../sql/rows.ts'
import { sql } from '../sql/statements/statements.ts'
import { each, statement, type Work } from '../sql/work.ts'
import { type DayNumbers, layAnchor } from './anchor.ts'
import { fileFailure, isWhole, openDatabase, storeFailure } from './database.ts'
import { migrate } from './migrations.ts'
import { anchorOf } from './opening.ts'
import { createRunner, type Runner } from './runner.ts'

/** At once, within whatever work is going on. */
export const atOnce = (runner: Runner): Side =>
  // biome-ignore lint/correctness/useYield: nothing is asked of anybody else
  function* (work) {
    return runner.run(work)
  }

/** Of the database itself; the key of the hashes is not the same where it was never noted. */
const notMoved = ['migrations', 'index_key']

const names = z.array(z.object({ name: z.string().regex(/^\w+$/) }))
const columnRows = z.array(z.object({ name: z.string().regex(/^\w+$/), pk: z.number() }))
const tablesOf = statement(
  "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
)
const columnsOf = statement('SELECT name, pk FROM pragma_table_info(?)')
const parentsOf = statement('SELECT DISTINCT "table" AS name FROM pragma_foreign_key_list(?)')

/** What is moved, as the schema itself says: each table behind those that its rows belong to. */
export function* tablesToMove(): Work<readonly Table[]> {
  const found = names.parse(yield* tablesOf.all()).filter(({ name }) => !notMoved.includes(name))
  const left = yield* each(found, function* ({ name }) {
    const columns = columnRows.parse(yield* columnsOf.all(name))
    const key = columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk)
    const parents = names.parse(yield* parentsOf.all(name)).map((parent) => parent.name)
    return { name, columns: columns.map((column) => column.name), key: key.map((column) => column.name), parents }
  })
  const ordered: typeof left = []
  while (left.length > 0) {
    const next = left.findIndex(({ parents }) => parents.every((name) => ordered.some((table) => table.name === name)))
    if (next < 0) throw new Error('tables whose rows belong to each other in a ring')
    ordered.push(...left.splice(next, 1))
  }
  return ordered.map(({ name, columns, key }) => ({ name, columns, key }))
}

export interface NewDatabase {
  readonly tables: readonly Table[]
  readonly side: Side
  /** All of it is on the disk, under its own name, with the numbers that were given. Errors: STORE_DAMAGED, STORE_FULL, STORE_UNWRITABLE. */
  commit(days: readonly DayNumbers[]): Result<void>
  /** Nothing of it is left, but where it was committed. */
  close(): void
}

/** A database that is to lie at `file`, in the place of one that nobody has written to. Errors: STORE_ codes. */
export function newDatabase(file: string, key: Uint8Array, migrationsDir: string): Result<NewDatabase> {
  const made = file.replace(/\.db$/, '.moved.db')
  const clear = () => {
    for (const left of [made, `${made}-wal`, anchorOf(made)]) rmSync(left, { force: true })
  }
  let database: Database.Database | undefined
  const close = () => {
    database?.close()
    clear()
  }
  try {
    // Of a move that was killed.
    clear()
    database = openDatabase(made, key)
    const migrated = migrate(database, migrationsDir)
    if (!migrated.ok) {
      close()
      return migrated
    }
    const open = database
    const runner = createRunner(open)
    const tables = runner.run(tablesToMove())
    open.exec('BEGIN IMMEDIATE')
    return ok({
      tables,
      side: atOnce(runner),
      commit(days) {
        try {
          open.exec('COMMIT')
          const { commits } = progressRow.parse(runner.run(sql.progress.get()))
          const head = auditHeadRow.optional().parse(runner.run(sql.lastAudit.get())) ?? { id: 0, hash: '' }
          if (!isWhole(open)) return fail('STORE_DAMAGED')
          open.close()
          const said = { commits, auditId: head.id, auditHash: head.hash, verifiedId: head.id, isSuspect: false, days }
          layAnchor(anchorOf(made), key, said).close()
          // A database without an anchor is never taken for whole, and one that is behind its anchor neither: an empty one may have one.
          const order = existsSync(file) ? [made, anchorOf(made)] : [anchorOf(made), made]
          for (const name of order) takeName(name, name === made ? file : anchorOf(file))
          return ok(undefined)
        } catch (error) {
          return { ok: false, error: failureHere(error) }
        }
      },
      close,
    })
  } catch (error) {
    close()
    return { ok: false, error: failureHere(error) }
  }
}

/** Rethrows what is no failure of the database or of its files. */
export const failureHere = (error: unknown): Failure =>
  error instanceof Refusal ? error.failure : (fileFailure(error) ?? storeFailure(error))
