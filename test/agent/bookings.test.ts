// Tomorrow's bookings from the file to the list that staff work through, over the real sandbox hub.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../src-main/eligibility/calendar.ts'
import { encodeCp932 } from '../../src-main/text/cp932.ts'
import { testDay } from '../clock.ts'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const columns = { patientNumber: '患者番号', nameKana: 'カナ', birthDate: '生年月日' }
const header = '患者番号,カナ,生年月日'
/** As the training clinic knows them. */
const sato = '0012345,ｻﾄｳ ﾐｻｷ,S54.4.12'
/** Tomorrow. */
const day = addDays(testDay, 1)
type Desk = Awaited<ReturnType<typeof openDesk>>

const list = (...lines: string[]) => {
  const text = `${[header, ...lines].join('\r\n')}\r\n`
  return { content: Buffer.from(must(encodeCp932(text))).toString('base64') }
}
const view = (desk: Desk) => {
  const { page } = desk.agent.reception()
  if (page.name !== 'bookings') throw new Error('another page is open')
  return page
}
const isFinished = (desk: Desk) => eventually('the end', () => view(desk).run?.state === 'finished')

async function openLinked(dataDir?: string) {
  const desk = await openDesk(dataDir ?? (await dataFolder()), { hubPauseMs: { first: 5, longest: 20 } })
  const { id: visitId } = await desk.checkIn('nanbyo')
  must(await desk.call('linkPatientNumber', { visitId, patientNumber: '0012345', isMoved: false }))
  must(await desk.call('openPage', { page: 'bookings' }))
  const ask = async (...lines: string[]) => {
    must(await desk.call('readBookings', list(...lines)))
    must(await desk.call('startBookings', { columns, day }))
  }
  return { desk, ask }
}

describe('a list of bookings', () => {
  test('is looked at first, with the columns that its headers name, for tomorrow', async () => {
    const { desk } = await openLinked()
    must(await desk.call('readBookings', list(sato)))
    expect(view(desk)).toMatchObject({
      draft: { count: 1, chosen: columns, columns: [{ samples: ['0012345'] }, {}, {}] },
      run: null,
    })
    must(await desk.call('readBookings', { content: null }))
    expect(view(desk).draft).toBeNull()
    expect(await desk.call('startBookings', { columns, day })).toMatchObject({ error: { code: 'REQUEST_INVALID' } })
  })

  test('is asked about by its links, and tells what differs; whoever is not linked is for a person', async () => {
    const { desk, ask } = await openLinked()
    await ask(
      sato,
      '12345,サトウ　ミサキ,1979-04-12',
      '0012345,タナカ ハルト,1979-04-12',
      '999,ﾀﾅｶ ﾊﾙﾄ,R3.2.28',
      '0012345,,',
    )
    await isFinished(desk)
    const reasons = view(desk).run?.rows.map(({ place, outcome, findings }) => [place, outcome, findings.reason])
    expect(reasons).toEqual([
      [2, 'check', 'personDiffers'],
      [3, 'check', 'notLinked'],
      [4, 'check', 'incomplete'],
    ])
    // The same patient twice is asked about once; a number that a spreadsheet has shortened is still theirs.
    expect(view(desk).run).toMatchObject({ total: 5, done: 5, counts: { same: 2, check: 3 }, secondsLeft: 0 })
  })

  test('shows what has changed since the last visit, for the day of the booking', async () => {
    const { desk } = await openLinked()
    must(await desk.call('readBookings', list(sato)))
    must(await desk.call('startBookings', { columns, day: addDays(testDay, 4_422) }))
    await isFinished(desk)
    expect(view(desk).run?.rows).toMatchObject([
      { patientNumber: '0012345', outcome: 'changed', findings: { lines: [{ kind: 'renewed' }] } },
    ])
  })

  fault('hub', 'The hub has trouble while tomorrow’s bookings are asked about', {
    seen: 'nothing',
    class: 'transient',
    data: 'Nobody’s answer is taken for none.',
    recovery: 'It waits, and goes on by itself.',
  })
  test('waits while the source has trouble', async () => {
    const { desk, ask } = await openLinked()
    desk.agent.training?.sandbox.setFault({ kind: 'error' }, 'requeries')
    await ask(sato)
    expect(view(desk).run).toMatchObject({ state: 'running', done: 0 })
    desk.agent.training?.sandbox.setFault(null)
    await isFinished(desk)
    expect(view(desk).run?.counts.same).toBe(1)
  })

  test('remembers its columns, and no patient’s data are in the settings', async () => {
    const dataDir = await dataFolder()
    const { ask } = await openLinked(dataDir)
    await ask(sato)
    const settings = readFileSync(join(dataDir, 'settings.json'), 'utf8')
    expect(JSON.parse(settings)).toEqual({ $schema: 'settings.schema.json', bookingColumns: columns })
  })

  test('is stopped, goes on only when somebody says so, and is taken away', async () => {
    const { desk, ask } = await openLinked()
    desk.agent.training?.sandbox.setFault({ kind: 'hangUp' })
    await ask(sato)
    must(await desk.call('steerBookings', { way: 'stop' }))
    desk.agent.training?.sandbox.setFault(null)
    expect(view(desk).run).toMatchObject({ state: 'stopped', done: 0 })
    must(await desk.call('steerBookings', { way: 'resume' }))
    await isFinished(desk)
    must(await desk.call('steerBookings', { way: 'remove' }))
    expect(view(desk).run).toBeNull()
  })

  test('goes on after a restart', async () => {
    const dataDir = await dataFolder()
    const { desk, ask } = await openLinked(dataDir)
    desk.agent.training?.sandbox.setFault({ kind: 'hangUp' })
    await ask(sato, '999,ﾀﾅｶ ﾊﾙﾄ,R3.2.28')
    await desk.stop()
    const again = await openDesk(dataDir)
    must(await again.call('openPage', { page: 'bookings' }))
    await isFinished(again)
    expect(view(again).run).toMatchObject({ day, total: 2, done: 2, counts: { same: 1, check: 1 } })
  })

  test('of a day that is over is not asked about any more, and is gone', async () => {
    const dataDir = await dataFolder()
    const { desk } = await openLinked(dataDir)
    desk.agent.training?.sandbox.setFault({ kind: 'hangUp' })
    must(await desk.call('readBookings', list(sato)))
    must(await desk.call('startBookings', { columns, day: '2020-01-01' }))
    await desk.stop()
    const again = await openDesk(dataDir)
    must(await again.call('openPage', { page: 'bookings' }))
    expect(view(again).run).toBeNull()
  })

  fault('files', 'A list of bookings is none', {
    seen: 'BOOKINGS_UNREADABLE',
    data: 'The list of before stays.',
    recovery: 'The right file is chosen.',
  })
  test('that is none says so', async () => {
    const { desk } = await openLinked()
    const content = Buffer.from('no list').toString('base64')
    expect(await desk.call('readBookings', { content })).toMatchObject({ error: { code: 'BOOKINGS_UNREADABLE' } })
  })

  test('makes room when the next card is laid', async () => {
    const { desk } = await openLinked()
    await desk.takeAway()
    await desk.lay('kodomo')
    await desk.asksForPin()
    expect(desk.agent.reception().page).toEqual({ name: 'counter' })
  })
})
