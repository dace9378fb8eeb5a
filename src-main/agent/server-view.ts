// What is known of the site's server while an agent runs, for its pages: whether it answers, and why what was written alone could
// not be taken there.
import type { SiteServerView } from '../contract/site-server.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { isSame } from '../ground/keep-same.ts'
import type { Failure, Result } from '../ground/result.ts'
import type { ServerEar } from '../store/duties.ts'

type Silence = Omit<Extract<SiteServerView, { readonly state: 'silent' }>, 'state'>

export interface SiteServerPort {
  /** Told with every sign of life that the server is asked for. */
  readonly ear: ServerEar
  /** null: it answers, as far as is known. */
  silence(): Silence | null
  mergeFailure(): Failure | null
  /** Something was written alone and has not come to the site. */
  isUnmerged(): boolean
  /** Whenever one of the two is another one; the newest listener only. */
  onChange(listener: () => void): void
}

/** A server that hesitates is no news yet. */
const shownAfterMs = 4_000

export type ServerView = ReturnType<typeof createServerView>

interface Ports {
  readonly clock: Clock
  readonly aloneAfterMs: number
  readonly isUnmerged: () => boolean
}

export function createServerView({ clock, aloneAfterMs, isUnmerged }: Ports) {
  let silence: Silence | null = null
  let mergeFailure: Failure | null = null
  let listener = () => {}
  const set = (next: Silence | null) => {
    if (isSame(silence, next)) return
    silence = next
    listener()
  }
  return {
    /** For an agent. */
    port: (ear: ServerEar): SiteServerPort => ({
      ear,
      silence: () => silence,
      mergeFailure: () => mergeFailure,
      isUnmerged,
      onChange(next) {
        listener = next
      },
    }),
    /** `ms`: for how long; null: it answers. `goesOn`: this desk can go on alone. */
    silent(ms: number | null, goesOn: boolean) {
      if (ms === null) return set(null)
      if (ms < Math.min(shownAfterMs, aloneAfterMs)) return
      set({ since: silence?.since ?? clinicMoment(new Date(clock.now().getTime() - Math.round(ms))), goesOn })
    },
    /** A line that is gone again is no failure of its own. */
    mergeEnded(merged: Result<unknown>) {
      mergeFailure = merged.ok || merged.error.code === 'STORE_UNREACHABLE' ? null : merged.error
      listener()
    },
    hasMergeFailed: () => mergeFailure !== null,
  }
}
