// For whom a store is written, and how everybody in it goes at once, on every engine.
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fail, ok } from '../../../src-main/ground/result.ts'
import type { Store } from '../../../src-main/store/store.ts'
import { must } from '../../support.ts'
import { at, confirmedVisit, day, moveDelivery, newDelivery, patient } from '../samples.ts'
import type { NewPlace } from './place.ts'

const person = {
  id: randomUUID(),
  code: '1',
  name: '職員1',
  role: 'it',
  account: null,
  secret: 'A'.repeat(32),
} as const
const month = day.slice(0, 7)

/** A day's work: one file arrived, one not yet. */
async function work(store: Store) {
  const [arrived, waiting] = [newDelivery('receipt'), newDelivery('chart')]
  const visit = await confirmedVisit(store, [arrived, waiting])
  await moveDelivery(store, arrived, { state: 'delivered', failure: null, at })
  must(await store.linkPatientNumber({ visitId: visit.id, number: '100', isMoved: false, at }))
  return visit
}

async function knowsNobody(store: Store) {
  expect(await store.visitsOfDay(day)).toEqual([])
  expect(await store.known(patient.ref)).toEqual({ versions: [], confirmation: null })
  expect(await store.numberHolder('100')).toBeNull()
  expect(await store.clinicPatients({ ...patient, referenceNumber: null })).toEqual([])
}

const lastRow = async (store: Store) => (await store.auditTrail({ after: 0, limit: 100 })).at(-1)

export function erasingContract(newPlace: NewPlace): void {
  describe('for whom it is written', () => {
    test('a master that a rehearsal made up goes with it, before, between and behind those of the publisher', async () => {
      const place = newPlace()
      const store = await place.open()
      must(await store.writeFor('training', { at }))
      const row = (content: string) => ({
        ...{ payerNumber: '88131248', scheme: '13 132012 88131248 1', validFrom: null, validTo: null },
        ...{ digest: content, content },
      })
      const take = async (issuedOn: string, isSample: boolean, ...contents: string[]) => {
        const issue = { issuedOn, importedAt: at, count: contents.length, isSample }
        must(await store.importMaster(issue, contents.map(row), { at }))
      }
      await take('2026-05-01', true, 'invented', 'as published')
      await take('2026-06-01', false, 'as published', 'of June')
      await take('2026-07-01', true, 'of June', 'invented')
      await take('2026-08-01', false, 'as published', 'of August')
      await take('2026-09-01', true, 'invented')
      must(await store.writeFor('live', { at }))
      expect((await store.masterIssues()).map(({ issuedOn }) => issuedOn)).toEqual(['2026-08-01', '2026-06-01'])
      const found = ['2026-05-15', '2026-06-15', '2026-07-15', '2026-08-15', '2026-09-15'].map((day) =>
        store.masterRowsOf('88131248', day).toSorted(),
      )
      const [june, august] = [
        ['as published', 'of June'],
        ['as published', 'of August'],
      ]
      expect(found).toEqual([june, june, june, august, august])
      expect((await store.masterStanding()).map(({ digest }) => digest).toSorted()).toEqual(august)
      expect(await lastRow(store)).toMatchObject({ event: 'rehearsalErased', about: 'masters 3' })
      must(await store.check())
    })

    test('a clinic that goes live knows nobody of its rehearsal; its staff and its trail stay', async () => {
      const place = newPlace()
      const rehearsal = await place.open()
      must(await rehearsal.writeFor('training', { at }))
      must(await rehearsal.addStaff({ ...person, at }))
      const { id } = await work(rehearsal)
      must(await rehearsal.noteGlass({ staffId: person.id, until: at, reason: patient.name, at }))
      must(await rehearsal.saveClaims([{ month, count: 300 }], at))
      const before = (await rehearsal.auditTrail({ after: 0, limit: 100 })).length
      rehearsal.close()
      const store = await place.open()
      must(await store.writeFor('live', { at }))
      await knowsNobody(store)
      expect(await store.visit(id)).toBeNull()
      expect(await store.glassOf(day)).toEqual([])
      expect((await store.staff()).map(({ code }) => code)).toEqual(['1'])
      expect(await store.auditTrail({ after: 0, limit: 100 })).toHaveLength(before + 1)
      expect(await lastRow(store)).toMatchObject({ event: 'rehearsalErased', about: 'visits 1, numbers 1' })
      expect(await store.keptCounts(month)).toEqual([])
      expect(await store.claims()).toEqual([])
      must(await store.check())
      // What is done from here on stays.
      await work(store)
      must(await store.writeFor('live', { at }))
      expect(await store.visitsOfDay(day)).toHaveLength(1)
    })

    test('no rehearsal writes where patients are; where nobody is anybody may', async () => {
      const store = await newPlace().open()
      must(await store.writeFor('live', { at }))
      must(await store.writeFor('training', { at }))
      must(await store.writeFor('live', { at }))
      const { id } = await work(store)
      expect(await store.mayWriteFor('live')).toEqual(ok(undefined))
      expect(await store.mayWriteFor('training')).toEqual(fail('STORE_IS_LIVE'))
      expect(await store.writeFor('training', { at })).toEqual(fail('STORE_IS_LIVE'))
      expect(await store.visit(id)).not.toBeNull()
    })

    test('what an earlier version has written goes on as what its next start is', async () => {
      const store = await newPlace().open()
      const { id } = await work(store)
      must(await store.writeFor('live', { at }))
      expect(await store.visit(id)).not.toBeNull()
    })
  })

  describe('the end of everybody', () => {
    test('is counted before, written down, and leaves staff, trail and the counts of months', async () => {
      const place = newPlace()
      const store = await place.open()
      must(await store.writeFor('live', { at }))
      must(await store.addStaff({ ...person, at }))
      await work(store)
      const kinds = { visits: 1, capSheets: 0, cards: 0, numbers: 1, bookings: 0, terminal: 0 }
      expect(await store.countKnown()).toEqual({ kinds, undelivered: 1 })
      expect(must(await store.erase({ at }))).toEqual({ kinds, undelivered: 1 })
      await knowsNobody(store)
      expect(await store.countKnown()).toMatchObject({ undelivered: 0, kinds: { visits: 0, numbers: 0 } })
      expect(await store.staff()).toHaveLength(1)
      expect(await store.keptCounts(month)).toContainEqual({ kind: 'day', key: day, n: 1 })
      expect(await lastRow(store)).toMatchObject({ event: 'patientsErased', about: 'visits 1, numbers 1' })
      must(await store.check())
      must(await store.writeFor('training', { at }))
      store.close()
      const again = await place.open()
      await knowsNobody(again)
      expect((await confirmedVisit(again, [])).number).toBe(2)
    })
  })
}
