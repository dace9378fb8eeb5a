// Which of several desks beside one terminal takes the results of its face reader. A record in a folder of our own names it,
// and changes with every beat; who sees it change leaves the results alone. No clock is compared: only a change that is seen
// counts, and only looks that succeeded. The record says who is to take; that nothing is ever taken twice does not rest on
// it, but on the claim: a folder for each result that only one desk can rename into its place. Blocking, in a thread.
import type { Failure } from '../../ground/result.ts'
import { createClaims, type DeskFiles, isRefusal } from './desk-claims.ts'
import { createDeskRecord, type WatchRecord } from './desk-record.ts'
import { folderFailure } from './folder-files.ts'
import { nameOfFolder } from './folder-name.ts'

/** Crosses into a thread. */
export interface DeskTarget {
  /** The shared folder of the linking application. */
  readonly root: string
  /** Ours in it. */
  readonly own: string
  readonly desk: {
    /** The same after every restart, and no other desk's. */
    readonly id: string
    /** How people call its computer. */
    readonly name: string
    /** Of all desks that have one store between them, which says whose turn it is; null: it has its store to itself. */
    readonly site: string | null
  }
  readonly timing: DeskTiming
}

/** In milliseconds. */
export interface DeskTiming {
  /** Between two changes of the record. */
  readonly beatMs: number
  /** Without a change for so long, whoever watches is gone for good. */
  readonly goneMs: number
  /** The same, until it is said that nothing is heard of it. */
  readonly quietMs: number
}

export const usualDeskTiming: DeskTiming = { beatMs: 10_000, goneMs: 180_000, quietMs: 45_000 }

/**
 * `unknown`: nobody could look yet. `unkept`: this account may not keep a record there, so that two desks cannot be kept
 * apart; what comes is taken.
 */
type DeskState =
  | { readonly kind: 'unknown' | 'here' | 'unkept' }
  | { readonly kind: 'elsewhere'; readonly name: string; readonly forS: number; readonly isQuiet: boolean }

export interface DeskStanding {
  readonly state: DeskState
  /** Why the record cannot be kept. */
  readonly failure: Failure | null
  /** By what name the desks of its site know the folder, where it could be asked. */
  readonly folder: string | null
}

/** `later`: the share does not say. `elsewhere`: it is for the desk that watches. */
export type ClaimAnswer = 'ours' | 'theirs' | 'elsewhere' | 'later'

export interface DeskWatch {
  standing(): DeskStanding
  /** Looks, and keeps the record where it is ours to keep. `now`: milliseconds of a clock that only goes on. */
  beat(now: number): DeskStanding
  /** Of the desks of its site it is this one's turn, or not any more; until it is told so it is not. */
  turn(isOurs: boolean, now: number): DeskStanding
  /** Staff have said that it is this desk's. */
  takeOver(now: number): DeskStanding
  /** Looks again before it answers: this desk may have slept. */
  claim(key: string, now: number): ClaimAnswer
  /** Ends in order: another desk need not wait. Never throws. */
  leave(now: number): void
  /** Claims that no result can need any more. Never throws. */
  tidy(): void
}

export function createDeskWatch(target: DeskTarget, files: DeskFiles): DeskWatch {
  const { own, desk, timing } = target
  // The desks of a site are one to all others: what one of them has begun the next one finishes.
  const who = desk.site ?? desk.id
  const kept = createDeskRecord(own, desk.id, files)
  const saying = createSaying(kept.write, { desk: who, name: desk.name })
  const claims = createClaims(own, desk.id, who, files)
  let isOurTurn = desk.site === null
  let folder: string | null = null
  let standing: DeskStanding = { state: { kind: 'unknown' }, failure: null, folder }
  const silence = createSilence(timing)

  const stand = (state: DeskState, failure: Failure | null = null): DeskStanding => {
    standing = { state, failure, folder }
    return standing
  }

  const watchHere = (now: number): DeskStanding => {
    saying.say(now, { isNew: standing.state.kind !== 'here' })
    return stand({ kind: 'here' })
  }

  /** Who is to take the results, where that is another desk; null: the record is for us to write. */
  const look = (now: number): DeskState | null => {
    const record = kept.read()
    // Written by whoever watched before, in the moment in which this desk took over: it finds ours with its next look.
    const isOlder = record !== null && saying.isOlder(record)
    if (standing.state.kind === 'here' && isOurTurn && isOlder) return null
    const isFree = record?.desk === who || record?.hasLeft
    if (isFree && isOurTurn) return null
    // Whoever has its turn has not said so yet.
    if (!isOurTurn && (record === null || record.hasLeft)) return { kind: 'unknown' }
    // Whose record has gone may still be there, and writes it with its next beat.
    const known = record ?? (standing.state.kind === 'elsewhere' ? standing.state : null)
    if (known === null) return null
    const silentMs = silence.heard(record && `${record.desk} ${record.beat}`, now)
    if (silentMs >= timing.goneMs && isOurTurn) return null
    return { kind: 'elsewhere', name: known.name, forS: known.forS, isQuiet: silentMs >= timing.quietMs }
  }

  const attempt = (work: () => DeskStanding): DeskStanding => {
    try {
      if (mayKeep(target, files)) {
        if (desk.site !== null) folder = nameOfFolder(own, desk.id, files)
        return work()
      }
      folder = null
      return stand({ kind: 'unkept' })
    } catch (error) {
      return stand(standing.state, folderFailure(error, 'madoguchi'))
    }
  }

  const beat = (now: number): DeskStanding =>
    attempt(() => {
      const state = look(now)
      return state ? stand(state) : watchHere(now)
    })

  return {
    standing: () => standing,
    beat,
    turn(isOurs, now) {
      if (isOurs === isOurTurn) return standing
      isOurTurn = isOurs
      return beat(now)
    },
    takeOver: (now) => attempt(() => watchHere(now)),
    claim(key, now) {
      // A record that is ours to write is written first: whoever takes is named.
      if (standing.state.kind !== 'here') beat(now)
      if (!isOurTurn) return 'elsewhere'
      if (standing.state.kind === 'unkept') return 'ours'
      if (standing.state.kind === 'unknown') return 'later'
      try {
        const state = look(now)
        if (state) {
          stand(state)
          // What this desk has claimed before it was ended is its own to finish, whoever takes the others.
          return claims.isOurs(key) ? 'ours' : 'elsewhere'
        }
        if (standing.state.kind !== 'here') return 'later'
        return claims.ownerOf(key) ?? 'later'
      } catch (error) {
        folderFailure(error, 'madoguchi')
        return 'later'
      }
    },
    leave(now) {
      unlessFails(() => {
        if (standing.state.kind === 'here' && isOurTurn && kept.read()?.desk === who) saying.say(now, { hasLeft: true })
      })
    },
    tidy() {
      unlessFails(() => {
        if (standing.state.kind === 'here') claims.tidy()
      })
    },
  }
}

/** What a desk writes of itself while it watches. */
function createSaying(write: (record: WatchRecord) => void, { desk, name }: Pick<WatchRecord, 'desk' | 'name'>) {
  let beat = 0
  let since = 0
  /** The highest that was seen or written. */
  let term = 0
  return {
    /** Than the newest one known. */
    isOlder(record: WatchRecord): boolean {
      const isOlder = record.term < term
      term = Math.max(term, record.term)
      return isOlder
    },
    /** `isNew`: it begins to watch. */
    say(now: number, { isNew = false, hasLeft = false }): void {
      if (isNew) {
        since = now
        term++
      }
      beat++
      write({ desk, name, beat, forS: Math.round((now - since) / 1_000), term, hasLeft })
    },
  }
}

/** For how long nothing new has been seen of another desk. */
function createSilence({ beatMs }: DeskTiming) {
  let last = { said: '', at: 0, silentMs: 0 }
  return {
    /** Only looks that succeeded count, and a pause between two of them (a sleep) as two beats. `said`: null for nothing new. */
    heard(said: string | null, now: number): number {
      const pause = Math.min(Math.max(0, now - last.at), 2 * beatMs)
      const isSame = said === null || said === last.said
      last = { said: said ?? last.said, at: now, silentMs: isSame ? last.silentMs + pause : 0 }
      return last.silentMs
    },
  }
}

/** What fails here is done at the next time, or by another desk. Bugs throw. */
function unlessFails(work: () => void): void {
  try {
    work()
  } catch (error) {
    folderFailure(error, 'madoguchi')
  }
}

/** Whether this account can keep files there. Throws what the system says of a share that is away. */
function mayKeep({ root, own }: DeskTarget, files: DeskFiles): boolean {
  // The root is the terminal's: where it is not there, nothing is made in its place.
  files.list(root)
  const there = files.state(own)
  // A link that somebody has laid there leads to where we do not write.
  if (there?.isFile) throw Object.assign(new Error('no folder'), { code: 'EACCES', syscall: 'open' })
  if (there) return true
  try {
    files.makeShared(own, root)
    return true
  } catch (error) {
    // Whoever had the right would have made it: there is no desk to be kept apart from.
    if (isRefusal(error) && files.state(own) === null) return false
    if (files.state(own) !== null) return true
    throw error
  }
}
