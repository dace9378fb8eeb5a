import { expect, test } from 'vitest'
import { outlookOf } from '../../src-main/shell/agent-port.ts'
import { deskDoor, patientDoor } from '../../src-main/shell/doors.ts'
import { openAgent, reception } from './reception.ts'

test('what is shown beside the pages is told at once, and again only when it is another one', () => {
  const { port, change } = openAgent()
  const told: unknown[] = []
  port.onOutlook((outlook) => void told.push(outlook))
  const first = { hasPatientPage: false, hasKiosk: false, asksForPin: false, waiting: [] }
  expect(told).toEqual([first])
  change({ ...reception, revision: 8 })
  expect(told).toHaveLength(1)
  change({ ...reception, revision: 9, pinEntry: { side: 'patient', isShuffled: false } })
  expect(told.slice(1)).toEqual([{ ...first, hasPatientPage: true }])
})

test('a page is told that nobody is at work for a moment, and the whole again afterwards; a patient’s not why', () => {
  const { port, change, goAway } = openAgent()
  const told: unknown[] = []
  const patients: unknown[] = []
  port.follow(deskDoor, (now) => void told.push(now))
  port.follow(patientDoor, (now) => void patients.push(now))
  goAway({ line: 'turning' })
  goAway({ line: 'unsettled', failure: { code: 'STORE_DAMAGED' }, files: [] })
  expect(told.slice(1)).toEqual([
    { line: 'turning' },
    { line: 'unsettled', failure: { code: 'STORE_DAMAGED' }, files: [] },
  ])
  expect(patients.slice(1)).toEqual([{ line: 'turning' }, { line: 'restarting' }])
  goAway(null)
  expect(told.at(-1)).toMatchObject({ whole: { revision: 7 } })
  change({ ...reception, revision: 8, isLocked: true })
  expect(told.at(-1)).toMatchObject({ after: 7, parts: { isLocked: true } })
})

test('what an agent says on its way out is shown nowhere, and what it was asked for before neither', async () => {
  const { port, change, goAway } = openAgent()
  const told: unknown[] = []
  const outlooks: unknown[] = []
  port.follow(deskDoor, (now) => void told.push(now))
  port.onOutlook((outlook) => void outlooks.push(outlook))
  goAway({ line: 'turning' })
  change({ ...reception, revision: 8, pinEntry: { side: 'patient', isShuffled: false } })
  expect(told.slice(1)).toEqual([{ line: 'turning' }])
  expect(outlooks).toHaveLength(1)
  for (const door of [deskDoor, patientDoor]) {
    expect(await port.call(door, 'reception', {})).toEqual({ ok: true, value: { line: 'turning' } })
  }
  goAway(null)
  expect(told.at(-1)).toMatchObject({ whole: { revision: 8 } })
  expect(outlooks.at(-1)).toMatchObject({ hasPatientPage: true })
})

test('nothing of a patient is in it', () => {
  const id = '00000000-0000-4000-8000-000000000001'
  const person = {
    name: '難病　花子',
    nameKana: 'ナンビョウ　ハナコ',
    birthDate: '1979-11-24',
    patientNumber: '0012345',
  }
  const visit = {
    ...person,
    id,
    number: 1,
    day: '2026-11-23',
    startedAt: '2026-11-23T09:00:00.000+09:00',
    nth: 1,
    desk: null,
    hasNote: false,
  }
  const outlook = outlookOf({
    ...reception,
    visits: [{ ...visit, state: 'handedOver', isHeldUp: true, byHand: 0 }],
  })
  expect(outlook).toEqual({ hasPatientPage: false, hasKiosk: false, asksForPin: false, waiting: [id] })
})
