// What a desk has written while it was away: what its store has otherwise than its base, which nobody has written to since.
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'
import { type ChainedRow, verifyChain } from '../sql/audit-chain.ts'
import { auditRow, indexKeyRow, type TableRow, tableRow } from '../sql/rows.ts'
import { sql } from '../sql/statements/statements.ts'
import { createRunner } from '../sqlite/runner.ts'
import { type About, type CopyFile, openWholeCopy } from './copy-file.ts'

/** Of a row that is found by its key: as it is here, and as it was in the base; null: it is not there. */
export interface Changed {
  readonly key: string
  readonly here: TableRow | null
  readonly base: TableRow | null
}

/** Tables of which a visit's rows come along, in the order in which they may be put somewhere. */
export const ofVisits = ['visits', 'answers', 'confirmations', 'deliveries', 'records', 'tallies', 'card_uses'] as const
/** Tables of which rows may be changed at both sides, with their keys. */
const keyed = {
  patient_numbers: 'patient_key',
  card_links: 'card_key',
  claim_orders: 'combination',
  chosen_helps: 'combination',
  staff: 'id',
  sign_in_tries: 'code',
} as const
type KeyedTable = keyof typeof keyed
/** Tables of which rows are only added, and that no other row belongs to. */
export const onlyAdded = ['broken_glass', 'left_files', 'terminal_files'] as const

const capRow = z.object({
  patient_key: z.string(),
  certificate_key: z.string(),
  month: z.string(),
  kept_from: z.string(),
  place: z.number(),
  body: z.string(),
})
/** A row of a sheet of monthly caps. */
export type CapAdded = z.infer<typeof capRow>

export interface Written {
  readonly about: About
  readonly indexKey: Uint8Array
  readonly rows: ReadonlyMap<(typeof ofVisits)[number] | (typeof onlyAdded)[number], readonly TableRow[]>
  readonly changed: ReadonlyMap<KeyedTable, readonly Changed[]>
  readonly caps: readonly CapAdded[]
  readonly trail: readonly ChainedRow[]
}

const tableRows = z.array(tableRow)
const keysSchema = z.array(z.object({ key: z.string() }))

/** Of two databases that are at rest. Errors: STORE_DAMAGED (its trail does not hold, or one is not whole), AGENT_ALREADY_RUNNING, STORE_ codes. */
export function differences(file: string, base: string, key: Uint8Array, migrationsDir: string): Result<Written> {
  // A newer version of the program may have come meanwhile: both in the same shape.
  const looked = openWholeCopy(base, key, migrationsDir)
  if (!looked.ok) return looked
  if (!looked.value) return fail('STORE_DAMAGED')
  looked.value.close()
  const opened = openWholeCopy(file, key, migrationsDir)
  if (!opened.ok) return opened
  if (!opened.value) return fail('STORE_DAMAGED')
  const { database, close } = opened.value
  try {
    if (createRunner(database).run(verifyChain(0)).broken) return fail('STORE_DAMAGED', { field: 'audit' })
    const hex = Buffer.from(key).toString('hex')
    database.prepare(`ATTACH DATABASE ? AS base KEY 'x''${hex}'''`).run(base)
    const written = writtenIn(opened.value)
    database.exec('DETACH DATABASE base')
    return written
  } finally {
    close()
  }
}

function writtenIn({ database, tables, about }: CopyFile): Result<Written> {
  const standing = about()
  if (!standing?.since || !standing.merge_id) return fail('STORE_DAMAGED')
  const all = (text: string, ...values: unknown[]) => tableRows.parse(database.prepare(text).all(...values))
  const columnsOf = (table: string) => (tables.get(table)?.columns ?? []).map((name) => `"${name}"`).join(', ')
  const keyOf = (table: string) => (tables.get(table)?.key ?? []).map((name) => `"${name}"`).join(', ')
  const ofVisit = (table: string) => {
    const visit = table === 'visits' ? 'id' : 'visit_id'
    return all(`SELECT ${columnsOf(table)} FROM main."${table}"
      WHERE ${visit} NOT IN (SELECT id FROM copied_visits) ORDER BY ${keyOf(table) || 'visit_id'}`)
  }
  const added = (table: string) =>
    all(`SELECT ${columnsOf(table)} FROM main."${table}" EXCEPT SELECT ${columnsOf(table)} FROM base."${table}"`)
  const changed = (table: KeyedTable): Changed[] => {
    const key = keyed[table]
    const columns = columnsOf(table)
    const [main, base] = [`SELECT ${columns} FROM main."${table}"`, `SELECT ${columns} FROM base."${table}"`]
    const keys = keysSchema.parse(
      database
        .prepare(`SELECT ${key} AS key FROM (${main} EXCEPT ${base}) UNION SELECT ${key} FROM (${base} EXCEPT ${main})`)
        .all(),
    )
    return keys.map((row) => ({
      ...row,
      here: all(`${main} WHERE ${key} = ?`, row.key)[0] ?? null,
      base: all(`${base} WHERE ${key} = ?`, row.key)[0] ?? null,
    }))
  }
  const caps = database
    .prepare(`SELECT patient_key, certificate_key, month, kept_from, place, body FROM main.cap_rows AS row
      JOIN main.cap_sheets AS sheet ON sheet.id = row.sheet_id
      WHERE NOT EXISTS (SELECT 1 FROM base.cap_rows AS known
        WHERE known.sheet_id = row.sheet_id AND known.place = row.place) ORDER BY sheet.id, row.place`)
    .all()
  const trail = database
    .prepare('SELECT * FROM main.audit WHERE id > (SELECT coalesce(max(id), 0) FROM base.audit) ORDER BY id')
    .all()
  const names: readonly KeyedTable[] = [
    'patient_numbers',
    'card_links',
    'claim_orders',
    'chosen_helps',
    'staff',
    'sign_in_tries',
  ]
  return ok({
    about: standing,
    indexKey: indexKeyRow.parse(database.prepare(sql.indexKey.text).get()).key,
    rows: new Map([
      ...ofVisits.map((table) => [table, ofVisit(table)] as const),
      ...onlyAdded.map((table) => [table, added(table)] as const),
    ]),
    changed: new Map(names.map((table) => [table, changed(table)])),
    caps: z.array(capRow).parse(caps),
    trail: z.array(auditRow).parse(trail),
  })
}
