// The tests' own time: a clock that runs from the morning of one and the same day, so that nothing depends on the day or
// the hour at which the tests happen to run. `npm run test:days` moves it, together with the system's, to other days.
import { type Clock, clinicDay } from '../src-main/ground/clock.ts'

const start = Date.parse(process.env.TEST_NOW ?? '2026-11-23T09:30:00+09:00')

/** When the tests' clock begins to run, in every test file alike. */
export const testStart = new Date(start)

const origin = performance.now()

export const testClock: Clock = { now: () => new Date(start + performance.now() - origin) }

/** Stands still until a test sets it to another moment (RFC 3339). */
export function settableClock(moment: string): Clock & { set(moment: string): void } {
  let now = new Date(moment)
  return {
    now: () => now,
    set(next) {
      now = new Date(next)
    },
  }
}

/** The clinic's day on which the tests begin. */
export const testDay = clinicDay(new Date(start))
