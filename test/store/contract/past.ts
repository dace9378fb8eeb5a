// What has been, as every engine lists it.
import { describe, expect, test } from 'vitest'
import { handedOf } from '../../eligibility/samples.ts'
import { must } from '../../support.ts'
import {
  at,
  confirmedVisit,
  day,
  eligibility,
  expireOn,
  moveDelivery,
  newDelivery,
  newVisit,
  patient,
} from '../samples.ts'
import type { NewPlace } from './place.ts'

export function pastContract(newPlace: NewPlace): void {
  describe('what has been', () => {
    test('is listed by day, newest first, with what of it waits', async () => {
      const store = await newPlace().open()
      const held = newDelivery('receipt')
      const first = await confirmedVisit(store, [held])
      must(await moveDelivery(store, held, { state: 'conflict', failure: { code: 'DESTINATION_CONFLICT' }, at }))
      must(await store.noteVisit(first.id, '金曜日にお会計', { at }))
      const handed = { ...handedOf(eligibility), places: [{ destination: 'receipt', places: 0 }] }
      const confirmation = { held: [], decided: [], confirmedAt: at, handed }
      const second = must(
        await store.saveVisit(newVisit({ state: 'confirmed', patient }), [], { eligibility, confirmation }),
      )
      await confirmedVisit(store, [], { day: '2026-11-24' })
      expect(await store.pastVisits(day)).toEqual([
        { visit: second, hasNote: false, isHeldUp: false, handed },
        { visit: first, hasNote: true, isHeldUp: true, handed: null },
      ])
      must(await store.noteEnteredByHand(second.id, true, { at }))
      expect((await store.pastVisits(day))[0]?.handed).toBeNull()
      expect(await store.pastVisits('2026-11-22')).toEqual([])
    })

    test('is listed by person, and is theirs only', async () => {
      const store = await newPlace().open()
      const early = await confirmedVisit(store, [], { startedAt: '2026-11-20T09:00:00.000+09:00', day: '2026-11-20' })
      const late = await confirmedVisit(store, [])
      const other = { ...patient, ref: 'somebody else' }
      must(
        await store.saveVisit(newVisit({ state: 'confirmed', patient: other }), [], {
          eligibility: { ...eligibility, patient: other },
        }),
      )
      expect((await store.visitsOfPatient(patient.ref)).map(({ visit }) => visit)).toEqual([late, early])
      expect(await store.visitsOfPatient('nobody')).toEqual([])
    })

    test('is not shown any more once it has expired, and says so', async () => {
      const store = await newPlace().open()
      must(await store.noteTime('2026-11-20T08:00:00.000+09:00', false))
      await confirmedVisit(store, [], { day: '2026-11-20' })
      expect(await store.expiredBefore()).toBeNull()
      await expireOn(store, '2026-12-24', '2026-11-24')
      expect(await store.expiredBefore()).toBe('2026-11-24')
      expect(await store.pastVisits('2026-11-20')).toEqual([])
      expect(await store.visitsOfPatient(patient.ref)).toEqual([])
    })
  })
}
