// What expires, and by which time, on every engine.
import { describe, expect, test } from 'vitest'
import type { Store } from '../../../src-main/store/store.ts'
import type { VisitRow } from '../../../src-main/store/visits.ts'
import { must } from '../../support.ts'
import { at, confirmedVisit, day, expireOn, moveDelivery, newDelivery, patient } from '../samples.ts'
import type { NewPlace } from './place.ts'

const moved = (state: 'queued' | 'publishing' | 'delivered' | 'conflict') => ({ state, failure: null, at })

export function retentionContract(newPlace: NewPlace): void {
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
      const store = await newPlace().open()
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
      const place = newPlace()
      const store = await place.open()
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
      const store = await newPlace().open()
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
      const store = await newPlace().open()
      must(await store.noteTime('2015-01-01T00:10:00.000+09:00', false))
      const { visit } = await delivered(store, { day: '2015-01-01' })
      must(await store.noteTime('2026-11-23T12:00:00.000+09:00', true))
      await expireOn(store, '2026-11-23', '2026-10-24')
      await expireOn(store, '2026-11-30', '2026-10-31')
      expect(await store.visit(visit.id)).not.toBeNull()
      expect(await isKnown(store)).toBe(true)
    })

    test('does not keep for years what a clock of years ahead has recorded', async () => {
      const store = await newPlace().open()
      must(await store.noteTime('2036-11-23T08:00:00.000+09:00', false))
      const { visit } = await delivered(store, { day: '2036-11-23' })
      must(await store.noteTime('2026-11-23T12:00:00.000+09:00', true))
      await expireOn(store, '2026-12-24', '2026-11-24')
      await expireOn(store, '2026-12-31', '2026-12-01')
      expect(await store.visit(visit.id)).toBeNull()
    })

    test('remembers the newest time that was believed over a restart', async () => {
      const place = newPlace()
      const store = await place.open()
      expect(await store.seenTime()).toBeNull()
      must(await store.noteTime('2026-11-23T08:00:00.000+09:00', false))
      store.close()
      expect(await (await place.open()).seenTime()).toBe('2026-11-23T08:00:00.000+09:00')
    })

    test('waits for a file that is still on its way', async () => {
      const store = await newPlace().open()
      const delivery = newDelivery('receipt')
      await confirmedVisit(store, [delivery])
      await expireOn(store, '2026-12-31')
      expect(await expireOn(store, '2027-01-07')).toBe(0)
      expect(await store.payload(delivery.id)).not.toBeNull()
      expect(await isListed(store)).toBe(true)
    })
  })
}
