// What another desk has done about the visit at this counter is seen here, and whatever is done here meanwhile stays.
import { expect, test } from 'vitest'
import { end, pastAttempt } from '../../src-main/checkin/attempt.ts'
import { createChangedElsewhere } from '../../src-main/checkin/changed-elsewhere.ts'
import { createCounter } from '../../src-main/checkin/counter.ts'
import type { Naming, VisitRow } from '../../src-main/store/visits.ts'
import { settableClock } from '../clock.ts'
import { at, newVisit } from '../store/new-visit.ts'
import { silentLog } from '../support.ts'

function atCounter(visit: VisitRow) {
  const counter = createCounter({
    clock: settableClock(at),
    log: silentLog,
    recorder: { failVisit: async (_current, error) => ({ ok: false, error }) },
  })
  const current = pastAttempt(visit)
  counter.seat(current)
  let stored = visit
  const carried: Naming[] = []
  const elsewhere = createChangedElsewhere({
    store: {
      visit: async () => ({
        visit: stored,
        desk: null,
        askedBy: null,
        eligibility: null,
        handed: null,
        confirmedAt: null,
        deliveries: [],
        note: null,
        registrations: [],
      }),
    },
    counter,
    changed: () => carried.push(current.visit),
    letGo() {
      counter.leave()
      return null
    },
  })
  return {
    counter,
    current,
    carried,
    ...elsewhere,
    change(changes: Partial<VisitRow>) {
      stored = { ...stored, ...changes }
    },
  }
}

const named = { patientNumber: '0012', confirmedName: '髙﨑　陽翔' }

test('its 診察券番号 and its spelling are on the visit here, once', async () => {
  const { change, carried, follow } = atCounter(newVisit({ state: 'answered' }))
  change(named)
  await follow(['another visit'])
  expect(carried).toEqual([])
  expect(await follow(null)).toBeNull()
  await follow(null)
  expect(carried).toMatchObject([named])
})

test('what is said here and not saved yet is not taken away by what stands in the store', async () => {
  const { current, carried, follow } = atCounter(newVisit({ state: 'asking' }))
  current.visit = { ...current.visit, ...named }
  expect(await follow([current.visit.id])).toBeNull()
  expect(carried).toEqual([])
})

test('a visit that was left without its answer and has it from another desk is let go of', async () => {
  const { counter, current, change, follow } = atCounter(newVisit({ state: 'offline' }))
  end(current)
  expect(await follow([current.visit.id])).toBeNull()
  change({ state: 'confirmed' })
  expect(await follow([current.visit.id])).toBe(current.visit.id)
  expect(counter.attempt()).toBeNull()
  expect(await follow(null)).toBeNull()
})
