// The one way this house writes a file of its own: whole or not at all, and on the disk before anybody relies on it. The
// content goes into a new file beside the real one (made exclusively, so that no link is ever followed), is synced, and
// takes its name in one step; then the folder is synced. Every call blocks until the system has answered, as the
// database's commits do: what is written here is small and seldom.
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

export interface DurableWrite {
  /** The file's permissions, also where it replaces one that had others. */
  readonly mode: number
  /** `new`: fails with EEXIST where there is a file already. Default: replaces it. */
  readonly place?: 'replace' | 'new'
}

/** What of the system a test may stand in for. */
export interface WritePort {
  readonly platform: NodeJS.Platform
  readonly rename: (from: string, to: string) => void
  readonly link: (from: string, to: string) => void
  readonly pause: (ms: number) => void
}

const system: WritePort = {
  platform: process.platform,
  rename: renameSync,
  link: linkSync,
  pause: (ms) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms),
}

/** What Windows answers while a virus scanner or the search index holds the file for a moment. */
const passing = ['EPERM', 'EACCES', 'EBUSY']
const pausesMs = [10, 20, 40, 80, 160, 320]

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** Throws what the system says; nothing has changed then, and no temporary file is left. */
export function writeDurably(
  file: string,
  content: string | Uint8Array,
  { mode, place = 'replace' }: DurableWrite,
  port: WritePort = system,
): void {
  for (let triesLeft = 3; ; triesLeft--) {
    const temporary = `${file}.${randomBytes(8).toString('hex')}.tmp`
    try {
      writeNew(temporary, content, mode)
      if (place === 'new') port.link(temporary, file)
      else renamePatiently(temporary, file, port)
      syncFolder(dirname(file), port.platform)
      return
    } catch (error) {
      // Another program has just started and took the temporary file for a leftover.
      if (codeOf(error) !== 'ENOENT' || triesLeft === 0) throw error
    } finally {
      rmSync(temporary, { force: true })
    }
  }
}

/**
 * A file that was written beside another one under a name of its own takes its name, once it is on the disk. Throws what
 * the system says.
 */
export function takeName(written: string, file: string, port: WritePort = system): void {
  const handle = openSync(written, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renamePatiently(written, file, port)
  syncFolder(dirname(file), port.platform)
}

/** Makes a file that is not there yet, never through a link, and puts its content onto the disk. */
function writeNew(file: string, content: string | Uint8Array, mode: number): void {
  // Windows knows no O_NOFOLLOW; O_EXCL alone refuses a link there and elsewhere.
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0)
  const handle = openSync(file, flags, mode)
  try {
    writeFileSync(handle, content)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function renamePatiently(from: string, to: string, port: WritePort): void {
  for (const pauseMs of pausesMs) {
    try {
      port.rename(from, to)
      return
    } catch (error) {
      if (port.platform !== 'win32' || !passing.includes(String(codeOf(error)))) throw error
      port.pause(pauseMs)
    }
  }
  port.rename(from, to)
}

/** Some network shares do not know this call, their server decides alone; and a folder may let its owner write in it, not read. */
export const cannotBeSynced = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EACCES']

/** Puts a folder's entries onto the disk where the system can. Windows cannot open one; NTFS journals them itself. */
export function syncFolder(folder: string, platform: NodeJS.Platform = process.platform): void {
  if (platform === 'win32') return
  let entries: number | undefined
  try {
    entries = openSync(folder, 'r')
    fsyncSync(entries)
  } catch (error) {
    if (!cannotBeSynced.includes(String(codeOf(error)))) throw error
  } finally {
    if (entries !== undefined) closeSync(entries)
  }
}

/**
 * Removes what a writer that was killed has left beside a file: after a kill at the wrong moment that is a second name of
 * the file itself. Also by the names of earlier versions. `untouchedForMs` spares what another program may be writing just
 * now. Never throws: the next start looks again.
 */
export function removeLeftovers(file: string, untouchedForMs = 0): void {
  const folder = dirname(file)
  const start = `${basename(file)}.`
  try {
    for (const name of readdirSync(folder)) {
      const isLeftover = name.startsWith(start) && /^(?:[0-9a-f]{16}\.|\d+\.)?tmp$/.test(name.slice(start.length))
      if (!isLeftover) continue
      const { mtimeMs } = statSync(join(folder, name))
      if (untouchedForMs === 0 || mtimeMs <= Date.now() - untouchedForMs) rmSync(join(folder, name), { force: true })
    }
  } catch {
    // No folder, or no right to it: whoever needs the file will say so.
  }
}

const turns = new Map<string, Promise<unknown>>()

/** Read, change, write of one file, one after the other: two changes at once both count. */
export function inTurn<T>(file: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(file) ?? Promise.resolve()
  const turn = before.then(work, work)
  turns.set(file, turn)
  const leave = () => {
    if (turns.get(file) === turn) turns.delete(file)
  }
  turn.then(leave, leave)
  return turn
}
