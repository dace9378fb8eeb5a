// The tests' own time: a clock that runs from the morning of one and the same day, so that nothing depends on the day or
// the hour at which the tests happen to run. `npm run test:days` moves it, together with the system's, to other days.
import type { Clock } from '../src-main/contract/clock.ts'

const start = Date.parse(process.env.TEST_NOW ?? '2026-11-23T09:30:00+09:00')
const origin = performance.now()

export const testClock: Clock = { now: () => new Date(start + performance.now() - origin) }
