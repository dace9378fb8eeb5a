// What the turn of the day does at the counter: no visit goes on after its midnight but one that a person is deciding about.
// One that has no answer to show yet ends, and begins anew as a visit of today with the card that still lies there.
import type { Clock } from '../ground/clock.ts'
import { type Attempt, hasEnded, isOfAnotherDay, stageAt } from './attempt.ts'
import type { Beginning } from './beginning.ts'
import type { Counter } from './counter.ts'
import type { LaidCards } from './laid-cards.ts'
import type { Recorder } from './recorder.ts'

/** How long a result of the day before stays at the counter after the day has turned, in milliseconds. */
const lingersMs = 15 * 60_000

export interface DayTurnPorts {
  readonly clock: Clock
  readonly cards: Pick<LaidCards, 'liesOn'>
  readonly counter: Counter
  readonly beginning: Pick<Beginning, 'start' | 'look'>
  readonly recorder: Pick<Recorder, 'failVisit' | 'changed'>
}

export type DayTurn = ReturnType<typeof createDayTurn>

export function createDayTurn({ clock, cards, counter, beginning, recorder }: DayTurnPorts) {
  /** The visit that the turn of the day has ended: whoever still acts on it hears why. */
  let turnedId: string | null = null

  /** What is at the counter was begun on another day than today. */
  const hasTurned = (current: Attempt): boolean => isOfAnotherDay(current, clock.now())

  const beginAnew = async (current: Attempt): Promise<void> => {
    const { id, reader } = current.visit
    turnedId = id
    if (!hasEnded(current)) {
      await counter.guarded(current, () => recorder.failVisit(current, { code: 'VISIT_DAY_TURNED' }))
    }
    if (counter.attempt() === current && cards.liesOn(reader)) beginning.start(reader)
  }

  return {
    hasTurned,
    hasEndedVisit: (visitId: string): boolean => visitId === turnedId,
    beginAnew,
    async keepDay(): Promise<void> {
      const current = counter.attempt()
      if (!current || counter.isBusy(current) || !hasTurned(current)) return
      if (!hasEnded(current) && !stageAt(current, 'deciding')) return beginAnew(current)
      // What waits for a person stays in the list. A result that somebody is just reading is not taken from them.
      if (counter.untouchedMs() < lingersMs) return
      counter.leave()
      recorder.changed(current)
      beginning.look()
    },
  }
}
