// Day sheet, monthly report and past visits of a running agent: asked for by a call, counted without anybody's name, and a month
// the same after its visits have gone.
import { describe, expect, test } from 'vitest'
import { receptionSchema } from '../../src-main/contract/reception.ts'
import { settableClock } from '../clock.ts'
import { must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'
import { openTerminalClinic } from './terminal-clinic.ts'

type Desk = Awaited<ReturnType<typeof openDesk>>

const pageOf = (desk: Desk) => receptionSchema.parse(desk.agent.reception()).page
async function month(desk: Desk, of: string) {
  must(await desk.call('openReport', { kind: 'month', month: of }))
  const page = pageOf(desk)
  if (page.name !== 'report' || page.report.kind !== 'month') throw new Error('no monthly report is open')
  return page.report
}
async function day(desk: Desk, of: string) {
  must(await desk.call('openReport', { kind: 'day', day: of }))
  const page = pageOf(desk)
  if (page.name !== 'report' || page.report.kind !== 'day') throw new Error('no day sheet is open')
  return page.report
}
async function back(desk: Desk, of: object) {
  must(await desk.call('lookBack', of))
  const page = pageOf(desk)
  if (page.name !== 'past') throw new Error('nothing past is open')
  return page
}
const close = async (desk: Desk, visitId: string) => must(await desk.call('closeVisit', { visitId }))

async function deskAt(moment: string, settings?: object) {
  const clock = settableClock(moment)
  const dataDir = await dataFolder(settings, clock)
  return { desk: await openDesk(dataDir, { clock }), clock, dataDir }
}
const today = '2026-11-28'
const atEvening = `${today}T23:50:00+09:00`

describe('the day sheet', () => {
  test('counts the visits of a day, which turns at midnight in Japan', async () => {
    const { desk, clock } = await deskAt(atEvening)
    const first = await desk.checkIn('nanbyo')
    await close(desk, first.id)
    await desk.lay('expired')
    await desk.ends()
    await desk.takeAway()
    // In the world's time the day of the clinic has nine hours to go.
    clock.set('2026-11-29T00:05:00+09:00')
    const late = await desk.checkIn('kodomo')
    await close(desk, late.id)
    expect((await day(desk, today)).figures).toMatchObject({
      visits: [
        { state: 'handedOver', n: 1 },
        { state: 'failed', n: 1 },
      ],
      answers: { medicalSubsidy: [{ state: 'present', n: 1 }] },
      schemes: [{ code: '54', n: 1 }],
      undelivered: [],
      failures: [{ failure: { code: 'CARD_CERTIFICATE_EXPIRED' }, n: 1 }],
      waiting: { visits: 1, medianS: 0, longestS: 0 },
    })
    expect((await day(desk, '2026-11-29')).figures.visits).toEqual([{ state: 'handedOver', n: 1 }])
    expect(await day(desk, '2026-11-30')).toMatchObject({ standing: 'future', figures: { visits: [] } })
    expect(await day(desk, '2026-11-27')).toMatchObject({ standing: 'before' })
    expect(JSON.stringify(pageOf(desk))).not.toContain(first.patient?.name)
  })
})

describe('the monthly report', () => {
  test('counts whoever used a card once, and nobody whose attempt was cancelled', async () => {
    const { desk, clock } = await deskAt(atEvening)
    for (const persona of ['nanbyo', 'nanbyo', 'kodomo']) await close(desk, (await desk.checkIn(persona)).id)
    await desk.takeAway()
    await desk.lay('none')
    const { id: visitId } = await desk.asksForPin()
    must(await desk.call('cancelVisit', { visitId }))
    await desk.takeAway()
    expect((await month(desk, '2026-11')).share).toMatchObject({ users: 2, claims: null, permille: null })
    clock.set('2026-12-01T09:00:00+09:00')
    await close(desk, (await desk.checkIn('nanbyo')).id)
    expect((await month(desk, '2026-12')).share.users).toBe(1)
    expect((await month(desk, '2026-11')).months.map(({ users }) => users)).toEqual([2])
  })

  test('counts a person by card and by the terminal’s reader once, and no answer to a question', async () => {
    const { desk, lay, today } = await openTerminalClinic()
    const byCard = await desk.checkIn('nanbyo')
    await close(desk, byCard.id)
    const { name, nameKana, birthDate } = byCard.patient ?? { name: '', nameKana: '', birthDate: '' }
    const person = { Name: name, NameKana: nameKana, Sex1: '2', Birthdate: birthDate.replaceAll('-', '') }
    expect(await lay([person])).toMatchObject({ state: 'answered', source: 'terminal' })
    // Somebody else whom a program asked about.
    await lay([{ ...person, Birthdate: '19550505' }], { fileIdentifier: 'asked' })
    const { id: visitId } = desk.agent.reception().visits[0] ?? { id: '' }
    must(await desk.call('choosePatient', { visitId, patientRef: null }))
    await desk.agent.settled()
    expect(await desk.lookUp(visitId)).toMatchObject({ state: 'handedOver' })
    const of = `${today.slice(0, 4)}-${today.slice(4, 6)}`
    expect((await month(desk, of)).share.users).toBe(1)
  })

  test('is a share of the claims that were told, and none of no claims', async () => {
    const { desk } = await deskAt(atEvening)
    for (const persona of ['nanbyo', 'kodomo']) await close(desk, (await desk.checkIn(persona)).id)
    const enter = async (of: string, count: number | null) => must(await desk.call('enterClaims', { month: of, count }))
    await month(desk, '2026-11')
    await enter('2026-11', 6)
    expect(await month(desk, '2026-11')).toMatchObject({
      share: { users: 2, claims: 6, permille: 333, neededPercent: 30 },
      forecast: { users: 2, claims: 6, claimsOf: 'told' },
      countedFrom: today,
    })
    await enter('2026-11', 0)
    expect((await month(desk, '2026-11')).share).toMatchObject({ claims: 0, permille: null })
    await enter('2026-11', null)
    const csv = Buffer.from('\ufeff年月,件数\r\n令和8年10月,"1,000"\r\n2026/09,800\r\n').toString('base64')
    must(await desk.call('importClaims', { content: csv }))
    expect(await month(desk, '2026-11')).toMatchObject({
      share: { claims: null, permille: null },
      forecast: { claims: null, claimsOf: null },
    })
    // Before the program was there nobody was counted, whatever the claims were.
    expect(await month(desk, '2026-10')).toMatchObject({
      standing: 'before',
      share: { users: 0, claims: 1000, permille: null },
    })
    const wrong = Buffer.from('2026-10,many').toString('base64')
    expect(await desk.call('importClaims', { content: wrong })).toEqual({
      ok: false,
      error: { code: 'CLAIMS_UNREADABLE' },
    })
  })
})

describe('what has been', () => {
  test('is a past day with its visits, or why there are none', async () => {
    const { desk, clock } = await deskAt(atEvening)
    const { id: visitId, patient } = await desk.checkIn('nanbyo')
    must(await desk.call('noteVisit', { visitId, note: '紙で確認' }))
    await close(desk, visitId)
    clock.set('2026-11-29T09:00:00+09:00')
    const { of, visits } = await back(desk, { kind: 'day', day: today })
    expect(of).toEqual({ kind: 'day', day: today, standing: 'kept' })
    expect(visits).toMatchObject([{ id: visitId, name: patient?.name, hasNote: true, state: 'handedOver' }])
    for (const [other, standing] of [
      ['2026-11-29', 'today'],
      ['2026-11-30', 'future'],
      ['2026-11-01', 'before'],
    ])
      expect((await back(desk, { kind: 'day', day: other })).of).toMatchObject({ standing })
    // Another page is told nothing of it.
    must(await desk.call('openPage', { page: 'counter' }))
    expect(JSON.stringify(desk.agent.reception())).not.toContain(patient?.name)
  })

  test('is each visit of a person as it was known then', async () => {
    const { desk, clock } = await deskAt(atEvening)
    const first = await desk.checkIn('nanbyo')
    await close(desk, first.id)
    clock.set('2026-11-29T09:00:00+09:00')
    const second = await desk.checkIn('nanbyo')
    await close(desk, second.id)
    const { of, visits } = await back(desk, { kind: 'visit', visitId: second.id })
    expect(of).toMatchObject({ kind: 'person', patient: { name: first.patient?.name }, others: [] })
    expect(visits.map(({ id }) => id)).toEqual([second.id, first.id])
    must(await desk.call('showPast', { visitId: first.id }))
    expect(pageOf(desk)).toMatchObject({
      open: {
        id: first.id,
        day: today,
        source: 'pmh',
        answers: { medicalSubsidy: { state: 'present' } },
        certificates: [{ basis: 'source', isOnClaim: true }],
        deliveries: [{ state: 'delivered' }, { state: 'delivered' }],
      },
    })
    must(await desk.call('showPast', { visitId: null }))
    expect(pageOf(desk)).toMatchObject({ open: null })
    const strange = await desk.call('showPast', { visitId: '00000000-0000-4000-8000-000000000000' })
    expect(strange).toMatchObject({ ok: false, error: { code: 'VISIT_NOT_CURRENT' } })
  })

  test('is found by 診察券番号, and by kana and birth date', async () => {
    const { desk } = await deskAt(atEvening)
    const { id: visitId, patient } = await desk.checkIn('nanbyo')
    must(await desk.call('linkPatientNumber', { visitId, patientNumber: '0012345', isMoved: false }))
    await close(desk, visitId)
    const theirs = { kind: 'person', patient: { name: patient?.name } }
    expect((await back(desk, { kind: 'number', patientNumber: '12345' })).of).toMatchObject(theirs)
    const byName = { kind: 'name', nameKana: 'さとう みさき', birthDate: patient?.birthDate }
    expect((await back(desk, byName)).of).toMatchObject(theirs)
    expect((await back(desk, { kind: 'number', patientNumber: '99' })).of).toEqual({ kind: 'found', people: [] })
    expect((await back(desk, { ...byName, birthDate: '1950-01-01' })).of).toEqual({ kind: 'found', people: [] })
  })
})
