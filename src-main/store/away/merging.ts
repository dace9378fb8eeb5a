// What a desk has written while it was away comes to its site: all of it in one transaction, which leaves a mark, so that one that broke
// in its very commit is never done twice. The trail of that time follows on the site's, between a row that says that the desk was alone
// and one that says that it is back. What had not been delivered waits at the site, as after a crash of the desk. The files here stay
// until the site has said that it has come; how far they are: beginning.ts.
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { z } from 'zod'
import { type Clock, clinicMoment } from '../../ground/clock.ts'
import { takeName } from '../../ground/durable-write.ts'
import { fail, ok, Refusal, type Result } from '../../ground/result.ts'
import type { OfSite } from '../sql/of-site.ts'
import type { TableRow } from '../sql/rows.ts'
import { sql } from '../sql/statements/statements.ts'
import { each, statement, type Work } from '../sql/work.ts'
import { openLedger } from '../sqlite/opening.ts'
import { awayFiles, openWholeCopy, removeFile } from './copy-file.ts'
import { differences, ofVisits, onlyAdded, type Written } from './differences.ts'
import { bringCaps, bringCards, bringChoices, bringNumbers, bringSignIns, type Differing } from './reconciling.ts'

interface MergingOptions {
  readonly dataDir: string
  readonly migrationsDir: string
  readonly clock: Clock
  /** The desk's own. */
  readonly key: Uint8Array
}

export interface Merged {
  readonly since: string
  /** Visits that have come to the site. */
  readonly visits: number
  /** How many a person has to look at; they are among `conflicts()` of the site's store. */
  readonly conflicts: number
}

type Site = NonNullable<OfSite['site']>

const mergeOf = statement('SELECT visits, conflicts FROM merges WHERE id = ?')
const mergeRow = z.object({ visits: z.number(), conflicts: z.number() })
const noteMerge = statement('INSERT INTO merges (id, desk, visits, conflicts) VALUES (@id, @desk, @visits, @conflicts)')

/** Given by the site itself. */
const numbered: Readonly<Record<string, string>> = {
  answers: 'id',
  confirmations: 'id',
  deliveries: 'seq',
  broken_glass: 'id',
}

function* put(table: string, rows: readonly TableRow[], more: TableRow = {}): Work<void> {
  const [first] = rows
  if (!first) return
  const columns = Object.keys({ ...first, ...more }).filter((name) => name !== numbered[table])
  const isAdded = onlyAdded.some((name) => name === table)
  const into = statement(`
    INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join(', ')})
    VALUES (${columns.map(() => '?').join(', ')})${isAdded ? ' ON CONFLICT DO NOTHING' : ''}`)
  for (const row of rows) yield* into.tell(...columns.map((name) => ({ ...row, ...more })[name]))
}

function* bring({ topic, desk }: Site, written: Written, foundAt: string): Work<z.infer<typeof mergeRow>> {
  const { ledger, keys, among } = topic
  const { rows, about, trail } = written
  const visits = rows.get('visits') ?? []
  for (const table of ofVisits) {
    yield* put(table, rows.get(table) ?? [], table === 'visits' ? { desk: among.desk } : {})
  }
  for (const table of onlyAdded) yield* put(table, rows.get(table) ?? [])
  const numbers = yield* bringNumbers(keys, written)
  const differing: readonly Differing[] = [
    ...numbers.differing,
    ...(yield* bringCards(written, numbers.patients)),
    ...(yield* bringChoices(written, 'claim_orders')),
    ...(yield* bringChoices(written, 'chosen_helps')),
    ...(yield* bringCaps(written)),
  ]
  yield* bringSignIns(written)
  yield* ledger.appendAudit({ ...nobody, at: about.since ?? foundAt, event: 'deskWentAway', about: desk.name })
  for (const row of trail) yield* ledger.appendAudit(row)
  yield* ledger.appendAudit({ ...nobody, at: foundAt, event: 'deskCameBack', about: `visits ${visits.length}` })
  const isThere = new Set(visits.map(({ id }) => id))
  yield* each(differing, ({ content, visitId, ...conflict }) =>
    sql.addConflict.tell({
      ...conflict,
      id: randomUUID(),
      desk: desk.name,
      foundAt,
      visitId: isThere.has(visitId) ? visitId : null,
      content: JSON.stringify(content),
    }),
  )
  const merged = { visits: visits.length, conflicts: differing.length }
  yield* noteMerge.tell({ ...merged, id: about.merge_id, desk: among.desk })
  return merged
}

const nobody = {
  visitId: '',
  deliveryId: null,
  code: null,
  detail: null,
  staffId: null,
  desk: null,
  patient: null,
} as const

/** null: it has not come. */
function* come(id: string | null): Work<z.infer<typeof mergeRow> | null> {
  return mergeRow.optional().parse(yield* mergeOf.get(id)) ?? null
}

/** What lies in merging.db. */
async function mergeOne(site: Site, options: MergingOptions): Promise<Result<Merged>> {
  const { key, migrationsDir, clock } = options
  const files = awayFiles(options.dataDir)
  const opened = openWholeCopy(files.merging, key, migrationsDir)
  if (!opened.ok) return opened
  const about = opened.value?.about()
  opened.value?.close()
  if (!about?.since) return fail('STORE_DAMAGED')
  const { topic } = site
  const before = await topic.ledger.read(() => come(about.merge_id))
  if (before) return ok({ ...before, since: about.since })
  const written = differences(files.merging, files.base, key, migrationsDir)
  if (!written.ok) return written
  // Of another site: its people are known by other hashes.
  if (!Buffer.from(site.indexKey).equals(written.value.indexKey)) return fail('STORE_KEY_WRONG', { field: 'away' })
  const merged = await topic.ledger.write(function* () {
    // On a line that breaks it may have come while it was read.
    return (yield* come(about.merge_id)) ?? (yield* bring(site, written.value, clinicMoment(clock.now())))
  })
  return merged.ok ? ok({ ...merged.value, since: about.since }) : merged
}

/** null: there is nothing. Errors: those of mergeAway. */
export async function mergeAll({ site }: OfSite, options: MergingOptions): Promise<Result<Merged | null>> {
  const files = awayFiles(options.dataDir)
  if (!site) return fail('STORE_NOT_READY')
  let all: Merged | null = null
  try {
    while (existsSync(files.merging) || existsSync(files.away)) {
      if (!existsSync(files.merging)) {
        const looked = rest(files.away, options)
        if (!looked.ok) return looked
        takeName(files.away, files.merging)
        removeFile(files.away)
      }
      const merged = await mergeOne(site, options)
      if (!merged.ok) return merged
      all = all ? together(all, merged.value) : merged.value
      // What was written behind it has it as its base.
      if (existsSync(files.away)) takeName(files.merging, files.base)
      else for (const done of [files.base, files.merging]) removeFile(done)
    }
    return ok(all)
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.failure }
    throw error
  }
}

const together = (one: Merged, other: Merged): Merged => ({
  since: one.since,
  visits: one.visits + other.visits,
  conflicts: one.conflicts + other.conflicts,
})

/** Nothing that was once committed to it is missing, and nothing of it lies in another file. */
function rest(file: string, { key, migrationsDir }: MergingOptions): Result<void> {
  const opened = openLedger({ file, key, migrationsDir })
  if (!opened.ok) return opened
  opened.value.ledger.close()
  opened.value.database.pragma('wal_checkpoint(TRUNCATE)')
  opened.value.database.close()
  return ok(undefined)
}
