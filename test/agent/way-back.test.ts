// When a desk that is alone goes back to its site's server: time is the test's own.
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createWayBack } from '../../src-main/agent/way-back.ts'
import { fail, ok } from '../../src-main/ground/result.ts'

beforeEach(() => {
  vi.useFakeTimers()
  return () => void vi.useRealTimers()
})

/** A desk that is alone, whose server is there from now on. It looks every second, and wants to have seen it for three. */
function openDesk() {
  const world = {
    isThere: true,
    isWanted: true,
    atCounter: null as 'card' | 'decision' | null,
    hasMergeFailed: false,
    wentBack: 0,
  }
  const back = createWayBack({
    timing: {
      backAfterMs: 3_000,
      lookMs: 1_000,
      patienceMs: 10_000,
      mergePauseMs: { first: 60_000, longest: 120_000 },
    },
    isWanted: () => world.isWanted,
    reach: async () => (world.isThere ? ok(undefined) : fail('STORE_UNREACHABLE')),
    atCounter: () => world.atCounter,
    hasMergeFailed: () => world.hasMergeFailed,
    goBack() {
      world.wentBack++
      // As the agent does once it has tried.
      back.tried()
    },
  })
  onTestFinished(back.close)
  return { world, pass: (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000) }
}

test('once the server has been there for a while, without a gap', async () => {
  const { world, pass } = openDesk()
  await pass(3)
  world.isThere = false
  await pass(1)
  world.isThere = true
  await pass(3)
  expect(world.wentBack).toBe(0)
  await pass(1)
  expect(world.wentBack).toBe(1)
})

test('never while a card is read, and not before a person who decides has had a while', async () => {
  const { world, pass } = openDesk()
  world.atCounter = 'card'
  await pass(600)
  expect(world.wentBack).toBe(0)

  const other = openDesk()
  other.world.atCounter = 'decision'
  await other.pass(12)
  expect(other.world.wentBack).toBe(0)
  await other.pass(3)
  expect(other.world.wentBack).toBe(1)
})

test('after a merge that failed with ever longer pauses, and soon again once one has gone well', async () => {
  const { world, pass } = openDesk()
  world.hasMergeFailed = true
  await pass(4)
  expect(world.wentBack).toBe(1)
  await pass(58)
  expect(world.wentBack).toBe(1)
  await pass(6)
  expect(world.wentBack).toBe(2)
  await pass(114)
  expect(world.wentBack).toBe(2)
  world.hasMergeFailed = false
  await pass(3)
  expect(world.wentBack).toBe(3)
  await pass(4)
  expect(world.wentBack).toBe(4)
})

test('a desk that is not alone is left where it is', async () => {
  const { world, pass } = openDesk()
  world.isWanted = false
  await pass(600)
  expect(world.wentBack).toBe(0)
})
