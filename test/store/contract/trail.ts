// The audit trail, and what of the settings lies in the store, on every engine.
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { actingFor, byItself } from '../../../src-main/ground/acting.ts'
import { fail } from '../../../src-main/ground/result.ts'
import { countingRows } from '../../../src-main/store/row-of-call.ts'
import { handedOf } from '../../eligibility/samples.ts'
import { must } from '../../support.ts'
import { at, confirmedVisit, eligibility, expireOn, moveDelivery, newDelivery, newVisit, patient } from '../samples.ts'
import type { NewPlace } from './place.ts'

/** About nobody. */
const nothing = { visitId: null, deliveryId: null, patientRef: null, patientNumber: null, person: null, about: null }

export function trailContract(newPlace: NewPlace): void {
  describe('the audit trail', () => {
    test('is read in the order in which things happened, a piece at a time, over a restart', async () => {
      const place = newPlace()
      const before = await place.open()
      const delivery = newDelivery('receipt')
      const visit = await confirmedVisit(before, [delivery])
      const failure = { code: 'DESTINATION_CONFLICT' } as const
      await moveDelivery(before, delivery, { state: 'conflict', failure, at }, 'deliveryConflict')
      before.close()
      const store = await place.open()
      const change = { setting: 'chosenReader', before: null, after: 'Reader 1' } as const
      must(await store.noteSettingChange({ at, event: 'settingChanged', change }))
      const rows = await store.auditTrail({ after: 0, limit: 10 })
      const said = { staffId: null, desk: null, about: null, patient: expect.stringMatching(/^[0-9a-f]{64}$/) }
      const plain = { at, visitId: visit.id, deliveryId: null, code: null, change: null, ...said }
      expect(rows.map(({ id, ...row }) => row)).toEqual([
        { ...plain, event: 'confirmed' },
        { ...plain, deliveryId: delivery.id, event: 'deliveryQueued' },
        { ...plain, deliveryId: delivery.id, event: 'deliveryConflict', code: failure.code },
        { ...plain, visitId: null, patient: null, event: 'settingChanged', change },
      ])
      const [first, second, third] = rows
      expect(await store.auditTrail({ after: first?.id ?? 0, limit: 2 })).toEqual([second, third])
      expect(await store.auditTrail({ after: rows.at(-1)?.id ?? 0, limit: 2 })).toEqual([])
    })

    test('says who was acting and at which desk, and nothing of either where nobody was', async () => {
      const store = await newPlace().open()
      const note = () => store.notePaper('capSheetPrinted', null, { at })
      must(await note())
      must(await actingFor({ staffId: 'one-of-us', desk: 2 }, note))
      must(await actingFor({ staffId: null, desk: 1 }, note))
      must(await actingFor({ staffId: 'one-of-us', desk: 2 }, () => byItself(note)))
      const rows = await store.auditTrail({ after: 0, limit: 10 })
      expect(rows.map(({ staffId, desk }) => [staffId, desk])).toEqual([
        [null, null],
        ['one-of-us', 2],
        [null, 1],
        [null, null],
      ])
    })

    test('is followed to its end, and hangs together', async () => {
      const store = await newPlace().open()
      expect(await store.verifyTrail()).toMatchObject({ rows: 0, broken: null })
      await confirmedVisit(store, [newDelivery('receipt')])
      expect(await store.verifyTrail()).toMatchObject({ rows: 2, broken: null, acceptedUpTo: 0 })
    })

    test('has the row of a call in the transaction of what the call changes, or neither of the two', async () => {
      const store = await newPlace().open()
      const known = newDelivery('receipt')
      await confirmedVisit(store, [known])
      const before = store.commits()
      const owed = { event: 'enterClaims', subject: nothing, at } as const
      await countingRows(async (rowsSoFar) => {
        // Its id is taken: nothing of it stays, and the row is owed as before.
        const saving = store.saveVisit(newVisit({ state: 'confirmed', patient }), [{ at, event: 'confirmed' }], {
          deliveries: [known],
        })
        await expect(saving).rejects.toThrow()
        expect(rowsSoFar()).toBe(0)
        // A queue that is woken meanwhile has nothing to do with it.
        must(await byItself(() => store.saveClaims([{ month: '2026-11', count: 1 }], at)))
        expect(rowsSoFar()).toBe(0)
        must(await store.saveClaims([{ month: '2026-10', count: 812 }], at))
        expect(rowsSoFar()).toBe(1)
        must(await store.saveClaims([{ month: '2026-09', count: 790 }], at))
      }, owed)
      expect(store.commits()).toBe(before + 3)
      const rows = await store.auditTrail({ after: 0, limit: 10 })
      expect(rows.map(({ event }) => event)).toEqual(['confirmed', 'deliveryQueued', 'enterClaims'])
    })

    test('says which settings were changed, the newest first, and nothing else', async () => {
      const store = await newPlace().open()
      expect(await store.settingChanges()).toEqual([])
      const first = { setting: 'chosenReader', before: null, after: 'Reader 1' } as const
      const second = { setting: 'substitutions', before: {}, after: { 𠮷: '吉' } } as const
      must(await store.noteSettingChange({ at, event: 'settingChanged', change: first }))
      await confirmedVisit(store, [newDelivery('receipt')])
      must(await store.noteSettingChange({ at, event: 'settingChanged', change: second }))
      expect(await store.settingChanges()).toEqual([second, first])
    })

    test('tells what the store changes by itself: numbers, entries by hand, papers, orders on the claim', async () => {
      const store = await newPlace().open()
      const confirmation = { held: [], decided: [], confirmedAt: at, handed: handedOf(eligibility) }
      const visit = newVisit({ state: 'confirmed', patient })
      must(await store.saveVisit(visit, [], { eligibility, confirmation }))
      must(await store.linkPatientNumber({ visitId: visit.id, number: '00123', isMoved: false, at }))
      must(await store.unlinkPatientNumber(visit.id, { at }))
      must(await store.noteEnteredByHand(visit.id, true, { at }))
      must(await store.noteEnteredByHand(visit.id, false, { at }))
      must(await store.notePaper('receptionSlipPrinted', visit.id, { at }))
      must(await store.notePaper('capSheetNotPrinted', null, { at }))
      expect(await store.notePaper('receptionSlipPrinted', randomUUID(), { at })).toEqual(fail('VISIT_NOT_CURRENT'))
      must(await store.noteCommand('trailRead', { at }))
      must(await store.saveClaimOrder(['national 54', 'local 88'], { at }))
      expect((await store.auditTrail({ after: 0, limit: 10 })).map(({ event }) => event)).toEqual([
        'patientNumberLinked',
        'patientNumberUnlinked',
        'enteredByHand',
        'notEnteredByHand',
        'receptionSlipPrinted',
        'capSheetNotPrinted',
        'trailRead',
        'settingChanged',
      ])
    })
  })

  describe('what a page has called', () => {
    test('is a row about the visit, about each patient whom the number or the name means, or about nobody', async () => {
      const store = await newPlace().open()
      const visit = await confirmedVisit(store, [])
      must(await store.linkPatientNumber({ visitId: visit.id, number: '00123', isMoved: false, at }))
      const before = await store.auditTrail({ after: 0, limit: 10 })
      const { nameKana, birthDate } = patient
      must(await store.noteCall('showVisit', { ...nothing, visitId: visit.id }, { at }))
      must(await store.noteCall('lookBack', { ...nothing, about: '2026-11-20' }, { at }))
      must(await store.noteCall('lookBack', { ...nothing, patientRef: patient.ref }, { at }))
      must(await store.noteCall('lookBack', { ...nothing, patientNumber: '123' }, { at }))
      must(await store.noteCall('lookBack', { ...nothing, person: { nameKana, birthDate } }, { at }))
      must(await store.noteCall('lookBack', { ...nothing, patientNumber: '124' }, { at }))
      const rows = await store.auditTrail({ after: before.at(-1)?.id ?? 0, limit: 10 })
      const key = before[0]?.patient
      expect(key).toMatch(/^[0-9a-f]{64}$/)
      expect(rows.map(({ event, visitId, about, patient }) => [event, visitId, about, patient])).toEqual([
        ['showVisit', visit.id, null, key],
        ['lookBack', null, '2026-11-20', null],
        ['lookBack', null, null, key],
        ['lookBack', null, null, key],
        ['lookBack', null, null, key],
        ['lookBack', null, null, null],
      ])
    })
  })

  describe('the traces of a day or of a patient', () => {
    const all = { fits: () => true, skip: 0, limit: 10 }

    test('come the newest first, a piece at a time, with what is kept of visit and patient', async () => {
      const store = await newPlace().open()
      const visit = await confirmedVisit(store, [])
      must(await store.noteCall('showVisit', { ...nothing, visitId: visit.id }, { at }))
      must(
        await store.noteCall('lookBack', { ...nothing, about: '2026-11-20' }, { at: '2026-12-24T09:00:00.000+09:00' }),
      )
      const day = { day: at.slice(0, 10), subject: nothing }
      const { rows, total } = await store.traces({ ...day, ...all })
      expect(total).toBe(2)
      expect(rows.map(({ event }) => event)).toEqual(['showVisit', 'confirmed'])
      expect(rows[0]).toMatchObject({ visit: { day: visit.day, number: visit.number }, name: patient.name })
      expect(await store.traces({ ...day, ...all, skip: 1 })).toEqual({ rows: rows.slice(1), total })
      const looked = await store.traces({ ...day, ...all, fits: ({ event }) => event === 'showVisit' })
      expect(looked).toEqual({ rows: rows.slice(0, 1), total: 1 })
      const { nameKana, birthDate } = patient
      const theirs = { patientNumber: null, person: { nameKana, birthDate } }
      expect(await store.traces({ day: null, subject: theirs, ...all })).toEqual({ rows, total })
      const nobodys = { patientNumber: '999', person: null }
      expect(await store.traces({ day: null, subject: nobodys, ...all })).toEqual({ rows: [], total: 0 })
    })

    test('name nobody any more when nothing of the patient is kept', async () => {
      const store = await newPlace().open()
      await confirmedVisit(store, [])
      for (const day of ['2026-12-31', '2027-01-07']) await expireOn(store, day)
      const { rows } = await store.traces({ day: at.slice(0, 10), subject: nothing, ...all })
      expect(rows).toHaveLength(1)
      expect(rows[0]).toMatchObject({ event: 'confirmed', visit: null, name: null })
      expect(rows[0]?.patient).toMatch(/^[0-9a-f]{64}$/)
    })
  })

  describe('an order on the claim', () => {
    test('takes the place of an earlier one for the same schemes', async () => {
      const store = await newPlace().open()
      expect(await store.claimOrders()).toEqual([])
      for (const order of [
        ['national 54', 'local 88'],
        ['national 10', 'local 88'],
        ['local 88', 'national 54'],
      ]) {
        must(await store.saveClaimOrder(order, { at }))
      }
      expect((await store.claimOrders()).toSorted()).toEqual([
        ['local 88', 'national 54'],
        ['national 10', 'local 88'],
      ])
    })

    test('is forgotten by its schemes, whatever their order, once', async () => {
      const store = await newPlace().open()
      for (const order of [
        ['54', '88138243'],
        ['10', '88138243'],
      ]) {
        must(await store.saveClaimOrder(order, { at }))
      }
      for (const _ of [1, 2]) must(await store.dropClaimOrder(['88138243', '54'], { at }))
      expect(await store.claimOrders()).toEqual([['10', '88138243']])
      const trail = await store.auditTrail({ after: 2, limit: 10 })
      expect(trail.map(({ change }) => change)).toEqual([
        { setting: 'claimOrder', before: ['54', '88138243'], after: null },
      ])
    })
  })

  describe('the helps that the clinic uses', () => {
    test('are kept for each combination, the last word counts, and the trail has it', async () => {
      const store = await newPlace().open()
      expect(await store.chosenHelps()).toEqual([])
      const other = { of: ['80137110', '88131248'], used: ['80137110'] }
      const first = { of: ['81136244', '88131248'], used: ['81136244'] }
      const both = { of: ['81136244', '88131248'], used: ['81136244', '88131248'] }
      for (const helps of [first, other, both]) must(await store.saveChosenHelps(helps, { at }))
      const kept = await store.chosenHelps()
      expect(kept).toHaveLength(2)
      expect(kept).toContainEqual(other)
      expect(kept).toContainEqual(both)
      const trail = await store.auditTrail({ after: 0, limit: 10 })
      expect(trail.map(({ event }) => event)).toEqual(Array(3).fill('settingChanged'))
      expect(trail.map(({ change }) => change)).toEqual([
        { setting: 'chosenHelps', before: null, after: first },
        { setting: 'chosenHelps', before: null, after: other },
        { setting: 'chosenHelps', before: first, after: both },
      ])
      for (const _ of [1, 2]) must(await store.dropChosenHelps(both.of.toReversed(), { at }))
      expect(await store.chosenHelps()).toEqual([other])
      const later = await store.auditTrail({ after: 3, limit: 10 })
      expect(later.map(({ change }) => change)).toEqual([{ setting: 'chosenHelps', before: both, after: null }])
    })
  })
}
