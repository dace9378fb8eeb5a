// Which files of a folder count: those whose bytes are the same in two reads, stableMs apart, and that can be read as
// XML. One look at a time, driven by a clock from outside; other programs may write, half-write, move and delete
// meanwhile, and nothing they do makes half a file count.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { dayMs } from '../../ground/clock.ts'
import type { Failure } from '../../ground/result.ts'
import { fileLimits, readXml, type XmlElement, type XmlFlaw } from '../../text/xml-reader.ts'
import { unzipDocuments } from './bulk-answer.ts'
import { looksEncrypted } from './encrypted.ts'
import { type FileState, type FolderFiles, folderFailure } from './folder-files.ts'

/** Which folder, by its name in the settings, and which of its files. Crosses into a thread. */
export interface WatchTarget {
  readonly name: 'face' | 'trash' | 'res'
  /** Absolute path; may be UNC. */
  readonly folder: string
  /** What the names of files that matter begin with. */
  readonly prefixes: readonly string[]
  readonly timing: WatchTiming
}

/** All in milliseconds. */
export interface WatchTiming {
  /** Between two looks when nothing hints at a change. */
  readonly scanMs: number
  /** Between the two reads that must be equal. */
  readonly stableMs: number
  /** How long bytes that cannot be read as XML may still be finished by their writer. */
  readonly giveUpMs: number
  /** Of what lay there before anybody looked, older files are no visits of today and are left unread. */
  readonly oldestMs: number
}

export const usualTiming: WatchTiming = { scanMs: 1_000, stableMs: 300, giveUpMs: 10_000, oldestMs: dayMs }

/** `access`: the system does not let it be read. `encrypted`: the terminal's settings write it so. */
export type FileFlaw = XmlFlaw | 'access' | 'encrypted'

export type WatchEvent =
  /** The folder answers: after every piece of work. */
  | { readonly kind: 'beat' }
  | { readonly kind: 'state'; readonly failure: Failure | null }
  /** Once, before any file: the names that lay there before anybody looked. */
  | { readonly kind: 'backlog'; readonly names: readonly string[] }
  /** `sha256`: lower-case hex over the file; several documents only from a bulk answer. */
  | { readonly kind: 'file'; readonly name: string; readonly sha256: string; readonly documents: readonly XmlElement[] }
  /** It stayed as it is and cannot be read. */
  | { readonly kind: 'refused'; readonly name: string; readonly sha256: string; readonly flaw: FileFlaw }
  /** It was seen and taken away before it counted. */
  | { readonly kind: 'gone'; readonly name: string }

interface Seen {
  state: FileState
  sha256: string
  /** When these bytes were read first, and last. */
  readonly since: number
  readAt: number
  /** When it was told; null while it is not settled. */
  toldAt: number | null
}

/** Times of a file system may be as coarse as two seconds (FAT): so long the same state may hold other bytes. */
const coarseMs = 2_500

/** What stands for the content of a file that nobody may read, and for the state of one that cannot even be looked at. */
const unread = 'unread'
const hidden: FileState = { size: 0, modifiedMs: Number.POSITIVE_INFINITY, isFile: true }

export interface FolderWatch {
  /** One look, `now` in milliseconds since 1970. Returns after how many milliseconds the next is worth it. */
  look(now: number): number
}

export function createFolderWatch(
  target: WatchTarget,
  files: Pick<FolderFiles, 'list' | 'state' | 'read'>,
  say: (event: WatchEvent) => void,
): FolderWatch {
  const { folder, prefixes, timing } = target
  const seen = new Map<string, Seen>()
  /** null until the folder was listed for the first time. */
  let backlog: ReadonlySet<string> | null = null
  /** How far the clock of the computer that holds the folder is behind ours, as the newest file shows; 0: near enough. */
  let lagMs = 0
  let failure: Failure | null | undefined

  const tellState = (now: Failure | null) => {
    if (failure !== undefined && failure?.code === now?.code) return
    failure = now
    say({ kind: 'state', failure: now })
  }

  const isOurs = (name: string) =>
    /\.(xml|zip)$/i.test(name) && prefixes.some((prefix) => name.toLowerCase().startsWith(prefix.toLowerCase()))

  /** One file that the system will not tell about (a link in a circle, EPERM, EIO) costs those beside it nothing. */
  const stateOf = (path: string): FileState | null => {
    try {
      return files.state(path)
    } catch (error) {
      folderFailure(error, target.name)
      return hidden
    }
  }

  /** The bytes of a file, null when they cannot be had now; one that is too large is not read. */
  const contentOf = (path: string, state: FileState): { bytes: Uint8Array | null; sha256: string } | null => {
    if (state === hidden) return { bytes: null, sha256: unread }
    const { size } = state
    if (size > fileLimits.bytes) return { bytes: null, sha256: `${size} bytes` }
    try {
      const bytes = files.read(path, fileLimits.bytes + 1)
      return bytes && { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
    } catch (error) {
      folderFailure(error, target.name)
      return { bytes: null, sha256: unread }
    }
  }

  const tell = (name: string, { sha256 }: Seen, bytes: Uint8Array | null, isLate: boolean): boolean => {
    const read = bytes && (/\.zip$/i.test(name) ? unzipDocuments(bytes) : documentOf(bytes))
    if (Array.isArray(read)) {
      say({ kind: 'file', name, sha256, documents: read })
      return true
    }
    const flaw = read ?? (sha256 === unread ? 'access' : 'size')
    // A cipher is one from its first byte on; anything else may still be finished by its writer.
    const isDone = isLate || flaw === 'encrypted'
    if (isDone) say({ kind: 'refused', name, sha256, flaw })
    return isDone
  }

  /** Returns when this file is worth another look; null: when it changes. */
  const lookAt = (name: string, now: number): number | null => {
    const path = join(folder, name)
    const state = stateOf(path)
    if (!state?.isFile) return null
    // Its time is that of the computer that holds the folder, whose clock may be off: what comes while we watch is new, and
    // shows how old the others really are.
    const ageMs = now - state.modifiedMs
    const known = seen.get(name)
    if (backlog?.has(name)) {
      if (ageMs - lagMs > timing.oldestMs) return null
    } else if (!known && state !== hidden) lagMs = ageMs > timing.oldestMs ? ageMs : 0
    const isSame = known?.state.size === state.size && known.state.modifiedMs === state.modifiedMs
    if (known && isSame) {
      const settled = known.toldAt !== null && now - known.toldAt > coarseMs
      if (settled) return null
      if (now - known.readAt < timing.stableMs) return known.readAt + timing.stableMs - now
    }
    const content = contentOf(path, state)
    say({ kind: 'beat' })
    if (!content) return timing.stableMs
    if (!known || known.sha256 !== content.sha256) {
      seen.set(name, { state, sha256: content.sha256, since: now, readAt: now, toldAt: null })
      return timing.stableMs
    }
    known.state = state
    if (known.toldAt !== null || now - known.readAt < timing.stableMs) return timing.stableMs
    known.readAt = now
    if (tell(name, known, content.bytes, now - known.since >= timing.giveUpMs)) known.toldAt = now
    return null
  }

  return {
    look(now) {
      try {
        const names = files.list(folder).filter(isOurs)
        if (!backlog) {
          backlog = new Set(names)
          say({ kind: 'backlog', names })
        }
        let next = timing.scanMs
        for (const name of names) next = Math.min(next, lookAt(name, now) ?? next)
        const there = new Set(names)
        for (const [name, { toldAt }] of seen) {
          if (there.has(name)) continue
          seen.delete(name)
          if (toldAt === null) say({ kind: 'gone', name })
        }
        tellState(lagMs > 0 ? { code: 'TERMINAL_CLOCK_DIFFERS', detail: { field: target.name } } : null)
        return next
      } catch (error) {
        tellState(folderFailure(error, target.name))
        return timing.scanMs
      } finally {
        say({ kind: 'beat' })
      }
    },
  }
}

function documentOf(bytes: Uint8Array): XmlElement[] | FileFlaw {
  const reading = readXml(bytes)
  if ('root' in reading) return [reading.root]
  return looksEncrypted(bytes) ? 'encrypted' : reading.flaw
}
