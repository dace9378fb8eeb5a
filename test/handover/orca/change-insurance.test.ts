// 公費 into ORCA under its lock (patientmodv32), against a stand-in that locks, asks back and refuses.
import { describe, expect, test } from 'vitest'
import { fault } from '../../faults.ts'
import { benefit } from '../../store/samples.ts'
import { eventually } from '../../support.ts'
import { until } from '../outbox.ts'
import { openLane, samplePatient } from './lane.ts'

const held = {
  id: '7',
  payerNumber: '88138243',
  recipientNumber: '1234566',
  validFrom: '2026-10-01',
  validTo: '2027-09-30',
}
const { id: _id, ...said } = held

describe('a certificate', () => {
  test('that ORCA does not hold is added, and the answer is the acknowledgement', async () => {
    const lane = await openLane()
    const id = await lane.confirm()
    expect(await lane.settled(id)).toMatchObject({ state: 'acknowledged', failure: null })
    expect(lane.benefits()).toEqual([said])
    expect(lane.orca.locks.size).toBe(0)
  })

  test('that ORCA holds just so is left alone', async () => {
    const lane = await openLane()
    lane.orca.patients[0]?.benefits.push(held)
    const id = await lane.confirm()
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expect(lane.orca.patients[0]?.benefits).toEqual([held])
    expect(lane.calls('/orca12/patientmodv32')).toBe(2)
    expect(lane.orca.locks.size).toBe(0)
  })

  test('that ORCA holds with another end gets the end that the source says', async () => {
    const lane = await openLane()
    lane.orca.patients[0]?.benefits.push({ ...held, validTo: '2026-12-31' })
    const id = await lane.confirm()
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expect(lane.orca.patients[0]?.benefits).toEqual([held])
  })

  test('of last year stays beside that of this year', async () => {
    const lane = await openLane()
    const lastYear = { ...held, validFrom: '2025-10-01', validTo: '2026-09-30' }
    lane.orca.patients[0]?.benefits.push(lastYear)
    const id = await lane.confirm()
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expect(lane.orca.patients[0]?.benefits[0]).toEqual(lastYear)
    expect(lane.benefits()[1]).toEqual(said)
  })

  test('that nobody has told about stays in ORCA, whatever the answer was', async () => {
    const lane = await openLane()
    lane.orca.patients[0]?.benefits.push(held)
    const id = await lane.confirm({ benefits: [] })
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expect(lane.orca.patients[0]?.benefits).toEqual([held])
    expect(lane.calls('/orca12')).toBe(0)
  })

  test('that overlaps two held ones is for a person', async () => {
    const lane = await openLane()
    const two = [
      { ...held, validTo: '2026-12-31' },
      { ...held, id: '8', validFrom: '2027-01-01', validTo: '2027-03-31' },
    ]
    lane.orca.patients[0]?.benefits.push(...two)
    const id = await lane.confirm()
    expect(await lane.settled(id)).toMatchObject({ state: 'refused', failure: { code: 'ORCA_BENEFIT_DIFFERS' } })
    expect(lane.orca.patients[0]?.benefits).toEqual(two)
    expect(lane.orca.locks.size).toBe(0)
  })

  test('that overlaps another number of the same payer is refused by ORCA, with its code', async () => {
    const lane = await openLane()
    lane.orca.patients[0]?.benefits.push({ ...held, recipientNumber: '7654321' })
    const id = await lane.confirm()
    expect(await lane.settled(id)).toMatchObject({
      state: 'refused',
      failure: { code: 'ORCA_BENEFIT_REFUSED', detail: { destination: 'orca', sourceCode: 'E50' } },
    })
    expect(lane.orca.locks.size).toBe(0)
  })

  test.each(['99999999', ''])('without an end, which ORCA writes as "%s", is the same certificate', async (validTo) => {
    const lane = await openLane()
    lane.orca.patients[0]?.benefits.push({ ...held, validTo })
    const id = await lane.confirm({ benefits: [{ ...benefit, validTo: '9999-12-31' }] })
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expect(lane.orca.patients[0]?.benefits).toEqual([{ ...held, validTo }])
  })

  test('is written although ORCA has remarks about what else is registered', async () => {
    const lane = await openLane()
    lane.orca.hasRemarks = true
    expect((await lane.settled(await lane.confirm())).state).toBe('acknowledged')
    expect(lane.benefits()).toEqual([said])
  })

  test('typed wide or with hyphens is the same certificate', async () => {
    const lane = await openLane()
    lane.orca.patients[0]?.benefits.push(held)
    const id = await lane.confirm({
      benefits: [{ ...benefit, payerNumber: '８８１３８２４３', recipientNumber: '123-4566' }],
    })
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expect(lane.orca.patients[0]?.benefits).toEqual([held])
  })
})

describe('a question of ORCA', () => {
  fault('orca', 'ORCA asks a question before it writes', {
    seen: 'ORCA_QUESTION',
    detail: { destination: 'orca', sourceCode: 'K910' },
    data: 'Nothing is written, and the patient is not left locked.',
    recovery: 'A person looks in ORCA, and types it in.',
  })
  test('that the clinic has not allowed stops the update and lets the patient go', async () => {
    const lane = await openLane()
    lane.orca.questions.push('K910')
    const id = await lane.confirm()
    expect(await lane.settled(id)).toMatchObject({
      state: 'refused',
      failure: { code: 'ORCA_QUESTION', detail: { sourceCode: 'K910' } },
    })
    expect(lane.benefits()).toEqual([])
    expect(lane.orca.locks.size).toBe(0)
  })

  test('that the clinic has allowed is answered, one after the other', async () => {
    const lane = await openLane({ answerOk: ['K910', 'K911'] })
    lane.orca.questions.push('K910', 'K911')
    const id = await lane.confirm()
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expect(lane.benefits()).toEqual([said])
    expect(lane.orca.locks.size).toBe(0)
  })

  test('that comes again after Ok is for a person', async () => {
    const lane = await openLane({ answerOk: ['K910'] })
    lane.orca.questions.push('K910', 'K910')
    const id = await lane.confirm()
    expect(await lane.settled(id)).toMatchObject({ state: 'refused', failure: { code: 'ORCA_QUESTION' } })
  })
})

describe('a patient whom somebody has open', () => {
  fault('orca', 'Somebody has the patient open in ORCA', {
    seen: 'ORCA_BUSY',
    detail: { destination: 'orca' },
    data: 'Nothing is written before, and the other one’s lock stays.',
    recovery: 'It is written by itself once the patient is closed there.',
  })
  test('is waited for, and nothing is written before', async () => {
    const lane = await openLane()
    lane.orca.locks.set('00012', { karteUid: 'terminal', orcaUid: 'terminal' })
    const id = await lane.confirm()
    const handover = lane.start()
    await until(handover, async () => (await lane.row(id)).attempts >= 2)
    expect(await lane.row(id)).toMatchObject({ state: 'queued', failure: { code: 'ORCA_BUSY' } })
    expect(lane.benefits()).toEqual([])
    expect([...lane.orca.locks.keys()]).toEqual(['00012'])
    lane.orca.locks.clear()
    await until(handover, async () => (await lane.row(id)).state === 'acknowledged')
    expect(lane.benefits()).toEqual([said])
  })

  test('is waited for also where ORCA does not show its locks', async () => {
    const lane = await openLane()
    lane.orca.off.add('/api21/medicalmodv37')
    lane.orca.locks.set('00012', { karteUid: 'terminal', orcaUid: 'terminal' })
    const id = await lane.confirm()
    const settled = lane.settled(id)
    await eventually('ORCA is busy', async () => (await lane.row(id)).failure?.code === 'ORCA_BUSY')
    lane.orca.locks.clear()
    expect((await settled).state).toBe('acknowledged')
  })

  test('is not overtaken by a later visit of their own', async () => {
    const lane = await openLane()
    lane.orca.locks.set('00012', { karteUid: 'terminal', orcaUid: 'terminal' })
    const first = await lane.confirm({ benefits: [{ ...benefit, validTo: '2026-12-31' }] })
    const second = await lane.confirm()
    // Search, lock and list of locks for the first; the terminal closes the patient just then.
    lane.orca.faults.set(4, { meanwhile: () => lane.orca.locks.clear() })
    expect((await lane.settled(second)).state).toBe('acknowledged')
    expect((await lane.row(first)).state).toBe('acknowledged')
    expect(lane.benefits()).toEqual([said])
  })

  test('whose row is called off lets their later visit go', async () => {
    const lane = await openLane()
    lane.orca.locks.set('00012', { karteUid: 'terminal', orcaUid: 'terminal' })
    const first = await lane.confirm({ benefits: [{ ...benefit, validTo: '2026-12-31' }] })
    const second = await lane.confirm()
    const handover = lane.start()
    await until(handover, async () => (await lane.row(second)).failure?.code === 'ORCA_BUSY')
    await handover.cancel(first)
    lane.orca.locks.clear()
    await until(handover, async () => (await lane.row(second)).state === 'acknowledged')
    expect(lane.benefits()).toEqual([said])
  })

  test('does not hold the next patient up', async () => {
    const lane = await openLane()
    lane.orca.patients.push(samplePatient({ number: '00013', nameKana: 'スズキ　イチロウ', name: '鈴木　一郎' }))
    lane.orca.locks.set('00012', { karteUid: 'terminal', orcaUid: 'terminal' })
    const first = await lane.confirm()
    const second = await lane.confirm({ patient: { nameKana: 'スズキ　イチロウ' } })
    const handover = lane.start()
    await until(handover, async () => (await lane.row(second)).state === 'acknowledged')
    expect(await lane.row(first)).toMatchObject({ state: 'queued', failure: { code: 'ORCA_BUSY' } })
  })
})
