// How the list is asked about: what is sent to the source, and what a stop, a restart or trouble costs.

import { randomUUID } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openBookings } from '../../src-main/background/bookings/bookings.ts'
import { type Failure, fail, ok, type Result } from '../../src-main/ground/result.ts'
import type { RequeryItem, RequeryPage, RequeryProgress, RequerySource } from '../../src-main/hub/requeries.ts'
import type { Store } from '../../src-main/store/store.ts'
import { fault } from '../faults.ts'
import { dutyAlone } from '../store/new-visit.ts'
import { at, eligibility, expireOn, newVisit, openTestStore, patient } from '../store/samples.ts'
import { eventually, must, silentLog } from '../support.ts'

const columns = { patientNumber: 'id', nameKana: 'kana', birthDate: 'birth' }
const day = '2026-11-24'
const { patient: _nobody, ...answer } = eligibility

/** A store in which the numbers 1 … count are linked, number n to the reference `ref-n`. */
async function storeOf(count: number) {
  const store = openTestStore()
  for (let number = 1; number <= count; number++) {
    const visit = newVisit({ state: 'handedOver', patient: { ...patient, ref: `ref-${number}` } })
    must(await store.saveVisit(visit, []))
    must(await store.linkPatientNumber({ visitId: visit.id, number: String(number), isMoved: false, at }))
  }
  return store
}

/** A source that answers two persons a page, and can be told to do otherwise. */
function createSource() {
  const opened: { readonly id: string; readonly key: string; readonly refs: readonly string[] }[] = []
  const read: (string | null)[] = []
  const trouble: { open: Failure | null; read: Failure | null; leavesOut: string | null; pages: number } = {
    open: null,
    read: null,
    leavesOut: null,
    pages: Number.POSITIVE_INFINITY,
  }
  const progress = (id: string, total: number): RequeryProgress => ({
    id,
    isFinished: false,
    total,
    answered: 0,
    perMinute: 30,
    expiresAt: at,
    retryAfterS: undefined,
  })
  const source: RequerySource = {
    async openRequery({ key, patientRefs }) {
      if (trouble.open) return { ok: false, error: trouble.open }
      const known = opened.find((other) => other.key === key)
      const requery = known ?? { id: `requery-${opened.length + 1}`, key, refs: patientRefs }
      expect(patientRefs).toEqual(requery.refs)
      if (!known) opened.push(requery)
      return ok(progress(requery.id, patientRefs.length))
    },
    async readRequery({ id, cursor }, signal): Promise<Result<RequeryPage>> {
      if (trouble.read) return { ok: false, error: trouble.read }
      const refs = opened.find((requery) => requery.id === id)?.refs ?? []
      if (read.length >= trouble.pages) await new Promise((resolve) => signal?.addEventListener('abort', resolve))
      if (signal?.aborted) return fail('VISIT_CANCELLED')
      read.push(cursor)
      const from = Number(cursor ?? 0)
      const items = refs
        .slice(from, from + 2)
        .map((patientRef): RequeryItem => ({ outcome: 'answered', patientRef, answer }))
      const nextCursor = from + 2 < refs.length ? String(from + 2) : null
      return ok({
        ...progress(id, refs.length),
        items: items.filter(({ patientRef }) => patientRef !== trouble.leavesOut),
        nextCursor,
      })
    },
  }
  return { source, opened, read, trouble }
}

async function open(store: Store, { source }: ReturnType<typeof createSource>, dutyOf = dutyAlone) {
  const bookings = await openBookings({
    source: {
      ...source,
      line: () => ({ state: 'up', since: new Date(at), identityEnds: null, clockOffsetMs: null }),
      onLineChange: () => () => undefined,
    },
    store,
    clock: { now: () => new Date(at) },
    log: silentLog,
    dutyOf,
    columns: () => null,
    rememberColumns: async () => ok(undefined),
    changed: () => undefined,
    pauseMs: { first: 1, longest: 1 },
  })
  onTestFinished(() => bookings.close())
  return bookings
}
type Bookings = Awaited<ReturnType<typeof open>>

async function start(bookings: Bookings, numbers: readonly (number | string)[]) {
  const lines = numbers.map((number) => `${number},${patient.nameKana},${patient.birthDate}`)
  must(bookings.read(Buffer.from(['id,kana,birth', ...lines].join('\n'))))
  must(await bookings.start(columns, day))
}
const isFinished = (bookings: Bookings) => eventually('the end', () => bookings.view().run?.state === 'finished')
const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('the bookings', () => {
  test('are asked about in portions: everybody once, whoever is booked twice too', async () => {
    const hub = createSource()
    const bookings = await open(await storeOf(5), hub)
    await start(bookings, [1, 2, 3, 4, 5, 1])
    await isFinished(bookings)
    expect(hub.opened.map(({ refs }) => refs)).toEqual([range(5).map((number) => `ref-${number}`)])
    expect(bookings.view().run).toMatchObject({ done: 6, counts: { new: 6 } })
  })

  test('tell how long it takes, by the rate that the source names', async () => {
    const hub = createSource()
    hub.trouble.pages = 1
    const bookings = await open(await storeOf(7), hub)
    await start(bookings, range(7))
    await eventually('the first page', () => bookings.view().run?.done === 2)
    // Five left, two seconds each.
    expect(bookings.view().run).toMatchObject({ state: 'running', secondsLeft: 10 })
  })

  test('go on after a restart where the last page ended, in the same re-query', async () => {
    const hub = createSource()
    const store = await storeOf(7)
    hub.trouble.pages = 2
    const before = await open(store, hub)
    await start(before, range(7))
    await eventually('two pages', () => before.view().run?.done === 4)
    await before.close()
    hub.trouble.pages = Number.POSITIVE_INFINITY
    const after = await open(store, hub)
    await isFinished(after)
    expect(hub.opened).toHaveLength(1)
    expect(hub.read).toEqual([null, '2', '4', '6'])
    expect(after.view().run?.done).toBe(7)
  })

  test('go on where another desk has changed something else, and stop or are others once it says so', async () => {
    const hub = createSource()
    hub.trouble.pages = 1
    const store = await storeOf(7)
    const bookings = await open(store, hub)
    await start(bookings, range(7))
    await eventually('the first page', () => bookings.view().run?.done === 2)
    await bookings.follow()
    expect(bookings.view().run).toMatchObject({ state: 'running', done: 2 })
    const stored = await store.bookings()
    if (!stored) throw new Error('there are no bookings')
    must(await store.steerBookings(stored.run.list, { isStopped: true, isAnew: false }))
    await bookings.follow()
    expect(bookings.view().run).toMatchObject({ state: 'stopped', done: 2 })
    must(await store.removeBookings(stored.run.list))
    await bookings.follow()
    expect(bookings.view().run).toBeNull()
  })

  /** Another desk does this while the first page is on its way to the store. */
  const meanwhile = (store: Store, change: () => Promise<unknown>): Store => {
    let isDone = false
    return {
      ...store,
      async moveBookings(run, settled, lease) {
        if (settled.length > 0 && !isDone) {
          isDone = true
          await change()
        }
        return store.moveBookings(run, settled, lease)
      },
    }
  }

  test('that another desk has put in their place get no answer of the earlier list, and are asked about', async () => {
    const hub = createSource()
    const store = await storeOf(3)
    const other = await open(store, createSource(), () => ({ ...dutyAlone('bookings'), take: async () => null }))
    const bookings = await open(
      meanwhile(store, () => start(other, [3, 1])),
      hub,
    )
    await start(bookings, [1, 2])
    await isFinished(bookings)
    expect(hub.opened.map(({ refs }) => refs)).toEqual([
      ['ref-1', 'ref-2'],
      ['ref-3', 'ref-1'],
    ])
    expect(bookings.view().run).toMatchObject({ total: 2, done: 2, counts: { new: 2 } })
    await other.follow()
    expect(other.view().run).toMatchObject({ state: 'finished', done: 2 })
  })

  fault('agents', 'Two desks steer one list of bookings', {
    seen: 'BOOKINGS_CHANGED',
    data: 'What the other desk has done counts, whatever answer is under way.',
    recovery: 'The list is looked at, and steered again if need be.',
  })
  test('that another desk has stopped stay stopped, whatever answer is under way', async () => {
    const hub = createSource()
    const store = await storeOf(2)
    const other = await open(store, createSource(), () => ({ ...dutyAlone('bookings'), take: async () => null }))
    const stop = async () => {
      await other.follow()
      must(await other.stop())
    }
    const bookings = await open(meanwhile(store, stop), hub)
    await start(bookings, [1, 2])
    await eventually('the stop is seen', () => bookings.view().run?.state === 'stopped')
    expect(bookings.view().run).toMatchObject({ done: 0, failure: null })
    expect((await store.bookings())?.run.isStopped).toBe(true)
    expect(await other.remove()).toEqual(ok(undefined))
    expect(await bookings.resume()).toEqual(fail('BOOKINGS_CHANGED'))
    expect(bookings.view().run).toBeNull()
  })

  test('are gone on with by the desk whose turn it is now from where the one before it was', async () => {
    const hub = createSource()
    const store = await storeOf(3)
    let isOurs = false
    let turn: () => void = () => undefined
    const duty = {
      ...dutyAlone('bookings'),
      take: async () => (isOurs ? { what: 'bookings' as const, fence: 2 } : null),
      onTurn(listener: () => void) {
        turn = listener
      },
    }
    const bookings = await open(store, hub, () => duty)
    await start(bookings, [1, 2, 3])
    const { run } = (await store.bookings()) ?? {}
    if (!run) throw new Error('there are no bookings')
    // The desk before this one, whose word has not come yet.
    const findings = { reason: null, lines: [] }
    must(await store.moveBookings(run, [{ place: 0, outcome: 'same', findings }]))
    isOurs = true
    turn()
    await isFinished(bookings)
    expect(hub.opened.map(({ refs }) => refs)).toEqual([['ref-2', 'ref-3']])
    expect(bookings.view().run?.counts).toMatchObject({ same: 1, new: 2 })
  })

  test('that this desk cannot ask about are another one’s to ask', async () => {
    const hub = createSource()
    hub.trouble.open = { code: 'HUB_CLIENT_REJECTED' }
    let passed = 0
    const bookings = await open(await storeOf(1), hub, (what) => ({
      ...dutyAlone(what),
      pass: async () => void passed++,
    }))
    await start(bookings, [1])
    await eventually('the refusal', () => bookings.view().run?.state === 'stopped')
    expect(passed).toBe(1)
  })

  test('opened without a word coming back are opened again under the same key', async () => {
    const hub = createSource()
    hub.trouble.read = { code: 'HUB_TIMEOUT' }
    const store = await storeOf(3)
    const before = await open(store, hub)
    await start(before, range(3))
    await eventually('the re-query', () => hub.opened.length === 1)
    await before.close()
    hub.trouble.read = null
    await isFinished(await open(store, hub))
    expect(hub.opened).toHaveLength(1)
  })

  test('whose re-query has run out ask anew about those who are left, and only those', async () => {
    const hub = createSource()
    const store = await storeOf(5)
    hub.trouble.pages = 1
    const before = await open(store, hub)
    await start(before, range(5))
    await eventually('a page', () => before.view().run?.done === 2)
    await before.close()
    hub.trouble.pages = Number.POSITIVE_INFINITY
    hub.trouble.read = { code: 'HUB_REQUERY_UNKNOWN' }
    const after = await open(store, hub)
    await eventually('the loss', () => hub.opened.length > 1)
    hub.trouble.read = null
    await isFinished(after)
    expect(hub.opened.at(-1)?.refs).toEqual(['ref-3', 'ref-4', 'ref-5'])
  })

  test('wait where the source is busy, and stop with its reason where it refuses', async () => {
    const hub = createSource()
    hub.trouble.open = { code: 'HUB_RATE_LIMITED', detail: { retryAfterS: 0.01 } }
    const bookings = await open(await storeOf(2), hub)
    await start(bookings, [1, 2])
    expect(bookings.view().run).toMatchObject({ state: 'running', failure: null })
    hub.trouble.open = { code: 'HUB_CLIENT_REJECTED' }
    await eventually('the refusal', () => bookings.view().run?.state === 'stopped')
    expect(bookings.view().run?.failure).toEqual({ code: 'HUB_CLIENT_REJECTED' })
    hub.trouble.open = null
    must(await bookings.resume())
    await isFinished(bookings)
  })

  test('that the source leaves out are for a person, and not asked about for ever', async () => {
    const hub = createSource()
    hub.trouble.leavesOut = 'ref-2'
    const bookings = await open(await storeOf(3), hub)
    await start(bookings, range(3))
    await isFinished(bookings)
    expect(bookings.view().run?.rows[0]).toMatchObject({ patientNumber: '2', findings: { reason: 'unanswered' } })
  })

  test('stopped by a person stay stopped over a restart', async () => {
    const hub = createSource()
    hub.trouble.pages = 1
    const store = await storeOf(5)
    const before = await open(store, hub)
    await start(before, range(5))
    await eventually('a page', () => before.view().run?.done === 2)
    must(await before.stop())
    await before.close()
    hub.trouble.pages = Number.POSITIVE_INFINITY
    const after = await open(store, hub)
    expect(after.view().run).toMatchObject({ state: 'stopped', done: 2 })
    must(await after.resume())
    await isFinished(after)
  })

  test('make room for a new list, and are gone after their day', async () => {
    const hub = createSource()
    const store = await storeOf(2)
    const bookings = await open(store, hub)
    await start(bookings, [1, 'nobody'])
    await isFinished(bookings)
    await start(bookings, [2])
    await isFinished(bookings)
    expect(bookings.view().run).toMatchObject({ total: 1 })
    await expireOn(store, day, '2026-10-24')
    expect(await store.bookings()).not.toBeNull()
    await expireOn(store, '2026-11-25', '2026-10-25')
    await bookings.reload()
    expect(bookings.view().run).toBeNull()
    expect(await store.bookings()).toBeNull()
  })

  test('of somebody linked since are asked about when the list is read again', async () => {
    const hub = createSource()
    const store = await storeOf(1)
    const bookings = await open(store, hub)
    await start(bookings, [1, 2])
    await isFinished(bookings)
    expect(bookings.view().run?.counts).toMatchObject({ check: 1, new: 1 })
    const visit = newVisit({ id: randomUUID(), state: 'handedOver', patient: { ...patient, ref: 'ref-2' } })
    must(await store.saveVisit(visit, []))
    must(await store.linkPatientNumber({ visitId: visit.id, number: '2', isMoved: false, at }))
    await start(bookings, [1, 2])
    await isFinished(bookings)
    expect(bookings.view().run?.counts).toMatchObject({ check: 0, new: 2 })
  })
})
