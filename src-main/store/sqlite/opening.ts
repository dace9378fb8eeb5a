// Opens a database only when everything that was once committed is in it, and lays the anchor for what comes. Nothing is
// changed before that is known. Whoever goes on knowingly with what is left (`goOn`) leaves a row in the audit trail, and
// what was still to be handed over waits for a person: the lost rows may have said that it was.
import { existsSync, rmSync, statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { seriesRange } from '../../contract/visit-number.ts'
import { type Failure, fail, ok, type Result } from '../../ground/result.ts'
import { type DeliveryStep, underWayStates } from '../../ground/states.ts'
import { verifyChain } from '../sql/audit-chain.ts'
import { createKeys, indexKeyOf } from '../sql/keys.ts'
import { auditHeadRow, indexKeyRow, numberRow, progressRow } from '../sql/rows.ts'
import { sql } from '../sql/statements/statements.ts'
import type { Topic } from '../sql/topic.ts'
import { statement } from '../sql/work.ts'
import { layAnchor, type Progress, readAnchor } from './anchor.ts'
import { fileFailure, isWhole, openCopy, openDatabase, openingFailure } from './database.ts'
import { createLedger, type SqliteLedger } from './ledger.ts'
import { migrate } from './migrations.ts'
import { onlyDesk } from './only-desk.ts'
import { createRunner, type Runner } from './runner.ts'

export interface StoreOptions {
  /** Absolute path of the database file; made if missing, its folder must exist. */
  readonly file: string
  /** 32 bytes. */
  readonly key: Uint8Array
  readonly migrationsDir: string
  /** Of the numbers that it gives; not given: the site's or the clinic's own. */
  readonly series?: number
}

export interface OpenDatabase extends Topic {
  readonly database: Database.Database
  readonly runner: Runner
  readonly ledger: SqliteLedger
}

/** A person goes on with what is left. */
export interface GoOn {
  readonly event: 'storeLossAccepted' | 'storeRestored'
  /** RFC 3339 in clinic time. */
  readonly at: string
  /** Where the numbers go on, when the anchor beside the file is not the one they were given by. */
  readonly anchor: Progress | null
}

/** The anchor of a database file. */
export const anchorOf = (file: string): string => file.replace(/\.db$/, '.anchor')

/**
 * Errors: AGENT_ALREADY_RUNNING, STORE_KEY_WRONG, STORE_NEWER, STORE_MIGRATION_MISMATCH, STORE_DAMAGED, STORE_ROWS_MISSING,
 * STORE_FULL, STORE_UNWRITABLE. None of them changes what is stored.
 */
export function openLedger(options: StoreOptions, goOn: GoOn | null = null): Result<OpenDatabase> {
  const { file, key, migrationsDir, series = 0 } = options
  if (key.length !== 32) return fail('STORE_KEY_WRONG')
  const known = goOn ? goOn.anchor : readAnchor(anchorOf(file), key)
  let database: Database.Database | undefined
  const refuse = (error: Failure): Result<OpenDatabase> => {
    database?.close()
    return { ok: false, error }
  }
  try {
    if (!goOn && logLacksRows(file, key, known)) return refuse({ code: 'STORE_ROWS_MISSING' })
    database = openDatabase(file, key)
    if (!goOn && lacksRows(database, known)) return refuse({ code: 'STORE_ROWS_MISSING' })
    const mustBeLookedAt = goOn !== null || known?.isSuspect === true
    if (mustBeLookedAt && !isWhole(database)) return refuse({ code: 'STORE_DAMAGED' })
    const migrated = migrate(database, migrationsDir)
    if (!migrated.ok) return refuse(migrated.error)
    const runner = createRunner(database)
    for (const { text } of Object.values(sql)) runner.prepare(text)
    const { commits, chain_from } = progressRow.parse(runner.run(sql.progress.get()))
    const head = auditHeadRow.optional().parse(runner.run(sql.lastAudit.get())) ?? { id: 0, hash: '' }
    // A trail from before there were anchors is verified as a whole later in the day, as every trail is.
    const verified = known?.isSuspect ? chain_from : Math.max(known?.verifiedId ?? head.id, chain_from)
    const chain = goOn ? null : runner.run(verifyChain(verified))
    if (chain?.broken) return refuse({ code: 'STORE_DAMAGED', detail: { field: 'audit' } })
    const progress: Progress = {
      commits: Math.max(commits, known?.commits ?? 0),
      auditId: Math.max(head.id, known?.auditId ?? 0),
      auditHash: head.hash,
      verifiedId: chain?.lastId ?? head.id,
      isSuspect: false,
      days: known?.days ?? (goOn ? beyondAnyGiven(runner, goOn.at.slice(0, 10)) : []),
    }
    const anchor = layAnchor(anchorOf(file), key, progress)
    // Under another key than its first one it keeps what its hashes were made with.
    const kept = indexKeyRow.optional().parse(runner.run(sql.indexKey.get()))
    const keys = createKeys(kept?.key ?? indexKeyOf(key))
    const ledger = createLedger({ database, runner, anchor, progress, keys, series })
    const open = { database, runner, keys, ledger, among: onlyDesk }
    const gone = goOn ? goOnWith(open, goOn, progress.commits, progress.auditId) : ok(undefined)
    if (gone.ok) return ok(open)
    open.ledger.close()
    return refuse(gone.error)
  } catch (error) {
    database?.close()
    return { ok: false, error: fileFailure(error) ?? openingFailure(error, known !== null) }
  }
}

/**
 * The same where a log was left behind, by a connection that cannot write: another one would, when it closes, take what
 * fits out of the log and delete the rest, which somebody may still be able to read or to mend. Throws what SQLite throws.
 */
function logLacksRows(file: string, key: Uint8Array, known: Progress | null): boolean {
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (sizeOf(file) === 0 || sizeOf(`${file}-wal`) === 0) return false
  try {
    const database = openCopy(file, key)
    try {
      return lacksRows(database, known)
    } finally {
      database.close()
    }
  } finally {
    // Its index of the log; nobody else makes or uses one.
    rmSync(`${file}-shm`, { force: true })
  }
}

/** Without an anchor nobody knows how far the numbers had come: today's go on where no day of a clinic ever gets to. */
function beyondAnyGiven(runner: Runner, day: string): Progress['days'] {
  const leap = 1_000
  const visit = numberRow.parse(runner.run(sql.newestNumber.get({ day, ...seriesRange(0) }))).value
  return [{ day, visit: Math.ceil((visit + 1) / leap) * leap, request: leap }]
}

const nameSchema = z.array(z.object({ name: z.string() }))

/** Whether something that was once committed is not there (any more). Changes nothing. Throws what SQLite throws. */
function lacksRows(database: Database.Database, known: Progress | null): boolean {
  const names = nameSchema.parse(database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all())
  const has = (table: string) => names.some(({ name }) => name === table)
  const commits = has('progress')
    ? progressRow.parse(database.prepare('SELECT commits, chain_from FROM progress WHERE id = 1').get()).commits
    : 0
  // It had an anchor once: without it nobody can say what is missing.
  if (!known) return commits > 0
  if (commits < known.commits) return true
  if (known.auditId === 0) return false
  const row = has('audit')
    ? auditHeadRow.optional().parse(database.prepare('SELECT id, hash FROM audit WHERE id = ?').get(known.auditId))
    : undefined
  return row?.hash !== known.auditHash
}

/** Numbers of a day that were given and are not stored (any more). */
export interface LostNumbers {
  readonly day: string
  /** 受付番号, first and last. */
  readonly from: number
  readonly to: number
}

/** What is known to be missing, by the anchor. */
export function lostNumbers(runner: Runner, anchor: Progress): readonly LostNumbers[] {
  return anchor.days.flatMap(({ day, visit }) => {
    const newest = numberRow.parse(runner.run(sql.newestNumber.get({ day, ...seriesRange(0) }))).value
    return newest < visit ? [{ day, from: newest + 1, to: visit }] : []
  })
}

/** The same of a database that need not be whole; null: nobody can say. */
export function lostIn(
  file: string,
  key: Uint8Array,
  anchor: Progress | null = readAnchor(anchorOf(file), key),
): readonly LostNumbers[] | null {
  let database: Database.Database | undefined
  try {
    if (!anchor || !existsSync(file)) return null
    database = openDatabase(file, key)
    return lostNumbers(createRunner(database), anchor)
  } catch {
    return null
  } finally {
    database?.close()
  }
}

const underWaySchema = z.array(z.object({ id: z.string(), visit_id: z.string(), destination: z.string() }))
// Once in a life of the database, so it may read the whole outbox.
const underWay = statement('SELECT id, visit_id, destination FROM deliveries WHERE state = ?')
const ask = statement('UPDATE deliveries SET state = @state, failure = @failure, updated_at = @at WHERE id = @id')

function goOnWith({ ledger }: OpenDatabase, { event, at }: GoOn, commits: number, chainFrom: number) {
  return ledger.write(function* () {
    yield* sql.goOnFrom.run({ commits, chainFrom })
    yield* ledger.addAudit('', null, { at, event })
    for (const from of underWayStates) {
      const { to: state }: DeliveryStep = { from, to: 'conflict' }
      for (const { id, visit_id, destination } of underWaySchema.parse(yield* underWay.all(from))) {
        const failure: Failure = { code: 'DELIVERY_UNVERIFIED', detail: { destination } }
        yield* ask.run({ id, at, state, failure: JSON.stringify(failure) })
        yield* ledger.addAudit(visit_id, id, { at, event: 'deliveryConflict', code: failure.code })
      }
    }
  })
}
