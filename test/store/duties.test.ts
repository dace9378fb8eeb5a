// When a desk looks whether it may do what another one does: time is the test's own.
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { ok } from '../../src-main/ground/result.ts'
import { createDuties } from '../../src-main/store/duties.ts'
import type { Leases } from '../../src-main/store/leases.ts'
import { silentLog } from '../support.ts'

beforeEach(() => {
  vi.useFakeTimers()
  return () => void vi.useRealTimers()
})

/** Another desk has the work. `soonestMs`: when it lapses, as the store says at each beat. */
function openDuty(soonestMs: number) {
  const asked: number[] = []
  let isFree = false
  const store: Leases = {
    beatMs: 2_000,
    lease: async (what) => {
      asked.push(Date.now())
      return ok(isFree ? { what, fence: 2 } : null)
    },
    beat: async () =>
      ok({ ours: [], elsewhere: isFree ? [] : ['bookings'], soonestMs: isFree ? null : soonestMs, desks: [] }),
    giveUp: async () => ok(undefined),
    leave: async () => ok(undefined),
  }
  const duties = createDuties({ store, log: silentLog, steady: () => Date.now() })
  onTestFinished(() => duties.close())
  const duty = duties.of('bookings')
  duty.onTurn(() => void duty.take())
  return { duty, asked, free: () => (isFree = true) }
}

test('what another desk has is asked for as soon as that one may be gone, before the next beat', async () => {
  const { duty, asked, free } = openDuty(300)
  expect(await duty.take()).toBeNull()
  await vi.advanceTimersByTimeAsync(2_000)
  free()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(asked).toHaveLength(2)
  expect(await duty.take()).toEqual({ what: 'bookings', fence: 2 })
})

test('a desk that is heard of is not asked for what it has', async () => {
  const { duty, asked } = openDuty(7_000)
  expect(await duty.take()).toBeNull()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await duty.take()).toBeNull()
  expect(asked).toHaveLength(1)
})
