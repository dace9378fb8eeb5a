// Whose word counts about the time: the clock's, the hub's, the database's, a person's.
import { describe, expect, test } from 'vitest'
import { openTrustedTime } from '../../src-main/background/trusted-time.ts'
import { clinicMoment } from '../../src-main/ground/clock.ts'
import { ok } from '../../src-main/ground/result.ts'
import { settableClock } from '../clock.ts'
import { fault } from '../faults.ts'
import { must } from '../support.ts'

const friday = '2026-11-27T18:00:00.000+09:00'
const minutes = (count: number) => count * 60_000
const hours = (count: number) => minutes(60 * count)
const days = (count: number) => hours(24 * count)

interface Situation {
  /** The newest time believed before; null: the very first start. */
  readonly seen?: string | null
  readonly clock?: string
  /** How far the hub is ahead of our clock; null: it does not answer. */
  readonly hubMs?: number | null
  readonly training?: boolean
}

async function started({ seen = friday, clock: moment = friday, hubMs = 0, training = false }: Situation) {
  const clock = settableClock(moment)
  const hub = { offsetMs: hubMs }
  let stored = seen
  const jumps: boolean[] = []
  /** For each change whether it was the end of a doubt by which the clock had been right. */
  const changes: boolean[] = []
  /** What held the files while those of the doubt were let go. */
  const held: unknown[] = []
  let isCleared = false
  let steady = 0
  const time = await openTrustedTime({
    clock,
    training,
    log: { write: () => undefined },
    monotonic: () => steady,
    store: {
      seenTime: async () => stored,
      async noteTime(at, isJump) {
        stored = at
        jumps.push(isJump)
        return ok(undefined)
      },
    },
    source: {
      line: () => ({ state: 'up', since: clock.now(), identityEnds: null, clockOffsetMs: hub.offsetMs }),
      warmUp: async () => undefined,
    },
  })
  time.onCleared(async () => {
    held.push(time.holds()?.code)
    isCleared = true
  })
  time.onChange(() => {
    changes.push(isCleared)
    isCleared = false
  })
  await time.look()
  await time.hubWasAsked()
  return {
    time,
    clock,
    hub,
    jumps,
    changes,
    held,
    seen: () => stored,
    /** Time passes, for the clock and for everything else. */
    async pass(ms: number) {
      steady += ms
      clock.set(clinicMoment(new Date(clock.now().getTime() + ms)))
      await time.look()
    },
    /** Somebody sets the clock; the hub is heard again at once. */
    async set(next: string) {
      if (hub.offsetMs !== null) hub.offsetMs += clock.now().getTime() - Date.parse(next)
      clock.set(next)
      await time.look()
    },
  }
}

const later = (ms: number) => clinicMoment(new Date(Date.parse(friday) + ms))

describe('a clock is confirmed', () => {
  test('by the hub, within minutes', async () => {
    for (const hubMs of [0, minutes(4), -minutes(4)]) expect((await started({ hubMs })).time.isConfirmed()).toBe(true)
    for (const hubMs of [minutes(6), -minutes(6), null]) {
      const { time } = await started({ hubMs })
      expect([time.isConfirmed(), time.doubt(), time.holds()]).toEqual([false, null, null])
    }
  })

  test('not before the hub has been asked', async () => {
    const clock = settableClock(friday)
    const time = await openTrustedTime({
      clock,
      training: false,
      log: { write: () => undefined },
      store: { seenTime: async () => null, noteTime: async () => ok(undefined) },
      source: {
        line: () => ({ state: 'unknown', since: clock.now(), identityEnds: null, clockOffsetMs: null }),
        warmUp: async () => undefined,
      },
    })
    await time.look()
    expect(time.isConfirmed()).toBe(false)
  })

  test('by the hub after any closure, without a question', async () => {
    const { time, jumps } = await started({ clock: later(days(40)) })
    expect([time.doubt(), time.isConfirmed(), jumps]).toEqual([null, true, [true]])
  })

  test('in training by following from the time before: over a long weekend, not over a month', async () => {
    const training = true
    expect((await started({ training, clock: later(hours(87)) })).time.isConfirmed()).toBe(true)
    const month = await started({ training, clock: later(days(40)) })
    expect(month.time.isConfirmed()).toBe(false)
    expect(month.time.doubt()).toEqual({ kind: 'ahead', other: new Date(friday) })
  })
})

describe('a clock is in doubt', () => {
  fault('clock', 'The clock has jumped, and the hub is not heard', {
    seen: 'CLOCK_WRONG',
    data: 'Nothing is deleted, and no file is sent by that clock.',
    recovery: 'The clock is set, the hub is heard, or a person says that the day is right.',
  })
  test.each([
    ['ahead by 40 days', days(40)],
    ['ahead by 400 days', days(400)],
    ['ahead by 11 years', days(4018)],
    ['back by two hours', -hours(2)],
    ['back by a day', -days(1)],
    ['back by ten years', -days(3653)],
  ])('%s of the newest time, where the hub is not heard, and the newest time stays', async (_, ms) => {
    for (const training of [true, false]) {
      const { time, seen } = await started({ clock: later(ms), hubMs: training ? 0 : null, training })
      expect(time.doubt()?.kind).toBe(ms > 0 ? 'ahead' : 'behind')
      expect([time.isConfirmed(), time.believed(), seen()]).toEqual([false, new Date(friday), friday])
      // In training the same clock gives the hub its time: nothing waits, nothing is deleted.
      expect(time.holds()).toEqual(training ? null : { code: 'CLOCK_WRONG' })
    }
  })

  test('against the hub: by more than an hour, or by minutes that make it another day', async () => {
    const at = async (clock: string, hubMs: number) => (await started({ seen: clock, clock, hubMs })).time.holds()?.code
    const noon = '2026-11-27T12:00:00.000+09:00'
    const midnight = '2026-11-28T00:03:00.000+09:00'
    expect(await at(noon, hours(1) + 1)).toBe('CLOCK_WRONG')
    expect(await at(noon, -days(1))).toBe('CLOCK_WRONG')
    expect(await at(noon, minutes(50))).toBeUndefined()
    expect(await at(midnight, -minutes(10))).toBe('CLOCK_WRONG')
    expect(await at(midnight, -minutes(4))).toBeUndefined()
    expect(await at(midnight, minutes(10))).toBeUndefined()
  })

  test('tells what a visit confirmed meanwhile has to wait for', async () => {
    const day = await started({ hubMs: -days(1) })
    expect(day.time.failureOf('2026-11-27')).toEqual({ code: 'VISIT_DAY_WRONG' })
    const twoHours = await started({ hubMs: -hours(2) })
    expect(twoHours.time.failureOf('2026-11-27')).toEqual({ code: 'CLOCK_WRONG' })
    const alone = await started({ clock: later(days(40)), hubMs: null })
    expect(alone.time.failureOf('2027-01-06')).toEqual({ code: 'VISIT_DAY_WRONG' })
    expect((await started({})).time.failureOf('2026-11-27')).toBeNull()
  })

  test('under an open desk as soon as it is set', async () => {
    const { time, set, seen } = await started({})
    await set(later(days(3653)))
    expect([time.doubt()?.kind, time.isConfirmed(), seen()]).toEqual(['off', false, friday])
    await set(later(minutes(2)))
    expect([time.doubt(), time.isConfirmed()]).toEqual([null, true])
  })
})

describe('the doubt ends', () => {
  test('when the clock is mended; what it dated meanwhile is not cleared by that', async () => {
    const { set, changes } = await started({ hubMs: -days(1) })
    await set(later(-days(1)))
    expect(changes.at(-1)).toBe(false)
  })

  test('when the hub is heard at last and agrees: the clock was right all the time', async () => {
    const { time, hub, pass, changes } = await started({ clock: later(days(10)), hubMs: null })
    expect(time.holds()).not.toBeNull()
    hub.offsetMs = 0
    await pass(minutes(3))
    expect([time.holds(), time.isConfirmed(), changes.at(-1)]).toEqual([null, true, true])
  })

  test('when a person says that the date is right, and only for that date', async () => {
    const { time, seen, changes } = await started({ clock: later(days(40)), hubMs: null })
    expect(await time.confirm('2026-11-27')).toMatchObject({ error: { code: 'REQUEST_INVALID' } })
    expect(time.isConfirmed()).toBe(false)
    must(await time.confirm('2027-01-06'))
    expect([time.doubt(), time.isConfirmed(), seen(), changes.at(-1)]).toEqual([null, true, later(days(40)), true])
  })

  test('for a clock that the hub contradicts only until it is set again, and nothing is deleted by it', async () => {
    const { time, set, held } = await started({ hubMs: -days(1) })
    must(await time.confirm('2026-11-27'))
    expect([time.holds(), time.isConfirmed()]).toEqual([null, false])
    // Nobody is asked about a day that was just said to be right: until that is noted, everything waits.
    expect(held).toEqual(['CLOCK_WRONG'])
    await set(later(days(2)))
    expect(time.holds()).toEqual({ code: 'CLOCK_WRONG' })
  })
})

test('the newest time grows with the clock, over midnight at once', async () => {
  const { pass, seen } = await started({ seen: null })
  expect(seen()).toBe(friday)
  await pass(minutes(5))
  expect(seen()).toBe(friday)
  await pass(minutes(6))
  expect(seen()).toBe(later(minutes(11)))
  await pass(hours(5.75))
  const evening = seen()
  await pass(minutes(5))
  expect([evening?.slice(0, 10), seen()?.slice(0, 10)]).toEqual(['2026-11-27', '2026-11-28'])
})
