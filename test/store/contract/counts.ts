// What is counted of visits, on every engine: the same before and after they are deleted.
import { describe, expect, test } from 'vitest'
import type { Eligibility, Patient } from '../../../src-main/eligibility/model.ts'
import type { Count, CountKind } from '../../../src-main/store/counts.ts'
import type { Store } from '../../../src-main/store/store.ts'
import type { VisitRow } from '../../../src-main/store/visits.ts'
import { handedOf } from '../../eligibility/samples.ts'
import { must } from '../../support.ts'
import { at, day, eligibility, expireOn, moveDelivery, newDelivery, newVisit, patient } from '../samples.ts'
import type { NewPlace } from './place.ts'

const month = day.slice(0, 7)
const other: Patient = { ...patient, ref: 'hub-ref-other', nameKana: 'サトウ　ミサキ', birthDate: '1979-11-24' }
const report = { referenceNumber: null, qualification: null, codes: [], unknown: [] }

interface Came extends Partial<VisitRow> {
  readonly answer?: Partial<Eligibility>
  /** Whole seconds after the card was laid. */
  readonly after?: number
}

/** A visit that was confirmed, with a file to go out. */
async function came(store: Store, { answer, after = 12, ...changes }: Came = {}) {
  const delivery = newDelivery('receipt')
  const visit = newVisit({
    state: 'confirmed',
    patient,
    startedAt: `${changes.day ?? day}T09:12:33.120+09:00`,
    ...changes,
  })
  const said = { ...eligibility, patient: visit.patient ?? patient, ...answer }
  const confirmedAt = new Date(Date.parse(visit.startedAt) + after * 1000 + 400).toISOString()
  const confirmation = { held: [], decided: [], confirmedAt, handed: handedOf(said) }
  const saved = must(await store.saveVisit(visit, [], { eligibility: said, confirmation, deliveries: [delivery] }))
  return { visit: saved, delivery }
}

const deliver = (store: Store, delivery: Awaited<ReturnType<typeof came>>['delivery']) =>
  moveDelivery(store, delivery, { state: 'delivered', failure: null, at })

const of = (counts: readonly Count[], kind: CountKind) =>
  Object.fromEntries(counts.filter((each) => each.kind === kind).map(({ key, n }) => [key, n]))
const sorted = (counts: readonly Count[]) =>
  counts.toSorted((a, b) => `${a.kind} ${a.key}`.localeCompare(`${b.kind} ${b.key}`))

/** How many visits it deletes: whatever was kept from days before that one, by a mark and another time a week later. */
async function removeBefore(store: Store, today: string, aWeekLater: string, before: string) {
  return (await expireOn(store, today, before)) + (await expireOn(store, aWeekLater, before))
}

export function countsContract(newPlace: NewPlace): void {
  test('what there is of everything is told by its states, for support', async () => {
    const store = await newPlace().open()
    expect(await store.stock()).toMatchObject({ visits: [], deliveries: [], registrations: [] })
    const { delivery } = await came(store)
    await came(store, { patient: other })
    must(await deliver(store, delivery))
    const { migration, ...stock } = await store.stock()
    expect(migration).toBeGreaterThan(0)
    expect(stock).toEqual({
      visits: [
        { state: 'confirmed', n: 1 },
        { state: 'handedOver', n: 1 },
      ],
      deliveries: [
        { state: 'delivered', n: 1 },
        { state: 'queued', n: 1 },
      ],
      registrations: [],
    })
  })

  describe('what is counted of a day', () => {
    test('is states, answers, schemes, waiting, files and failures', async () => {
      const store = await newPlace().open()
      const { delivery } = await came(store)
      must(await deliver(store, delivery))
      const held = await came(store, { patient: other, after: 75 })
      const failure = { code: 'DESTINATION_CONFLICT' } as const
      must(await moveDelivery(store, held.delivery, { state: 'conflict', failure, at }))
      await came(store, { answer: { answers: { ...eligibility.answers, medicalSubsidy: { state: 'absent' } } } })
      for (const failure of [{ code: 'PIN_BLOCKED' as const }, { code: 'PIN_BLOCKED' as const }])
        must(await store.saveVisit(newVisit({ state: 'failed', failure }), []))
      must(await store.saveVisit(newVisit({ state: 'cancelled', failure: { code: 'VISIT_CANCELLED' } }), []))
      await came(store, { day: '2026-11-24' })

      const counts = await store.countsOfDay(day)
      expect(of(counts, 'visit')).toEqual({ handedOver: 1, confirmed: 2, failed: 2, cancelled: 1 })
      expect(of(counts, 'medicalSubsidy')).toEqual({ present: 2, absent: 1 })
      expect(of(counts, 'vaccination')).toEqual({ present: 3 })
      expect(of(counts, 'checkup')).toEqual({ absent: 3 })
      expect(Object.values(of(counts, 'scheme'))).toEqual([2])
      expect(of(counts, 'waited')).toEqual({ 12: 2, 75: 1 })
      expect(of(counts, 'undelivered')).toEqual({ conflict: 1, queued: 1 })
      expect(of(counts, 'failure')).toEqual({ PIN_BLOCKED: 2, DESTINATION_CONFLICT: 1 })
      expect(of(counts, 'day')).toEqual({ [day]: 6 })
      expect(await store.countsOfDay('2026-11-25')).toEqual([])
    })

    test('is the newest answer of a visit, and none where the terminal was not asked', async () => {
      const store = await newPlace().open()
      const { visit } = await came(store)
      const { answers } = eligibility
      const ended = { state: 'ended' as const, endedOn: day, items: [] }
      must(
        await store.saveVisit(visit, [], {
          eligibility: { ...eligibility, answers: { ...answers, medicalSubsidy: ended } },
        }),
      )
      const unread = { state: 'unreachable' as const, cached: null }
      await came(store, {
        report: { ...report, isByCard: true },
        answer: { source: 'terminal', answers: { ...answers, vaccination: unread, checkup: unread } },
      })
      await came(store, { answer: { answers: { ...answers, checkup: unread } } })
      const counts = await store.countsOfDay(day)
      expect(of(counts, 'medicalSubsidy')).toEqual({ ended: 1, present: 2 })
      expect(of(counts, 'vaccination')).toEqual({ present: 2 })
      expect(of(counts, 'checkup')).toEqual({ absent: 1, unreachable: 1 })
    })

    test('has no waiting of the terminal’s reader, nor of what was asked after the visit', async () => {
      const store = await newPlace().open()
      await came(store, { report: { ...report, isByCard: true } })
      await came(store, { answer: { askedLater: { differs: null } }, after: 7_200 })
      await came(store, { after: 0 })
      expect(of(await store.countsOfDay(day), 'waited')).toEqual({ 0: 1 })
    })

    test('knows what is still to be typed by hand, and what has been', async () => {
      const store = await newPlace().open()
      const { answers } = eligibility
      const visits = await Promise.all([0, 1].map(() => store.saveVisit(newVisit({ state: 'confirmed', patient }), [])))
      const handed = { ...handedOf({ ...eligibility, answers }), places: [{ destination: 'receipt', places: 0 }] }
      const confirmation = { held: [], decided: [], confirmedAt: at, handed }
      for (const saved of visits) must(await store.saveVisit(must(saved), [], { eligibility, confirmation }))
      const [first] = visits.map(must)
      expect(of(await store.countsOfDay(day), 'byHand')).toEqual({ open: 2 })
      must(await store.noteEnteredByHand(first?.id ?? '', true, { at }))
      expect(of(await store.countsOfDay(day), 'byHand')).toEqual({ open: 1, entered: 1 })
    })
  })

  describe('whoever used a card in a month', () => {
    test('counts once, however often they come, by card or by the terminal’s reader', async () => {
      const store = await newPlace().open()
      await came(store)
      await came(store, { day: '2026-11-24' })
      const ref = 'terminal-ref'
      const atTerminal = { patient: { ...patient, ref, nameKana: 'ﾀｶｻｷ ﾊﾙﾄ' }, report: { ...report, isByCard: true } }
      await came(store, { ...atTerminal, day: '2026-11-25' })
      expect(await store.cardUsers(month)).toBe(1)
      await came(store, { patient: other })
      await came(store, { patient: { ...patient, ref: 'without kana', nameKana: '' } })
      expect(await store.cardUsers(month)).toBe(3)
      expect(await store.cardUsers('2026-10')).toBe(0)
    })

    test('is nobody whose attempt was cancelled or failed, and nobody who was asked about by their numbers', async () => {
      const store = await newPlace().open()
      for (const state of ['cancelled', 'failed', 'identifying', 'offline', 'choosing'] as const)
        must(await store.saveVisit(newVisit({ state, patient }), []))
      await came(store, { report: { ...report, isByCard: false } })
      expect(await store.cardUsers(month)).toBe(0)
      const answered = must(await store.saveVisit(newVisit({ state: 'answered', patient }), []))
      expect(await store.cardUsers(month)).toBe(1)
      must(await store.saveVisit({ ...answered, state: 'cancelled' }, []))
      expect(await store.cardUsers(month)).toBe(0)
    })
  })

  describe('counts of visits that are deleted', () => {
    test('stay, and nothing else of them does', async () => {
      const store = await newPlace().open()
      must(await store.noteTime('2026-11-20T08:00:00.000+09:00', false))
      const early = await came(store, { day: '2026-11-20' })
      must(await deliver(store, early.delivery))
      must(
        await store.saveVisit(newVisit({ day: '2026-11-20', state: 'failed', failure: { code: 'PIN_BLOCKED' } }), []),
      )
      const before = sorted(await store.countsOfDay('2026-11-20'))
      must(await store.noteTime('2026-11-28T08:00:00.000+09:00', false))
      await came(store, { day: '2026-11-28' })
      await came(store, { day: '2026-11-28', patient: other })

      expect(await removeBefore(store, '2026-12-24', '2026-12-31', '2026-11-25')).toBe(2)
      expect(await store.visit(early.visit.id)).toBeNull()
      expect(await store.countsOfDay('2026-11-20')).toEqual([])
      expect(sorted(await store.keptCounts(month))).toEqual(before)
      expect(await store.countedSince()).toBe('2026-11-20')
      // The one who has come again since is counted with that visit.
      expect(await store.cardUsers(month)).toBe(2)
      expect(await store.keptCounts('2026-12')).toEqual([])
    })

    test('keep a person once, whichever of their visits goes first', async () => {
      const store = await newPlace().open()
      const held = await came(store)
      const through = await came(store, { day: '2026-11-24' })
      must(await deliver(store, through.delivery))
      // The file of the first is still on its way: it stays while the second goes.
      expect(await removeBefore(store, '2026-12-24', '2026-12-31', '2026-12-01')).toBe(1)
      expect(await store.cardUsers(month)).toBe(1)
      must(await deliver(store, held.delivery))
      expect(await removeBefore(store, '2027-01-24', '2027-01-31', '2027-01-01')).toBe(1)
      expect(await store.cardUsers(month)).toBe(1)
    })

    test('keep a person once who comes again in the month in which their visit was deleted already', async () => {
      const store = await newPlace().open()
      must(await store.noteTime('2026-11-01T08:00:00.000+09:00', false))
      const came1 = await came(store, { day: '2026-11-01' })
      must(await deliver(store, came1.delivery))
      const gone = await came(store, { day: '2026-11-01', patient: other })
      must(await deliver(store, gone.delivery))
      expect(await removeBefore(store, '2026-11-03', '2026-11-10', '2026-11-02')).toBe(2)
      expect(await store.cardUsers(month)).toBe(2)
      must(await store.noteTime('2026-11-20T08:00:00.000+09:00', false))
      const again = await came(store, { day: '2026-11-20' })
      must(await deliver(store, again.delivery))
      expect(await store.cardUsers(month)).toBe(2)
      await removeBefore(store, '2026-11-22', '2026-11-29', '2026-11-21')
      expect(await store.cardUsers(month)).toBe(2)
      await expireOn(store, '2026-12-01', '2026-11-30')
      expect(await store.cardUsers(month)).toBe(2)
    })
  })

  describe('the claims of a month', () => {
    test('are what was told last, over a restart', async () => {
      const place = newPlace()
      const before = await place.open()
      must(
        await before.saveClaims(
          [
            { month: '2026-10', count: 812 },
            { month: '2026-09', count: 0 },
          ],
          at,
        ),
      )
      must(
        await before.saveClaims(
          [
            { month: '2026-10', count: 820 },
            { month: '2026-08', count: 700 },
          ],
          at,
        ),
      )
      must(await before.saveClaims([{ month: '2026-08', count: null }], at))
      before.close()
      const store = await place.open()
      expect(await store.claims()).toEqual([
        { month: '2026-10', count: 820 },
        { month: '2026-09', count: 0 },
      ])
      expect(await store.countedSince()).toBeNull()
    })
  })
}
