// What a desk needs of its site for a day without it: everybody's cards and 診察券番号, who signs in, masters, orders and helps, bookings,
// the sheets of this month and the last, and today's visits with what hangs on them. No payload of a file, and no trail. All of it at
// first, a page after the other; then only what the server has noted as changed.
import { z } from 'zod'
import type { ChangeKind } from '../../ground/changes.ts'
import type { ChangeRow } from '../postgres/changes.ts'
import type { Table } from '../sql/moving.ts'
import { type TableRow, tableRow } from '../sql/rows.ts'
import { each, statement, type Work } from '../sql/work.ts'

interface CopiedTable {
  readonly name: string
  /** Which of its rows. */
  readonly where: string
  /** By which changes it is read anew. */
  readonly kind: ChangeKind
  /** Rows that hang on these ids (names of parameters); null: it is small, and is read anew as a whole. */
  readonly of: ((ids: string) => string) | null
  /** They go with the row that they hang on. */
  readonly goesAlong?: true
  /** Not read: it has no value here. */
  readonly without?: string
  /** Of those that have no key of their own. */
  readonly key?: readonly string[]
}

const whole = (name: string, kind: ChangeKind, where = 'true'): CopiedTable => ({ name, kind, where, of: null })

const ofVisit = (name: string, more: Partial<CopiedTable> = {}): CopiedTable => ({
  name,
  kind: 'visit',
  where: 'visit_id IN (SELECT id FROM visits WHERE day = @day)',
  of: (ids) => `visit_id IN (${ids})`,
  goesAlong: true,
  ...more,
})

const ofPatient = (name: string, kind: ChangeKind, where = 'true'): CopiedTable => ({
  name,
  kind,
  where,
  of: (ids) => `patient_key IN (${ids})`,
})

const sheets = 'month >= @month'

/** Each behind those that its rows hang on. */
export const copiedTables: readonly CopiedTable[] = [
  whole('written_for', 'clock'),
  whole('clock', 'clock'),
  whole('claim_orders', 'claimOrders'),
  whole('chosen_helps', 'chosenHelps'),
  whole('booking_run', 'bookings'),
  whole('bookings', 'bookings'),
  whole('master_issues', 'masters'),
  whole('local_schemes', 'masters'),
  whole('staff', 'staff'),
  whole('sign_in_tries', 'staff'),
  whole('broken_glass', 'staff', 'day = @day'),
  ofPatient('patient_numbers', 'numbers'),
  ofPatient('card_links', 'numbers'),
  ofPatient('cap_sheets', 'caps', sheets),
  {
    name: 'cap_rows',
    kind: 'caps',
    where: `sheet_id IN (SELECT id FROM cap_sheets WHERE ${sheets})`,
    of: (ids) => `sheet_id IN (SELECT id FROM cap_sheets WHERE ${sheets} AND patient_key IN (${ids}))`,
    goesAlong: true,
  },
  { name: 'visits', kind: 'visit', where: 'day = @day', of: (ids) => `id IN (${ids})` },
  ofVisit('answers'),
  ofVisit('confirmations'),
  ofVisit('deliveries', { without: 'payload' }),
  ofVisit('records'),
  ofVisit('tallies'),
  ofVisit('card_uses', { key: ['visit_id'] }),
]

/** YYYY-MM-DD, and the first month (YYYY-MM) whose sheets are wanted. */
export interface CopiedDay {
  readonly day: string
  readonly month: string
}

export function copiedDay(day: string): CopiedDay {
  const [year = 0, month = 0] = day.split('-').map(Number)
  const before = month === 1 ? [year - 1, 12] : [year, month - 1]
  return { day, month: before.map((part) => String(part).padStart(2, '0')).join('-') }
}

const tableRows = z.array(tableRow)

/** Rows of one table as they are to be put into the copy. */
export interface Piece {
  readonly table: CopiedTable
  readonly rows: readonly TableRow[]
  /** In the place of what hangs on these; null: of all of the table. Not given: beside what is there. */
  readonly instead?: readonly string[] | null
}

const quoted = (name: string) => `"${name}"`
const columnsOf = ({ without }: CopiedTable, { columns }: Table) => columns.filter((name) => name !== without)

const pageRows = 500

export interface Page {
  readonly rows: readonly TableRow[]
  readonly isLast: boolean
}

/** The rows behind this one (null: from the first one on). `table`: its columns and key. */
export function* page(copied: CopiedTable, table: Table, day: CopiedDay, last: TableRow | null): Work<Page> {
  const key = copied.key ?? table.key
  const places = key.map((_, index) => `@key${index}`)
  const behind = last ? ` AND (${key.map(quoted).join(', ')}) > (${places.join(', ')})` : ''
  const asked = statement(`
    SELECT ${columnsOf(copied, table).map(quoted).join(', ')} FROM ${quoted(copied.name)}
    WHERE ${copied.where}${behind} ORDER BY ${key.map(quoted).join(', ')} LIMIT ${pageRows}`)
  const from = Object.fromEntries(key.map((column, index) => [`key${index}`, last?.[column] ?? null]))
  const rows = tableRows.parse(yield* asked.all({ ...day, ...from }))
  return { rows, isLast: rows.length < pageRows }
}

/** So many in one statement, and always so many, so that there are few statements. */
const idsAtOnce = 20
export const idParameters = Array.from({ length: idsAtOnce }, (_, index) => `@id${index}`).join(', ')
export const idValues = (ids: readonly string[]) =>
  Object.fromEntries(Array.from({ length: idsAtOnce }, (_, index) => [`id${index}`, ids[index] ?? ids[0] ?? '']))

function* ofIds(
  copied: CopiedTable,
  of: (ids: string) => string,
  table: Table,
  day: CopiedDay,
  ids: readonly string[],
) {
  const asked = statement(`
    SELECT ${columnsOf(copied, table).map(quoted).join(', ')} FROM ${quoted(copied.name)}
    WHERE ${of(idParameters)} AND ${copied.where}`)
  return tableRows.parse(yield* asked.all({ ...day, ...idValues(ids) }))
}

function* wholeOf(copied: CopiedTable, table: Table, day: CopiedDay): Work<readonly TableRow[]> {
  const columns = columnsOf(copied, table).map(quoted).join(', ')
  const asked = statement(`SELECT ${columns} FROM ${quoted(copied.name)} WHERE ${copied.where}`)
  return tableRows.parse(yield* asked.all({ ...day }))
}

/**
 * What these changes are about, as it is now: of one state of the site. null: what it was is not known well enough, and all has to be
 * read anew.
 */
export function* changedPieces(
  tables: ReadonlyMap<string, Table>,
  day: CopiedDay,
  changes: readonly ChangeRow[],
): Work<readonly Piece[] | null> {
  const pieces: Piece[] = []
  const byKind = Map.groupBy(changes, ({ kind }) => kind)
  for (const copied of copiedTables) {
    const ids = [...new Set((byKind.get(copied.kind) ?? []).map(({ id }) => id))]
    const table = tables.get(copied.name)
    if (ids.length === 0 || !table) continue
    const { of } = copied
    if (of === null) {
      pieces.push({ table: copied, rows: yield* wholeOf(copied, table, day), instead: null })
      continue
    }
    if (ids.includes('')) return null
    const chunks = Array.from({ length: Math.ceil(ids.length / idsAtOnce) }, (_, index) =>
      ids.slice(index * idsAtOnce, (index + 1) * idsAtOnce),
    )
    pieces.push(
      ...(yield* each(chunks, function* (instead) {
        return { table: copied, rows: yield* ofIds(copied, of, table, day, instead), instead }
      })),
    )
  }
  return pieces
}
