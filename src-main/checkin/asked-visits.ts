// Which of this desk's visits other desks ask for, and what lets one go by itself where nobody answers: again and again, until somebody
// has, or nobody asks any more.
import { byItself } from '../ground/acting.ts'
import { type Log, stackOf } from '../ground/log.ts'
import { type Desks, whoseIs } from '../store/desks.ts'
import type { StoredVisit } from '../store/visits.ts'

export interface AskedVisitsPorts {
  readonly desks: Desks
  readonly roster: { visits(): readonly StoredVisit[] }
  /** For how long a person may answer, in milliseconds. */
  readonly forMs: number
  readonly isOver: (visitId: string) => Promise<void>
  readonly log: Log
}

export function createAskedVisits({ desks, roster, forMs, isOver, log }: AskedVisitsPorts) {
  const waiting = new Map<string, { readonly by: string; readonly timer: NodeJS.Timeout }>()
  /** Somebody is in the middle of these. */
  const attended = new Set<string>()

  const forget = (visitId: string) => {
    clearInterval(waiting.get(visitId)?.timer)
    waiting.delete(visitId)
    attended.delete(visitId)
  }
  const now = () =>
    roster.visits().filter((stored) => whoseIs(desks, stored) === 'here' && desks.of(stored.askedBy)?.isHeard === true)

  return {
    now,
    isAttended: (visitId: string): boolean => attended.has(visitId),
    attend: (visitId: string): unknown => attended.add(visitId),
    /** It was given or kept: whoever asks again asks anew. */
    answered: forget,
    /** Something of it may have changed. */
    look(): void {
      const asked = now()
      for (const [id, { by }] of waiting) {
        if (!asked.some(({ visit, askedBy }) => visit.id === id && askedBy === by)) forget(id)
      }
      for (const { visit, askedBy } of asked) {
        if (askedBy === null || waiting.has(visit.id)) continue
        const over = () => {
          isOver(visit.id).catch((error: unknown) => log.write({ event: 'fault', where: stackOf(error) }))
        }
        const timer = byItself(() => setInterval(over, forMs))
        waiting.set(visit.id, { by: askedBy, timer: timer.unref() })
      }
    },
    close(): void {
      for (const { timer } of waiting.values()) clearInterval(timer)
    },
  }
}
