// A disk that is full while somebody stands at the counter: the screen shows how the visit ended, and as soon as there is
// room the store says the same, without a restart.
import { expect, test } from 'vitest'
import { type Attempt, pastAttempt } from '../../src-main/checkin/attempt.ts'
import { createRecorder } from '../../src-main/checkin/recorder.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import type { Store } from '../../src-main/store/store.ts'
import { fault } from '../faults.ts'
import { day, newVisit } from '../store/new-visit.ts'
import { openTestStore, storePlace } from '../store/samples.ts'
import { silentLog } from '../support.ts'

const clock = { now: () => new Date('2026-11-23T00:15:00Z') }

function counter(place = storePlace()) {
  const store = openTestStore(place)
  let isFull = false
  const filling: Store = {
    ...store,
    saveVisit: async (...visit) => (isFull ? { ok: false, error: { code: 'STORE_FULL' } } : store.saveVisit(...visit)),
  }
  const told: string[] = []
  const recorder = createRecorder({
    store: filling,
    clock,
    log: silentLog,
    changed: ({ visit }) => told.push(visit.id),
  })
  /** Somebody who lays a card and is asked for the PIN. */
  const arrive = async () => {
    const attempt: Attempt = { ...pastAttempt(newVisit()), stage: { at: 'reading', hold: null } }
    await recorder.move(attempt, ['reading', 'identifying'])
    return attempt
  }
  const states = async () => {
    const visits = await store.visitsOfDay(day)
    return visits.map(({ visit }) => [visit.number, visit.state, visit.failure?.code])
  }
  return {
    ...recorder,
    store,
    told,
    arrive,
    states,
    fill: (full: boolean) => {
      isFull = full
    },
  }
}

fault('disk', 'Our own disk is full while visits are under way', {
  seen: 'STORE_FULL',
  data: 'The visits end as failed, with their numbers; what was confirmed before stays.',
  recovery: 'Room is made; they are written down then, and the next check-in goes through.',
})
test('visits that ended on a full disk end in the store once there is room', async () => {
  const { move, arrive, states, fill, told } = counter()
  const first = await arrive()
  const second = await arrive()
  fill(true)
  for (const attempt of [first, second]) {
    expect(await move(attempt, ['asking'])).toMatchObject({ ok: false, error: { code: 'STORE_FULL' } })
    expect(attempt.visit).toMatchObject({ state: 'failed', failure: { code: 'STORE_FULL' } })
    expect(told).toContain(attempt.visit.id)
  }
  expect(await states()).toEqual([
    [2, 'identifying', undefined],
    [1, 'identifying', undefined],
  ])
  fill(false)
  await arrive()
  expect(await states()).toEqual([
    [3, 'identifying', undefined],
    [2, 'failed', 'STORE_FULL'],
    [1, 'failed', 'STORE_FULL'],
  ])
  expect(told).toEqual(expect.arrayContaining([first.visit.id, second.visit.id]))
})

test('an answer that was saved before keeps waiting for a person', async () => {
  const { move, arrive, states, fill } = counter()
  const attempt = await arrive()
  await move(attempt, ['asking', 'answered'])
  fill(true)
  await move(attempt, ['confirmed'])
  fill(false)
  await arrive()
  expect(await states()).toEqual([
    [2, 'identifying', undefined],
    [1, 'answered', undefined],
  ])
})

test('a visit that starts again under its number before there was room says how it ended first, and nothing that never was', async () => {
  const place = storePlace()
  const { store, move, arrive, states, fill } = counter(place)
  const attempt = await arrive()
  fill(true)
  await move(attempt, ['asking', 'answered', 'confirmed'])
  fill(false)
  await move({ ...attempt, stage: { at: 'reading', hold: null } }, ['reading', 'identifying'])
  expect(await states()).toEqual([[1, 'identifying', undefined]])
  store.close()
  const database = openDatabase(place.file, place.key)
  const rows = database.prepare('SELECT event, code FROM audit ORDER BY id').all()
  database.close()
  expect(rows).toEqual([
    { event: 'reading', code: null },
    { event: 'identifying', code: null },
    { event: 'failed', code: 'STORE_FULL' },
    { event: 'reading', code: null },
    { event: 'identifying', code: null },
  ])
})
