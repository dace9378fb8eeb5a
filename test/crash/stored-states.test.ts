// A start finds whatever a crash has left: visits, files and registrations in every state that there is, all of them at once. Each
// state has to say here what a start makes of it; one that is added does not compile until it does.
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { FailureCode } from '../../src-main/ground/failures.ts'
import {
  type DeliveryState,
  deliveryRules,
  deliveryStateSchema,
  isIn,
  type RegistrationState,
  registrationStateSchema,
  type VisitState,
  visitStateSchema,
} from '../../src-main/ground/states.ts'
import type { Store } from '../../src-main/store/store.ts'
import type { StoredVisit } from '../../src-main/store/visits.ts'
import { openDesk, storeOf } from '../agent/fixture.ts'
import { registrationOf } from '../store/contract/registrations.ts'
import { at, confirmedVisit, day, eligibility, moveDelivery, newDelivery, newVisit, patient } from '../store/samples.ts'
import { eventually, must } from '../support.ts'
import { visibleFiles } from './left-behind.ts'
import { newPlace } from './recording.ts'

/** One of newPlace. */
const destination = 'json'

type Outcome<State> = { readonly becomes: readonly State[]; readonly code?: FailureCode }

/** Nobody stands at the counter any more; whatever waits for a person goes on waiting. */
const ofVisit: Record<VisitState, Outcome<VisitState>> = {
  reading: { becomes: ['failed'], code: 'VISIT_INTERRUPTED' },
  identifying: { becomes: ['failed'], code: 'VISIT_INTERRUPTED' },
  asking: { becomes: ['failed'], code: 'VISIT_INTERRUPTED' },
  choosing: { becomes: ['choosing'] },
  answered: { becomes: ['answered'] },
  // None of these has a file, so nothing is awaited.
  confirmed: { becomes: ['confirmed'] },
  handedOver: { becomes: ['handedOver'] },
  acknowledged: { becomes: ['acknowledged'] },
  failed: { becomes: ['failed'] },
  // The hub is asked about it by itself, and does not know this person.
  offline: { becomes: ['failed'] },
  cancelled: { becomes: ['cancelled'] },
}

/** `file`: what lies in the folder after the start; before it there was one only for what had been delivered. */
const ofDelivery: Record<DeliveryState, Outcome<DeliveryState> & { readonly file: boolean }> = {
  queued: { becomes: ['delivered'], file: true },
  // Taken or lost, nobody knows: a person is asked, and nothing is written.
  publishing: { becomes: ['conflict'], code: 'DELIVERY_UNVERIFIED', file: false },
  delivered: { becomes: ['delivered'], file: true },
  acknowledged: { becomes: ['acknowledged'], file: false },
  refused: { becomes: ['refused'], file: false },
  rejected: { becomes: ['rejected'], file: false },
  conflict: { becomes: ['conflict'], file: false },
  cancelled: { becomes: ['cancelled'], file: false },
}

const ofRegistration: Record<RegistrationState, Outcome<RegistrationState>> = {
  // It is about a record that this hub does not have, and the hub says so.
  queued: { becomes: ['refused'] },
  registered: { becomes: ['registered'] },
  refused: { becomes: ['refused'] },
  withdrawn: { becomes: ['withdrawn'] },
}

/** From the state in which a file is made, by the moves that there are. */
function wayTo(state: DeliveryState): readonly DeliveryState[] {
  const ways: DeliveryState[][] = [['queued'], ['rejected']]
  for (const way of ways) {
    const last = way.at(-1) ?? 'queued'
    if (last === state) return way
    for (const next of deliveryStateSchema.options) {
      if (deliveryRules.mayMove(last, next) && !way.includes(next)) ways.push([...way, next])
    }
  }
  throw new Error(`no way leads to ${state}`)
}

async function storeVisit(store: Store, state: VisitState): Promise<string> {
  const isKnown = !isIn(['reading', 'identifying', 'asking', 'failed', 'cancelled'], state)
  const visit = newVisit({ state, ...(isKnown && { patient }) })
  const hasAnswer = isKnown && state !== 'offline'
  must(await store.saveVisit(visit, [{ at, event: state }], hasAnswer ? { eligibility } : {}))
  return visit.id
}

async function storeDelivery(store: Store, state: DeliveryState, folder: string): Promise<string> {
  const [first = 'queued', ...others] = wayTo(state)
  if (!isIn(['queued', 'rejected'], first)) throw new Error('files are made in no other state')
  const made = newDelivery(destination, { state: first, format: destination })
  await confirmedVisit(store, [made])
  let from: DeliveryState = first
  for (const to of others) {
    must(await moveDelivery(store, { id: made.id, state: from }, { state: to, failure: null, at }))
    from = to
  }
  if (state === 'delivered') writeFileSync(join(folder, made.fileName), made.payload)
  return made.id
}

async function storeRegistration(store: Store, state: RegistrationState): Promise<string> {
  const { id: visitId } = await confirmedVisit(store, [])
  const id = randomUUID()
  must(await store.saveRegistration(registrationOf(visitId, { id })))
  const through = { queued: [], registered: ['registered'], refused: ['refused'], withdrawn: ['refused', 'withdrawn'] }
  for (const next of registrationStateSchema.array().parse(through[state])) {
    must(await store.saveRegistration(registrationOf(visitId, { id, state: next })))
  }
  return id
}

/** What every state was left in, by its name; and the data folder. */
async function leaveEverything() {
  const place = await newPlace()
  const { dataDir, importDir } = place
  const folder = join(importDir, destination)
  const store = await storeOf(dataDir)
  const each = async <State extends string>(
    states: readonly State[],
    leave: (state: State) => Promise<string>,
  ): Promise<ReadonlyMap<State, string>> => {
    const ids = new Map<State, string>()
    for (const state of states) ids.set(state, await leave(state))
    return ids
  }
  const left = {
    visits: await each(visitStateSchema.options, (state) => storeVisit(store, state)),
    deliveries: await each(deliveryStateSchema.options, (state) => storeDelivery(store, state, folder)),
    registrations: await each(registrationStateSchema.options, (state) => storeRegistration(store, state)),
  }
  const before = await store.visitsOfDay(day)
  store.close()
  return { dataDir, importDir, left, before, remove: place.remove }
}

/** One start with all of it, until nothing moves any more. */
async function startOnce(dataDir: string) {
  const desk = await openDesk(dataDir)
  await desk.agent.settled()
  const shown = new Map<string, Awaited<ReturnType<typeof desk.lookUp>>>()
  await eventually('what is owed to the hub is settled', async () => {
    for (const { id } of desk.agent.reception().visits) shown.set(id, await desk.lookUp(id))
    const registrations = [...shown.values()].flatMap((visit) => visit.registrations)
    const isOwed = [...shown.values()].some(({ state }) => state === 'offline')
    return !isOwed && registrations.every(({ state, failure }) => state !== 'queued' || failure !== null)
  })
  const { visits } = desk.agent.reception()
  await desk.stop()
  return { shown, visits }
}

describe('a start that finds every state there is', () => {
  let found: Awaited<ReturnType<typeof leaveEverything>>
  let first: Awaited<ReturnType<typeof startOnce>>
  let stored: readonly StoredVisit[]
  let files: ReadonlyMap<string, Uint8Array>

  afterAll(() => found.remove())

  test('brings each to where it belongs, and loses none', async () => {
    found = await leaveEverything()
    first = await startOnce(found.dataDir)
    files = visibleFiles(found.importDir)
    const store = await storeOf(found.dataDir)
    stored = await store.visitsOfDay(day)
    store.close()

    expect(stored.map(({ visit }) => [visit.id, visit.number]).toSorted()).toEqual(
      found.before.map(({ visit }) => [visit.id, visit.number]).toSorted(),
    )
    for (const [state, id] of found.left.visits) {
      const visit = stored.find((each) => each.visit.id === id)?.visit
      expect(ofVisit[state].becomes, `a visit left ${state}`).toContain(visit?.state)
      if (ofVisit[state].code) expect(visit?.failure?.code, `a visit left ${state}`).toBe(ofVisit[state].code)
    }
    const deliveries = stored.flatMap((visit) => visit.deliveries)
    for (const [state, id] of found.left.deliveries) {
      const row = deliveries.find((each) => each.id === id)
      const { becomes, code, file } = ofDelivery[state]
      expect(becomes, `a file left ${state}`).toContain(row?.state)
      if (code) expect(row?.failure?.code, `a file left ${state}`).toBe(code)
      expect(files.has(join(destination, row?.fileName ?? '')), `a file left ${state} lies in its folder`).toBe(file)
    }
    const registrations = stored.flatMap((visit) => visit.registrations)
    for (const [state, id] of found.left.registrations) {
      const row = registrations.find((each) => each.id === id)
      expect(ofRegistration[state].becomes, `a registration left ${state}`).toContain(row?.state)
    }
  })

  test('the screen says of each what is stored', () => {
    for (const { visit, deliveries, registrations } of stored) {
      const row = first.visits.find(({ id }) => id === visit.id)
      expect({ number: row?.number, state: row?.state }).toEqual({ number: visit.number, state: visit.state })
      const shown = first.shown.get(visit.id)
      const stateOf = ({ id, state }: { readonly id: string; readonly state: string }) => [id, state]
      expect(shown?.failure?.code).toBe(visit.failure?.code)
      expect(shown?.deliveries.map(stateOf)).toEqual(deliveries.map(stateOf))
      expect(shown?.registrations.map(stateOf).toSorted()).toEqual(registrations.map(stateOf).toSorted())
    }
  })

  test('another start changes nothing any more, and brings nothing a second time', async () => {
    await startOnce(found.dataDir)
    const store = await storeOf(found.dataDir)
    const again = await store.visitsOfDay(day)
    store.close()
    const statesOf = (visits: readonly StoredVisit[]) =>
      visits.map(({ visit, deliveries }) => [visit.id, visit.state, deliveries.map(({ state }) => state)])
    expect(statesOf(again)).toEqual(statesOf(stored))
    expect(visibleFiles(found.importDir)).toEqual(files)
  })
})
