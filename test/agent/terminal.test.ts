// The terminal's face reader through the whole agent: real folders, the sandbox terminal, the files for the receipt
// computer. Who it is about is never guessed.
import { readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import type { Quirks } from '../../src-main/stand-ins/terminal/quirks.ts'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const files = (dataDir: string) => readdirSync(join(dataDir, 'import/json')).filter((name) => name.endsWith('.json'))

async function openClinic(quirks: Quirks = {}) {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir)
  desk.agent.training?.terminal?.setQuirks(quirks)
  const log = () => readFileSync(join(dataDir, 'logs', readdirSync(join(dataDir, 'logs'))[0] ?? ''), 'utf8')
  await eventually('the folder is watched', () => log().includes('"state":"face"'))
  const visits = () => desk.agent.reception().visits
  /** The visit that a patient's card on the face reader makes. */
  const drop = async (persona: string) => {
    const before = visits().length
    must(await desk.call('useFaceReader', { persona }))
    // What stays unreadable may still be being written: it is given up after ten seconds.
    await eventually('a visit is there', () => visits().length > before)
    await desk.agent.settled()
    return desk.lookUp(visits()[0]?.id ?? '')
  }
  return { dataDir, desk, visits, drop }
}

describe('a result of the face reader', () => {
  fault('patient', 'The terminal names somebody whom the clinic does not know', {
    seen: 'PATIENT_NOT_MATCHED',
    data: 'No file is made before a person has decided.',
    recovery: 'Staff take them as new, or choose who it is.',
  })
  test('about somebody new waits for staff, and shows by itself', async () => {
    const { dataDir, desk, drop } = await openClinic()
    const visit = await drop('nanbyo')
    expect(visit).toMatchObject({
      state: 'choosing',
      failure: { code: 'PATIENT_NOT_MATCHED' },
      patient: { name: '佐藤　美咲', nameKana: 'ｻﾄｳ ﾐｻｷ' },
      candidates: [],
      source: 'terminal',
      report: { qualification: 'valid', unknown: [] },
    })
    expect(files(dataDir)).toEqual([])
    must(await desk.call('choosePatient', { visitId: visit.id, patientRef: null }))
    await desk.agent.settled()
    expect(await desk.lookUp(visit.id)).toMatchObject({ state: 'handedOver', failure: null })
    expect(files(dataDir)).toHaveLength(1)
    expect(await desk.call('choosePatient', { visitId: visit.id, patientRef: null })).toEqual(fail('VISIT_NOT_CURRENT'))
  })

  test('about the one person the clinic knows is confirmed by itself, however they came before', async () => {
    const { dataDir, desk, drop } = await openClinic()
    const byCard = await desk.checkIn('kodomo')
    await desk.call('closeVisit', { visitId: byCard.id })
    await desk.takeAway()
    const visit = await drop('kodomo')
    expect(visit).toMatchObject({ state: 'handedOver', patient: { ref: byCard.patient?.ref } })
    expect(files(dataDir)).toHaveLength(2)
  })

  test('brings the 診察券番号 that staff have said, but only once it is clear whose it is', async () => {
    const { desk, drop } = await openClinic()
    const { id: visitId } = await drop('nanbyo')
    const link = () => desk.call('linkPatientNumber', { visitId, patientNumber: '0012345', isMoved: false })
    expect(await link()).toEqual(fail('VISIT_NOT_CURRENT'))
    must(await desk.call('choosePatient', { visitId, patientRef: null }))
    must(await link())
    expect(await drop('nanbyo')).toMatchObject({ state: 'handedOver', patientNumber: '0012345' })
  })

  test('that staff do not want is left alone', async () => {
    const { desk, drop } = await openClinic()
    const { id } = await drop('nanbyo')
    must(await desk.call('cancelVisit', { visitId: id }))
    expect(await desk.lookUp(id)).toMatchObject({ state: 'cancelled', failure: { code: 'VISIT_CANCELLED' } })
  })

  test('still waits after a restart, and makes no second visit', async () => {
    const { dataDir, desk, drop } = await openClinic()
    const { id } = await drop('nanbyo')
    await desk.stop()
    const next = await openDesk(dataDir)
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    expect(next.agent.reception().visits.map((visit) => visit.id)).toEqual([id])
    must(await next.call('choosePatient', { visitId: id, patientRef: null }))
    await next.agent.settled()
    expect((await next.lookUp(id)).state).toBe('handedOver')
  })
})

describe('around a real terminal', () => {
  test.each([
    ['a file written in two halves', { halfForMs: 700 }],
    ['a file moved to trash at once', { moveAfterMs: 0 }],
    ['a file in UTF-8', { encoding: 'utf-8' }],
    ['a file in UTF-8 with its mark', { encoding: 'utf-8-mark' }],
    ['a file deleted as soon as it has counted', { deleteAfterMs: 2_000 }],
  ] satisfies [string, Quirks][])('%s is one visit, whole', async (_name, quirks) => {
    const { drop, visits } = await openClinic(quirks)
    expect(await drop('nanbyo')).toMatchObject({ state: 'choosing', patient: { name: '佐藤　美咲' } })
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(visits()).toHaveLength(1)
  })

  fault('terminal', 'The terminal’s result is cut off or garbled', {
    seen: 'TERMINAL_FILE_INVALID',
    data: 'Nobody is made out of it, and nothing is handed over.',
    recovery: 'The screen of the terminal is looked at; the patient lays the card again.',
  })
  fault('terminal', 'The terminal encrypts its results', {
    seen: 'TERMINAL_FILE_ENCRYPTED',
    data: 'Nothing is handed over.',
    recovery: 'Clinic IT switches the encryption of the linking program off.',
  })
  fault('terminal', 'The terminal could not confirm the patient', {
    seen: 'TERMINAL_RESULT_ABNORMAL',
    detail: { sourceCode: 'E0001' },
    data: 'Nothing is handed over.',
    recovery: 'It is confirmed again at the terminal, or by paper.',
  })
  fault('terminal', 'Another program takes the result away before it was read', {
    seen: 'TERMINAL_FILE_GONE',
    data: 'Nothing is handed over.',
    recovery: 'The patient lays the card again.',
  })
  fault('locale', 'A result of the terminal is in another encoding than it says', {
    seen: 'TERMINAL_FILE_INVALID',
    data: 'No name is guessed out of it, and nothing is handed over.',
    recovery: 'The screen of the terminal is looked at; clinic IT finds what rewrites its files.',
  })
  test.each([
    ['rewritten in another encoding than it declares', { reencode: true }, 'TERMINAL_FILE_INVALID'],
    ['encrypted by the terminal', { encrypted: true }, 'TERMINAL_FILE_ENCRYPTED'],
    ['abnormal', { segment: '9', code: 'E0001' }, 'TERMINAL_RESULT_ABNORMAL'],
    // Never whole, so that it cannot be read however slowly it is taken away; given up after ten seconds.
    ['taken away before it could be read', { halfOnly: true, deleteAfterMs: 3_000 }, 'TERMINAL_FILE_GONE'],
  ] satisfies [string, Quirks, string][])('a result that is %s says so', async (_name, quirks, code) => {
    const { drop } = await openClinic(quirks)
    expect(await drop('nanbyo')).toMatchObject({ state: 'failed', failure: { code }, patient: null, answers: null })
  })

  fault('terminal', 'The terminal’s result is of another day', {
    seen: 'TERMINAL_OTHER_DAY',
    detail: { field: '2026-11-22' },
    data: 'Nothing is handed over.',
    recovery: 'Both dates are looked at, and the patient is confirmed for today.',
  })
  test.each([-1, 1])(
    'a result about another day (%i) is told with its day and its person, and hands nothing over',
    async (days) => {
      const { dataDir, desk, drop } = await openClinic({ clockOffDays: days })
      const { today } = desk.agent.reception()
      const day = new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)
      expect(await drop('nanbyo')).toMatchObject({
        day: today,
        state: 'failed',
        failure: { code: 'TERMINAL_OTHER_DAY', detail: { field: day } },
        patient: { name: '佐藤　美咲' },
        answers: null,
      })
      expect(files(dataDir)).toEqual([])
    },
  )

  test('what was left over from another day before the program began is nobody at the counter', async () => {
    const { dataDir, desk, drop } = await openClinic({ clockOffDays: -1 })
    await drop('nanbyo')
    const face = join(dataDir, 'training/terminal/face')
    const [name = ''] = readdirSync(face)
    await desk.stop()
    renameSync(join(face, name), join(face, name.replace('_face_', '_face_9')))
    const next = await openDesk(dataDir)
    await eventually('it is read', () => {
      const log = readdirSync(join(dataDir, 'logs')).map((file) => readFileSync(join(dataDir, 'logs', file), 'utf8'))
      return log.join('').split('"event":"terminalFile"').length > 2
    })
    await next.agent.settled()
    expect(next.agent.reception().visits.filter(({ state }) => state === 'failed')).toHaveLength(1)
  })

  test('a code beside a normal result is kept word for word', async () => {
    const { drop } = await openClinic({ code: 'W0003', message: '電子証明書の有効期限が近づいています' })
    expect((await drop('nanbyo')).report?.codes).toEqual([
      { code: 'W0003', message: '電子証明書の有効期限が近づいています' },
    ])
  })

  fault('terminal', 'Two results with one name and different content', {
    seen: 'TERMINAL_FILE_CONFLICT',
    data: 'The first one stays; the second one waits for a person.',
    recovery: 'Staff compare with the terminal’s screen and choose.',
  })
  test('the same name with other bytes is for a person, even when both are known', async () => {
    const { desk, drop, visits } = await openClinic({ sameNameAfterMs: 1_500 })
    for (const [persona, patientNumber] of [
      ['nanbyo', '0012345'],
      ['kodomo', '0067890'],
    ] as const) {
      const { id } = await desk.checkIn(persona)
      must(await desk.call('linkPatientNumber', { visitId: id, patientNumber, isMoved: false }))
      await desk.call('closeVisit', { visitId: id })
    }
    await desk.takeAway()
    const before = visits().length
    await drop('kodomo')
    await eventually('the second content is there', () => visits().length === before + 2)
    await desk.agent.settled()
    expect(await desk.lookUp(visits()[0]?.id ?? '')).toMatchObject({
      state: 'choosing',
      failure: { code: 'TERMINAL_FILE_CONFLICT' },
      // What tells people of one name apart comes with each of them.
      candidates: [
        {
          patientNumber: expect.stringMatching(/^0012345$|^0067890$/),
          certificates: expect.arrayContaining([expect.stringMatching(/難病|子ども|こども|医療/)]),
        },
      ],
    })
  })
})

fault('terminal', 'The terminal’s folder vanishes (terminal off, line cut)', {
  seen: 'TERMINAL_FOLDER_MISSING',
  detail: { field: 'face' },
  data: 'What the desk has stays as it is.',
  recovery: 'It is watched again once it is back, and what lies in it is read.',
})
test('a vanished folder is told, and its results are read when it is back', async () => {
  const { dataDir, desk, drop } = await openClinic()
  const root = join(dataDir, 'training/terminal')
  const failures = () => desk.agent.reception().terminal?.failures.map(({ code }) => code)
  renameSync(join(root, 'face'), join(root, 'away'))
  await eventually('it is told', () => failures()?.includes('TERMINAL_FOLDER_MISSING') === true)
  renameSync(join(root, 'away'), join(root, 'face'))
  await eventually('it is back', () => failures()?.length === 0)
  expect((await drop('nanbyo')).state).toBe('choosing')
})
