// The list of bookings as every engine keeps it.
import { describe, expect, test } from 'vitest'
import { fail } from '../../../src-main/ground/result.ts'
import type { Booking, BookingRun } from '../../../src-main/store/bookings.ts'
import { must } from '../../support.ts'
import { expireOn } from '../samples.ts'
import type { NewPlace } from './place.ts'

const run: BookingRun = { list: 'one', day: '2026-11-24', isStopped: false, requery: null }
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
      const next = { ...run, list: 'two', day: '2026-11-25', isStopped: true }
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

    test('takes nothing from whoever asks about a list that was stopped, put away or is another one now', async () => {
      const store = await newPlace().open()
      const requery = { key: 'k', patientRefs: ['hub-ref-0'], from: null }
      const settled = { place: 0, outcome: 'same' as const, findings: { reason: null, lines: [] } }
      const late = () => store.moveBookings({ list: 'one', requery }, [settled])
      must(await store.saveBookings(run, [booking(0)]))
      must(await store.steerBookings('one', { isStopped: true, isAnew: false }))
      expect(await late()).toEqual(fail('BOOKINGS_CHANGED'))
      must(await store.saveBookings({ ...run, list: 'two' }, [booking(0)]))
      expect(await late()).toEqual(fail('BOOKINGS_CHANGED'))
      expect(await store.steerBookings('one', { isStopped: true, isAnew: false })).toEqual(fail('BOOKINGS_CHANGED'))
      expect(await store.removeBookings('one')).toEqual(fail('BOOKINGS_CHANGED'))
      expect(await store.bookings()).toEqual({ run: { ...run, list: 'two' }, bookings: [booking(0)] })
      must(await store.removeBookings('two'))
      expect(await late()).toEqual(fail('BOOKINGS_CHANGED'))
      expect(await store.bookings()).toBeNull()
    })

    test('is stopped and gone on with by a person, and what was asked until then stays', async () => {
      const store = await newPlace().open()
      const requery = { key: 'k', patientRefs: ['hub-ref-0'], from: { id: 'r', cursor: 'c' } }
      must(await store.saveBookings(run, [booking(0)]))
      must(await store.moveBookings({ ...run, requery }, []))
      const stopped = must(await store.steerBookings('one', { isStopped: true, isAnew: false }))
      expect(stopped).toEqual({ ...run, isStopped: true, requery })
      expect(must(await store.steerBookings('one', { isStopped: false, isAnew: true }))).toEqual(run)
      expect((await store.bookings())?.run).toEqual(run)
    })

    test('goes when a person takes it away, and when its day is over', async () => {
      const store = await newPlace().open()
      must(await store.saveBookings(run, [booking(0)]))
      must(await store.removeBookings('one'))
      expect(await store.bookings()).toBeNull()
      must(await store.saveBookings(run, [booking(0)]))
      await expireOn(store, '2026-11-25')
      expect(await store.bookings()).toBeNull()
    })
  })
}
