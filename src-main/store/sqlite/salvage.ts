// What can still be read of a damaged database, carried over into a new one. SQLite gives up a table at the first page that
// cannot be read; here it is gone around: the rows behind it are looked for, from the front and from the end. What is still to
// be handed over comes first and is never left behind for want of its visit, which gets a row that says only its day.
import { existsSync, rmSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'
import { writtenStates } from '../../ground/states.ts'
import { numberRow } from '../sql/rows.ts'
import { openCopy, openDatabase, openingFailure } from './database.ts'
import { migrate } from './migrations.ts'

export interface Salvaged {
  readonly visits: number
  /** Still to be handed over. */
  readonly undelivered: number
  /** Of those: whose visit could not be read. */
  readonly withoutVisit: number
  readonly auditRows: number
  /** Kinds of which something could not be read, by the name of the table. */
  readonly torn: readonly string[]
}

const tableRows = z.array(z.object({ name: z.string().regex(/^\w+$/), wr: z.number() }))
const columnRows = z.array(z.object({ name: z.string().regex(/^\w+$/), pk: z.number() }))
const rawRow = z.array(z.unknown())
/** What is carried first. */
const first = ['deliveries', 'visits']
/** Rows that a new database has by itself. */
const ownRows = ['progress', 'clock']

/**
 * Carries what `file` still has into `target`, which must not be there. Errors: STORE_KEY_WRONG, STORE_DAMAGED (nothing can be
 * read, not even what tables there are), STORE_MIGRATION_MISMATCH, STORE_FULL, STORE_UNWRITABLE.
 */
export function salvage(file: string, key: Uint8Array, migrationsDir: string, target: string): Result<Salvaged> {
  if (!existsSync(file)) return fail('STORE_DAMAGED')
  let from: Database.Database | undefined
  let to: Database.Database | undefined
  try {
    from = openCopy(file, key)
    // The rest of a file, or nothing: no database of ours.
    if (!tablesOf(from).some(({ name }) => name === 'visits')) return fail('STORE_DAMAGED')
    to = openDatabase(target, key)
    const migrated = migrate(to, migrationsDir)
    if (!migrated.ok) return migrated
    to.pragma('foreign_keys = OFF')
    return ok(carry(from, to))
  } catch (error) {
    return { ok: false, error: openingFailure(error, true) }
  } finally {
    from?.close()
    to?.close()
    rmSync(`${file}-shm`, { force: true })
  }
}

function carry(from: Database.Database, to: Database.Database): Salvaged {
  const known = new Set(tablesOf(from).map(({ name }) => name))
  const tables = tablesOf(to).filter(({ name }) => known.has(name) && name !== 'migrations')
  const rank = ({ name }: { readonly name: string }) => (first.includes(name) ? first.indexOf(name) : first.length)
  const torn: string[] = []
  const whole = to.transaction(() => {
    for (const table of tables.toSorted((a, b) => rank(a) - rank(b))) {
      if (!carryTable(from, to, table)) torn.push(table.name)
    }
    const withoutVisit = giveVisits(to)
    dropOrphans(to)
    const count = (sql: string) => numberRow.parse(to.prepare(sql).get()).value
    const through = writtenStates.map((state) => `'${state}'`).join(', ')
    return {
      visits: count('SELECT count(*) AS value FROM visits'),
      undelivered: count(`SELECT count(*) AS value FROM deliveries WHERE state NOT IN (${through})`),
      withoutVisit,
      auditRows: count('SELECT count(*) AS value FROM audit'),
      torn,
    }
  })
  return whole()
}

const tablesOf = (database: Database.Database) =>
  tableRows.parse(
    database
      .prepare(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
      )
      .all(),
  )

interface Table {
  readonly name: string
  /** WITHOUT ROWID */
  readonly wr: number
}

/** Whether all of it could be read. */
function carryTable(from: Database.Database, to: Database.Database, { name, wr }: Table): boolean {
  const here = columnRows.parse(to.prepare(`SELECT name, pk FROM pragma_table_info('${name}')`).all())
  const there = columnRows.parse(from.prepare(`SELECT name, pk FROM pragma_table_info('${name}')`).all())
  const shared = here.filter((column) => there.some((other) => other.name === column.name))
  const columns = shared.map((column) => column.name).join(', ')
  const how = ownRows.includes(name) ? 'REPLACE' : 'IGNORE'
  const places = shared.map(() => '?').join(', ')
  const add = to.prepare(`INSERT OR ${how} INTO ${name} (${columns}) VALUES (${places})`)
  const put = (row: readonly unknown[]) => void add.run(...row)
  if (wr === 0) return carryByNumber(from, name, columns, ([, ...row]) => put(row))
  const keys = there.filter(({ pk }) => pk > 0).map((column) => column.name)
  const read = (way: 'ASC' | 'DESC') =>
    readAll(from, `SELECT ${columns} FROM ${name} ORDER BY ${keys.map((each) => `${each} ${way}`).join(', ')}`, [], put)
  if (read('ASC')) return true
  read('DESC')
  return false
}

/** Every row until one cannot be read; whether none could not. */
function readAll(
  from: Database.Database,
  sql: string,
  values: readonly unknown[],
  put: (row: readonly unknown[]) => void,
): boolean {
  const rows = from
    .prepare(sql)
    .safeIntegers()
    .raw()
    .iterate(...values)
  for (;;) {
    let row: IteratorResult<unknown>
    try {
      row = rows.next()
    } catch {
      return false
    }
    if (row.done) return true
    put(rawRow.parse(row.value))
  }
}

/** Farther ahead than any number of a row of this database. */
const farthest = 2n ** 40n

function carryByNumber(
  from: Database.Database,
  name: string,
  columns: string,
  put: (row: readonly unknown[]) => void,
): boolean {
  let last = -1n
  const note = (row: readonly unknown[]) => {
    last = z.bigint().parse(row[0])
    put(row)
  }
  const behind = `SELECT rowid, ${columns} FROM ${name} WHERE rowid > ? ORDER BY rowid`
  const next = from.prepare(`SELECT rowid FROM ${name} WHERE rowid > ? ORDER BY rowid LIMIT 1`).safeIntegers().pluck()
  /** The next number there is; undefined: none; null: it cannot be read. */
  const numberBehind = (number: bigint): bigint | undefined | null => {
    try {
      return z.bigint().optional().parse(next.get(number))
    } catch {
      return null
    }
  }
  for (let isWhole = true; ; isWhole = false) {
    if (readAll(from, behind, [last], note)) return isWhole
    const at = numberBehind(last)
    // The row is there, and what is in it cannot be read.
    if (at !== undefined && at !== null) last = at
    else {
      const readable = firstReadable(last, numberBehind)
      if (readable === null) {
        // Nothing ahead can be reached from here; from the end something may.
        readAll(from, `SELECT rowid, ${columns} FROM ${name} WHERE rowid > ? ORDER BY rowid DESC`, [last], put)
        return false
      }
      last = readable
    }
  }
}

/** The lowest number behind which something can be read again, or nothing is any more; null: there is none. */
function firstReadable(last: bigint, numberBehind: (number: bigint) => unknown): bigint | null {
  let step = 1n
  while (numberBehind(last + step) === null) {
    if (step > farthest) return null
    step *= 2n
  }
  let [low, high] = [last + step / 2n, last + step]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (numberBehind(middle) === null) low = middle
    else high = middle
  }
  return high
}

/** To files that are still to be handed over and whose visit could not be read: a visit of their day. Returns how many. */
function giveVisits(to: Database.Database): number {
  const through = writtenStates.map((state) => `'${state}'`).join(', ')
  const homeless = to.prepare(`
    SELECT visit_id, min(updated_at) AS at FROM deliveries
    WHERE state NOT IN (${through}) AND visit_id NOT IN (SELECT id FROM visits) GROUP BY visit_id`)
  const rows = z.array(z.object({ visit_id: z.string(), at: z.string() })).parse(homeless.all())
  // Numbers of nobody's: far from those that were given.
  const add = to.prepare(`
    INSERT INTO visits (id, day, number, reader, state, started_at, updated_at, kept_from)
    VALUES (@id, @day, (SELECT max(9000, coalesce(max(number), 0)) + 1 FROM visits WHERE day = @day AND number < 1000000), '', 'confirmed', @at, @at, @day)`)
  for (const { visit_id: id, at } of rows) add.run({ id, at, day: at.slice(0, 10) })
  return rows.length
}

const violationRows = z.array(z.object({ table: z.string().regex(/^\w+$/), parent: z.string() }))

/** What belongs to something that could not be read. */
function dropOrphans(to: Database.Database): void {
  for (let left = 10; left > 0; left--) {
    const broken = violationRows.parse(to.pragma('foreign_key_check'))
    if (broken.length === 0) return
    const links = z.array(
      z.object({ table: z.string().regex(/^\w+$/), from: z.string().regex(/^\w+$/), to: z.string().regex(/^\w+$/) }),
    )
    for (const table of new Set(broken.map((each) => each.table))) {
      for (const link of links.parse(to.pragma(`foreign_key_list(${table})`))) {
        to.exec(
          `DELETE FROM ${table} WHERE ${link.from} IS NOT NULL AND ${link.from} NOT IN (SELECT ${link.to} FROM ${link.table})`,
        )
      }
    }
  }
}
