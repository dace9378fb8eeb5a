// Visits, and the answers about patients, as every engine keeps them.
import { describe, expect, test } from 'vitest'
import { confirmationSchema } from '../../../src-main/eligibility/confirmation.ts'
import type { NewDelivery } from '../../../src-main/store/deliveries.ts'
import type { VisitRow } from '../../../src-main/store/visits.ts'
import { handedOf } from '../../eligibility/samples.ts'
import { must } from '../../support.ts'
import {
  at,
  benefit,
  confirmedVisit,
  day,
  eligibility,
  moveDelivery,
  newDelivery,
  newVisit,
  patient,
  sha256,
} from '../samples.ts'
import type { NewPlace } from './place.ts'
import { registrationOf } from './registrations.ts'

export function visitsContract(newPlace: NewPlace): void {
  describe('visits', () => {
    test('are numbered 1, 2, 3 … within each day, and keep their number', async () => {
      const store = await newPlace().open()
      const first = must(await store.saveVisit(newVisit(), []))
      const second = must(await store.saveVisit(newVisit(), []))
      const nextDay = must(await store.saveVisit(newVisit({ day: '2026-11-24' }), []))
      const again = must(await store.saveVisit({ ...first, state: 'identifying' }, []))
      expect([first, second, nextDay, again].map(({ number }) => number)).toEqual([1, 2, 1, 1])
    })

    test('keep a note until it is changed or they go, whatever else is saved of them', async () => {
      const place = newPlace()
      const before = await place.open()
      const visit = must(await before.saveVisit(newVisit(), []))
      must(await before.noteVisit(visit.id, '金曜日にお会計', { at }))
      must(await before.saveVisit({ ...visit, state: 'identifying' }, []))
      before.close()
      const store = await place.open()
      expect((await store.visit(visit.id))?.note).toBe('金曜日にお会計')
      must(await store.noteVisit(visit.id, null, { at }))
      expect((await store.visit(visit.id))?.note).toBeNull()
      expect((await store.auditTrail({ after: 0, limit: 10 })).map(({ event }) => event)).toEqual(['noted', 'noted'])
      const unknown = await store.noteVisit('00000000-0000-4000-8000-000000000000', '-', { at })
      expect(unknown).toEqual({ ok: false, error: { code: 'VISIT_NOT_CURRENT' } })
    })

    test('keep how another desk has named them meanwhile, and their files are rendered of it', async () => {
      const store = await newPlace().open()
      const visit = must(
        await store.saveVisit(newVisit({ state: 'answered', patient }), [{ at, event: 'answered' }], { eligibility }),
      )
      must(await store.linkPatientNumber({ visitId: visit.id, number: '00123', isMoved: false, at }))
      must(await store.confirmSpelling({ visitId: visit.id, name: '髙﨑　陽翔', at }))
      const naming = { patientNumber: '00123', confirmedName: '髙﨑　陽翔' }
      const [before, after] = [newDelivery('receipt'), newDelivery('receipt')]
      const saved = await store.saveVisit({ ...visit, state: 'confirmed' }, [{ at, event: 'confirmed' }], {
        named: visit,
        deliveries: [before],
        renderedAnew: (now) => [{ ...after, payload: Buffer.from(`${now.patientNumber} ${now.confirmedName}`) }],
      })
      expect(must(saved)).toEqual({ ...visit, ...naming, state: 'confirmed' })
      const stored = await store.visit(visit.id)
      expect(stored?.visit).toMatchObject({ ...naming, state: 'confirmed' })
      expect(stored?.deliveries).toMatchObject([{ id: after.id, sha256: sha256('00123 髙﨑　陽翔') }])
    })

    test('are named as their desk says where no other one has named them since', async () => {
      const store = await newPlace().open()
      const visit = must(await store.saveVisit(newVisit({ state: 'offline', patient }), []))
      const delivery = newDelivery('receipt')
      const numbered = { ...visit, patientNumber: '00123', state: 'answered' as const }
      must(
        await store.saveVisit(numbered, [], {
          named: visit,
          deliveries: [delivery],
          renderedAnew: () => [newDelivery('receipt')],
        }),
      )
      expect(await store.visit(visit.id)).toMatchObject({ visit: numbered, deliveries: [{ id: delivery.id }] })
    })

    test('come back as they were saved, newest first, with answer and deliveries', async () => {
      const store = await newPlace().open()
      const failed = newVisit({ state: 'failed', failure: { code: 'PIN_WRONG', detail: { triesLeft: 2 } } })
      await store.saveVisit(failed, [])
      const delivery = newDelivery('receipt')
      const confirmed = await confirmedVisit(store, [delivery])
      // Which one, only an engine knows that has several.
      const atDesk = { desk: expect.toBeOneOf([null, expect.any(String)]), askedBy: null }
      expect(await store.visitsOfDay(day)).toEqual([
        {
          visit: { ...confirmed, number: 2 },
          ...atDesk,
          eligibility,
          handed: null,
          confirmedAt: null,
          note: null,
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
          ...atDesk,
          eligibility: null,
          handed: null,
          confirmedAt: null,
          note: null,
          deliveries: [],
          registrations: [],
        },
      ])
      expect(await store.visitsOfDay('2026-11-24')).toEqual([])
      expect(await store.visit('00000000-0000-4000-8000-000000000000')).toBeNull()
    })

    test('hold what they handed over, also where an earlier version of the program kept only the answer', async () => {
      const store = await newPlace().open()
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

    test('are confirmed once, also by whoever saves it again because nobody knew whether it counted', async () => {
      const store = await newPlace().open()
      const visit = must(await store.saveVisit(newVisit({ state: 'asking', patient }), [{ at, event: 'asking' }]))
      const confirm = (deliveries: readonly NewDelivery[]) =>
        store.saveVisit(
          { ...visit, state: 'confirmed' },
          [
            { at, event: 'answered' },
            { at, event: 'confirmed' },
          ],
          { eligibility, deliveries },
        )
      const delivery = newDelivery('receipt')
      must(await confirm([delivery]))
      const refused = { ok: false, error: { code: 'VISIT_NOT_CURRENT' } }
      expect(await confirm([delivery])).toEqual(refused)
      expect(await confirm([newDelivery('receipt')])).toEqual(refused)
      expect((await store.visit(visit.id))?.deliveries.map(({ id }) => id)).toEqual([delivery.id])
    })

    describe('taken back after a decision', () => {
      const handed = handedOf(eligibility)
      const confirmation = { held: [], decided: [], confirmedAt: at, handed }
      const decided = async () => {
        const store = await newPlace().open()
        const visit = must(
          await store.saveVisit(newVisit({ state: 'answered', patient }), [{ at, event: 'answered' }], { eligibility }),
        )
        const delivery = newDelivery('receipt')
        must(
          await store.saveVisit({ ...visit, state: 'confirmed' }, [{ at, event: 'confirmed' }], {
            eligibility: { ...eligibility, fetchedAt: at },
            confirmation,
            deliveries: [delivery],
          }),
        )
        return { store, visit, delivery: { id: delivery.id, state: 'queued' as const } }
      }
      const refused = { ok: false, error: { code: 'VISIT_NOT_CURRENT' } }

      test.each(['decision', 'choice'] as const)(
        'stand as before (%s), and nothing of it is known any more',
        async (what) => {
          const { store, visit, delivery } = await decided()
          expect(await store.takeBackVisit(visit, what, { at, named: visit })).toEqual({
            ok: true,
            value: { ...visit, updatedAt: at },
          })
          expect(await store.visit(visit.id)).toMatchObject({
            visit: { state: 'answered' },
            handed: null,
            deliveries: [],
          })
          const { versions, confirmation } = await store.known(patient.ref)
          expect([versions.length, confirmation]).toEqual([what === 'choice' ? 1 : 2, null])
          expect(await store.pendingDeliveries('receipt', 10)).toEqual([])
          const counted = (await store.countsOfDay(visit.day)).map(({ kind }) => kind)
          expect(counted.filter((kind) => ['scheme', 'byHand', 'waited'].includes(kind))).toEqual([])
          const trail = await store.auditTrail({ after: 0, limit: 100 })
          expect(trail.map(({ event }) => event).slice(-3)).toEqual(['takenBack', 'deliveryCancelled', 'answered'])
          // Who has read the row before comes too late.
          const late = await moveDelivery(store, delivery, { state: 'publishing', failure: null, at })
          expect(late).toEqual({ ok: false, error: { code: 'DELIVERY_NOT_CURRENT' } })
        },
      )

      test('keep a number that another desk has said meanwhile, which holds the choice of their person', async () => {
        const { store, visit } = await decided()
        must(await store.linkPatientNumber({ visitId: visit.id, number: '00123', isMoved: false, at }))
        expect(await store.takeBackVisit(visit, 'choice', { at, named: visit })).toEqual(refused)
        const back = must(await store.takeBackVisit(visit, 'decision', { at, named: visit }))
        expect(back).toMatchObject({ state: 'answered', patientNumber: '00123' })
        expect((await store.visit(visit.id))?.visit).toEqual(back)
      })

      test('stay as they are once a file may have been seen, or something was registered', async () => {
        const { store, visit, delivery } = await decided()
        must(await moveDelivery(store, delivery, { state: 'publishing', failure: null, at }))
        expect(await store.takeBackVisit(visit, 'decision', { at, named: visit })).toEqual(refused)
        const other = await decided()
        must(await other.store.saveRegistration(registrationOf(other.visit.id)))
        expect(await other.store.takeBackVisit(other.visit, 'decision', { at, named: other.visit })).toEqual(refused)
        expect((await other.store.visit(other.visit.id))?.deliveries).toHaveLength(1)
      })
    })

    test('survive closing and opening', async () => {
      const place = newPlace()
      const before = await place.open()
      const visit = await confirmedVisit(before, [newDelivery('receipt')])
      const stored = await before.visit(visit.id)
      before.close()
      expect(await (await place.open()).visit(visit.id)).toEqual(stored)
    })

    test('left in an open state are found, oldest first', async () => {
      const store = await newPlace().open()
      const late = must(await store.saveVisit(newVisit({ startedAt: '2026-11-23T10:00:00.000+09:00' }), []))
      const early = must(await store.saveVisit(newVisit({ state: 'asking' }), []))
      await store.saveVisit(newVisit({ state: 'failed' }), [])
      await confirmedVisit(store, [])
      expect(await store.openVisits()).toEqual([early, late])
    })

    test('that wait for something are found: a choice, an answer that is owed, a decision about a file', async () => {
      const store = await newPlace().open()
      const save = async (changes: Partial<VisitRow>) => must(await store.saveVisit(newVisit(changes), []))
      const late = await save({ state: 'choosing', startedAt: '2026-11-23T10:00:00.000+09:00' })
      const early = await save({ state: 'choosing' })
      expect(await store.choosingVisits()).toEqual([early, late])

      await save({ state: 'offline', day: '2026-11-21', patient })
      const owed = [
        await save({ state: 'offline', day: '2026-11-22', patient }),
        await save({ state: 'offline', patient }),
      ]
      expect(await store.offlineVisits('2026-11-22')).toEqual(owed)

      const delivery = newDelivery('receipt')
      const visit = await confirmedVisit(store, [delivery], { day: '2026-11-20' })
      expect(await store.conflictVisits()).toEqual([])
      await moveDelivery(store, delivery, { state: 'conflict', failure: { code: 'DESTINATION_CONFLICT' }, at })
      expect(await store.conflictVisits()).toEqual([visit])
    })

    test('are saved whole or not at all', async () => {
      const store = await newPlace().open()
      const known = newDelivery('receipt')
      await confirmedVisit(store, [known])
      const visit = newVisit({ state: 'confirmed', patient })
      // The second delivery of this visit cannot be inserted: its id is taken.
      const saving = store.saveVisit(visit, [{ at, event: 'confirmed' }], {
        eligibility,
        deliveries: [newDelivery('receipt'), known],
      })
      await expect(saving).rejects.toThrow()
      expect(await store.visit(visit.id)).toBeNull()
      expect(await store.pendingDeliveries('receipt', 10)).toHaveLength(1)
      expect((await confirmedVisit(store, [])).number).toBe(2)
    })
  })
}

export function answersContract(newPlace: NewPlace): void {
  describe('answers', () => {
    test('are kept as versions; the newest of a patient is found by the reference', async () => {
      const store = await newPlace().open()
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
      const store = await newPlace().open()
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
}
