import { describe, expect, test } from 'vitest'
import { confirmationSchema } from '../../src-main/eligibility/confirmation.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import type { Store } from '../../src-main/store/store.ts'
import type { VisitRow } from '../../src-main/store/visits.ts'
import { handedOf } from '../eligibility/samples.ts'
import { must } from '../support.ts'
import {
  at,
  benefit,
  confirmedVisit,
  day,
  eligibility,
  expireOn,
  moveDelivery,
  newDelivery,
  newVisit,
  openTestStore,
  patient,
  sha256,
  storePlace,
} from './samples.ts'

const moved = (state: 'queued' | 'publishing' | 'delivered' | 'conflict') => ({ state, failure: null, at })

describe('visits', () => {
  test('are numbered 1, 2, 3 … within each day, and keep their number', async () => {
    const store = openTestStore()
    const first = must(await store.saveVisit(newVisit(), []))
    const second = must(await store.saveVisit(newVisit(), []))
    const nextDay = must(await store.saveVisit(newVisit({ day: '2026-11-24' }), []))
    const again = must(await store.saveVisit({ ...first, state: 'identifying' }, []))
    expect([first, second, nextDay, again].map(({ number }) => number)).toEqual([1, 2, 1, 1])
  })

  test('come back as they were saved, newest first, with answer and deliveries', async () => {
    const store = openTestStore()
    const failed = newVisit({ state: 'failed', failure: { code: 'PIN_WRONG', detail: { triesLeft: 2 } } })
    await store.saveVisit(failed, [])
    const delivery = newDelivery('receipt')
    const confirmed = await confirmedVisit(store, [delivery])
    expect(await store.visitsOfDay(day)).toEqual([
      {
        visit: { ...confirmed, number: 2 },
        eligibility,
        handed: null,
        confirmedAt: null,
        deliveries: [
          {
            id: delivery.id,
            visitId: confirmed.id,
            destination: 'receipt',
            format: 'csv',
            state: 'queued',
            failure: null,
            fileName: delivery.fileName,
            place: null,
            sha256: sha256(delivery.payload),
            attempts: 0,
            updatedAt: at,
          },
        ],
        registrations: [],
      },
      {
        visit: { ...failed, number: 1 },
        eligibility: null,
        handed: null,
        confirmedAt: null,
        deliveries: [],
        registrations: [],
      },
    ])
    expect(await store.visitsOfDay('2026-11-24')).toEqual([])
    expect(await store.visit('00000000-0000-4000-8000-000000000000')).toBeNull()
  })

  test('hold what they handed over, also where an earlier version of the program kept only the answer', async () => {
    const store = openTestStore()
    const handed = handedOf(eligibility)
    const confirmation = { held: [], decided: [], confirmedAt: at, handed }
    const visit = newVisit({ state: 'confirmed', patient })
    await store.saveVisit(visit, [], { eligibility, confirmation })
    expect(await store.visit(visit.id)).toMatchObject({ handed, confirmedAt: at })
    const answers = { ...eligibility.answers, medicalSubsidy: { state: 'present', items: [benefit] } }
    const earlier = { held: [], decided: [], confirmedAt: at, eligibility: { ...eligibility, answers } }
    expect(confirmationSchema.parse(earlier)).toEqual({
      ...confirmation,
      handed: { ...handed, items: [{ ...handed.items[0], benefit }] },
    })
  })

  test('survive closing and opening', async () => {
    const place = storePlace()
    const before = must(openStore(place))
    const visit = await confirmedVisit(before, [newDelivery('receipt')])
    const stored = await before.visit(visit.id)
    before.close()
    expect(await openTestStore(place).visit(visit.id)).toEqual(stored)
  })

  test('left in an open state are found, oldest first', async () => {
    const store = openTestStore()
    const late = must(await store.saveVisit(newVisit({ startedAt: '2026-11-23T10:00:00.000+09:00' }), []))
    const early = must(await store.saveVisit(newVisit({ state: 'asking' }), []))
    await store.saveVisit(newVisit({ state: 'failed' }), [])
    await confirmedVisit(store, [])
    expect(await store.openVisits()).toEqual([early, late])
  })

  test('are saved whole or not at all', async () => {
    const store = openTestStore()
    const known = newDelivery('receipt')
    await confirmedVisit(store, [known])
    const visit = newVisit({ state: 'confirmed', patient })
    // The second delivery of this visit cannot be inserted: its id is taken.
    const saving = store.saveVisit(visit, [{ at, event: 'confirmed' }], {
      eligibility,
      deliveries: [newDelivery('receipt'), known],
    })
    await expect(saving).rejects.toThrow('UNIQUE')
    expect(await store.visit(visit.id)).toBeNull()
    expect(await store.pendingDeliveries('receipt', 10)).toHaveLength(1)
    expect((await confirmedVisit(store, [])).number).toBe(2)
  })
})

describe('answers', () => {
  test('are kept as versions; the newest of a patient is found by the reference', async () => {
    const store = openTestStore()
    const empty = {
      ...eligibility,
      fetchedAt: '2026-11-23T10:00:00.000+09:00',
      answers: { ...eligibility.answers, medicalSubsidy: { state: 'absent' as const } },
    }
    const first = await confirmedVisit(store, [])
    const second = must(await store.saveVisit(newVisit({ patient }), [], { eligibility: empty }))
    expect((await store.known(patient.ref)).versions).toEqual([empty, eligibility])
    expect((await store.visit(first.id))?.eligibility).toEqual(eligibility)
    expect((await store.visit(second.id))?.eligibility).toEqual(empty)
    expect(await store.known('somebody-else')).toEqual({ versions: [], confirmation: null })
  })

  test('are each visit’s own, however many and however often they are looked at', async () => {
    const store = openTestStore()
    const saved: { readonly id: string; readonly fetchedAt: string }[] = []
    for (let index = 0; index < 120; index++) {
      const fetchedAt = new Date(Date.parse(at) + index * 1_000).toISOString()
      const { id } = must(
        await store.saveVisit(newVisit({ patient }), [], { eligibility: { ...eligibility, fetchedAt } }),
      )
      saved.push({ id, fetchedAt })
    }
    for (const { id, fetchedAt } of [...saved, ...saved.toReversed()]) {
      expect((await store.visit(id))?.eligibility?.fetchedAt).toBe(fetchedAt)
      expect((await store.visit(id))?.eligibility?.fetchedAt).toBe(fetchedAt)
    }
  })
})

describe('the outbox', () => {
  test('gives each destination its undelivered rows, oldest first', async () => {
    const store = openTestStore()
    const [a, b, c, rejected] = [
      newDelivery('receipt'),
      newDelivery('receipt'),
      newDelivery('chart'),
      newDelivery('receipt', { state: 'rejected', failure: { code: 'TEXT_NOT_ENCODABLE' }, payload: new Uint8Array() }),
    ] as const
    await confirmedVisit(store, [a, rejected, c])
    await confirmedVisit(store, [b])
    const ids = async (destination: string, limit = 10) =>
      (await store.pendingDeliveries(destination, limit)).map(({ id }) => id)
    expect(await ids('receipt')).toEqual([a.id, b.id])
    expect(await ids('receipt', 1)).toEqual([a.id])
    expect(await ids('chart')).toEqual([c.id])
    await moveDelivery(store, a, moved('publishing'))
    expect(await ids('receipt')).toEqual([a.id, b.id])
    await moveDelivery(store, { ...a, state: 'publishing' }, moved('delivered'))
    await moveDelivery(store, b, moved('conflict'))
    expect(await ids('receipt')).toEqual([])
  })

  test('keeps the exact bytes of every file', async () => {
    const store = openTestStore()
    const payload = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const delivery = newDelivery('receipt', { payload })
    await confirmedVisit(store, [delivery])
    expect(Uint8Array.from((await store.payload(delivery.id)) ?? [])).toEqual(payload)
    expect(await store.payload('unknown')).toBeNull()
    expect(await store.delivery('unknown')).toBeNull()
  })

  test('hands the visit over with its last file, not before', async () => {
    const store = openTestStore()
    const [a, b] = [newDelivery('receipt'), newDelivery('chart')] as const
    const visit = await confirmedVisit(store, [a, b])
    await moveDelivery(store, a, moved('delivered'), 'deliveryDelivered')
    expect((await store.visit(visit.id))?.visit.state).toBe('confirmed')
    await moveDelivery(store, b, moved('delivered'), 'deliveryDelivered')
    expect((await store.visit(visit.id))?.visit.state).toBe('handedOver')
  })

  test('remembers why a file is held up, and how often it was tried', async () => {
    const store = openTestStore()
    const delivery = newDelivery('receipt')
    await confirmedVisit(store, [delivery])
    const failure = { code: 'DESTINATION_MISSING', detail: { destination: 'receipt' } } as const
    await moveDelivery(store, delivery, { state: 'queued', failure, at, attempts: 3 })
    expect(await store.delivery(delivery.id)).toMatchObject({ state: 'queued', failure, attempts: 3 })
    await moveDelivery(store, delivery, moved('publishing'))
    expect(await store.delivery(delivery.id)).toMatchObject({ state: 'publishing', failure: null, attempts: 3 })
  })
})

describe('retention', () => {
  const delivered = async (store: Store, changes: Partial<VisitRow> = {}) => {
    const delivery = newDelivery('receipt')
    const visit = await confirmedVisit(store, [delivery], changes)
    await moveDelivery(store, delivery, moved('delivered'))
    return { visit, delivery }
  }
  const isKnown = async (store: Store) => (await store.known(patient.ref)).versions.length > 0
  const isListed = async (store: Store) => (await store.visitsOfDay(day)).length > 0

  test('shows and uses nothing that has expired, and deletes it a week later', async () => {
    const store = openTestStore()
    const { visit, delivery } = await delivered(store)
    await expireOn(store, day)
    expect([await isListed(store), await isKnown(store)]).toEqual([true, true])
    expect(await expireOn(store, '2026-12-24', '2026-11-24')).toBe(0)
    expect([await isListed(store), await isKnown(store)]).toEqual([false, false])
    expect(await store.clinicPatients({ ...patient, referenceNumber: null })).toEqual([])
    expect(await store.payload(delivery.id)).not.toBeNull()
    expect(await expireOn(store, '2026-12-30', '2026-11-30')).toBe(0)
    expect(await expireOn(store, '2026-12-31', '2026-12-01')).toBe(1)
    expect(await store.visit(visit.id)).toBeNull()
    expect(await store.payload(delivery.id)).toBeNull()
    expect(await store.known(patient.ref)).toEqual({ versions: [], confirmation: null })
  })

  test('gives back what a clock that was ahead had marked, whole', async () => {
    const place = storePlace()
    const store = openTestStore(place)
    const before = await delivered(store)
    const shown = JSON.stringify([await store.visit(before.visit.id), await store.known(patient.ref)])
    await expireOn(store, '2036-11-23', '2036-10-24')
    expect(await isListed(store)).toBe(false)
    await expireOn(store, '2026-11-23', '2026-10-24')
    expect(await isListed(store)).toBe(true)
    expect(JSON.stringify([await store.visit(before.visit.id), await store.known(patient.ref)])).toBe(shown)
    // The week of the mark that was taken back does not count.
    await expireOn(store, '2026-11-30', '2026-10-31')
    expect(await isListed(store)).toBe(true)
  })

  test('counts from the day that was believed when a visit began, not from the one a wrong clock gave it', async () => {
    const store = openTestStore()
    must(await store.noteTime('2026-11-23T08:00:00.000+09:00', false))
    const early = await delivered(store, { day: '2015-01-01' })
    const late = await delivered(store, { day: '2036-11-23' })
    await expireOn(store, '2026-11-23', '2026-10-24')
    expect(await isKnown(store)).toBe(true)
    await expireOn(store, '2026-12-24', '2026-11-24')
    await expireOn(store, '2026-12-31', '2026-12-01')
    for (const { visit } of [early, late]) expect(await store.visit(visit.id)).toBeNull()
  })

  test('keeps what was recorded before a clock of years ago was mended', async () => {
    const store = openTestStore()
    must(await store.noteTime('2015-01-01T00:10:00.000+09:00', false))
    const { visit } = await delivered(store, { day: '2015-01-01' })
    must(await store.noteTime('2026-11-23T12:00:00.000+09:00', true))
    await expireOn(store, '2026-11-23', '2026-10-24')
    await expireOn(store, '2026-11-30', '2026-10-31')
    expect(await store.visit(visit.id)).not.toBeNull()
    expect(await isKnown(store)).toBe(true)
  })

  test('does not keep for years what a clock of years ahead has recorded', async () => {
    const store = openTestStore()
    must(await store.noteTime('2036-11-23T08:00:00.000+09:00', false))
    const { visit } = await delivered(store, { day: '2036-11-23' })
    must(await store.noteTime('2026-11-23T12:00:00.000+09:00', true))
    await expireOn(store, '2026-12-24', '2026-11-24')
    await expireOn(store, '2026-12-31', '2026-12-01')
    expect(await store.visit(visit.id)).toBeNull()
  })

  test('remembers the newest time that was believed over a restart', async () => {
    const place = storePlace()
    const store = must(openStore(place))
    expect(await store.seenTime()).toBeNull()
    must(await store.noteTime('2026-11-23T08:00:00.000+09:00', false))
    store.close()
    expect(await openTestStore(place).seenTime()).toBe('2026-11-23T08:00:00.000+09:00')
  })

  test('waits for a file that is still on its way', async () => {
    const store = openTestStore()
    const delivery = newDelivery('receipt')
    await confirmedVisit(store, [delivery])
    await expireOn(store, '2026-12-31')
    expect(await expireOn(store, '2027-01-07')).toBe(0)
    expect(await store.payload(delivery.id)).not.toBeNull()
    expect(await isListed(store)).toBe(true)
  })
})
