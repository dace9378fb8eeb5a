// The line to the site's server is cut: what a desk has kept of its site, and how it goes on with it alone.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { numberText, seriesStart } from '../../src-main/contract/visit-number.ts'
import { fail, Refusal } from '../../src-main/ground/result.ts'
import { isUnmerged, openAway } from '../../src-main/store/away/away.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import type { Store } from '../../src-main/store/store.ts'
import { outlookOf, undeliveredWord, wipePatients } from '../../src-main/store/wiping.ts'
import { fault } from '../faults.ts'
import { newSite } from '../postgres/server.ts'
import { must } from '../support.ts'
import { awayDesk } from './away-desk.ts'
import { hasPostgres, postgres } from './postgres-server.ts'
import { at, confirmedVisit, day, eligibility, moveDelivery, newDelivery, newVisit, patient } from './samples.ts'
import { openDesk } from './site-desks.ts'

const other = { ...patient, ref: 'hub-ref-other', name: '佐藤　花', nameKana: 'サトウ　ハナ' }
const certificate = Buffer.from('a certificate')
const card = { certificate, expiresOn: '2026-12-31', endsOn: '2027-03-31' }
const staff = { id: 's', code: '7', name: '職員7', role: 'it', account: null, secret: 'A'.repeat(32) } as const
const away = fail('DESK_AWAY')
const notReady = fail('AWAY_NOT_READY')

test('a number of a desk that is away says its series', () => {
  expect([7, seriesStart(3) + 1, seriesStart(12) + 40].map(numberText)).toEqual(['7', '3-1', '12-40'])
})

describe.skipIf(!hasPostgres())('a desk that is cut off', () => {
  test('has what a check-in needs: who people are, who signs in, today’s visits, orders, sheets, bookings', async () => {
    const site = newSite(postgres())
    const desk = await awayDesk(site, 'one')
    const colleague = await openDesk(site, 'other')
    must(await colleague.addStaff({ ...staff, at }))
    must(await colleague.saveClaimOrder(['54', '88'], { at }))
    must(await colleague.saveBookings({ day, isStopped: false, requery: null, list: 'l' }, []))
    const delivery = newDelivery('receipt')
    const visit = await confirmedVisit(colleague, [delivery])
    must(await colleague.linkPatientNumber({ visitId: visit.id, number: '0012', isMoved: false, at }))
    must(await colleague.confirmSpelling({ visitId: visit.id, name: '高崎　陽翔', at }))
    await desk.copy()

    const { store, isCopied } = await desk.goAway()
    expect(await store.patientNumber(patient.ref, null)).toEqual(await colleague.patientNumber(patient.ref, null))
    expect(await store.numberHolder('12')).toEqual(patient)
    expect(await store.staff()).toEqual(await colleague.staff())
    expect(await store.claimOrders()).toEqual([['54', '88']])
    expect(await store.bookings()).toEqual(await colleague.bookings())
    expect(await today(store)).toEqual(await today(colleague))
    expect(isCopied(visit.id)).toBe(true)
  })

  test('takes in what has changed, its own too, and only that; a card that goes to another patient, a link that is taken away', async () => {
    const site = newSite(postgres())
    const desk = await awayDesk(site, 'one')
    const colleague = await openDesk(site, 'other')
    const first = must(
      await colleague.saveVisit(newVisit({ state: 'answered', patient }), [], { card, eligibility: answerOf(patient) }),
    )
    must(await colleague.linkPatientNumber({ visitId: first.id, number: '12', isMoved: false, at }))
    const keeper = desk.keeping()
    must(await keeper.refresh())
    const file = join(desk.options.dataDir, 'away', 'copy.db')
    const made = readFileSync(file).subarray(0, 16)

    const mine = await confirmedVisit(desk.store, [newDelivery('receipt')], { patient: other })
    must(await colleague.unlinkPatientNumber(first.id, { at }))
    must(
      await colleague.saveVisit(newVisit({ state: 'answered', patient: other }), [], {
        card,
        eligibility: answerOf(other),
      }),
    )
    must(await desk.store.linkPatientNumber({ visitId: mine.id, number: '12', isMoved: false, at }))
    must(await keeper.refresh())
    // The salt of the file: it is the same one, not another that was made.
    expect(readFileSync(file).subarray(0, 16).equals(made)).toBe(true)
    await keeper.close()

    const { store } = await desk.goAway()
    expect(await today(store)).toEqual(await today(colleague))
    expect(await store.patientNumber(patient.ref, null)).toBeNull()
    expect(await store.patientNumber(other.ref, certificate)).toEqual(
      await colleague.patientNumber(other.ref, certificate),
    )
    expect((await store.latestEligibilityOfCard(certificate))?.patient).toEqual(other)
  })

  test('gives numbers of its own series, also after a new start and a second cut; nobody else gives one of them', async () => {
    const site = newSite(postgres())
    const [one, two] = [await awayDesk(site, 'one'), await awayDesk(site, 'two')]
    must(await one.store.saveVisit(newVisit(), []))
    const given: string[] = []
    for (const desk of [one, two, one]) {
      await desk.copy()
      const first = await desk.goAway()
      given.push(numberText(must(await first.store.saveVisit(newVisit(), [])).number))
      first.store.close()
      const again = await desk.goAway()
      expect(again.since).toBe(first.since)
      given.push(numberText(must(await again.store.saveVisit(newVisit(), [])).number))
      again.store.close()
    }
    expect(given).toEqual(['1-1', '1-2', '2-1', '2-2', '1-3', '1-4'])
    expect(must(await two.store.saveVisit(newVisit(), [])).number).toBe(2)
  })

  fault('server', 'Something of before is to be changed while the server is away', {
    seen: 'DESK_AWAY',
    data: 'What others may be changing stays as it is.',
    recovery: 'It is done once the server is there again.',
  })
  test('changes nothing of before the cut, gives none of it to what works by itself, and leaves alone what is others’', async () => {
    const site = newSite(postgres())
    const desk = await awayDesk(site, 'one')
    const begun = must(await desk.store.saveVisit(newVisit(), [{ at, event: 'reading' }]))
    const delivery = newDelivery('receipt')
    const sent = await confirmedVisit(desk.store, [delivery])
    const owed = must(await desk.store.saveVisit(newVisit({ state: 'offline', patient }), []))
    await desk.copy()
    const { store } = await desk.goAway()

    expect(await store.saveVisit({ ...begun, state: 'failed' }, [{ at, event: 'failed' }])).toEqual(away)
    expect(await store.saveVisit({ ...owed, state: 'answered' }, [{ at, event: 'answered' }])).toEqual(away)
    expect(await store.noteVisit(sent.id, 'x', { at })).toEqual(away)
    expect(await moveDelivery(store, delivery, { state: 'publishing', failure: null, at })).toEqual(away)
    expect(await store.payload(delivery.id)).toBeNull()
    expect([
      await store.openVisits(),
      await store.offlineVisits(day),
      await store.pendingDeliveries('receipt', 9),
    ]).toEqual([[], [], []])
    expect(await store.addStaff({ ...staff, at })).toEqual(away)
    expect(await store.retain({ at, before: day })).toEqual(away)
    expect([must(await store.lease('bookings')), must(await store.lease('retention'))]).toEqual([null, null])
    expect(must(await store.lease('destination receipt'))).not.toBeNull()
    must(await store.seize('destination receipt'))
    for (const asked of [
      store.seize('terminal folder'),
      store.steerBookings('l', { isStopped: true, isAnew: false }),
      store.takeOverVisit(begun.id, { at }),
      store.resolveConflict('c', { at }),
    ]) {
      expect(await asked).toEqual(away)
    }
    for (const read of [store.settingChanges(), store.conflicts()]) await expect(read).rejects.toThrow(Refusal)
    await expect(store.pastVisits('2026-11-20')).rejects.toThrow(new Refusal({ code: 'DESK_AWAY' }))
    await expect(
      store.traces({ day, subject: { patientNumber: null, person: null }, fits: () => true, skip: 0, limit: 9 }),
    ).rejects.toThrow(Refusal)

    const own = newDelivery('receipt')
    await confirmedVisit(store, [own])
    expect(await store.pendingDeliveries('receipt', 1)).toMatchObject([{ id: own.id }])
    expect(await moveDelivery(store, own, { state: 'delivered', failure: null, at })).toEqual({
      ok: true,
      value: undefined,
    })
    expect(await store.awaitedDeliveries('receipt', 1)).toMatchObject([{ id: own.id }])
  })

  fault('server', 'The server is away, and the desk has no copy of today', {
    seen: 'AWAY_NOT_READY',
    data: 'No visit is begun on an old copy.',
    recovery: 'The desk begins once the server is there.',
  })
  test('goes on on the day of its copy alone, by its own clock and by the time that the site believes', async () => {
    const site = newSite(postgres())
    const desk = await awayDesk(site, 'one')
    expect(await openAway(desk.options)).toEqual(notReady)
    must(await desk.store.noteTime('2026-11-24T08:00:00.000+09:00', false))
    const keeper = desk.keeping()
    expect(await keeper.refresh()).toEqual(notReady)
    desk.clock.set('2026-11-24T08:00:10+09:00')
    must(await keeper.refresh())
    expect(keeper.standing()?.day).toBe('2026-11-24')
    desk.clock.set('2026-11-25T00:00:00+09:00')
    expect(keeper.standing()).toBeNull()
    await keeper.close()
    expect(await openAway(desk.options)).toEqual(notReady)
    // What has expired does not stay either.
    expect(readdirSync(join(desk.options.dataDir, 'away'))).toEqual([])

    const next = await awayDesk(site, 'next')
    next.clock.set('2026-11-24T23:59:00+09:00')
    await next.copy()
    const away = await next.goAway()
    const late = must(await away.store.saveVisit(newVisit({ day: '2026-11-24' }), []))
    next.clock.set('2026-11-25T00:01:00+09:00')
    expect(await away.store.saveVisit(newVisit({ day: '2026-11-25' }), [])).toEqual(notReady)
    must(await away.store.saveVisit({ ...late, state: 'failed' }, [{ at, event: 'failed' }]))
    away.store.close()
    expect(await openAway(next.options)).toEqual(notReady)
    expect(isUnmerged(next.options.dataDir)).toBe(true)
  })

  test('is not wiped of what it wrote alone before somebody has said so', async () => {
    const desk = await awayDesk(newSite(postgres()), 'one')
    await desk.copy()
    const alone = await desk.goAway()
    await confirmedVisit(alone.store, [newDelivery('receipt')])
    alone.store.close()
    const place = { ...desk.options, backupFolder: null }
    expect(undeliveredWord(must(await outlookOf(place, false)))).toBe('unknown')
    expect(await wipePatients(place, undefined)).toEqual(fail('REQUEST_INVALID', { field: '--undelivered' }))
    expect(isUnmerged(desk.options.dataDir)).toBe(true)
    must(await wipePatients(place, 'unknown'))
    expect(existsSync(join(desk.options.dataDir, 'away'))).toBe(false)
  })

  test('has the former copy where the making of the next one was cut off, and says nothing of anybody to who reads the disk', async () => {
    const site = newSite(postgres())
    const desk = await awayDesk(site, 'one')
    const visit = await confirmedVisit(desk.store, [newDelivery('receipt')])
    await desk.copy()
    const folder = join(desk.options.dataDir, 'away')
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).includes(patient.ref)).toBe(false)
    // As a kill leaves it: half of the next one, whatever is in it.
    const key = must(await desk.options.keyStore.load()) ?? new Uint8Array()
    const half = openDatabase(join(folder, 'making.db'), key)
    half.exec('CREATE TABLE half (it TEXT)')
    half.close()
    const { store } = await desk.goAway()
    expect(await today(store)).toEqual(await today(desk.store))
    expect((await store.visit(visit.id))?.visit.number).toBe(1)
    expect(existsSync(join(folder, 'making.db'))).toBe(false)
  })
})

const answerOf = (of: typeof patient) => ({ ...eligibility, patient: of })

/** Whose a visit is stands at the site alone. */
const today = async (store: Store) => (await store.visitsOfDay(day)).map((visit) => ({ ...visit, desk: null }))
