// The whole store of a desk to its site's server, and back: all of it in one transaction at where it goes, or nothing. Where it comes
// from stays as it is until a person takes it away, and must be at rest: a desk's database is held alone meanwhile, and a site that
// somebody has written to while it was read is not taken for moved. Only patients are moved: a rehearsal is done anew.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { seriesRange } from '../contract/visit-number.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { fail, ok, Refusal, type Result } from '../ground/result.ts'
import { type DataOptions, databaseKey, databaseOf, dataFiles, onDisk, siteDesk, whenFree } from './data-folder.ts'
import type { ServerAccess } from './postgres/access.ts'
import { continueNumbers, type GivenNumbers, givenNumbers, numberColumn } from './postgres/moving.ts'
import { openServer } from './postgres/opening.ts'
import { openSite } from './site.ts'
import { readSiteKey } from './site-key.ts'
import { asked, isEmpty, type MovedRows, moveRows } from './sql/moving.ts'
import { progressRow } from './sql/rows.ts'
import { sql } from './sql/statements/statements.ts'
import { statement, type Work } from './sql/work.ts'
import { readAnchor } from './sqlite/anchor.ts'
import { checkStore } from './sqlite/check.ts'
import { atOnce, failureHere, newDatabase, tablesToMove } from './sqlite/moving.ts'
import { anchorOf, openLedger } from './sqlite/opening.ts'

interface Site {
  readonly access: ServerAccess
  /** 32 bytes, the same ones at every desk. */
  readonly key: Uint8Array
}

type MoveOptions = Omit<DataOptions, 'site'> & { readonly site: Site }

export interface Moved extends MovedRows {
  /** The database of the desk. */
  readonly file: string
}

/**
 * Where the settings name the server, with the site's key as this desk has it; the first desk of a site makes it. Errors:
 * STORE_NOT_READY (no server is set), STORE_NOT_LIVE (a desk that was never started has nothing), those of openSite and of either move.
 */
export async function moveStore(
  options: DataOptions & { readonly clock: Clock },
  to: 'site' | 'desk',
): Promise<Result<Moved>> {
  const { dataDir, keyStore, migrationsDir, site: server, clock } = options
  if (!server) return fail('STORE_NOT_READY', { field: 'store' })
  const loaded = await keyStore.load()
  if (!loaded.ok) return loaded
  const deskKey = loaded.value
  if (!deskKey) return fail('STORE_NOT_LIVE')
  try {
    const opened = await onDisk(() =>
      openSite({ server, dataDir, deskKey, migrationsDir, desk: siteDesk({ dataDir }) }),
    )
    if (!opened.ok) return opened
    if (!opened.value.ok) return opened.value
    const { value: store } = opened.value
    // Signed by the last who could: whoever has the store to themselves signs nothing (sql/trail-signatures.ts).
    const noted =
      to === 'desk' ? await store.noteCommand('storeMovedToDesk', { at: clinicMoment(clock.now()) }) : ok(undefined)
    store.close()
    if (!noted.ok) return noted
    const key = readSiteKey(dataDir, deskKey)
    if (!key.ok) return key
    if (!key.value) return fail('STORE_NOT_JOINED')
    const access = await server()
    if (!access.ok) return access
    const site = { access: access.value, key: key.value }
    return await (to === 'site' ? moveToSite : moveToDesk)({ ...options, site })
  } finally {
    deskKey.fill(0)
  }
}

/** Of the server's engine, beside the embedded one's. */
const serverOf = ({ site, migrationsDir }: MoveOptions) =>
  openServer({ ...site, migrationsDir: join(migrationsDir, 'postgres'), texts: [] })

/**
 * Errors: STORE_NOT_LIVE, STORE_NOT_EMPTY (the site has data), STORE_MOVE_DIFFERS, AGENT_ALREADY_RUNNING, and every STORE_ code of
 * either side. Nothing has come to the site then, but for STORE_COMMIT_UNKNOWN.
 */
export async function moveToSite(options: MoveOptions): Promise<Result<Moved>> {
  const known = await databaseKey(options.dataDir, options.keyStore)
  if (!known.ok) return known
  const { key } = known.value
  if (!key) return fail('STORE_NOT_LIVE')
  const file = databaseOf(options.dataDir)
  const opened = await whenFree(() => openLedger({ ...options, file, key }), options.lockWaitMs)
  if (!opened.ok) return opened
  const { database, runner, ledger } = opened.value
  try {
    // What is damaged is mended where it is: nobody looks for it at the site.
    const checked = await checkStore(opened.value)
    if (!checked.ok) return checked
    const server = await serverOf(options)
    if (!server.ok) return server
    try {
      const tables = runner.run(tablesToMove())
      const given = numbersGiven(
        readAnchor(anchorOf(file), key)?.days ?? [],
        dayRows.parse(runner.run(numbersStored())),
      )
      const moved = await server.value.runWriting(
        (function* (): Work<MovedRows> {
          const rows = yield* moveRows({ from: atOnce(runner), to: asked, tables, key, made: numberColumn })
          yield* continueNumbers(given)
          return rows
        })(),
      )
      return moved.ok ? ok({ ...moved.value, file }) : moved
    } finally {
      await server.value.close()
    }
  } catch (error) {
    return { ok: false, error: failureHere(error) }
  } finally {
    ledger.close()
    database.close()
    key.fill(0)
  }
}

const dayRows = z.array(z.object({ day: z.string(), visit: z.number(), request: z.number() }))
/** What desks gave that were away goes on by itself. */
const ofDesks = seriesRange(0)
const stored = statement(`
  SELECT day, max(visit) AS visit, max(request) AS request FROM (
    SELECT day, number AS visit, 0 AS request FROM visits WHERE number < ${ofDesks.until} UNION ALL SELECT day, 0, last FROM terminal_requests)
  GROUP BY day ORDER BY day DESC`)

function* numbersStored(): Work<readonly unknown[]> {
  return yield* stored.all()
}

/** Of each day the higher of what is stored and what the anchor knows: what was given and is gone is not given again. */
function numbersGiven(known: readonly GivenNumbers[], there: readonly GivenNumbers[]): readonly GivenNumbers[] {
  return [...Map.groupBy([...known, ...there], ({ day }) => day)].map(([day, both]) => ({
    day,
    visit: Math.max(...both.map(({ visit }) => visit)),
    request: Math.max(...both.map(({ request }) => request)),
  }))
}

/** The database of a desk of a site is there and nobody has written to it. Errors: STORE_NOT_EMPTY, STORE_ codes. */
function isUnused(file: string, key: Uint8Array, migrationsDir: string): Result<void> {
  if (!existsSync(file)) return ok(undefined)
  const opened = openLedger({ file, key, migrationsDir })
  if (!opened.ok) return opened
  const { database, runner, ledger } = opened.value
  const isUnwritten = runner.run(isEmpty(runner.run(tablesToMove())))
  ledger.close()
  database.close()
  return isUnwritten ? ok(undefined) : fail('STORE_NOT_EMPTY', { field: dataFiles.database })
}

/** Errors: the same, STORE_NOT_EMPTY (the desk has a database), STORE_IN_USE (a desk of the site has written meanwhile). */
export async function moveToDesk(options: MoveOptions): Promise<Result<Moved>> {
  const { dataDir, keyStore, migrationsDir, site } = options
  const file = databaseOf(dataDir)
  const server = await serverOf(options)
  if (!server.ok) return server
  try {
    const loaded = await keyStore.load()
    if (!loaded.ok) return loaded
    const key = loaded.value
    if (!key) return fail('STORE_KEY_MISSING')
    const unused = await whenFree(() => isUnused(file, key, migrationsDir), options.lockWaitMs)
    if (!unused.ok) return unused
    const target = newDatabase(file, key, migrationsDir)
    if (!target.ok) return target
    const { tables, side: to, commit, close } = target.value
    try {
      const { rows, days, commits } = await server.value.runReading(
        (function* () {
          const rows = yield* moveRows({ from: asked, to, tables, key: site.key })
          return { rows, days: yield* givenNumbers(), commits: yield* commitsOf() }
        })(),
      )
      if ((await server.value.runReading(commitsOf())) !== commits) return fail('STORE_IN_USE')
      const committed = commit(days)
      return committed.ok ? ok({ ...rows, file }) : committed
    } finally {
      close()
      key.fill(0)
    }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.failure }
    return { ok: false, error: failureHere(error) }
  } finally {
    await server.value.close()
  }
}

function* commitsOf(): Work<number> {
  return progressRow.parse(yield* sql.progress.get()).commits
}
