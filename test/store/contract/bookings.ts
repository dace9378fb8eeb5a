// The list of bookings as every engine keeps it.
import { describe, expect, test } from 'vitest'
import type { Booking, BookingRun } from '../../../src-main/store/bookings.ts'
import { must } from '../../support.ts'
import { expireOn } from '../samples.ts'
import type { NewPlace } from './place.ts'

const run: BookingRun = { day: '2026-11-24', isStopped: false, requery: null }
const booking = (place: number): Booking => ({
  place,
  patientNumber: `0012${place}`,
  nameKana: 'タカサキ　ハルト',
  birthDate: '2021-02-28',
  patientRef: `hub-ref-${place}`,
  outcome: null,
  findings: null,
})

export function bookingsContract(newPlace: NewPlace): void {
  describe('the list of bookings', () => {
    test('is none at first, comes back in its order, and a new one takes the place of the one before', async () => {
      const place = newPlace()
      const store = await place.open()
      expect(await store.bookings()).toBeNull()
      must(await store.saveBookings(run, [booking(2), booking(0), booking(1)]))
      store.close()
      const again = await place.open()
      expect(await again.bookings()).toEqual({ run, bookings: [booking(0), booking(1), booking(2)] })
      const next = { ...run, day: '2026-11-25', isStopped: true }
      must(await again.saveBookings(next, [booking(0)]))
      expect(await again.bookings()).toEqual({ run: next, bookings: [booking(0)] })
    })

    test('remembers how far it is and what became of whom', async () => {
      const store = await newPlace().open()
      must(await store.saveBookings(run, [booking(0), booking(1)]))
      const requery = { key: 'k', patientRefs: ['hub-ref-1'], from: { id: 'r', cursor: 'c' } }
      const settled = { place: 0, outcome: 'check' as const, findings: { reason: 'notLinked' as const, lines: [] } }
      must(await store.moveBookings({ ...run, requery }, [settled]))
      expect(await store.bookings()).toEqual({
        run: { ...run, requery },
        bookings: [{ ...booking(0), ...settled }, booking(1)],
      })
    })

    test('goes when a person takes it away, and when its day is over', async () => {
      const store = await newPlace().open()
      must(await store.saveBookings(run, [booking(0)]))
      must(await store.removeBookings())
      expect(await store.bookings()).toBeNull()
      must(await store.saveBookings(run, [booking(0)]))
      await expireOn(store, '2026-11-25')
      expect(await store.bookings()).toBeNull()
    })
  })
}
