// Whom a visit is written to in ORCA: exactly one person, or nobody.
import { describe, expect, test } from 'vitest'
import { fault } from '../../faults.ts'
import { openLane, samplePatient } from './lane.ts'

const untouched = { state: 'refused', failure: { detail: { destination: 'orca' } } }

describe('without a patient number', () => {
  test.each([
    ['half-width kana', 'ﾀｶｻｷ ﾊﾙﾄ'],
    ['hiragana', 'たかさき　はると'],
    ['no space', 'タカサキハルト'],
    ['letters with marks of their own', 'タカサキ　ハルト'.normalize('NFD')],
  ])('a name in %s is the same name', async (_form, nameKana) => {
    const lane = await openLane()
    lane.orca.patients.splice(0, 1, samplePatient({ name: '高崎　春人' }))
    const id = await lane.confirm({ patient: { nameKana } })
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expect(lane.benefits()).toHaveLength(1)
  })

  test('small and large kana are the same name, as insurers know only large ones', async () => {
    const lane = await openLane()
    lane.orca.patients.splice(0, 1, samplePatient({ nameKana: 'タカサキ　ショウイチ' }))
    const id = await lane.confirm({ patient: { nameKana: 'タカサキ　シヨウイチ' } })
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expect(lane.benefits()).toHaveLength(1)
  })

  fault('orca', 'The patient is not in ORCA', {
    seen: 'ORCA_PATIENT_NOT_FOUND',
    detail: { destination: 'orca' },
    data: 'Nothing is written.',
    recovery: 'Staff register the patient there and send again.',
  })
  test('nobody of that kana name and birth date: staff register the patient, then send again', async () => {
    const lane = await openLane()
    lane.orca.patients.splice(0)
    const id = await lane.confirm()
    expect(await lane.settled(id)).toMatchObject({ ...untouched, failure: { code: 'ORCA_PATIENT_NOT_FOUND' } })
    lane.orca.patients.push(samplePatient())
    const handover = lane.start()
    await handover.retry(id)
    await handover.settled()
    expect((await lane.row(id)).state).toBe('acknowledged')
    expect(lane.benefits()).toHaveLength(1)
  })

  test.each([
    ['another given name', { nameKana: 'タカサキ　ハルカ' }],
    ['another birth date', { birthDate: '2021-02-27' }],
    ['a letter more', { nameKana: 'タカサキ　ハルトー' }],
  ])('%s is another person', async (_difference, changes) => {
    const lane = await openLane()
    lane.orca.patients.splice(0, 1, samplePatient(changes))
    const id = await lane.confirm()
    expect(await lane.settled(id)).toMatchObject({ ...untouched, failure: { code: 'ORCA_PATIENT_NOT_FOUND' } })
    expect(lane.benefits()).toEqual([])
  })

  fault('orca', 'Two patients in ORCA have that name and birth date', {
    seen: 'ORCA_PATIENT_AMBIGUOUS',
    detail: { destination: 'orca' },
    data: 'Nobody is picked, and nothing is written.',
    recovery: 'Staff link the patient number and send again.',
  })
  test('two of the same kana name and birth date: nobody is picked, not even by the written name', async () => {
    const lane = await openLane()
    lane.orca.patients.push(samplePatient({ number: '00013', name: '高崎　春人' }))
    const id = await lane.confirm()
    expect(await lane.settled(id)).toMatchObject({ ...untouched, failure: { code: 'ORCA_PATIENT_AMBIGUOUS' } })
    expect(lane.orca.patients.flatMap(({ benefits }) => benefits)).toEqual([])
  })

  test('two of the same name, until the clinic links the number: then it is sent with it', async () => {
    const lane = await openLane()
    lane.orca.patients.push(samplePatient({ number: '00013' }))
    const id = await lane.confirm()
    expect(await lane.settled(id)).toMatchObject({ failure: { code: 'ORCA_PATIENT_AMBIGUOUS' } })
    lane.linkedNumber = '13'
    const handover = lane.start()
    await handover.retry(id)
    await handover.settled()
    expect((await lane.row(id)).state).toBe('acknowledged')
    expect(lane.orca.patients.map(({ benefits }) => benefits.length)).toEqual([0, 1])
  })

  test('an ORCA that searches by written names finds the patient too', async () => {
    const lane = await openLane()
    lane.orca.searchesKana = false
    const id = await lane.confirm()
    expect((await lane.settled(id)).state).toBe('acknowledged')
  })
})

describe('with a patient number', () => {
  test('that patient is written to, of two with the same name', async () => {
    const lane = await openLane()
    lane.orca.patients.push(samplePatient({ number: '00013' }))
    const id = await lane.confirm({ patientNumber: '13' })
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expect(lane.orca.patients.map(({ benefits }) => benefits.length)).toEqual([0, 1])
  })

  test('that is of the same person in small kana, it is written to', async () => {
    const lane = await openLane()
    lane.orca.patients.splice(0, 1, samplePatient({ nameKana: 'タカサキ　ショウイチ' }))
    const id = await lane.confirm({ patient: { nameKana: 'タカサキ　シヨウイチ' }, patientNumber: '12' })
    expect((await lane.settled(id)).state).toBe('acknowledged')
  })

  fault('orca', 'The patient number is another person’s in ORCA', {
    seen: 'ORCA_PATIENT_DIFFERS',
    detail: { destination: 'orca' },
    data: 'Nothing is written.',
    recovery: 'Staff look at number and registration, and send again.',
  })
  test('that is another person’s, nothing is written', async () => {
    const lane = await openLane()
    lane.orca.patients.push(samplePatient({ number: '00013', nameKana: 'スズキ　イチロウ' }))
    const id = await lane.confirm({ patientNumber: '00013' })
    expect(await lane.settled(id)).toMatchObject({ ...untouched, failure: { code: 'ORCA_PATIENT_DIFFERS' } })
    expect(lane.orca.patients.flatMap(({ benefits }) => benefits)).toEqual([])
  })

  test('that nobody has, nothing is written', async () => {
    const lane = await openLane()
    const id = await lane.confirm({ patientNumber: '99999' })
    expect(await lane.settled(id)).toMatchObject({ ...untouched, failure: { code: 'ORCA_PATIENT_NOT_FOUND' } })
  })
})

test('the log tells nothing about a patient, whatever happened', async () => {
  const lane = await openLane()
  lane.orca.questions.push('K910')
  await lane.settled(await lane.confirm())
  lane.orca.patients.push(samplePatient({ number: '00013' }))
  await lane.settled(await lane.confirm())
  expect(lane.log.map(({ code }) => code)).toEqual(expect.arrayContaining(['ORCA_QUESTION', 'ORCA_PATIENT_AMBIGUOUS']))
  expect(JSON.stringify(lane.log)).not.toMatch(/タカサキ|髙﨑|00012|1234566|88138243|2021-02-28/)
})

test('no address holds anything about a patient', async () => {
  const lane = await openLane({ reception: { departmentCode: '01', physicianCode: '10001' } })
  const id = await lane.confirm({ patientNumber: '00012' })
  await lane.settled(id)
  for (const { path } of lane.orca.asked) expect(path).toMatch(/^\/[a-z0-9]+\/[a-z0-9]+(\?class=0\d)?$/)
})
