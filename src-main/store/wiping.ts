// The end of this desk's data, for clinic IT while no agent runs: of everybody in it, or of all that this program keeps in the
// data folder. First it is only told what would go. What has not got out has to be named as the number it is then, so that
// nobody wipes a file that came in between. Afterwards it is looked at whether anything is left.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { clinicMoment } from '../ground/clock.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import { isUnmerged } from './away/away.ts'
import { databaseOf, onDisk, openData } from './data-folder.ts'
import type { Erasing, Known } from './erasing.ts'
import type { MaintenanceOptions } from './maintenance.ts'
import { copiesOf } from './safekeeping.ts'
import { isHeld } from './sqlite/database.ts'
import { type Left, leftIn } from './sqlite/left.ts'

export interface Outlook {
  /** null: nobody can say; nor where something was written without the site's server and has not come to it. */
  readonly known: Known | null
  /** Why the database cannot be counted; null: it can. */
  readonly failure: Failure | null
  /** What goes besides the database, by name in the data folder: copies and earlier databases; with `isAll`, whatever is ours. */
  readonly files: readonly string[]
  /** With `isAll`: what is not ours. */
  readonly stays: readonly string[]
}

/** Of a data folder, in the order in which they go: without its key nothing of the others can be opened any more. */
const keyFile = /^database\.key(\.|$)/
const ours =
  /^(database\.key(\..+)?|madoguchi\.(db|anchor|ready|rotated).*|madoguchi-aside-.+|drill-.+|settings\..+|(first-run|held-by)\.json.*|first-start.*|desk-id.*|desk-signing\.key.*|site\.key.*|practice-.+|practice|away|secrets|backup|logs|training|import)$/
/** Whole databases besides the one in use: put aside, or left by work that was cut short. */
const earlier = /^(away|madoguchi-aside-.+|madoguchi\.(ready|rotated).*|drill-.+)$/
const copy = /^madoguchi-.*\.(db|tmp)$/

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : [])

const isDataFolder = (dataDir: string): boolean =>
  namesIn(dataDir).some((name) => keyFile.test(name)) || existsSync(databaseOf(dataDir))

const filesOf = (dataDir: string): readonly string[] => [
  ...namesIn(dataDir).filter((name) => earlier.test(name)),
  ...namesIn(copiesOf(dataDir))
    .filter((name) => copy.test(name))
    .map((name) => `backup/${name}`),
]

/**
 * What would go; nothing has. Errors: REQUEST_INVALID (no data folder), AGENT_ALREADY_RUNNING; without `isAll` every STORE_ code.
 */
export async function outlookOf(options: MaintenanceOptions, isAll: boolean): Promise<Result<Outlook>> {
  const { dataDir } = options
  // A mistyped folder must neither become a data folder nor lose what is somebody else's.
  if (!isDataFolder(dataDir)) return fail('REQUEST_INVALID', { field: '--data' })
  const practice = databaseOf(join(dataDir, 'practice'))
  if (isAll && existsSync(practice) && isHeld(practice)) return fail('AGENT_ALREADY_RUNNING')
  const counted = await withStore(options, async (store) => ok(await store.countKnown()))
  if (!counted.ok && (!isAll || counted.error.code === 'AGENT_ALREADY_RUNNING')) return counted
  const names = namesIn(dataDir)
  return ok({
    known: counted.ok && !isUnmerged(dataDir) ? counted.value : null,
    failure: counted.ok ? null : counted.error,
    files: isAll ? names.filter((name) => ours.test(name)) : filesOf(dataDir),
    stays: isAll ? names.filter((name) => !ours.test(name)) : [],
  })
}

/** What `--undelivered` has to say; null: nothing. */
export function undeliveredWord({ known }: Pick<Outlook, 'known'>): string | null {
  if (!known) return 'unknown'
  return known.undelivered === 0 ? null : String(known.undelivered)
}

/**
 * Everybody is gone from the database and from whatever holds them beside it; staff, settings and trail stay. Errors: those of
 * outlookOf, REQUEST_INVALID (something has not got out, and `undelivered` does not say how much), STORE_UNWRITABLE (something is left).
 */
export async function wipePatients(
  options: MaintenanceOptions,
  undelivered: string | undefined,
): Promise<Result<Outlook & { readonly left: Left }>> {
  const { dataDir, keyStore, clock } = options
  const before = await outlookOf(options, false)
  if (!before.ok) return before
  const erased = await withStore(options, async (store) => {
    const word = undeliveredWord({ known: isUnmerged(dataDir) ? null : await store.countKnown() })
    if (word !== null && word !== undelivered) return fail('REQUEST_INVALID', { field: '--undelivered' })
    return store.erase({ at: clinicMoment(clock.now()) })
  })
  if (!erased.ok) return erased
  const removed = await onDisk(async () => remove(dataDir, filesOf(dataDir)))
  if (!removed.ok) return removed
  const key = await keyStore.load()
  if (!key.ok) return key
  if (!key.value) return fail('STORE_KEY_MISSING')
  const left = leftIn(databaseOf(dataDir), key.value)
  key.value.fill(0)
  if (!left.ok) return left
  const isGone = left.value.rows === 0 && left.value.freePages === 0 && filesOf(dataDir).length === 0
  return isGone ? ok({ ...before.value, known: erased.value, left: left.value }) : fail('STORE_UNWRITABLE')
}

/** All that is ours is gone from the data folder, the key first. Errors: as above. */
export async function wipeFolder(
  options: MaintenanceOptions,
  undelivered: string | undefined,
): Promise<Result<Outlook>> {
  const { dataDir } = options
  const before = await outlookOf(options, true)
  if (!before.ok) return before
  const word = undeliveredWord(before.value)
  if (word !== null && word !== undelivered) return fail('REQUEST_INVALID', { field: '--undelivered' })
  const rank = (name: string) => (keyFile.test(name) ? 0 : name.startsWith('madoguchi.db') ? 2 : 1)
  // What the look itself has made is ours too. The database goes last: by it the folder is known when the first try was cut short.
  const names = () => namesIn(dataDir).filter((name) => ours.test(name))
  const removed = await onDisk(async () =>
    remove(
      dataDir,
      names().toSorted((a, b) => rank(a) - rank(b)),
    ),
  )
  if (!removed.ok) return removed
  return names().length === 0 ? before : fail('STORE_UNWRITABLE')
}

/** A link is taken away, not what it leads to. */
function remove(dataDir: string, names: readonly string[]): void {
  for (const name of names) rmSync(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 })
}

async function withStore<T>(
  options: MaintenanceOptions,
  work: (store: Pick<Erasing, 'countKnown' | 'erase'>) => Promise<Result<T>>,
): Promise<Result<T>> {
  const data = await openData(options)
  if (!data.ok) return data
  try {
    return await work(data.value.store)
  } finally {
    data.value.store.close()
  }
}
