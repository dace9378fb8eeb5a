// Every row of a store from one engine to the other. One text for both directions: each side is asked in the same statements, one of
// them over a line; what is sealed at one and not at the other is the engines' matter. All of it is proved before anybody may commit:
// what arrived is read back, and counts and hashes of every table are compared with those of what was sent.
import { createHash, type Hash } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../../ground/result.ts'
import { type Chain, goneOnBehind, verifyChain } from './audit-chain.ts'
import { createKeys, indexKeyOf, type Keys } from './keys.ts'
import { indexKeyRow, progressRow, type TableRow, tableRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import { each, statement, type Work } from './work.ts'

/** How a side carries out a work: by asking for its statements, or at once. */
export type Side = <T>(work: Work<T>) => Work<T>

/** Whoever runs the whole is asked. */
export const asked: Side = (work) => work

export interface Table {
  readonly name: string
  readonly columns: readonly string[]
  /** Columns that no two rows have alike, in their order; none: there are no such, and the table is read at once. */
  readonly key: readonly string[]
}

interface MovedTable {
  readonly table: string
  readonly rows: number
  /** Lower-case hex over every value of every row, in an order of their own: the same at both engines. */
  readonly sha256: string
}

export interface MovedRows {
  readonly tables: readonly MovedTable[]
  /** Of the trail that arrived. */
  readonly trail: Pick<Chain, 'rows' | 'lastId'>
}

/** A column that only one engine has, because it needs it for what it finds by a sealed one. */
export interface MadeColumn {
  readonly table: string
  readonly column: string
  of(row: TableRow): string
}

/** One in every store from its beginning. */
const single = ['progress', 'clock']

const tableRows = z.array(tableRow)

const quoted = (name: string) => `"${name}"`
const namesOf = (columns: readonly string[]) => columns.map(quoted).join(', ')
const placesOf = (columns: readonly string[]) => `(${columns.map(() => '?').join(', ')})`

const rowsAtOnce = 200

/** The rows behind this one (null: from the first one on), in the order of their key. */
function* rowsBehind({ name, columns, key }: Table, last: TableRow | null): Work<readonly TableRow[]> {
  const isKeyed = key.length > 0
  const order = isKeyed ? key.map(quoted) : columns.map((column) => `${quoted(column)} NULLS FIRST`)
  const behind = last ? `WHERE (${namesOf(key)}) > ${placesOf(key)}` : ''
  const limit = isKeyed ? `LIMIT ${rowsAtOnce}` : ''
  const asked = statement(
    `SELECT ${namesOf(columns)} FROM ${quoted(name)} ${behind} ORDER BY ${order.join(', ')} ${limit}`,
  )
  return tableRows.parse(yield* asked.all(...key.flatMap((column) => (last ? [last[column]] : []))))
}

/** All rows of a table, a batch after the other. */
function* read(side: Side, table: Table, take: (rows: readonly TableRow[]) => Work<void>): Work<void> {
  let last: TableRow | null = null
  for (;;) {
    const rows: readonly TableRow[] = yield* side(rowsBehind(table, last))
    if (rows.length > 0) yield* take(rows)
    if (rows.length < rowsAtOnce || table.key.length === 0) return
    last = rows.at(-1) ?? null
  }
}

function* add({ name, columns }: Table, made: MadeColumn | null, rows: readonly TableRow[]): Work<void> {
  const all = made ? [...columns, made.column] : columns
  const valuesOf = (row: TableRow) => [...columns.map((column) => row[column] ?? null), ...(made ? [made.of(row)] : [])]
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const some = rows.slice(from, from + rowsAtOnce)
    const places = some.map(() => placesOf(all)).join(', ')
    yield* statement(`INSERT INTO ${quoted(name)} (${namesOf(all)}) VALUES ${places}`).run(...some.flatMap(valuesOf))
  }
}

function hashRows(hash: Hash, { columns }: Table, rows: readonly TableRow[]): void {
  for (const row of rows) {
    const content = columns.map((column) => {
      const value = row[column]
      return value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value
    })
    hash.update(`${JSON.stringify(content)}\n`)
  }
}

function* moveTable(from: Side, to: Side, table: Table, made: MadeColumn | null): Work<MovedTable> {
  const sent = counted(table)
  if (single.includes(table.name)) yield* to(statement(`DELETE FROM ${quoted(table.name)}`).run())
  yield* read(from, table, function* (rows) {
    sent.take(rows)
    yield* to(add(table, made, rows))
  })
  const arrived = counted(table)
  // biome-ignore lint/correctness/useYield: nothing is asked for here
  yield* read(to, table, function* (rows) {
    arrived.take(rows)
  })
  const [there, here] = [sent.told(), arrived.told()]
  if (there.rows !== here.rows || there.sha256 !== here.sha256) {
    throw new Refusal({ code: 'STORE_MOVE_DIFFERS', detail: { field: table.name } })
  }
  return here
}

function counted(table: Table) {
  const hash = createHash('sha256')
  let rows = 0
  return {
    take(some: readonly TableRow[]) {
      rows += some.length
      hashRows(hash, table, some)
    },
    told: (): MovedTable => ({ table: table.name, rows, sha256: hash.copy().digest('hex') }),
  }
}

const anyRow = (name: string) => statement(`SELECT 1 AS value FROM ${quoted(name)} LIMIT 1`)

/** Whether nobody has ever written there. */
export function* isEmpty(tables: readonly Table[]): Work<boolean> {
  if (progressRow.parse(yield* sql.progress.get()).commits > 0) return false
  const found = yield* each(
    tables.filter(({ name }) => !single.includes(name)),
    ({ name }) => anyRow(name).get(),
  )
  return found.every((row) => row === undefined)
}

const writtenFor = statement("SELECT 1 AS value FROM written_for WHERE mode = 'live'")
const keepIndexKey = statement('INSERT INTO index_key (id, key) VALUES (1, ?)')

/**
 * Carries all rows of `tables` over, each table behind those that its rows belong to. Throws a Refusal: STORE_NOT_LIVE (invented people
 * are not moved), STORE_NOT_EMPTY (there is something already), STORE_MOVE_DIFFERS, STORE_DAMAGED (the audit trail is broken).
 */
export function* moveRows(options: {
  readonly from: Side
  readonly to: Side
  readonly tables: readonly Table[]
  /** Of the side that the rows come from. */
  readonly key: Uint8Array
  readonly made?: (keys: Keys) => MadeColumn
}): Work<MovedRows> {
  const { from, to, tables, key } = options
  if ((yield* from(writtenFor.get())) === undefined) throw new Refusal({ code: 'STORE_NOT_LIVE' })
  if (!(yield* to(isEmpty(tables)))) throw new Refusal({ code: 'STORE_NOT_EMPTY' })
  // The keyed hashes go on as they were: what they were made with comes along.
  const indexKey = indexKeyRow.optional().parse(yield* from(sql.indexKey.get()))?.key ?? indexKeyOf(key)
  yield* to(keepIndexKey.run(indexKey))
  const made = options.made?.(createKeys(indexKey))
  const moved = yield* each(tables, (table) => moveTable(from, to, table, made?.table === table.name ? made : null))
  const { broken, rows, lastId } = yield* to(verifyChain(yield* to(goneOnBehind())))
  if (broken) throw new Refusal({ code: 'STORE_DAMAGED', detail: { field: 'audit' } })
  return { tables: moved, trail: { rows, lastId } }
}
