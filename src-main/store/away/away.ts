// A desk of a site goes on while the server is gone: with a copy of what it needs today, kept in its data folder as long as the line
// stands (`keepCopy`); in a store of its own that begins as that copy (`openAway`); and what was written there comes to the site once
// the line is back (`mergeAway`), all of it in one transaction, once.
//
// The agent's part is when: after how many seconds without the server it ends on the site's store and begins on this one, and when it
// goes back. Nothing here runs by itself but the keeping of the copy. Who has one desk, or rehearses, never gets here: there is no
// `site` then.
//
// What the away store does otherwise than a desk's own (all of it is `Store`):
// - Its visits have numbers of the desk's own series (contract/visit-number.ts): nobody else gives one of them.
// - Visits of before the cut are read only: whatever would change one of them, or its files, is refused with DESK_AWAY, and nothing that
//   works by itself is given one of them (open, choosing, owed, under way).
// - Staff, masters, bookings, retention, erasing, another patient's 診察券番号, what the site's desks have leases for, visits of other desks:
//   refused with DESK_AWAY. (To a terminal's folder a desk that is alone is one of another store: hub/terminal/desk-watch.ts.) Whoever is known may sign in.
// - What is not here is not said to be nothing: reading other days, reports, the trail and what was set earlier throws a Refusal with
//   DESK_AWAY.
// - Another clinic day than its own begins no visit (AWAY_NOT_READY).
import { existsSync } from 'node:fs'
import type { Clock } from '../../ground/clock.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { type DataOptions, onDisk, openData } from '../data-folder.ts'
import type { Store } from '../store.ts'
import { beginAlone } from './beginning.ts'
import { awayFiles } from './copy-file.ts'
import { type Merged, mergeAll } from './merging.ts'

export { type CopyKeeper, keepCopy } from './keeping.ts'
export type { Merged }

/** Of the desk's data folder; what is there is sealed with the desk's own key. */
export type AwayOptions = Omit<DataOptions, 'site'> & { readonly clock: Clock }

export interface AwayData {
  /** Closing it lets go of the data folder. */
  readonly store: Store
  /** The clinic day that it is of. */
  readonly day: string
  /** When the desk went on alone, RFC 3339 in clinic time; the same after every new start until it is merged. */
  readonly since: string
  /** What the site's desks had committed then is in it, RFC 3339 in clinic time. */
  readonly asOf: string
  /** The visit is a copy from before the cut: read only. */
  isCopied(visitId: string): boolean
}

/** Something was written away and has not come to the site yet; no key is needed to see it. */
export function isUnmerged(dataDir: string): boolean {
  const { away, merging } = awayFiles(dataDir)
  return existsSync(away) || existsSync(merging)
}

/**
 * Goes on with the away store that has not been merged, else begins one with the copy, which is not kept any further then. Holds the
 * data folder as openData does. Errors: AWAY_NOT_READY (there is no copy, or it is of another day), those of openData.
 */
export async function openAway(options: AwayOptions): Promise<Result<AwayData>> {
  const own = await openData({ ...options, site: null })
  if (!own.ok) return own
  const { store: desk } = own.value
  const opened = await withKey(options, async (key) => beginAlone({ ...options, key }))
  if (!opened.ok) {
    desk.close()
    return opened
  }
  const { store, copies, ...standing } = opened.value
  const close = () => {
    store.close()
    desk.close()
  }
  return ok({ ...standing, store: { ...store, close }, isCopied: (visitId) => copies.has(visitId) })
}

/**
 * Brings to `site`, which is open, what was written away, in one transaction, however often it is tried; the away store must be closed.
 * Nothing of it is in the data folder then. null: there is nothing. What the desk had not delivered yet waits there for whoever
 * has the destination. Errors: STORE_ codes (also STORE_COMMIT_UNKNOWN: try again, it is done once), AGENT_ALREADY_RUNNING; all of it
 * is still here then.
 */
export async function mergeAway(site: Store, options: AwayOptions): Promise<Result<Merged | null>> {
  return withKey(options, (key) => mergeAll(site, { ...options, key }))
}

/** The desk's own key, for this work. Errors: STORE_KEY_MISSING, what the file system says. */
async function withKey<T>(
  { keyStore }: AwayOptions,
  work: (key: Uint8Array) => Promise<Result<T>>,
): Promise<Result<T>> {
  const loaded = await keyStore.load()
  if (!loaded.ok) return loaded
  const { value: key } = loaded
  if (!key) return fail('STORE_KEY_MISSING')
  const done = await onDisk(() => work(key))
  key.fill(0)
  return done.ok ? done.value : done
}
