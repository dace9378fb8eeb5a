// For how long a site's server has not answered, as a desk counts it.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createServerWatch } from '../../src-main/store/server-watch.ts'
import { fault } from '../faults.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function openWatch() {
  let now = 0
  let told: number | null = null
  const watch = createServerWatch(
    (silentMs) => {
      told = silentMs
    },
    () => now,
  )
  return {
    ...watch,
    told: () => told,
    /** The process runs meanwhile. */
    pass(ms: number) {
      for (const end = now + ms; now < end; ) {
        now += 200
        vi.advanceTimersByTime(200)
      }
    },
    sleep(ms: number) {
      now += ms
      vi.advanceTimersByTime(200)
    },
  }
}

test('it is counted from the first sign of life that was left unanswered, until one is answered', () => {
  const { ear, pass, told } = openWatch()
  pass(5_000)
  expect(told()).toBeNull()
  ear.asked()
  pass(2_000)
  ear.answered(false)
  ear.asked()
  pass(1_000)
  expect(told()).toBe(3_000)
  ear.answered(true)
  pass(1_000)
  expect(told()).toBeNull()
})

fault('sleep', 'A computer of a hospital sleeps for an hour', {
  seen: 'nothing',
  class: 'transient',
  data: 'The hour does not count as silence of the server.',
  recovery: 'It goes on with the server, and not alone.',
})
test('a computer that slept has not waited', () => {
  const { ear, sleep, told } = openWatch()
  ear.asked()
  sleep(3_600_000)
  expect(told()).toBe(400)
})

test('what was before a new beginning says nothing of now', () => {
  const { ear, pass, beginAnew, told } = openWatch()
  ear.asked()
  pass(20_000)
  beginAnew()
  pass(1_000)
  expect(told()).toBeNull()
})
