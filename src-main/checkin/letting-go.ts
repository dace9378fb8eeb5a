// How a place is done with a visit that somebody else goes on with: it ends with a reason, or is let go of as it stands; and how
// one that was let go of too early comes back.
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import { end, hasEnded } from './attempt.ts'
import type { Beginning } from './beginning.ts'
import type { Counter } from './counter.ts'
import type { Recorder } from './recorder.ts'

export interface LettingGo {
  /** Ends it with this failure, whatever is being done for it. */
  turnAway(visitId: string, failure: Failure): Promise<void>
  /** The counter is free for the next card, whatever the visit waits for; what its card showed (DER). */
  letGo(visitId: string): Uint8Array | null
  /**
   * Another desk goes on with it: whatever is being done for it here ends. `isToBeRead`: it stays until somebody has read that, else
   * the counter is free.
   */
  goesElsewhere(visitId: string, isToBeRead: boolean): Promise<void>
  /** It was closed too early: back to the counter with it. Errors: VISIT_NOT_CURRENT once somebody else has come. */
  reopen(visitId: string): Promise<Result<void>>
  /** How long nobody has been at it, in milliseconds. */
  untouchedMs(): number
}

export function createLettingGo(ports: {
  readonly counter: Pick<Counter, 'attemptOf' | 'leave' | 'bringBack' | 'untouchedMs'>
  readonly beginning: Pick<Beginning, 'look'>
  readonly recorder: Pick<Recorder, 'failVisit' | 'changed'>
}): LettingGo {
  const { counter, beginning, recorder } = ports
  return {
    async turnAway(visitId, failure) {
      const current = counter.attemptOf(visitId)
      if (current) await recorder.failVisit(current, failure)
    },
    letGo(visitId) {
      const current = counter.attemptOf(visitId)
      if (!current) return null
      counter.leave()
      recorder.changed(current)
      beginning.look()
      return current.read
    },
    async goesElsewhere(visitId, isToBeRead) {
      const current = counter.attemptOf(visitId)
      if (!current) return
      if (!hasEnded(current)) end(current, null)
      current.stop.abort()
      current.visit = { ...current.visit, state: 'failed', failure: { code: 'VISIT_ELSEWHERE' } }
      if (!isToBeRead) counter.leave()
      recorder.changed(current)
      if (!isToBeRead) beginning.look()
      await current.card?.end()
    },
    async reopen(visitId) {
      const back = counter.bringBack(visitId) ? counter.attemptOf(visitId) : null
      if (!back) return fail('VISIT_NOT_CURRENT')
      recorder.changed(back)
      return ok(undefined)
    },
    untouchedMs: counter.untouchedMs,
  }
}
