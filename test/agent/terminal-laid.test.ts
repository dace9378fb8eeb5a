// Who laid a result into the terminal's folder, and when: a patient at the counter, a program that asked about somebody who
// is not here, or a patient who came just before midnight.
import { describe, expect, test } from 'vitest'
import { settableClock } from '../clock.ts'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'
import { insured } from '../terminal-file.ts'
import { openTerminalClinic } from './terminal-clinic.ts'

describe('a result that another program has laid', () => {
  test.each(['0', '400', '600', '800'])(
    'under its own names (%s) is counted, and is nobody at the counter',
    async (code) => {
      const { desk, lay, put, today, visits } = await openTerminalClinic()
      const counted = () => desk.agent.reception().terminal?.laidByPrograms
      const name = (number: number) =>
        `OQSsiquc01res_face_1312345678${code}${String(number).padStart(17, '0')}_${today}093000.xml`
      put([insured], {}, name(1))
      put([{ ...insured, Name: '見本　花子', NameKana: 'ﾐﾎﾝ ﾊﾅｺ' }], {}, name(2))
      await eventually('both are counted', () => counted() === 2)
      expect(visits()).toEqual([])
      await lay([insured])
      expect(visits()).toHaveLength(1)
      expect(counted()).toBe(2)
    },
  )

  test('is counted for its day only', async () => {
    const clock = settableClock('2026-11-23T09:30:00+09:00')
    const { desk, put } = await openTerminalClinic({ clock })
    const counted = () => desk.agent.reception().terminal?.laidByPrograms
    put([insured], {}, 'OQSsiquc01res_face_131234567840000000000000000001_20261123093000.xml')
    await eventually('it is counted', () => counted() === 1)
    clock.set('2026-11-24T08:30:00+09:00')
    must(await desk.call('reception', {}))
    expect(counted()).toBe(0)
  })

  fault('terminal', 'The result is the answer to another program’s question, not of somebody at the counter', {
    seen: 'TERMINAL_NOT_AT_COUNTER',
    data: 'Nothing is handed over before a person has said who is there.',
    recovery: 'Staff take it up only if the patient stands there.',
  })
  test('as the answer to a question waits for staff, though the clinic knows the patient', async () => {
    const { desk, lay } = await openTerminalClinic()
    const first = await lay([insured])
    must(await desk.call('choosePatient', { visitId: first.id, patientRef: null }))
    await desk.agent.settled()
    const visit = await lay([insured], { fileIdentifier: '20261123-1' })
    expect(visit).toMatchObject({
      state: 'choosing',
      failure: { code: 'TERMINAL_NOT_AT_COUNTER' },
      candidates: [{ name: '見本　太郎' }],
    })
  })
})

describe('a result from just before midnight', () => {
  const openAt = (now: string) => openTerminalClinic({ clock: settableClock(now) })

  test('is about the patient at the counter', async () => {
    const { lay } = await openAt('2026-11-24T00:00:01+09:00')
    const visit = await lay([insured], { at: '20261123235958' })
    expect(visit).toMatchObject({ state: 'choosing', day: '2026-11-24', patient: { name: '見本　太郎' } })
  })

  test.each([
    ['of the month before', '2026-12-01T00:00:01+09:00', '20261130235958'],
    ['by a clock that is a day behind', '2026-11-24T09:30:00+09:00', '20261123093000'],
    ['from the evening before', '2026-11-24T00:20:00+09:00', '20261123235958'],
    ['by a clock that is ahead', '2026-11-23T23:59:58+09:00', '20261124000001'],
  ])('%s is told with its day', async (_name, now, at) => {
    const { lay } = await openAt(now)
    const day = `${at.slice(0, 4)}-${at.slice(4, 6)}-${at.slice(6, 8)}`
    expect(await lay([insured], { at })).toMatchObject({
      state: 'failed',
      failure: { code: 'TERMINAL_OTHER_DAY', detail: { field: day } },
      patient: { name: '見本　太郎' },
    })
  })
})
