// What an agent stands on: its data folder, the key, and the encrypted store in it.
//
// A key without a database is a database that was lost, unless the very first start was cut short between the two. So a
// first start leaves its mark before it makes the key, and takes it away once the database is there.
//
// Where a server has the data of the site, the desk's own database stays what it is: the lock against a second agent, and what the
// desk's key is proven by. The site's store is opened besides, and is what everybody works with.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { removeLeftovers, writeDurably } from '../ground/durable-write.ts'
import type { FailureCode } from '../ground/failures.ts'
import { makeFolder } from '../ground/make-folder.ts'
import { mendModes } from '../ground/modes.ts'
import { foreignIn } from '../ground/own-folder.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { deskIdentity } from './desk-identity.ts'
import type { WrittenFor } from './erasing.ts'
import { holderName, noteHolder, otherHolder } from './holder.ts'
import type { KeyStore } from './key-store.ts'
import { signingName } from './signing.ts'
import { openSite, type SiteServer } from './site.ts'
import { fileFailure, isHeld } from './sqlite/database.ts'
import { openStore } from './sqlite/store.ts'
import type { Store } from './store.ts'

export interface DataOptions {
  /** Absolute path; made if missing. */
  readonly dataDir: string
  readonly keyStore: KeyStore
  readonly migrationsDir: string
  /** The server that has the data of the whole site; null: they are here. */
  readonly site?: SiteServer | null | undefined
  /** Of the program, for the site's list of its desks. */
  readonly version?: string | undefined
  /** The name of this computer, where it plays several. */
  readonly deskName?: string | undefined
  /** How long to wait for whoever holds the database: a scanner, a backup, the agent that is just ending. */
  readonly lockWaitMs?: number | undefined
}

/** Of a data folder. */
export const databaseOf = (dataDir: string): string => join(dataDir, dataFiles.database)
/** Of a data folder, by their names: the database, and what has been written to it last. */
export const dataFiles = { database: 'madoguchi.db', writeAhead: 'madoguchi.db-wal' } as const
/** What is put below a folder of ours has no longer path, in bytes: a day's copy, and what SQLite keeps beside it while it is made. */
const longestBelow = 96

/**
 * Whether SQLite could not open everything in such a folder: it takes no path beyond 512 bytes (MAX_PATHNAME in its os_unix.c).
 * On Windows the limit is the system's, and can be lifted there.
 */
export const isTooLong = (folder: string): boolean =>
  process.platform !== 'win32' && Buffer.byteLength(folder) > 512 - longestBelow

const markOf = (dataDir: string) => join(dataDir, 'first-start')

interface OpenData {
  readonly store: Store
  /** Patients are in the desk's own database whom the site has never been given: their move was forgotten. */
  readonly isLeftHere: boolean
  /** No database was there before. */
  readonly firstStart: boolean
}

/** Errors: DATA_FOLDER_FOREIGN, DATA_FOLDER_TOO_LONG, every STORE_ code, AGENT_ALREADY_RUNNING (with who it is, where that is somebody else), SECRET_NOT_SET. */
export async function openData(options: DataOptions): Promise<Result<OpenData>> {
  const own = await openOwn(options)
  if (!own.ok || !options.site) return own
  const { store: desk, firstStart } = own.value
  const site = await siteOf(options, options.site)
  if (!site.ok) {
    desk.close()
    return site
  }
  const close = () => {
    site.value.close()
    desk.close()
  }
  const isLeftHere = await isLeft(desk, site.value)
  return ok({ store: { ...site.value, close }, firstStart, isLeftHere })
}

/** What has been moved has its trail there, from the first row on, and stays here until a person takes it away. */
async function isLeft(desk: Store, site: Store): Promise<boolean> {
  const mayRehearse = await desk.mayWriteFor('training')
  const [first] = await desk.auditTrail({ after: 0, limit: 1 })
  if (mayRehearse.ok || !first) return false
  const [there] = await site.auditTrail({ after: first.id - 1, limit: 1 })
  return !there || there.at !== first.at || there.event !== first.event || there.visitId !== first.visitId
}

/** Whether a start could open the site's store now: the same, without the desk's own lock. Errors: as above. */
export async function reachSite(options: DataOptions): Promise<Result<void>> {
  // A desk that was never started has no key that the site's could be wrapped with: its start will say the rest.
  if (sizeOf(databaseOf(options.dataDir)) === 0) return ok(undefined)
  return atSite(options, async () => ok(undefined))
}

/** Opens the site's store besides, for this work alone. Errors: as above, and those of the work. */
export async function atSite<T>(options: DataOptions, work: (site: Store) => Promise<Result<T>>) {
  if (!options.site) return fail('STORE_NOT_READY')
  const site = await siteOf(options, options.site)
  if (!site.ok) return site
  try {
    return await work(site.value)
  } finally {
    site.value.close()
  }
}

/** As the other desks of the site hear of this one. Throws what the system says of the data folder. */
export const siteDesk = ({
  dataDir,
  version = '',
  deskName,
}: Pick<DataOptions, 'dataDir' | 'version' | 'deskName'>) => ({
  ...deskIdentity(dataDir, deskName),
  version,
})

async function siteOf(options: DataOptions, server: SiteServer): Promise<Result<Store>> {
  const { dataDir, keyStore, migrationsDir, lockWaitMs } = options
  const key = await keyStore.load()
  if (!key.ok) return key
  const { value: deskKey } = key
  if (!deskKey) return fail('STORE_KEY_MISSING')
  const open = async () => {
    const opened = await onDisk(() => openSite({ server, dataDir, deskKey, migrationsDir, desk: siteDesk(options) }))
    return opened.ok ? opened.value : opened
  }
  // A server that fails over, or a line that is just coming up.
  const opened = await whenFree(open, lockWaitMs, 'STORE_UNREACHABLE')
  deskKey.fill(0)
  return opened
}

/** What lies in the data folder itself. */
async function openOwn(options: DataOptions): Promise<Result<OpenData>> {
  const { dataDir, keyStore, migrationsDir } = options
  if (isTooLong(dataDir)) return fail('DATA_FOLDER_TOO_LONG')
  const foreign = await onDisk(async () => {
    makeFolder(dataDir)
    return foreignIn(dataDir)
  })
  if (!foreign.ok) return foreign
  if (foreign.value !== null) return fail('DATA_FOLDER_FOREIGN', { field: foreign.value })
  const file = databaseOf(dataDir)
  const known = await databaseKey(dataDir, keyStore)
  // Another user's agent has it open, and the key is wrapped for that one.
  if (!known.ok) return isHeld(file) ? heldByOther(dataDir) : known
  const { firstStart } = known.value
  const key = known.value.key ? ok(known.value.key) : await firstKey(dataDir, keyStore)
  if (!key.ok) return key
  const opened = await whenFree(() => openStore({ file, key: key.value, migrationsDir }), options.lockWaitMs)
  key.value.fill(0)
  if (opened.ok) {
    // Alone in the folder from here on: nobody else is writing these now.
    for (const name of writtenFiles) removeLeftovers(join(dataDir, name))
    rmSync(markOf(dataDir), { force: true })
    noteHolder(dataDir)
  }
  mendModes([
    ...[dataFiles.database, dataFiles.writeAhead, ...writtenFiles].map((name) => join(dataDir, name)),
    ...logs(dataDir),
  ])
  if (opened.ok) return ok({ store: opened.value, firstStart, isLeftHere: false })
  return opened.error.code === 'AGENT_ALREADY_RUNNING' ? heldByOther(dataDir) : opened
}

/** The same for whoever attends to people: nobody of a rehearsal is there for a clinic that is live. Errors besides: STORE_IS_LIVE. */
export async function openDataFor(mode: WrittenFor, options: DataOptions & { readonly clock: Clock }) {
  const opened = await openData(options)
  if (!opened.ok) return opened
  const { store } = opened.value
  const taken = await store.writeFor(mode, { at: clinicMoment(options.clock.now()) })
  if (taken.ok) return opened
  store.close()
  return taken
}

function heldByOther(dataDir: string): Result<never> {
  const holder = otherHolder(dataDir)
  return fail('AGENT_ALREADY_RUNNING', holder === null ? undefined : { field: holder })
}

/** Tries again while somebody else holds it. An agent keeps it until its end, everybody else lets go. */
export async function whenFree<T>(
  open: () => Result<T> | Promise<Result<T>>,
  waitMs = 3_000,
  isHeldWith: FailureCode = 'AGENT_ALREADY_RUNNING',
): Promise<Result<T>> {
  const end = performance.now() + waitMs
  for (;;) {
    const opened = await open()
    if (opened.ok || opened.error.code !== isHeldWith || performance.now() >= end) return opened
    await pause(100)
  }
}

/** Beside which a writer that was killed may have left something. */
const writtenFiles = [
  'database.key',
  'database.key.wrapped',
  'settings.json',
  'settings.last-good.json',
  'settings.schema.json',
  'site.key',
  'site.key.made',
  signingName,
  'madoguchi.anchor',
  'first-start',
  holderName,
]

/** Log files, also those of earlier versions. */
function logs(dataDir: string): readonly string[] {
  const folder = join(dataDir, 'logs')
  try {
    return readdirSync(folder).map((name) => join(folder, name))
  } catch {
    return []
  }
}

/**
 * The key of a data folder, null before its first start. The key of an existing database is never replaced: without it
 * the data are lost, and that is for a person to know. Errors: STORE_KEY_MISSING, STORE_KEY_WRONG, STORE_DAMAGED (the
 * database is missing, empty or a stub).
 */
export async function databaseKey(
  dataDir: string,
  keyStore: KeyStore,
): Promise<Result<{ readonly key: Uint8Array | null; readonly firstStart: boolean }>> {
  const known = await keyStore.load()
  if (!known.ok) return known
  // In this order: another agent's first start makes mark, key and database, and only then takes the mark away.
  const isMarked = existsSync(markOf(dataDir))
  const firstStart = sizeOf(databaseOf(dataDir)) === 0
  if (known.value) {
    const isLost = sizeOf(databaseOf(dataDir)) < smallestPage
    return isLost && !isMarked ? fail('STORE_DAMAGED') : ok({ key: known.value, firstStart })
  }
  if (!firstStart) {
    const other = await keyStore.load()
    return other.ok && other.value ? ok({ key: other.value, firstStart }) : fail('STORE_KEY_MISSING')
  }
  return ok({ key: null, firstStart })
}

/** Errors: STORE_FULL, STORE_UNWRITABLE. */
async function firstKey(dataDir: string, keyStore: KeyStore): Promise<Result<Uint8Array>> {
  const marked = await onDisk(async () => writeDurably(markOf(dataDir), '', { mode: 0o600 }))
  return marked.ok ? keyStore.create() : marked
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/** Of SQLite's pages. It takes a stub that is shorter for an empty database, and would begin a new one in it. */
const smallestPage = 512

/**
 * Work in the data folder and on this computer's own ports: what the system refuses is an expected failure, anything else
 * throws on. Errors: STORE_FULL, STORE_UNWRITABLE, LOOPBACK_UNAVAILABLE.
 */
export async function onDisk<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work())
  } catch (error) {
    const failure = fileFailure(error)
    if (failure) return { ok: false, error: failure }
    if (error instanceof Error && 'syscall' in error && error.syscall === 'listen') return fail('LOOPBACK_UNAVAILABLE')
    throw error
  }
}
