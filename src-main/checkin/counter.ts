// The place at the counter: one attempt stands there, and one thing at a time is done for it. A bug in what is done ends the
// visit in a designed state instead of leaving a spinner.
import type { Clock } from '../ground/clock.ts'
import { type Log, stackOf } from '../ground/log.ts'
import { failureOf, type Result } from '../ground/result.ts'
import { type Attempt, hasEnded } from './attempt.ts'
import type { Recorder } from './recorder.ts'

export interface CounterPorts {
  readonly clock: Clock
  readonly log: Log
  readonly recorder: Pick<Recorder, 'failVisit'>
}

type Part = () => Promise<Result<void>>

export type Counter = ReturnType<typeof createCounter>

export function createCounter({ clock, log, recorder }: CounterPorts) {
  let attempt: Attempt | null = null
  /** Who left last, until somebody comes: a person may have closed it too early. */
  let left: Attempt | null = null
  /** Something is being done for these: nothing else begins meanwhile. */
  const busy = new WeakSet<Attempt>()
  /** When somebody was last at the attempt. */
  let touchedAt = clock.now().getTime()

  const touch = (): void => {
    touchedAt = clock.now().getTime()
  }

  const guarded = async (current: Attempt, part: Part): Promise<Result<void>> => {
    try {
      return await part()
    } catch (error) {
      log.write({ event: 'fault', visitId: current.visit.id, where: stackOf(error) })
      const failure = failureOf(error)
      return hasEnded(current) ? { ok: false, error: failure } : recorder.failVisit(current, failure)
    }
  }

  return {
    /** null: nobody is there. */
    attempt: (): Attempt | null => attempt,
    /** The attempt of this visit, if that is the one at the counter. */
    attemptOf: (visitId: string): Attempt | null => (attempt?.visit.id === visitId ? attempt : null),
    /** Whoever was there has been attended to. */
    isFree: (): boolean => !attempt || hasEnded(attempt),
    seat(next: Attempt): void {
      attempt = next
      left = null
      touch()
    },
    leave(): void {
      left = attempt
      attempt = null
    },
    /** Whoever left last comes back, where that was this visit and nobody has come since. */
    bringBack(visitId: string): boolean {
      if (left?.visit.id !== visitId) return false
      attempt = left
      left = null
      touch()
      return true
    },
    touch,
    /** How long nobody has been at the attempt, in milliseconds; also when the clock was set back meanwhile. */
    untouchedMs: (): number => Math.abs(clock.now().getTime() - touchedAt),
    isBusy: (current: Attempt): boolean => busy.has(current),
    /** Does one part of an attempt, whatever else is being done for it. */
    guarded,
    /** Does one part of an attempt; nothing else begins for it meanwhile. */
    async alone(current: Attempt, part: Part): Promise<Result<void>> {
      busy.add(current)
      const result = await guarded(current, part)
      busy.delete(current)
      return result
    },
  }
}
