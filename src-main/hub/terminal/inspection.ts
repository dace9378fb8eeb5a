// One look at the terminal's folders as a whole, for whoever wants to know whether they will do: whether each can be read,
// whether a request could be laid, whether what lies there can be read at all, and whether somebody takes it. Blocking, as
// the rest of the folders' work. It leaves nothing behind and lays nothing where the linking application looks.
import { dirname, join } from 'node:path'
import { dayMs } from '../../ground/clock.ts'
import { type Failure, ok, type Result } from '../../ground/result.ts'
import { fileLimits } from '../../text/xml-reader.ts'
import { watcherIn } from './desk-record.ts'
import { looksEncrypted } from './encrypted.ts'
import { type FolderFiles, folderFailure } from './folder-files.ts'

/** Absolute paths. */
export interface InspectedFolders {
  /** Ours beside them. */
  readonly own: string
  /** Where results of the face reader are looked for, by their names in the settings. */
  readonly watched: readonly { readonly name: 'face' | 'trash'; readonly folder: string }[]
  /** null: nothing is ever asked. */
  readonly requests: { readonly req: string; readonly res: string; readonly staging: string } | null
}

export interface Inspection {
  /** The computer of the desk that takes the results, as its record says; null: none does. */
  readonly watcher: string | null
  /** The folder whose newest file is a cipher; null: none. */
  readonly encrypted: 'face' | 'trash' | 'res' | null
  /** Requests that the linking application has left lying. */
  readonly untaken: number
  /** Answers that nobody has taken away since yesterday. */
  readonly unread: number
}

/** The linking application looks every few seconds. */
const untakenMs = 600_000

const trial = new TextEncoder().encode('Madoguchi trial file. It may be deleted.\r\n')

/** `now`: milliseconds since 1970. Errors: TERMINAL_FOLDER_ codes, of the first folder that fails. */
export function inspectFolders(folders: InspectedFolders, now: number, files: FolderFiles): Result<Inspection> {
  const { watched, requests } = folders
  const looked = [
    ...watched.map(({ name, folder }) => ({ name, folder })),
    ...(requests ? [{ name: 'res' as const, folder: requests.res }] : []),
  ]
  let encrypted: Inspection['encrypted'] = null
  let unread = 0
  for (const { name, folder } of looked) {
    const listed = attempt(name, () => listOf(folder, files))
    if (!listed.ok) return listed
    // What was used is moved to the trash and lies there for good.
    if (name !== 'trash') unread += listed.value.filter(({ modifiedMs }) => now - modifiedMs > dayMs).length
    if (encrypted === null && isCipher(listed.value, files)) encrypted = name
  }
  const untaken = requests ? attempt('req', () => untakenIn(requests, now, files)) : ok(0)
  if (!untaken.ok) return untaken
  const watcher = attempt('madoguchi', () => watcherIn(folders.own, files))
  return watcher.ok ? ok({ watcher: watcher.value, encrypted, untaken: untaken.value, unread }) : watcher
}

function attempt<T>(name: string, work: () => T): Result<T> {
  try {
    return ok(work())
  } catch (error) {
    const failure: Failure = folderFailure(error, name)
    return { ok: false, error: failure }
  }
}

interface Lying {
  readonly path: string
  readonly modifiedMs: number
}

function listOf(folder: string, files: FolderFiles): readonly Lying[] {
  return files.list(folder).flatMap((name) => {
    const path = join(folder, name)
    const state = /\.(xml|zip)$/i.test(name) ? files.state(path) : null
    return state?.isFile ? [{ path, modifiedMs: state.modifiedMs }] : []
  })
}

/** The newest one tells how the terminal writes now. */
function isCipher(lying: readonly Lying[], files: FolderFiles): boolean {
  const newest = lying.reduce<Lying | null>((a, b) => (a && a.modifiedMs >= b.modifiedMs ? a : b), null)
  const content = newest && files.read(newest.path, fileLimits.bytes)
  return content !== null && looksEncrypted(content)
}

function untakenIn(
  { req, staging }: NonNullable<InspectedFolders['requests']>,
  now: number,
  files: FolderFiles,
): number {
  const untaken = listOf(req, files).filter(({ modifiedMs }) => now - modifiedMs > untakenMs).length
  // Beside `req`, in the folder from which requests are moved in; never in `req` itself.
  files.makeShared(staging, dirname(staging))
  const path = join(staging, 'trial.tmp')
  files.write(path, trial, req)
  files.remove(path)
  return untaken
}
