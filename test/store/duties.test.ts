// When a desk looks whether it may do what another one does, and when it stops by itself: time is the test's own.
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { fail, ok, type Result } from '../../src-main/ground/result.ts'
import { createDuties } from '../../src-main/store/duties.ts'
import { type Lease, type Leases, silentMs } from '../../src-main/store/leases.ts'
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
    siteName: 'site',
    seize: async (what) => ok({ what, fence: 3 }),
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

/** This desk has a folder of the terminal, until its site says otherwise or nothing at all. */
async function openHolder() {
  const what = 'terminal folder' as const
  let fence = 0
  let says: 'ours' | 'elsewhere' | 'nothing' = 'ours'
  const give = async (): Promise<Result<Lease | null>> => {
    fence++
    return ok({ what, fence })
  }
  const store: Leases = {
    beatMs: 2_000,
    siteName: 'site',
    lease: give,
    seize: give,
    async beat() {
      if (says === 'nothing') return new Promise(() => undefined)
      const ours = says === 'ours' ? [{ what, fence }] : []
      return ok({
        ours,
        elsewhere: says === 'ours' ? [] : [what],
        soonestMs: says === 'ours' ? null : silentMs,
        desks: [],
      })
    },
    giveUp: async () => ok(undefined),
    leave: async () => ok(undefined),
  }
  const duty = createDuties({ store, log: silentLog, steady: () => Date.now() }).of(what)
  let lost = 0
  duty.onLost(() => lost++)
  await duty.take()
  return { duty, lost: () => lost, says: (what: typeof says) => (says = what) }
}

test('who is told that another desk does it has lost it, once, until a person says that it is this one’s', async () => {
  const { duty, lost, says } = await openHolder()
  says('elsewhere')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(lost()).toBe(1)
  expect(await duty.take()).toBeNull()
  expect(await duty.seize()).toEqual(ok(undefined))
  expect(await duty.take()).toMatchObject({ fence: 2 })
  expect(lost()).toBe(1)
})

test('who is answered nothing at all stops by itself', async () => {
  const { lost, says } = await openHolder()
  await vi.advanceTimersByTimeAsync(4_000)
  says('nothing')
  await vi.advanceTimersByTimeAsync(silentMs - 2_000)
  expect(lost()).toBe(0)
  await vi.advanceTimersByTimeAsync(4_000)
  expect(lost()).toBe(1)
})

test('a beat that throws says nothing of the server, and the next one is made', async () => {
  const said: string[] = []
  let beats = 0
  const refused = async () => fail('STORE_REFUSED')
  const store: Leases = {
    beatMs: 2_000,
    siteName: 'site',
    lease: refused,
    seize: refused,
    async beat() {
      beats++
      if (beats === 1) throw new Error('a bug')
      return ok({ ours: [], elsewhere: [], soonestMs: null, desks: [] })
    },
    giveUp: async () => ok(undefined),
    leave: async () => ok(undefined),
  }
  const ear = {
    asked: () => void said.push('asked'),
    answered: (isThere: boolean) => void said.push(isThere ? 'there' : 'gone'),
  }
  const duties = createDuties({ store, log: silentLog, ear, steady: () => Date.now() })
  onTestFinished(() => duties.close())
  await vi.advanceTimersByTimeAsync(2_000)
  expect(said).toEqual(['asked', 'there', 'asked', 'there'])
})
