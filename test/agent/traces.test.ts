// Who looked at what, and who changed what: every call of the contract leaves the trace that its kind asks for, by one
// mechanism, whatever the part behind it does.
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type CallPorts, createCalls } from '../../src-main/agent/calls.ts'
import { auditKindOf } from '../../src-main/contract/audit-events.ts'
import { callKind, type Subject } from '../../src-main/contract/call-kinds.ts'
import { type DoorName, mayCall } from '../../src-main/contract/callers.ts'
import { type CallName, type CallRequest, calls } from '../../src-main/contract/calls.ts'
import { pageNameSchema } from '../../src-main/contract/pages.ts'
import { fail, ok, type Result } from '../../src-main/ground/result.ts'
import { countingRows, rowWritten } from '../../src-main/store/row-of-call.ts'
import type { Store } from '../../src-main/store/store.ts'
import type { VisitRow } from '../../src-main/store/visits.ts'
import { testClock } from '../clock.ts'
import { registrationOf } from '../store/contract/registrations.ts'
import { confirmedVisit, newDelivery, openTestStore, storePlace } from '../store/samples.ts'
import { eventually, must, silentLog } from '../support.ts'
import { dataFolder, openDesk, storeOf } from './fixture.ts'
import { requestsAbout } from './requests.ts'

const visitId = randomUUID()
const requests = requestsAbout(visitId)

/** At a desk where everybody may call. */
const portsOf = (parts: object): Omit<CallPorts, 'store'> => ({
  parts: parts as CallPorts['parts'],
  screen: {
    publish: async () => undefined,
    reception: () => {
      throw new Error('nobody looks')
    },
  },
  keepDay: async () => undefined,
  log: silentLog,
  clock: testClock,
  presence: { admit: () => ok(undefined), inNameOf: (_by, work) => work() },
})

/** Every part does this; what is written down comes out. */
function callsWith(does: () => void, { isFull = false } = {}) {
  const rows: (Subject & { readonly event: CallName; readonly at: string })[] = []
  const done: string[] = []
  const part = async (name: string) => {
    done.push(name)
    does()
    return ok(undefined)
  }
  const parts = Object.fromEntries(Object.keys(calls).map((name) => [name, () => part(name)]))
  const call = createCalls({
    ...portsOf(parts),
    store: {
      async noteCall(event, subject, { at }) {
        if (isFull) return fail('STORE_FULL')
        rows.push({ event, ...subject, at })
        return ok(undefined)
      },
    },
  })
  return { call, rows, done }
}

const names = Object.keys(calls) as CallName[]
const doorOf = (name: CallName): DoorName => (mayCall('desk', name) ? 'desk' : 'system')
const kindOf = <N extends CallName>(name: N) => callKind(name, calls[name].parse(requests[name]) as CallRequest<N>)

describe('every call of the contract', () => {
  test.each(names)('%s is written down as what it is', async (name) => {
    const { call, rows, done } = callsWith(() => undefined)
    expect(await call({ door: doorOf(name), desk: 1 }, name, requests[name])).toEqual(ok(undefined))
    expect(done).toEqual([name])
    expect(rows.map(({ event }) => event)).toEqual(kindOf(name) === 'neither' ? [] : [name])
  })

  test.each(names)('%s needs no row of its own where its part has written one', async (name) => {
    const { call, rows } = callsWith(rowWritten)
    must(await call({ door: doorOf(name), desk: 1 }, name, requests[name]))
    expect(rows).toHaveLength(kindOf(name) === 'looks' ? 1 : 0)
  })

  test.each(names.filter((name) => kindOf(name) === 'looks'))(
    '%s shows nothing that cannot be written down',
    async (name) => {
      const { call, done } = callsWith(() => undefined, { isFull: true })
      expect(await call({ door: 'desk', desk: 1 }, name, requests[name])).toEqual(fail('STORE_FULL'))
      expect(done).toEqual([])
    },
  )

  test('that looks at patients is known as one', () => {
    expect(names.filter((name) => kindOf(name) === 'looks')).toEqual([
      'showVisit',
      'openPage',
      'readBookings',
      'openCapSheet',
      'lookBack',
      'showPast',
      'openAudit',
      'exportAudit',
    ])
    for (const name of names) expect(auditKindOf(name) === 'looked').toBe(kindOf(name) === 'looks')
    const looks = pageNameSchema.options.flatMap(({ value }) =>
      callKind('openPage', { page: value }) === 'looks' ? [value] : [],
    )
    expect(looks).toEqual(['staleNumbers', 'bookings', 'past', 'audit', 'capSheet', 'conflicts'])
  })

  test('that goes back to the counter looks at nobody', () => {
    expect(callKind('showVisit', { visitId: null })).toBe('neither')
    expect(callKind('showPast', { visitId: null })).toBe('neither')
    expect(callKind('readBookings', { content: null })).toBe('neither')
  })
})

describe('rows that work has written', () => {
  test('are counted for that work alone, however much else goes on', async () => {
    const counts: number[] = []
    const count = (rows: number) =>
      countingRows(async (rowsSoFar) => {
        for (let row = 0; row < rows; row++) {
          await Promise.resolve()
          rowWritten()
        }
        counts[rows] = rowsSoFar()
      })
    await Promise.all([count(2), count(0), count(1)])
    rowWritten()
    expect(counts).toEqual([0, 1, 2])
  })
})

describe('what a call has changed in the store', () => {
  const at = '2026-11-23T09:30:00.000+09:00'
  const claims = [{ month: '2026-10', count: 812 }]
  /** Each as the part behind the call writes it. */
  const changes: readonly (readonly [CallName, (store: Store, visit: VisitRow) => Promise<Result<unknown>>])[] = [
    ['register', (store, { id }) => store.saveRegistration(registrationOf(id))],
    ['enterClaims', (store) => store.saveClaims(claims, at)],
    ['importClaims', (store) => store.saveClaims(claims, at)],
    [
      'startBookings',
      (store) => store.saveBookings({ list: 'one', day: '2026-11-24', isStopped: false, requery: null }, []),
    ],
    ['steerBookings', (store) => store.removeBookings('one')],
    ['askTerminal', (store) => store.nextTerminalRequest('2026-11-23')],
    ['closeVisit', (store, visit) => store.saveVisit({ ...visit, failure: null }, [])],
  ]

  test.each(changes)(
    'by %s is never there without its row, wherever the program is cut short',
    async (name, change) => {
      const place = storePlace()
      const store = openTestStore(place)
      const visit = await confirmedVisit(store, [newDelivery('receipt')])
      must(await store.saveBookings({ list: 'one', day: '2026-11-24', isStopped: true, requery: null }, []))
      const before = store.commits()
      const cut = Promise.withResolvers<never>()
      const part = async () => {
        must(await change(store, visit))
        // Between the change and whatever would be written after it.
        return cut.promise
      }
      const call = createCalls({
        ...portsOf({ [name]: part }),
        store,
      })
      void call({ door: 'desk', desk: 1 }, name, requestsAbout(visit.id)[name])
      await eventually('it is written', () => store.commits() > before)
      store.close()
      const rows = await openTestStore(place).auditTrail({ after: 0, limit: 100 })
      expect(rows.map(({ event }) => event).slice(-1)).toEqual([name])
      expect(rows.filter(({ event }) => event === name)).toHaveLength(1)
    },
  )

  test('has one row however much it is, none where nothing was changed, and none of what goes on after it', async () => {
    const store = openTestStore(storePlace())
    const part = async () => {
      for (let month = 1; month < 4; month++) must(await store.saveClaims([{ month: `2026-0${month}`, count: 1 }], at))
      void cut.promise.then(() => store.saveClaims(claims, at))
      return ok(undefined)
    }
    const cut = Promise.withResolvers<void>()
    const nothing = async () => {
      must(await store.saveClaims([{ month: '2020-01', count: null }], at))
      return fail('REQUEST_INVALID')
    }
    const call = createCalls({ ...portsOf({ enterClaims: part, importClaims: nothing }), store })
    const request = (name: CallName) => requestsAbout(visitId)[name]
    must(await call({ door: 'desk', desk: 1 }, 'enterClaims', request('enterClaims')))
    expect((await call({ door: 'desk', desk: 1 }, 'importClaims', request('importClaims'))).ok).toBe(false)
    cut.resolve()
    await eventually('it goes on', async () => (await store.claims()).length === 4)
    const rows = await store.auditTrail({ after: 0, limit: 100 })
    expect(rows.map(({ event }) => event)).toEqual(['enterClaims'])
  })
})

/** The trail of a data folder that nobody has open. */
async function trailOf(dataDir: string) {
  const store = await storeOf(dataDir)
  const rows = await store.auditTrail({ after: 0, limit: 1_000 })
  store.close()
  return rows.map(({ event, desk, visitId, about, patient }) => ({ event, desk, visitId, about, patient }))
}

describe('at a desk', () => {
  test('looking at a visit, a day and a person is a row each, with the desk, and the patient as one and the same', async () => {
    const dataDir = await dataFolder()
    const desk = await openDesk(dataDir)
    const { id, day, patient } = await desk.checkIn('nanbyo')
    await desk.takeAway()
    must(await desk.call('closeVisit', { visitId: id }))
    must(await desk.call('showVisit', { visitId: id }))
    must(await desk.call('lookBack', { kind: 'day', day }))
    must(await desk.call('showPast', { visitId: id }))
    must(await desk.call('lookBack', { kind: 'person', patientRef: patient?.ref }))
    must(await desk.call('lookBack', { kind: 'name', nameKana: patient?.nameKana, birthDate: patient?.birthDate }))
    must(await desk.call('lookBack', { kind: 'number', patientNumber: '999' }))
    must(await desk.call('openPage', { page: 'settings' }))
    await desk.stop()
    const rows = await trailOf(dataDir)
    const who = { desk: 1 }
    const theirs = { ...who, patient: expect.stringMatching(/^[0-9a-f]{64}$/) }
    expect(rows.slice(-6)).toEqual([
      { ...theirs, event: 'showVisit', visitId: id, about: null },
      { ...who, event: 'lookBack', visitId: null, about: day, patient: null },
      { ...theirs, event: 'showPast', visitId: id, about: null },
      { ...theirs, event: 'lookBack', visitId: null, about: null },
      { ...theirs, event: 'lookBack', visitId: null, about: null },
      { ...who, event: 'lookBack', visitId: null, about: null, patient: null },
    ])
    const patients = new Set(
      rows.slice(-6).flatMap((row) => Object.values(row).filter((value) => String(value).length === 64)),
    )
    expect(patients.size).toBe(1)
    expect(JSON.stringify(rows)).not.toContain(patient?.ref)
  })

  test('what a call changes carries who called, what the agent does by itself nobody', async () => {
    const dataDir = await dataFolder()
    const desk = await openDesk(dataDir)
    const { id } = await desk.checkIn('nanbyo')
    must(await desk.call('noteVisit', { visitId: id, note: '要確認' }))
    must(await desk.call('setSignals', { signals: {} }))
    await eventually(
      'the file is out',
      () => desk.current()?.deliveries.every(({ state }) => state === 'delivered') ?? false,
    )
    await desk.stop()
    const rows = await trailOf(dataDir)
    expect(rows).toContainEqual(expect.objectContaining({ event: 'noted', desk: 1 }))
    expect(rows).toContainEqual(expect.objectContaining({ event: 'setSignals', desk: 1 }))
    expect(rows).toContainEqual(expect.objectContaining({ event: 'deliveryDelivered', desk: null }))
  })
})

describe('操作の記録 on the screen', () => {
  const query = { kind: 'day', what: null, atDesk: null, sheet: 0 } as const
  const shown = (desk: Awaited<ReturnType<typeof openDesk>>) => {
    const { page } = desk.agent.reception()
    if (page.name !== 'audit') throw new Error('it is another page')
    return page
  }

  test('shows a day, the newest first; that it was opened is its newest row', async () => {
    const desk = await openDesk(await dataFolder())
    const { id, day, patient, number } = await desk.checkIn('nanbyo')
    must(await desk.call('closeVisit', { visitId: id }))
    must(await desk.call('showVisit', { visitId: id }))
    must(await desk.call('openAudit', { ...query, day }))
    const { rows, total } = shown(desk)
    expect(total).toBe(rows.length)
    expect(rows[0]).toMatchObject({ event: 'openAudit', about: day, desk: 1, patient: null })
    expect(rows[1]).toMatchObject({ event: 'showVisit', visit: { day, number }, patient: { name: patient?.name } })
    expect(rows.map((row) => row.id)).toEqual(rows.map((row) => row.id).toSorted((a, b) => b - a))
    // The name is in no row that is stored.
    expect(rows[1]?.patient?.pseudonym).toMatch(/^[0-9a-f]{12}$/)
  })

  test('is searched by patient, narrowed to what was done and to a desk, and saved as a whole', async () => {
    const desk = await openDesk(await dataFolder())
    const { id, day, patient } = await desk.checkIn('nanbyo')
    must(await desk.call('closeVisit', { visitId: id }))
    await desk.takeAway()
    const other = await desk.checkIn('kodomo')
    must(await desk.call('closeVisit', { visitId: other.id }))
    must(await desk.call('showVisit', { visitId: id }))
    must(await desk.call('showVisit', { visitId: other.id }))
    const { nameKana, birthDate } = patient ?? { nameKana: '', birthDate: '' }
    const ofPatient = { kind: 'name', nameKana, birthDate, atDesk: null, sheet: 0 }
    must(await desk.call('openAudit', { ...ofPatient, what: null }))
    expect(new Set(shown(desk).rows.map((row) => row.patient?.name))).toEqual(new Set([patient?.name]))
    must(await desk.call('openAudit', { ...ofPatient, what: 'looked' }))
    expect(shown(desk).rows.map(({ event }) => event)).toEqual(['openAudit', 'openAudit', 'showVisit'])
    must(await desk.call('openAudit', { ...query, day, what: 'sent' }))
    expect(new Set(shown(desk).rows.map(({ event }) => event.slice(0, 8)))).toEqual(new Set(['delivery']))
    must(await desk.call('openAudit', { ...query, day, atDesk: 2 }))
    expect(shown(desk)).toMatchObject({ total: 0, rows: [], exported: null })
    must(await desk.call('openAudit', { ...query, day }))
    must(await desk.call('exportAudit', {}))
    const { exported, total } = shown(desk)
    expect(exported?.[0]).toMatchObject({ event: 'exportAudit' })
    expect(exported).toHaveLength(total + 1)
  })

  test('comes a sheet at a time', async () => {
    const desk = await openDesk(await dataFolder())
    const { id, day } = await desk.checkIn('nanbyo')
    for (let times = 0; times < 60; times++) must(await desk.call('showVisit', { visitId: id }))
    must(await desk.call('openAudit', { ...query, day, what: 'looked' }))
    const first = shown(desk)
    expect(first).toMatchObject({ total: 61 })
    expect(first.rows).toHaveLength(50)
    must(await desk.call('openAudit', { ...query, day, what: 'looked', sheet: 1 }))
    // One more by now: the look at the second sheet.
    expect(shown(desk).rows).toHaveLength(12)
  })
})
