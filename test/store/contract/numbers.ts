// The clinic’s own numbers of its patients, as every engine keeps them.
import { describe, expect, test } from 'vitest'
import { fail } from '../../../src-main/ground/result.ts'
import type { Store } from '../../../src-main/store/store.ts'
import { must } from '../../support.ts'
import { at, day, eligibility, expireOn, newVisit, patient } from '../samples.ts'
import type { NewPlace } from './place.ts'

const card = (id: number, endsOn = '2028-02-28') => ({
  certificate: Uint8Array.of(id),
  // The answers go after a month.
  expiresOn: endsOn < '2026-12-23' ? endsOn : '2026-12-23',
  endsOn,
})

/** A confirmed visit of the sample patient by this card. */
const visitBy = async (store: Store, link: ReturnType<typeof card>, of = patient) =>
  must(
    await store.saveVisit(newVisit({ state: 'handedOver', patient: of }), [], {
      eligibility: { ...eligibility, patient: of },
      card: link,
    }),
  )

async function linked(newPlace: NewPlace, endsOn?: string) {
  const store = await newPlace().open()
  const link = card(1, endsOn)
  const { id: visitId } = await visitBy(store, link)
  must(await store.linkPatientNumber({ visitId, number: '00123', isMoved: false, at }))
  return { store, visitId, broughtBy: (id: number) => store.patientNumber(patient.ref, Uint8Array.of(id)) }
}

export function numbersContract(newPlace: NewPlace): void {
  describe('a link between card and 診察券番号', () => {
    test('outlives the answers, and ends with the certificate', async () => {
      const { store, broughtBy } = await linked(newPlace)
      await expireOn(store, '2027-06-01')
      expect(await store.latestEligibilityOfCard(Uint8Array.of(1))).toBeNull()
      expect(await broughtBy(1)).toEqual({ number: '00123', isConfirmed: true, spelling: null })
      expect(await store.staleNumbers(10)).toEqual([])

      await expireOn(store, '2028-03-01')
      expect(await broughtBy(1)).toEqual({ number: '00123', isConfirmed: false, spelling: null })
      expect(await store.staleNumbers(10)).toEqual([{ number: '00123', since: '2028-03-01', name: null }])
    })

    test('is stale once another card comes, which brings the number only after it was said again', async () => {
      const { store, broughtBy } = await linked(newPlace)
      expect(await broughtBy(2)).toEqual({ number: '00123', isConfirmed: false, spelling: null })
      const { id: visitId } = await visitBy(store, card(2))
      expect(await store.staleNumbers(10)).toEqual([{ number: '00123', since: day, name: patient.name }])
      expect(await broughtBy(2)).toMatchObject({ isConfirmed: false })

      must(await store.linkPatientNumber({ visitId, number: '00123', isMoved: false, at }))
      expect(await store.staleNumbers(10)).toEqual([])
      // A phone beside the card: both bring it.
      for (const id of [1, 2])
        expect(await broughtBy(id)).toEqual({ number: '00123', isConfirmed: true, spelling: null })
    })

    test('is not stale while one of two cards still brings it', async () => {
      const { store, broughtBy } = await linked(newPlace, '2026-12-01')
      const { id: visitId } = await visitBy(store, card(2))
      must(await store.linkPatientNumber({ visitId, number: '00123', isMoved: false, at }))
      await expireOn(store, '2026-12-02')
      expect(await store.staleNumbers(10)).toEqual([])
      expect(await broughtBy(1)).toMatchObject({ isConfirmed: false })
      expect(await broughtBy(2)).toMatchObject({ isConfirmed: true })
    })

    test('waits a year for a new card, then it goes', async () => {
      const { store, broughtBy } = await linked(newPlace, '2026-12-01')
      await expireOn(store, '2026-12-02')
      await expireOn(store, '2027-12-02')
      expect(await broughtBy(1)).not.toBeNull()
      await expireOn(store, '2027-12-03')
      await expireOn(store, '2027-12-10')
      expect(await broughtBy(1)).toBeNull()
    })

    test('goes from the list when a person removes it; a live one is not removed there', async () => {
      const { store, broughtBy } = await linked(newPlace, '2026-12-01')
      must(await store.removeStaleNumber('00123'))
      expect(await broughtBy(1)).not.toBeNull()
      await expireOn(store, '2026-12-02')
      must(await store.removeStaleNumber('00123'))
      expect(await broughtBy(1)).toBeNull()
      expect(await store.staleNumbers(10)).toEqual([])
    })

    test('brings nothing to another patient, not even by the same card', async () => {
      const { store, broughtBy } = await linked(newPlace)
      const other = { ...patient, ref: 'hub-ref-other' }
      expect(await store.patientNumber(other.ref, Uint8Array.of(1))).toBeNull()
      await visitBy(store, card(1), other)
      expect(await broughtBy(1)).toMatchObject({ isConfirmed: false })
    })

    test('is gone once it is taken away, from its visit too', async () => {
      const { store, visitId } = await linked(newPlace)
      must(await store.unlinkPatientNumber(visitId, { at }))
      expect((await store.visit(visitId))?.visit.patientNumber).toBeNull()
      expect(await store.patientNumber(patient.ref, null)).toBeNull()
    })

    test('tells whom a number is linked to, leading zeros aside, and whether it is the person it is said of', async () => {
      const { store } = await linked(newPlace)
      const { birthDate, nameKana } = patient
      const whom = (number: string, born = birthDate) => store.linkedPatient({ number, birthDate: born, nameKana })
      expect(await whom('123')).toEqual({ patientRef: patient.ref, isSamePerson: true })
      expect(await whom('00123', '2021-03-01')).toEqual({ patientRef: patient.ref, isSamePerson: false })
      expect(await whom('124')).toBeNull()
    })

    test('is taken from another patient only on purpose', async () => {
      const { store, broughtBy } = await linked(newPlace)
      const other = { ...patient, ref: 'hub-ref-other' }
      const { id: visitId } = await visitBy(store, card(2), other)
      const link = { visitId, number: '123', at }
      expect(await store.linkPatientNumber({ ...link, isMoved: false })).toEqual(fail('PATIENT_NUMBER_TAKEN'))
      expect(await store.numberHolder('123')).toEqual(patient)
      expect(await store.numberHolder('124')).toBeNull()
      must(await store.linkPatientNumber({ ...link, isMoved: true }))
      expect(await store.numberHolder('00123')).toEqual(other)
      expect(await broughtBy(1)).toBeNull()
      expect(await store.patientNumber(other.ref, null)).toEqual({ number: '123', isConfirmed: true, spelling: null })
      expect((await store.visit(visitId))?.visit.patientNumber).toBe('123')
    })

    test('keeps the spelling of a name with the source’s, and the visit carries it', async () => {
      const { store, visitId, broughtBy } = await linked(newPlace)
      expect((await broughtBy(1))?.spelling).toBeNull()
      must(await store.confirmSpelling({ visitId, name: '髙田　直子', at }))
      expect((await broughtBy(1))?.spelling).toEqual({ name: '髙田　直子', of: patient.name })
      expect((await store.visit(visitId))?.visit.confirmedName).toBe('髙田　直子')
      must(await store.confirmSpelling({ visitId, name: null, at }))
      expect((await broughtBy(1))?.spelling).toBeNull()
      expect((await store.visit(visitId))?.visit.confirmedName).toBeNull()
    })

    test('keeps the spelling under a new number of the same patient, and when the same one is said again', async () => {
      const { store, visitId, broughtBy } = await linked(newPlace)
      must(await store.confirmSpelling({ visitId, name: '髙田　直子', at }))
      for (const number of ['00123', '123', '777']) {
        must(await store.linkPatientNumber({ visitId, number, isMoved: false, at }))
        expect(await broughtBy(1)).toMatchObject({ number, isConfirmed: true, spelling: { name: '髙田　直子' } })
      }
    })

    test('loses the spelling with the number: taken away, or moved to another patient and back', async () => {
      const { store, visitId, broughtBy } = await linked(newPlace)
      const link = { number: '00123', isMoved: true, at }
      must(await store.confirmSpelling({ visitId, name: '髙田　直子', at }))
      must(await store.unlinkPatientNumber(visitId, { at }))
      expect((await store.visit(visitId))?.visit.confirmedName).toBeNull()
      must(await store.linkPatientNumber({ ...link, visitId }))
      expect(await broughtBy(1)).toMatchObject({ spelling: null })

      must(await store.confirmSpelling({ visitId, name: '髙田　直子', at }))
      const other = { ...patient, ref: 'hub-ref-other' }
      const { id: otherId } = await visitBy(store, card(2), other)
      must(await store.linkPatientNumber({ ...link, visitId: otherId }))
      expect(await store.patientNumber(other.ref, null)).toMatchObject({ spelling: null })
      must(await store.linkPatientNumber({ ...link, visitId }))
      expect(await broughtBy(1)).toMatchObject({ spelling: null })
    })

    test('is needed for a spelling, which stands in no row of the trail', async () => {
      const { store, visitId } = await linked(newPlace)
      must(await store.confirmSpelling({ visitId, name: '髙田　直子', at }))
      const trail = await store.auditTrail({ after: 0, limit: 100 })
      expect(trail.at(-1)).toMatchObject({ event: 'nameConfirmed', visitId })
      expect(JSON.stringify(trail)).not.toContain('髙田')
      must(await store.unlinkPatientNumber(visitId, { at }))
      expect(await store.confirmSpelling({ visitId, name: '髙田　直子', at })).toEqual(fail('PATIENT_NUMBER_MISSING'))
      // A visit that carries one from before is rid of it all the same.
      must(await store.confirmSpelling({ visitId, name: null, at }))
    })

    test('needs somebody who is identified', async () => {
      const store = await newPlace().open()
      const { id: visitId } = must(await store.saveVisit(newVisit(), []))
      const link = { visitId, number: '123', isMoved: false, at }
      expect(await store.linkPatientNumber(link)).toEqual(fail('VISIT_NOT_CURRENT'))
      expect(await store.unlinkPatientNumber(visitId, { at })).toEqual(fail('VISIT_NOT_CURRENT'))
      expect(await store.confirmSpelling({ visitId, name: null, at })).toEqual(fail('VISIT_NOT_CURRENT'))
    })
  })
}
