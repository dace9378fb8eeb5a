// The few things the terminal's folders need from the file system, blocking: they run in a thread of their own, so that
// a share that hangs holds up nothing else. Nothing here locks, changes or removes a file that another program wrote.
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs'
import type { Failure } from '../../contract/result.ts'
import { letGroupRead } from '../../ground/modes.ts'

/** Changes whenever a file is written, as far as the system can tell. */
export interface FileState {
  readonly size: number
  /** Milliseconds since 1970, of the computer that holds the folder. */
  readonly modifiedMs: number
  readonly isFile: boolean
}

export interface FolderFiles {
  /** Throws what the system says when there is no such folder. */
  list(folder: string): readonly string[]
  /** null: gone meanwhile. */
  state(path: string): FileState | null
  /** At most `limit` bytes; null: gone meanwhile, or held by somebody who lets nobody read. */
  read(path: string, limit: number): Uint8Array | null
  makeFolder(path: string): void
  /** Creates or overwrites, and puts it onto the disk. */
  write(path: string, content: Uint8Array): void
  rename(from: string, to: string): void
  remove(path: string): void
  /** Calls back when something may have changed; a hint, never relied on. Returns what ends it. Throws like list. */
  hint(folder: string, onHint: () => void): () => void
}

const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Gone, or open elsewhere without sharing (Windows): the next look will tell. */
const passing = ['ENOENT', 'EBUSY', 'ETXTBSY']

function unlessPassing<T>(look: () => T): T | null {
  try {
    return look()
  } catch (error) {
    if (passing.includes(errorCode(error))) return null
    throw error
  }
}

export const systemFolders: FolderFiles = {
  list: (folder) => readdirSync(folder),
  state: (path) =>
    unlessPassing(() => {
      const entry = statSync(path)
      return { size: entry.size, modifiedMs: entry.mtimeMs, isFile: entry.isFile() }
    }),
  read: (path, limit) =>
    unlessPassing(() => {
      const file = openSync(path, constants.O_RDONLY)
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
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  write(path, content) {
    const file = openSync(path, 'w', 0o640)
    try {
      letGroupRead(file)
      writeFileSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  },
  rename: renameSync,
  remove: (path) => rmSync(path, { force: true }),
  hint(folder, onHint) {
    const watcher = watch(folder, { persistent: false }, onHint)
    // A watcher that breaks only costs speed.
    watcher.on('error', () => watcher.close())
    return () => watcher.close()
  },
}

/**
 * What the system said as one of our codes. `folder`: its name in the settings. Rethrows what is no error of the file
 * system.
 */
export function folderFailure(error: unknown, folder: string): Failure {
  const code = errorCode(error)
  if (!/^E[A-Z0-9]+$/.test(code)) throw error
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
      // Anything else a share can answer (ENOENT, EIO, ESTALE, EHOSTDOWN …) means that it is not there now.
      return { code: 'TERMINAL_FOLDER_MISSING', detail }
  }
}
