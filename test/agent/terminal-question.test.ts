// Asking the terminal by the insurance numbers, through the whole agent: real folders and the sandbox terminal.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { TerminalQuestionFields } from '../../src-main/contract/terminal-question.ts'
import type { Quirks } from '../../src-main/stand-ins/terminal/quirks.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

/** Whom the sandbox terminal knows under these numbers: the first of the sample patients. */
const query: TerminalQuestionFields = {
  insurerNumber: '06130012',
  symbol: '１２ー３',
  number: '10000',
  branchNumber: '01',
  birthDate: '1979-04-12',
  limitConsent: true,
}

async function openClinic(quirks: Quirks = {}, settings?: object) {
  const dataDir = await dataFolder(settings)
  const desk = await openDesk(dataDir)
  desk.agent.training?.terminal?.setQuirks(quirks)
  const log = () =>
    readdirSync(join(dataDir, 'logs'))
      .map((name) => readFileSync(join(dataDir, 'logs', name), 'utf8'))
      .join('')
  const asking = () => desk.agent.reception().terminal?.asking
  const ask = async () => {
    must(await desk.call('openPage', { page: 'terminalQuestion' }))
    must(await desk.call('askTerminal', { query }))
  }
  return { dataDir, desk, log, asking, ask }
}

test('the answer becomes a visit, which opens by itself', async () => {
  const { desk, asking, ask, log } = await openClinic()
  await ask()
  expect(asking()).toMatchObject({ question: { state: 'asking' } })
  await eventually('the visit is shown', () => desk.agent.reception().shown !== null)
  expect(desk.agent.reception()).toMatchObject({
    page: { name: 'counter' },
    shown: { state: 'choosing', source: 'terminal', patient: { name: '佐藤　美咲' } },
  })
  expect(asking()).toEqual({ question: null, registration: null })
  // Insurance numbers are a patient's, too.
  for (const secret of [query.insurerNumber, query.symbol, '"10000"', query.birthDate])
    expect(log()).not.toContain(secret)
})

test('an answer about another day is told with its day, not dropped', async () => {
  const { desk, ask } = await openClinic({ clockOffDays: -1 })
  await ask()
  await eventually('the visit is shown', () => desk.agent.reception().shown !== null, 10_000)
  expect(desk.agent.reception().shown).toMatchObject({
    state: 'failed',
    failure: { code: 'TERMINAL_OTHER_DAY' },
    patient: { name: '佐藤　美咲' },
    deliveries: [],
  })
})

test('an answer that the terminal has encrypted is told as that, not as one that never came', async () => {
  const { asking, ask } = await openClinic({ encrypted: true })
  await ask()
  await eventually('it is told', () => asking()?.question?.state === 'failed')
  const reference = expect.stringMatching(/^\d{3}-\d{3}$/)
  expect(asking()?.question).toEqual({
    state: 'failed',
    failure: { code: 'TERMINAL_FILE_ENCRYPTED', detail: { field: 'res', reference } },
  })
})

test('a 診察券番号 that is said for it is registered with the terminal as 照会番号', async () => {
  const { desk, asking, ask } = await openClinic()
  await ask()
  await eventually('the visit is shown', () => desk.agent.reception().shown !== null)
  const visitId = desk.agent.reception().shown?.id ?? ''
  must(await desk.call('choosePatient', { visitId, patientRef: null }))
  must(await desk.call('linkPatientNumber', { visitId, patientNumber: '0012345', isMoved: false }))
  await eventually('the terminal has it', () => asking()?.registration?.state === 'done')
  expect(asking()?.registration).toEqual({ visitId, state: 'done', failure: null })
  expect(desk.agent.training?.terminal?.referenceNumbers.get('nanbyo')).toBe('0012345')
})

test('an answer that is none is told with its code, and can be put away', async () => {
  const { desk, asking, ask } = await openClinic({ segment: '9', code: 'E9001', message: '該当する資格がありません。' })
  await ask()
  await eventually('it has failed', () => asking()?.question?.state === 'failed')
  expect(asking()?.question).toMatchObject({ failure: { code: 'TERMINAL_RESULT_ABNORMAL' } })
  expect(desk.agent.reception().visits).toEqual([])
  must(await desk.call('dropTerminalQuestion', {}))
  expect(asking()?.question).toBeNull()
})

test('an answer that comes after nobody waits any more makes no visit', async () => {
  const { desk, asking, ask, log } = await openClinic({ answerAfterMs: 700 })
  await ask()
  must(await desk.call('dropTerminalQuestion', {}))
  expect(asking()?.question).toBeNull()
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  expect(desk.agent.reception().visits).toEqual([])
  expect(log()).not.toContain('"event":"fault"')
})

test('a patient at the counter is not pushed aside by the answer to an earlier question', async () => {
  const { desk, ask } = await openClinic({ answerAfterMs: 500 })
  await ask()
  must(await desk.lay('kodomo'))
  await desk.asksForPin()
  await eventually('the answer is in the list', () => desk.agent.reception().visits.length === 2)
  expect(desk.agent.reception()).toMatchObject({
    shown: null,
    page: { name: 'counter' },
    current: { state: 'identifying' },
  })
})

test('numbers that cannot be right, and a clinic without request folders, are refused', async () => {
  const { desk } = await openClinic()
  const wrong = { ...query, insurerNumber: '12' }
  expect(await desk.call('askTerminal', { query: wrong })).toMatchObject({ error: { code: 'REQUEST_INVALID' } })
  const other = await openClinic({}, { terminal: null })
  expect(await other.desk.call('askTerminal', { query })).toMatchObject({ error: { code: 'REQUEST_INVALID' } })
})
