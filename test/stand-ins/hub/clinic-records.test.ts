import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openTrainingHub, type TrainingHub, today } from '../../hub/training-hub.ts'
import { clinicAt, outcomeOf } from './clinic.ts'

let training: TrainingHub
let clinic: ReturnType<typeof clinicAt>

beforeAll(async () => {
  training = await openTrainingHub()
})
afterAll(() => training.close())
// A hub that remembers nothing for every test, with the certificates made once.
let hub: TrainingHub
beforeEach(async () => {
  hub = await openTrainingHub({ pki: training.pki })
  clinic = clinicAt(hub)
  return () => hub.close()
})

const day = () => training.clock.now().toISOString().slice(0, 10)
const receiptSchema = z.object({ recordId: z.string(), version: z.int(), state: z.string() })

/** The infant of Mutsu with the voucher for BCG, and what a clinic writes when it was given. */
const infant = async () => {
  const visit = await clinic.visit('infant-mutsu')
  const vouchers = async () => (await visit.eligibility(day())).vaccination.items ?? []
  const bcg = (await vouchers()).find(({ vaccineCode }) => vaccineCode === 'bcg')
  const dose = {
    voucherId: bcg?.voucherId,
    vaccineCode: 'bcg',
    doseNumber: 1,
    administeredOn: day(),
    lotNumber: 'KH123',
    injectionSite: 'leftUpperArm',
  }
  const register = (changes = {}, key?: string) =>
    clinic.once(
      '/v1/records',
      { action: 'register', patientReference: visit.patientReference, dose: { ...dose, ...changes } },
      key,
    )
  const doses = async () => (await visit.eligibility(day())).vaccination.records ?? []
  return { visit, vouchers, dose, register, doses }
}

describe('a dose', () => {
  test('registered uses its voucher up and stands among the earlier doses', async () => {
    const { register, vouchers, doses, dose } = await infant()
    const before = (await vouchers()).length
    const receipt = receiptSchema.parse((await register()).body)
    expect(receipt).toMatchObject({ version: 1, state: 'registered' })
    expect((await vouchers()).length).toBe(before - 1)
    expect(await doses()).toContainEqual({
      recordId: receipt.recordId,
      version: 1,
      vaccineCode: 'bcg',
      vaccineName: 'BCG（結核）',
      doseNumber: 1,
      administeredOn: dose.administeredOn,
      lotNumber: 'KH123',
      injectionSite: 'leftUpperArm',
      medium: 'digital',
    })
  })

  test('registered again under its own key happens once, under another key it is a duplicate', async () => {
    const { register, doses } = await infant()
    const key = randomUUID()
    const first = await register({}, key)
    const again = await register({}, key)
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true'])
    expect(again.body).toEqual(first.body)
    expect(outcomeOf(await register())).toBe('record_duplicate')
    expect((await doses()).filter(({ vaccineCode }) => vaccineCode === 'bcg')).toHaveLength(1)
  })

  test('whose answer was lost is found again by its key', async () => {
    const { register } = await infant()
    const key = randomUUID()
    await hub.hub.setFault({ kind: 'answerLost' }, 'records')
    await expect(register({}, key)).rejects.toThrow()
    await hub.hub.setFault(null)
    const answer = await register({}, key)
    expect([answer.status, answer.headers['idempotency-replayed']]).toEqual([201, 'true'])
  })

  test('under a key that stood for something else is refused', async () => {
    const { register } = await infant()
    const key = randomUUID()
    await register({}, key)
    expect(outcomeOf(await register({ lotNumber: 'KH124' }, key))).toBe('idempotency_key_reused')
  })

  test('given before, told by the municipality, is a duplicate', async () => {
    const { register } = await infant()
    const rotavirus = { voucherId: undefined, vaccineCode: 'rotavirus', doseNumber: 1 }
    expect(outcomeOf(await register(rotavirus))).toBe('record_duplicate')
  })

  test('needs a voucher of this person and this vaccine, or a paper one', async () => {
    const { register } = await infant()
    expect(outcomeOf(await register({ voucherId: 'V-of-nobody' }))).toBe('voucher_unknown')
    expect(outcomeOf(await register({ vaccineCode: 'hpv' }))).toBe('voucher_unknown')
    expect(outcomeOf(await register({ voucherId: undefined }))).toBe(201)
  })

  test.each([
    { administeredOn: '2099-01-01' },
    { lotNumber: 'ロット' },
    { injectionSite: 'nose' },
    { doseNumber: 0 },
    { vaccineCode: 'smallpox', voucherId: undefined },
    { note: 'x' },
  ])('that does not fit is refused (%j)', async (changes) => {
    const { register } = await infant()
    expect(outcomeOf(await register(changes))).toBe('request_invalid')
  })

  test('corrected is a new version of the same record', async () => {
    const { register, dose, doses } = await infant()
    const { recordId } = receiptSchema.parse((await register()).body)
    const correct = (version: number) =>
      clinic.once('/v1/records', { action: 'correct', recordId, version, dose: { ...dose, lotNumber: 'KH999' } })
    expect(receiptSchema.parse((await correct(1)).body)).toEqual({ recordId, version: 2, state: 'registered' })
    expect(outcomeOf(await correct(1))).toBe('record_changed')
    expect((await doses()).filter(({ vaccineCode }) => vaccineCode === 'bcg')).toMatchObject([
      { recordId, version: 2, lotNumber: 'KH999' },
    ])
  })

  test('cancelled never was: its voucher counts again, and nothing more changes the record', async () => {
    const { register, vouchers, doses } = await infant()
    const before = await vouchers()
    const { recordId } = receiptSchema.parse((await register()).body)
    const cancel = (version: number) => clinic.once('/v1/records', { action: 'cancel', recordId, version })
    expect(receiptSchema.parse((await cancel(1)).body)).toEqual({ recordId, version: 2, state: 'cancelled' })
    expect(await vouchers()).toEqual(before)
    expect((await doses()).some(({ vaccineCode }) => vaccineCode === 'bcg')).toBe(false)
    for (const version of [1, 2]) expect(outcomeOf(await cancel(version))).toBe('record_changed')
    expect(outcomeOf(await register())).toBe(201)
  })
})

describe('a checkup', () => {
  test('registered stands among the checkups and uses its voucher up', async () => {
    const visit = await clinic.visit('toddler-machida')
    const [voucher] = (await visit.eligibility(day())).checkup.items ?? []
    expect(voucher).toMatchObject({ checkupCode: 'toddler18Months', setting: 'group' })
    const checkup = {
      voucherId: voucher?.voucherId,
      checkupCode: 'toddler18Months',
      performedOn: day(),
      result: 'observation',
      measurements: [{ item: '体重', value: '10.2kg' }],
    }
    const body = { action: 'register', patientReference: visit.patientReference, checkup }
    expect((await clinic.once('/v1/records', body)).status).toBe(201)
    const { status, records } = (await visit.eligibility(day())).checkup
    expect(status).toBe('none')
    expect(records).toContainEqual(
      expect.objectContaining({ checkupName: '1歳6か月児健康診査', result: 'observation', medium: 'digital' }),
    )
    expect(outcomeOf(await clinic.once('/v1/records', body))).toBe('record_duplicate')
  })
})

test('a key is needed, and one that cannot be guessed by accident', async () => {
  const body = { action: 'cancel', recordId: randomUUID(), version: 1 }
  expect(outcomeOf(await clinic.post('/v1/records', body))).toBe('idempotency_key_missing')
  expect(outcomeOf(await clinic.once('/v1/records', body, 'short'))).toBe('idempotency_key_missing')
})

test('nobody’s reference and nobody’s record are refused', async () => {
  const dose = {
    vaccineCode: 'bcg',
    doseNumber: 1,
    administeredOn: today,
    lotNumber: 'KH123',
    injectionSite: 'leftUpperArm',
  }
  const register = { action: 'register', patientReference: 'nobody', dose }
  expect(outcomeOf(await clinic.once('/v1/records', register))).toBe('patient_unknown')
  const cancel = { action: 'cancel', recordId: randomUUID(), version: 1 }
  expect(outcomeOf(await clinic.once('/v1/records', cancel))).toBe('record_unknown')
})
