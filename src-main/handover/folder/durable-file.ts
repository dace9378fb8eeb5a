// A file that is there whole or not at all. The port holds the few things a publication needs from the file system, so
// that tests can make any of them fail; errors of the system become codes here and nowhere else. Others can write in an
// import folder, too: nothing is ever read or written through a link that lies there.
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statfsSync,
  statSync,
  unlinkSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { type Failure, ok, type Result } from '../../ground/result.ts'
import { noFollow, writeShared } from '../../ground/shared-folder.ts'
import { systemCode, unlessMissing } from '../../ground/system-error.ts'

export interface FilePort {
  /**
   * Makes a file anew and puts its content onto the disk. What bore the name before is taken away, a link never followed.
   * Who may read it follows from its folder (ground/shared-folder.ts).
   */
  writeDurably(path: string, content: Uint8Array): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Puts the folder's entries onto the disk where the system can. */
  syncFolder(folder: string): Promise<void>
  /** null: there is nothing of that name. `other`: what is there is no file but a link, a folder, a pipe. */
  read(path: string): Promise<Uint8Array | 'other' | null>
  isFolder(path: string): Promise<boolean>
  /** Names in a folder; null: there is no such folder, which is not the same as an empty one. */
  list(path: string): Promise<readonly string[] | null>
  /** Bytes that can still be written to the disk of a folder; null: the share does not say. */
  room(folder: string): Promise<number | null>
  /** What stays the same for a folder as long as it is the same one: another disk under its name has another. */
  identity(path: string): Promise<string>
  remove(path: string): Promise<void>
}

const isWindows = process.platform === 'win32'
const noWait = isWindows ? 0 : constants.O_NONBLOCK

/** The content of a plain file under exactly this name. */
function readFileAt(path: string): Uint8Array | 'other' {
  if (isWindows && lstatSync(path).isSymbolicLink()) return 'other'
  let file: number
  try {
    // A pipe would let us wait for a writer.
    file = openSync(path, constants.O_RDONLY | noFollow | noWait)
  } catch (error) {
    if (['ELOOP', 'EISDIR', 'ENXIO'].includes(systemCode(error) ?? '')) return 'other'
    throw error
  }
  try {
    return fstatSync(file).isFile() ? readFileSync(file) : 'other'
  } finally {
    closeSync(file)
  }
}

/** Every call blocks until the system has answered: for a lane's own thread. */
export const systemFiles: FilePort = {
  writeDurably: async (path, content) => writeShared(path, content, dirname(path)),
  async rename(from, to) {
    renameSync(from, to)
  },
  async syncFolder(folder) {
    // Windows cannot open a folder for this; NTFS journals its entries itself.
    if (isWindows) return
    const entries = openSync(folder, 'r')
    try {
      fsyncSync(entries)
    } catch (error) {
      // Some network shares do not know this call: their server decides alone.
      if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP'].includes(systemCode(error) ?? '')) throw error
    } finally {
      closeSync(entries)
    }
  },
  async read(path) {
    return unlessMissing(() => readFileAt(path), null)
  },
  async isFolder(path) {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  },
  async list(path) {
    return unlessMissing(() => readdirSync(path), null)
  },
  async room(folder) {
    const { blocks, bavail, bsize } = statfsSync(folder)
    return blocks === 0 ? null : bavail * bsize
  },
  async identity(path) {
    // NTFS numbers files beyond what a double holds.
    const { dev, ino } = statSync(path, { bigint: true })
    return `${dev}:${ino}`
  },
  async remove(path) {
    unlessMissing(() => unlinkSync(path), undefined)
  },
}

const codes: Readonly<Record<string, Failure['code']>> = {
  EACCES: 'DESTINATION_READ_ONLY',
  EPERM: 'DESTINATION_READ_ONLY',
  EROFS: 'DESTINATION_READ_ONLY',
  EBUSY: 'DESTINATION_BUSY',
  EEXIST: 'DESTINATION_BUSY',
  ETXTBSY: 'DESTINATION_BUSY',
  EMFILE: 'DESTINATION_BUSY',
  ENFILE: 'DESTINATION_BUSY',
  ENOSPC: 'DESTINATION_FULL',
  EDQUOT: 'DESTINATION_FULL',
}

/** What the system said as one of our codes. Rethrows what is no error of the file system. */
function failureOf(error: unknown, destination: string): Failure {
  const code = systemCode(error)
  if (code === null) throw error
  // Anything else a share can answer (ENOENT, EIO, ESTALE, EHOSTDOWN, UNKNOWN …) means that it is not there now.
  return { code: codes[code] ?? 'DESTINATION_MISSING', detail: { destination } }
}

/** Runs file work of one destination. What is no error of the file system is a bug and throws on. */
export async function fileWork<T>(destination: string, work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work())
  } catch (error) {
    return { ok: false, error: failureOf(error, destination) }
  }
}

/** What the system says of a file that is there but that another program lets nobody open, or is just deleting (Windows). */
const held = ['EACCES', 'EPERM', 'EBUSY', 'ETXTBSY', 'UNKNOWN']

/** What lies under a name; `held`: something does, but it cannot be read now. */
export type Found =
  | { readonly kind: 'nothing' | 'other' }
  | { readonly kind: 'file'; readonly content: Uint8Array }
  | { readonly kind: 'held'; readonly failure: Failure }

/** Looks at one name of a destination. Errors: the folder cannot be looked at now. */
export function find(destination: string, path: string, files: FilePort): Promise<Result<Found>> {
  return fileWork(destination, async () => {
    try {
      const content = await files.read(path)
      if (content === null) return { kind: 'nothing' }
      return content === 'other' ? { kind: 'other' } : { kind: 'file', content }
    } catch (error) {
      if (!held.includes(systemCode(error) ?? '')) throw error
      return { kind: 'held', failure: failureOf(error, destination) }
    }
  })
}
