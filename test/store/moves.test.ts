// The last door of every state machine: whatever a part of the house asks for, the store takes no move that the tables of
// ground/states.ts do not know, and nothing of what came with it.
import { expect, test } from 'vitest'
import type { Registration } from '../../src-main/store/registrations.ts'
import { must } from '../support.ts'
import {
  at,
  confirmedVisit,
  eligibility,
  moveDelivery,
  newDelivery,
  newVisit,
  openTestStore,
  patient,
} from './samples.ts'

const notCurrent = { ok: false, error: { code: 'VISIT_NOT_CURRENT' } }

test('a visit goes on through the states that its audit rows tell, or not at all', async () => {
  const store = openTestStore()
  const begun = must(await store.saveVisit(newVisit({ state: 'identifying' }), [{ at, event: 'identifying' }]))
  const delivery = newDelivery('receipt')
  const confirmed = { ...begun, state: 'confirmed', patient } as const
  const untold = [
    { at, event: 'asking' },
    { at, event: 'confirmed' },
  ] as const
  expect(await store.saveVisit(confirmed, untold, { eligibility, deliveries: [delivery] })).toEqual(notCurrent)
  expect((await store.visit(begun.id))?.visit).toEqual(begun)
  expect(await store.delivery(delivery.id)).toBeNull()

  const told = ['asking', 'answered', 'confirmed'] as const
  must(
    await store.saveVisit(
      confirmed,
      told.map((event) => ({ at, event })),
      { eligibility, deliveries: [delivery] },
    ),
  )
  expect(await store.saveVisit({ ...confirmed, state: 'failed' }, [{ at, event: 'failed' }])).toEqual(notCurrent)
  expect((await store.visit(begun.id))?.visit.state).toBe('confirmed')
})

test('a visit may be saved again where it stands', async () => {
  const store = openTestStore()
  const visit = must(await store.saveVisit(newVisit({ state: 'answered' }), []))
  must(await store.saveVisit({ ...visit, patient }, [{ at, event: 'askedAgain' }]))
  expect((await store.visit(visit.id))?.visit.patient).toEqual(patient)
})

test('a delivery that has arrived is not published again, and its row stays', async () => {
  const store = openTestStore()
  const delivery = newDelivery('receipt')
  await confirmedVisit(store, [delivery])
  must(await moveDelivery(store, delivery, { state: 'delivered', failure: null, at }))
  const arrived = { id: delivery.id, state: 'delivered' } as const
  expect(await moveDelivery(store, arrived, { state: 'publishing', failure: null, at })).toEqual({
    ok: false,
    error: { code: 'DELIVERY_NOT_CURRENT' },
  })
  expect((await store.delivery(delivery.id))?.state).toBe('delivered')
  must(await moveDelivery(store, arrived, { state: 'delivered', failure: { code: 'DESTINATION_NOT_TAKEN' }, at }))
})

test('a registration that the hub has stays what it is', async () => {
  const store = openTestStore()
  const visit = await confirmedVisit(store, [])
  const queued: Registration = {
    id: visit.id,
    visitId: visit.id,
    name: 'B型肝炎',
    change: { action: 'cancel', handle: { recordId: 'r-1', version: 1 } },
    reason: null,
    state: 'queued',
    failure: null,
    handle: null,
    createdAt: at,
    updatedAt: at,
  }
  must(await store.saveRegistration(queued))
  must(await store.saveRegistration({ ...queued, failure: { code: 'HUB_TIMEOUT' } }))
  must(await store.saveRegistration({ ...queued, state: 'registered' }))
  expect(await store.saveRegistration({ ...queued, state: 'withdrawn' })).toEqual(notCurrent)
  expect((await store.registration(queued.id))?.state).toBe('registered')
})
