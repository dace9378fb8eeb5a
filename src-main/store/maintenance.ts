// What clinic IT can do about the stored data while no agent runs: look at everything, go back to a copy, go on with what
// is left. Nothing is ever deleted: what was there is put aside under another name. No patient data are told.
import { constants, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import type { ProvedTrail } from '../ground/trail.ts'
import { headsOf, readHeads } from './audit-heads.ts'
import { type DataOptions, databaseKey, databaseOf, onDisk, openData, whenFree } from './data-folder.ts'
import { copiesOf } from './safekeeping.ts'
import { type Progress, readAnchor } from './sqlite/anchor.ts'
import { checkStore } from './sqlite/check.ts'
import { type Copy, listCopies } from './sqlite/copies.ts'
import { anchorOf, type GoOn, type LostNumbers, lostIn, openLedger } from './sqlite/opening.ts'
import { type Salvaged, salvage } from './sqlite/salvage.ts'
import { trailIn } from './sqlite/trail.ts'

export interface MaintenanceOptions extends DataOptions {
  readonly clock: Clock
  /** Where copies lie besides the data folder's own. */
  readonly backupFolder: string | null
}

export interface Standing {
  /** What the start would say; null: it would open. */
  readonly failure: Failure | null
  /** No data yet: the start would be the first one. */
  readonly isNew: boolean
  /** What is known to be missing; null: nobody can say. */
  readonly lost: readonly LostNumbers[] | null
  /** null: a server has the data, and its copies are not a desk's to know. */
  readonly copies: readonly Copy[] | null
}

export interface GoneOn {
  /** What is in use now: a copy, what is left of what was there, or nothing. */
  readonly with: 'copy' | 'rest' | 'readable' | 'nothing'
  readonly copy: string | null
  /** Where what was there lies as it was; null: there was nothing. */
  readonly aside: string | null
  readonly lost: readonly LostNumbers[] | null
  /** What was carried over of a damaged database; null: it was none. */
  readonly salvaged: Salvaged | null
}

/** The newest first, those of the data folder before others of the same day. */
export const copiesFor = ({ dataDir, backupFolder }: MaintenanceOptions): readonly Copy[] =>
  [...listCopies(copiesOf(dataDir)), ...(backupFolder === null ? [] : listCopies(backupFolder))].sort(
    (a, b) => b.sequence - a.sequence,
  )

/** The days of the data folder's own copies. */
export const copyDays = (dataDir: string): readonly { readonly day: string }[] => listCopies(copiesOf(dataDir))

/** Looks at everything, as the start and the daily look do. Errors: AGENT_ALREADY_RUNNING. */
export async function checkData(options: MaintenanceOptions): Promise<Result<Standing>> {
  if (options.site) return checkSite(options)
  const copies = copiesFor(options)
  const standing = (failure: Failure | null, more: Partial<Standing> = {}) =>
    ok({ failure, isNew: false, lost: failure ? null : [], copies, ...more })
  const known = await databaseKey(options.dataDir, options.keyStore)
  if (!known.ok) return standing(known.error)
  const { key } = known.value
  if (!key) return standing(null, { isNew: true })
  const file = databaseOf(options.dataDir)
  const opened = await whenFree(() => openLedger({ ...options, file, key }), options.lockWaitMs)
  if (!opened.ok) {
    if (opened.error.code === 'AGENT_ALREADY_RUNNING') return opened
    return standing(opened.error, { lost: lostIn(file, key) })
  }
  const { database, ledger } = opened.value
  const checked = await checkStore(opened.value)
  ledger.close()
  database.close()
  return standing(checked.ok ? null : checked.error)
}

async function checkSite(options: DataOptions): Promise<Result<Standing>> {
  const standing = (failure: Failure | null) => ok({ failure, isNew: false, lost: failure ? null : [], copies: null })
  const opened = await openData(options)
  if (!opened.ok) return opened.error.code === 'AGENT_ALREADY_RUNNING' ? opened : standing(opened.error)
  const checked = await opened.value.store.check()
  opened.value.store.close()
  return standing(checked.ok ? null : checked.error)
}

export interface LookedTrail extends ProvedTrail {
  /** Files in which its end was noted, and which cannot be read: nobody knows what stands there. */
  readonly unread: readonly string[]
}

type TrailOptions = DataOptions & Pick<MaintenanceOptions, 'backupFolder'>

/**
 * Follows the audit trail from its first row to its last and changes nothing; null: there are no data yet. Errors:
 * AGENT_ALREADY_RUNNING, STORE_KEY_MISSING, STORE_KEY_WRONG, STORE_DAMAGED, STORE_UNWRITABLE, those of openSite.
 */
export async function verifyTrail(options: TrailOptions): Promise<Result<LookedTrail | null>> {
  if (options.site) return verifySite(options)
  const known = await databaseKey(options.dataDir, options.keyStore)
  if (!known.ok) return known
  const { key } = known.value
  if (!key) return ok(null)
  const { heads, unread } = await headsNoted(options)
  const trail = await whenFree(() => trailIn(databaseOf(options.dataDir), key, heads), options.lockWaitMs)
  return trail.ok ? ok({ ...trail.value, unread }) : trail
}

async function verifySite(options: TrailOptions): Promise<Result<LookedTrail>> {
  const opened = await openData(options)
  if (!opened.ok) return opened
  const { store } = opened.value
  try {
    const { heads, unread } = await headsNoted(options)
    return ok({ ...(await store.verifyTrail(heads)), unread })
  } finally {
    store.close()
  }
}

/** Beside this desk's copies, and where they go besides. */
async function headsNoted({ dataDir, backupFolder }: TrailOptions) {
  const folders = [copiesOf(dataDir), ...(backupFolder === null ? [] : [backupFolder])]
  const noted = await Promise.all(folders.map(async (folder) => ({ folder, heads: await readHeads(folder) })))
  return {
    heads: noted.flatMap(({ heads }) => heads ?? []),
    unread: noted.filter(({ heads }) => heads === null).map(({ folder }) => headsOf(folder)),
  }
}

/**
 * Puts a copy in the place of the database: `from`, or the newest that can be used. Errors: AGENT_ALREADY_RUNNING,
 * STORE_KEY_MISSING, STORE_KEY_WRONG, STORE_COPY_MISSING, STORE_DAMAGED (the copy is), STORE_FULL, STORE_UNWRITABLE.
 */
export async function restoreData(options: MaintenanceOptions, from: string | null): Promise<Result<GoneOn>> {
  const free = await ownData(options)
  if (!free.ok) return free
  const { key, known } = free.value
  const files = from === null ? copiesFor(options).map(({ file }) => file) : [from]
  let refusal = fail('STORE_COPY_MISSING')
  for (const copy of files.filter((file) => existsSync(file))) {
    const ready = await prepare(options, key, { event: 'storeRestored', at: now(options), anchor: known }, copy)
    if (ready.ok) {
      const moved = await takePlace(options)
      return moved.ok ? ok({ with: 'copy', copy, aside: moved.value, lost: ready.value, salvaged: null }) : moved
    }
    refusal = ready
  }
  return refusal
}

/**
 * Goes on with what is left of the database, and of a damaged one with what can be read; `empty`: with nothing, where nothing can be. null: nothing is missing, so
 * nothing was done. Errors: AGENT_ALREADY_RUNNING, STORE_KEY_MISSING, STORE_KEY_WRONG, STORE_NEWER, STORE_DAMAGED (nothing
 * is left that can be read), STORE_FULL, STORE_UNWRITABLE.
 */
export async function acceptLoss(options: MaintenanceOptions, empty: boolean): Promise<Result<GoneOn | null>> {
  const free = await ownData(options)
  if (!free.ok) return free
  const { key, known, failure } = free.value
  if (!failure) return ok(null)
  // Nothing is lost: it is the program that lacks something.
  if (failure.code === 'STORE_NEWER') return { ok: false, error: failure }
  const goOn: GoOn = { event: 'storeLossAccepted', at: now(options), anchor: known }
  const file = databaseOf(options.dataDir)
  if (failure.code === 'STORE_ROWS_MISSING') {
    const lost = lostIn(file, key)
    // Opening what is left takes what fits out of the log and throws the rest away.
    const kept = await keepAside(options)
    if (!kept.ok) return kept
    const opened = openLedger({ ...options, file, key }, goOn)
    if (opened.ok) {
      opened.value.ledger.close()
      opened.value.database.close()
      return ok({ with: 'rest', copy: null, aside: kept.value, lost, salvaged: null })
    }
    if (opened.error.code !== 'STORE_DAMAGED') return opened
  }
  if (!empty) return goOnWithReadable(options, key, goOn)
  const ready = await prepare(options, key, goOn, null)
  if (!ready.ok) return ready
  const moved = await takePlace(options)
  return moved.ok ? ok({ with: 'nothing', copy: null, aside: moved.value, lost: ready.value, salvaged: null }) : moved
}

/** What can be read of a damaged database goes into a new one, which takes its place. */
async function goOnWithReadable(options: MaintenanceOptions, key: Uint8Array, goOn: GoOn): Promise<Result<GoneOn>> {
  const file = join(options.dataDir, 'madoguchi.readable.db')
  const clear = () => {
    for (const left of partsOf(file)) rmSync(left, { force: true })
  }
  clear()
  try {
    const salvaged = salvage(databaseOf(options.dataDir), key, options.migrationsDir, file)
    if (!salvaged.ok) return salvaged
    const ready = await prepare(options, key, goOn, file)
    if (!ready.ok) return ready
    const moved = await takePlace(options)
    if (!moved.ok) return moved
    return ok({ with: 'readable', copy: null, aside: moved.value, lost: ready.value, salvaged: salvaged.value })
  } finally {
    clear()
  }
}

const now = ({ clock }: MaintenanceOptions) => clinicMoment(clock.now())

/** The key, the anchor and what a look at everything says to the database, once no agent runs. */
async function ownData({
  dataDir,
  keyStore,
  migrationsDir,
  lockWaitMs,
}: MaintenanceOptions): Promise<
  Result<{ readonly key: Uint8Array; readonly known: Progress | null; readonly failure: Failure | null }>
> {
  const loaded = await keyStore.load()
  if (!loaded.ok) return loaded
  const key = loaded.value
  if (!key) return fail('STORE_KEY_MISSING')
  const file = databaseOf(dataDir)
  const known = readAnchor(anchorOf(file), key)
  const standing = await databaseKey(dataDir, keyStore)
  if (!standing.ok) return ok({ key, known, failure: standing.error })
  const opened = await whenFree(() => openLedger({ file, key, migrationsDir }), lockWaitMs)
  if (!opened.ok) {
    return opened.error.code === 'AGENT_ALREADY_RUNNING' ? opened : ok({ key, known, failure: opened.error })
  }
  // Damage behind what an opening reads stops the start too.
  const checked = await checkStore(opened.value)
  opened.value.ledger.close()
  opened.value.database.close()
  return ok({ key, known: readAnchor(anchorOf(file), key), failure: checked.ok ? null : checked.error })
}

/** What is being made ready, beside the database. */
const readyOf = (dataDir: string) => join(dataDir, 'madoguchi.ready.db')

/** Makes a copy (null: an empty database) ready to be used, with its anchor. Returns what is missing in it. */
async function prepare(
  { dataDir, migrationsDir }: MaintenanceOptions,
  key: Uint8Array,
  goOn: GoOn,
  copy: string | null,
): Promise<Result<readonly LostNumbers[] | null>> {
  const file = readyOf(dataDir)
  return onDisk(async () => {
    for (const left of partsOf(file)) rmSync(left, { force: true })
    if (copy !== null) copyFileSync(copy, file)
  }).then((begun) => {
    if (!begun.ok) return begun
    const opened = openLedger({ file, key, migrationsDir }, goOn)
    if (!opened.ok) return opened
    opened.value.ledger.close()
    opened.value.database.close()
    return ok(goOn.anchor && lostIn(file, key, goOn.anchor))
  })
}

/** What a database consists of, from the name of its file. */
const parts: readonly ((file: string) => string)[] = [(file) => file, (file) => `${file}-wal`, anchorOf]
const partsOf = (file: string) => parts.map((part) => part(file))

/**
 * What was made ready takes the place of the database, which is put aside. Returns where. However it is cut short, an
 * anchor is always there, so that the next try still knows which numbers were given.
 */
async function takePlace({ dataDir, clock }: MaintenanceOptions): Promise<Result<string | null>> {
  const file = databaseOf(dataDir)
  const ready = readyOf(dataDir)
  return onDisk(async () => {
    const aside = freeName(dataDir, clock)
    const there = pairsOf(file, aside)
    for (const { from, to } of there) {
      if (from === anchorOf(file)) copyFileSync(from, to)
      else renameSync(from, to)
    }
    // The anchor first: a database without it is never taken for whole.
    renameSync(anchorOf(ready), anchorOf(file))
    renameSync(ready, file)
    return there.some(({ from }) => from !== anchorOf(file)) ? aside : null
  })
}

/** A second one of everything as it is. Returns where. */
async function keepAside({ dataDir, clock }: MaintenanceOptions): Promise<Result<string>> {
  return onDisk(async () => {
    const aside = freeName(dataDir, clock)
    for (const { from, to } of pairsOf(databaseOf(dataDir), aside)) copyFileSync(from, to, constants.COPYFILE_EXCL)
    return aside
  })
}

/** Each part that is there, and what it is called beside another file. */
const pairsOf = (file: string, other: string) =>
  parts.map((part) => ({ from: part(file), to: part(other) })).filter(({ from }) => existsSync(from))

function freeName(dataDir: string, clock: Clock): string {
  const moment = clinicMoment(clock.now()).slice(0, 19).replace(/\D/g, '')
  for (let count = 1; ; count++) {
    const file = join(dataDir, `madoguchi-aside-${moment}${count === 1 ? '' : `-${count}`}.db`)
    if (!partsOf(file).some((part) => existsSync(part))) return file
  }
}
