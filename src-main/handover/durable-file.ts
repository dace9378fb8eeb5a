// A file that is there whole or not at all. The port holds the few things a publication needs from the file system, so
// that tests can make any of them fail; errors of the system become codes here and nowhere else.
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { type Failure, fail, ok, type Result } from '../contract/result.ts'
import { letGroupRead } from '../ground/modes.ts'

export interface FilePort {
  /** Creates or overwrites a file and puts its content onto the disk. */
  writeDurably(path: string, content: Uint8Array): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Puts the folder's entries onto the disk where the system can. */
  syncFolder(folder: string): Promise<void>
  /** null: there is no such file. */
  read(path: string): Promise<Uint8Array | null>
  isFolder(path: string): Promise<boolean>
  /** Names in a folder; none where there is no such folder. */
  list(path: string): Promise<readonly string[]>
  /** Bytes that can still be written to the disk of a folder; null: the share does not say. */
  room(folder: string): Promise<number | null>
  /** What stays the same for a folder as long as it is the same one: another disk under its name has another. */
  identity(path: string): Promise<string>
  remove(path: string): Promise<void>
}

const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

function unlessMissing<T, M>(look: () => T, missing: M): T | M {
  try {
    return look()
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return missing
    throw error
  }
}

/** Every call blocks until the system has answered: for a lane's own thread. */
export const systemFiles: FilePort = {
  async writeDurably(path, content) {
    const file = openSync(path, 'w', 0o640)
    try {
      letGroupRead(file)
      writeFileSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  },
  async rename(from, to) {
    renameSync(from, to)
  },
  async syncFolder(folder) {
    // Windows cannot open a folder for this; NTFS journals its entries itself.
    if (process.platform === 'win32') return
    const entries = openSync(folder, 'r')
    try {
      fsyncSync(entries)
    } catch (error) {
      // Some network shares do not know this call: their server decides alone.
      if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP'].includes(errorCode(error))) throw error
    } finally {
      closeSync(entries)
    }
  },
  async read(path) {
    return unlessMissing(() => readFileSync(path), null)
  },
  async isFolder(path) {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  },
  async list(path) {
    return unlessMissing(() => readdirSync(path), [])
  },
  async room(folder) {
    const { blocks, bavail, bsize } = statfsSync(folder)
    return blocks === 0 ? null : bavail * bsize
  },
  async identity(path) {
    const { dev, ino } = statSync(path)
    return `${dev}:${ino}`
  },
  async remove(path) {
    rmSync(path, { force: true })
  },
}

const codes: Readonly<Record<string, Failure['code']>> = {
  EACCES: 'DESTINATION_READ_ONLY',
  EPERM: 'DESTINATION_READ_ONLY',
  EROFS: 'DESTINATION_READ_ONLY',
  EBUSY: 'DESTINATION_BUSY',
  ETXTBSY: 'DESTINATION_BUSY',
  EMFILE: 'DESTINATION_BUSY',
  ENOSPC: 'DESTINATION_FULL',
  EDQUOT: 'DESTINATION_FULL',
}

/** Runs file work of one destination. What is no error of the file system is a bug and throws on. */
export async function fileWork<T>(destination: string, work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work())
  } catch (error) {
    const code = errorCode(error)
    // Anything else a share can answer (ENOENT, EIO, ESTALE, EHOSTDOWN …) means that it is not there now.
    if (/^E[A-Z0-9]+$/.test(code)) return fail(codes[code] ?? 'DESTINATION_MISSING', { destination })
    throw error
  }
}
