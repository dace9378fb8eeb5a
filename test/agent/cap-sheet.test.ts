// 自己負担上限額管理 at a real agent: from the certificate at the counter to the month's total, over restarts and later visits.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CapSheetView } from '../../src-main/contract/cap-sheet.ts'
import type { CapContent } from '../../src-main/eligibility/cap/sheet.ts'
import { settableClock } from '../clock.ts'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const certificate = { payerNumber: '54136015', recipientNumber: '5401609' }
const clock = settableClock('2026-11-23T09:30:00+09:00')
const day = '2026-11-23'
const month = '2026-11'

type Desk = Awaited<ReturnType<typeof openDesk>>

/** The desk with the sheet of the sample patient open. */
async function withSheet(desk: Desk, visitId: string, of = { certificate, month }) {
  const which = { visitId, ...of }
  must(await desk.call('openCapSheet', which))
  const sheet = (): CapSheetView => {
    const { page } = desk.agent.reception()
    if (page.name !== 'capSheet' || !page.sheet) throw new Error('no sheet is shown')
    return page.sheet
  }
  const seen = () => ({ ...which, seen: sheet().seen })
  return {
    sheet,
    seen,
    enter: (content: Partial<CapContent>) =>
      desk.call('enterCapLine', {
        ...seen(),
        content: { day, institution: null, totalCostYen: 15_000, paidYen: 3_000, ...content },
      }),
    correct: (lineId: string | undefined, content: CapContent | null) =>
      desk.call('correctCapLine', { ...seen(), lineId, content, by: '受付 田村', why: '読み違い' }),
    saySeen: (isSeen = true) => desk.call('sayCapPaperSeen', { ...seen(), isSeen }),
  }
}

async function openSheet() {
  clock.set('2026-11-23T09:30:00+09:00')
  const dataDir = await dataFolder(undefined, clock)
  const desk = await openDesk(dataDir, { clock })
  const visit = await desk.checkIn('nanbyo')
  return { dataDir, desk, visit, ...(await withSheet(desk, visit.id)) }
}

const refused = (code: string) => ({ ok: false, error: { code } })

describe('the sheet of a certificate with a monthly cap', () => {
  test('is empty and unknown at first, and knows whose it is and what the cap is', async () => {
    const { sheet, visit } = await openSheet()
    expect(sheet()).toEqual({
      visitId: visit.id,
      visitDay: day,
      today: day,
      patient: { name: '佐藤　美咲', nameKana: 'サトウ　ミサキ' },
      certificate: { ...certificate, name: '特定医療費（指定難病）受給者証' },
      month,
      capYen: 10_000,
      clinicName: 'まどぐち内科クリニック',
      institutions: ['まどぐち内科クリニック', 'みどり薬局'],
      seen: 0,
      lines: [],
      ownLineId: null,
      paperCompleteOn: null,
      total: { scope: 'unknown', yen: 0, standing: { state: 'open', leftYen: 10_000 } },
    })
  })

  test('adds up what was paid here and elsewhere, of everywhere once the paper was looked at', async () => {
    const { sheet, enter, saySeen } = await openSheet()
    must(await enter({}))
    expect(sheet().total).toMatchObject({ scope: 'here', yen: 3_000 })
    expect(sheet().ownLineId).toBe(sheet().lines[0]?.id)
    must(await enter({ day: '2026-11-02', institution: 'みどり薬局', totalCostYen: null, paidYen: 7_000 }))
    must(await saySeen())
    expect(sheet().total).toEqual({ scope: 'everywhere', yen: 10_000, standing: { state: 'reached' } })
    expect(sheet().lines.map(({ content, sumYen }) => [content.institution, sumYen])).toEqual([
      ['みどり薬局', 7_000],
      [null, 10_000],
    ])
    must(await saySeen(false))
    expect(sheet().total.scope).toBe('here')
  })

  test('is there at the next visit and after a restart, and is no longer of everywhere on the next day', async () => {
    const { dataDir, desk, enter, saySeen } = await openSheet()
    must(await enter({ institution: 'みどり薬局' }))
    must(await saySeen())
    await desk.stop()
    const logs = join(dataDir, 'logs')
    const logged = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8'))
    expect(logged.join()).not.toMatch(/みどり薬局|5401609|3000/)
    clock.set('2026-11-24T09:30:00+09:00')
    const later = await openDesk(dataDir, { clock })
    const visit = await later.checkIn('nanbyo')
    const { sheet, enter: enterNext } = await withSheet(later, visit.id)
    expect(sheet()).toMatchObject({ ownLineId: null, paperCompleteOn: day, total: { scope: 'here', yen: 3_000 } })
    // The line of the other visit is not this one's.
    must(await enterNext({ day: '2026-11-24' }))
    expect(sheet().total.yen).toBe(6_000)
    // What came before this visit is told with it.
    expect(later.current()?.paid).toEqual([
      { certificate, scope: 'here', yen: 3_000, here: { yen: 0, visits: 0, days: 0, paidToday: 0 } },
    ])
  })

  fault('typing', 'A line is struck that was struck already', {
    seen: 'CAP_ENTRY_GONE',
    data: 'It is struck once, with who and why.',
    recovery: 'A new line is entered if need be.',
  })
  test('keeps who corrected what, and why', async () => {
    const { sheet, enter, correct } = await openSheet()
    must(await enter({}))
    const [line] = sheet().lines
    must(await correct(line?.id, line ? { ...line.content, paidYen: 300 } : null))
    expect(sheet().total.yen).toBe(300)
    expect(sheet().lines[0]?.corrections).toMatchObject([
      { by: '受付 田村', why: '読み違い', before: { paidYen: 3_000 } },
    ])
    must(await correct(line?.id, null))
    expect(sheet()).toMatchObject({ ownLineId: null, total: { yen: 0 }, lines: [{ isStruck: true }] })
    expect(await correct(line?.id, null)).toEqual(refused('CAP_ENTRY_GONE'))
    // The visit can be entered anew.
    must(await enter({ paidYen: 200 }))
    expect(sheet().total.yen).toBe(200)
  })

  test('is another one in another month', async () => {
    const { desk, visit, enter } = await openSheet()
    must(await enter({}))
    const october = await withSheet(desk, visit.id, { certificate, month: '2026-10' })
    expect(october.sheet()).toMatchObject({ lines: [], total: { scope: 'unknown' }, capYen: 10_000 })
    must(await october.enter({ day: '2026-10-31', institution: 'みどり薬局' }))
    must(await october.saySeen())
    expect(october.sheet()).toMatchObject({ paperCompleteOn: '2026-10-31', total: { scope: 'everywhere', yen: 3_000 } })
  })

  test('of a month to come is no more complete than today', async () => {
    const { desk, visit } = await openSheet()
    const december = await withSheet(desk, visit.id, { certificate, month: '2026-12' })
    must(await december.saySeen())
    expect(december.sheet().paperCompleteOn).toBe(day)
  })

  fault('typing', 'A day is typed that is not of the cap’s month', {
    seen: 'CAP_ENTRY_DAY',
    data: 'The line is not taken.',
    recovery: 'The right day is typed, or the other month opened.',
  })
  fault('typing', 'More is typed as paid than the treatment cost', {
    seen: 'CAP_ENTRY_AMOUNT',
    data: 'The line is not taken.',
    recovery: 'The right amount is typed.',
  })
  fault('typing', 'More is typed as paid than the monthly cap', {
    seen: 'CAP_ENTRY_OVER',
    data: 'The line is not taken.',
    recovery: 'The paper is looked at, and the right amount typed.',
  })
  test('does not take what cannot be true', async () => {
    const { sheet, enter } = await openSheet()
    for (const [content, code] of [
      [{ day: '2026-10-31' }, 'CAP_ENTRY_DAY'],
      [{ day: '2026-11-24' }, 'CAP_ENTRY_DAY'],
      [{ paidYen: 15_001 }, 'CAP_ENTRY_AMOUNT'],
      [{ paidYen: 10_001 }, 'CAP_ENTRY_OVER'],
      [{ paidYen: -1 }, 'REQUEST_INVALID'],
    ] as const) {
      expect(await enter(content)).toMatchObject(refused(code))
    }
    expect(sheet().lines).toEqual([])
  })

  fault('clock', 'A monthly cap is entered while the day is in doubt', {
    seen: 'CLOCK_WRONG',
    data: 'Nothing is taken under a wrong month.',
    recovery: 'The clock is set, or a person says that the day is right.',
  })
  test('takes nothing under a date that the hub contradicts', async () => {
    const { desk, seen } = await openSheet()
    const sheet = seen()
    desk.agent.training?.sandbox.setFault({ kind: 'clockOff', seconds: 86_400 })
    // The hub is heard again with the next card.
    await desk.checkIn('kodomo')
    await eventually('the clock is in doubt', () => desk.agent.reception().clockDoubt?.kind === 'off')
    const say = () => desk.call('sayCapPaperSeen', { ...sheet, isSeen: true })
    expect(await say()).toEqual(refused('CLOCK_WRONG'))
    must(await desk.call('confirmClock', { today: desk.agent.reception().today }))
    must(await say())
  })

  fault('typing', 'The same line of a monthly cap is typed twice', {
    seen: 'CAP_ENTRY_REPEATED',
    data: 'It is there once.',
    recovery: 'The line that is there is corrected.',
  })
  fault('agents', 'Somebody else has written on the sheet of a monthly cap', {
    seen: 'CAP_SHEET_CHANGED',
    data: 'Nothing is taken from a page that has not seen it.',
    recovery: 'The sheet is shown anew, and the line typed again.',
  })
  test('takes the line of a visit once, nothing from a page that has not seen the last row, and makes room for the next patient', async () => {
    const { desk, sheet, seen, enter } = await openSheet()
    const before = seen()
    must(await enter({}))
    expect(await enter({ paidYen: 100 })).toEqual(refused('CAP_ENTRY_REPEATED'))
    expect(await desk.call('sayCapPaperSeen', { ...before, isSeen: true })).toEqual(refused('CAP_SHEET_CHANGED'))
    expect(sheet().lines.length).toBe(1)
    // Somebody new stands at the counter.
    await desk.checkIn('kodomo')
    expect(desk.agent.reception().page.name).toBe('counter')
  })

  test('is opened only by a certificate of the visit, and needs one to be turned to', async () => {
    clock.set('2026-11-23T09:30:00+09:00')
    const desk = await openDesk(await dataFolder(undefined, clock), { clock })
    expect(await desk.call('openPage', { page: 'capSheet' })).toEqual(refused('VISIT_NOT_CURRENT'))
    const { id: visitId } = await desk.checkIn('kodomo')
    expect(await desk.call('openCapSheet', { visitId, certificate, month })).toEqual(refused('VISIT_NOT_CURRENT'))
  })
})
