// The few things the terminal's folders need from the file system, blocking: they run in a thread of their own, so that
// a share that hangs holds up nothing else. Nothing here locks, changes or removes a file that another program wrote, and
// no link that lies in a folder is followed: others can write there, too.
import {
  closeSync,
  constants,
  type FSWatcher,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  watch,
} from 'node:fs'
import type { Failure } from '../../ground/result.ts'
import { makeSharedFolder, noFollow, writeShared } from '../../ground/shared-folder.ts'
import { systemCode, unlessMissing } from '../../ground/system-error.ts'

/** Changes whenever a file is written, as far as the system can tell. */
export interface FileState {
  readonly size: number
  /** Milliseconds since 1970, of the computer that holds the folder. */
  readonly modifiedMs: number
  /** Or a link: what it leads to is never looked at, and reading it is refused. */
  readonly isFile: boolean
}

export interface FolderFiles {
  /** Throws what the system says when there is no such folder. */
  list(folder: string): readonly string[]
  /** null: gone meanwhile. */
  state(path: string): FileState | null
  /** At most `limit` bytes; null: gone meanwhile, or held by somebody who lets nobody read. Throws for a link. */
  read(path: string, limit: number): Uint8Array | null
  /** Makes it anew, for whom files in the folder `readers` are meant for, and puts it onto the disk. */
  write(path: string, content: Uint8Array, readers: string): void
  /** Makes one folder for whoever works in the folder `like`; false: it was there. Of several who make it one gets true. */
  makeShared(path: string, like: string): boolean
  /** A file, or a folder into a place where none is that holds something. */
  rename(from: string, to: string): void
  remove(path: string): void
  /** One that is empty. */
  removeFolder(path: string): void
  /** Calls back when something may have changed; a hint, never relied on. Returns what ends it. Throws like list. */
  hint(folder: string, onHint: () => void): () => void
}

/** Windows knows neither; there a link shows only to whoever looks for it. */
const isWindows = process.platform === 'win32'
const noWait = isWindows ? 0 : constants.O_NONBLOCK

/** Gone, or open elsewhere without sharing (Windows): the next look will tell. */
const passing = ['ENOENT', 'EBUSY', 'ETXTBSY']

function unlessPassing<T>(look: () => T): T | null {
  try {
    return look()
  } catch (error) {
    if (passing.includes(systemCode(error) ?? '')) return null
    throw error
  }
}

/** What Linux answers to whoever wants to read a link without following it. */
const refusedLink = () => Object.assign(new Error('a link'), { code: 'ELOOP', syscall: 'open' })

export const systemFolders: FolderFiles = {
  list: (folder) => readdirSync(folder),
  state: (path) =>
    unlessPassing(() => {
      const entry = lstatSync(path)
      return { size: entry.size, modifiedMs: entry.mtimeMs, isFile: entry.isFile() || entry.isSymbolicLink() }
    }),
  read: (path, limit) =>
    unlessPassing(() => {
      if (isWindows && lstatSync(path).isSymbolicLink()) throw refusedLink()
      const file = openSync(path, constants.O_RDONLY | noFollow | noWait)
      try {
        const content = Buffer.alloc(Math.min(fstatSync(file).size, limit))
        let length = 0
        while (length < content.length) {
          const got = readSync(file, content, length, content.length - length, length)
          if (got === 0) break
          length += got
        }
        return new Uint8Array(content.subarray(0, length))
      } finally {
        closeSync(file)
      }
    }),
  write: writeShared,
  makeShared: makeSharedFolder,
  rename: renameSync,
  remove: (path) => unlessMissing(() => unlinkSync(path), undefined),
  removeFolder: (path) => unlessMissing(() => rmdirSync(path), undefined),
  hint: hintBy(watch),
}

/**
 * Hints by the system's watcher. It is given the folder's real name: under the short one that Windows keeps for old programs
 * (RECEIP~1) libuv meets names that do not begin like the folder, and some versions end the whole process there.
 */
export function hintBy(watchFolder: (folder: string, options: { persistent: false }, onHint: () => void) => FSWatcher) {
  return (folder: string, onHint: () => void): (() => void) => {
    const watcher = watchFolder(realpathSync.native(folder), { persistent: false }, onHint)
    // A watcher that breaks only costs speed.
    watcher.on('error', () => watcher.close())
    return () => watcher.close()
  }
}

/**
 * What the system said as one of our codes. `folder`: its name in the settings. Rethrows what is no error of the file
 * system.
 */
export function folderFailure(error: unknown, folder: string): Failure {
  const code = systemCode(error)
  if (code === null) throw error
  const detail = { field: folder }
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    // Requests are prepared on another disk than `req`: moving them in would be copying.
    case 'EXDEV':
      return { code: 'TERMINAL_FOLDER_REFUSED', detail }
    case 'ENOSPC':
    case 'EDQUOT':
      return { code: 'TERMINAL_FOLDER_FULL', detail }
    default:
      // Anything else a share can answer (ENOENT, EIO, ESTALE, EHOSTDOWN, UNKNOWN …) means that it is not there now.
      return { code: 'TERMINAL_FOLDER_MISSING', detail }
  }
}
