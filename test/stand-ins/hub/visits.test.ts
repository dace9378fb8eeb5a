import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { otherAuthority } from '../../hub/other-authority.ts'
import { openTrainingHub, type TrainingHub, today } from '../../hub/training-hub.ts'
import { clinicAt, outcomeOf } from './clinic.ts'

let training: TrainingHub
let clinic: ReturnType<typeof clinicAt>

beforeAll(async () => {
  training = await openTrainingHub()
  clinic = clinicAt(training)
})
afterAll(() => training.close())

describe('a tap', () => {
  test('is refused as long as no PIN proved the card at this clinic', async () => {
    expect(outcomeOf(await clinic.openSession('gaiji', 'tap'))).toBe('pin_proof_needed')
    await clinic.visit('gaiji', 'visual')
    expect(outcomeOf(await clinic.openSession('gaiji', 'tap'))).toBe('pin_proof_needed')
  })

  test('counts after a PIN proof, for the same person', async () => {
    const proved = await clinic.visit('nanbyo')
    const tapped = await clinic.visit('nanbyo', 'tap')
    expect(tapped.patientReference).toBe(proved.patientReference)
    expect((await tapped.eligibility()).medicalSubsidy.status).toBe('present')
    expect(outcomeOf(await clinic.openSession('ended', 'tap'))).toBe('pin_proof_needed')
  })

  test('takes no proof of another method, and none of another time', async () => {
    await clinic.visit('nanbyo')
    const open = async () => {
      const { body } = await clinic.openSession('nanbyo', 'tap')
      return `/v1/sessions/${Object(body).sessionId}/proof`
    }
    expect(outcomeOf(await clinic.post(await open(), { comparedAt: `${today}T09:00:00+09:00` }))).toBe(
      'request_invalid',
    )
    expect(outcomeOf(await clinic.post(await open(), { readAt: '2020-01-01T09:00:00+09:00' }))).toBe(
      'comparison_invalid',
    )
    expect(outcomeOf(await clinic.post(await open(), { readAt: '2099-01-01T09:00:00+09:00' }))).toBe(
      'comparison_invalid',
    )
  })
})

describe('consent', () => {
  test('refused at the counter withholds that category and no other', async () => {
    const { eligibility } = await clinic.visit('kodomo', 'pin', { vaccination: false, checkup: true })
    const { medicalSubsidy, vaccination, checkup } = await eligibility()
    expect([medicalSubsidy.status, vaccination, checkup.status]).toEqual([
      'present',
      { status: 'notConsented' },
      'present',
    ])
  })

  test('given at the counter does not open what the person refuses in general', async () => {
    const { eligibility } = await clinic.visit('withheld', 'pin', { medicalSubsidy: true })
    expect((await eligibility()).medicalSubsidy).toEqual({ status: 'notConsented' })
  })
})

describe('another clinic', () => {
  test('knows the same person by another reference, and cannot use this clinic’s session, tap or re-query', async () => {
    const elsewhere = await otherAuthority('C=JP, O=Elsewhere, CN=Second Hub CA')
    const ca = `${training.pki.hub.ca}\n${elsewhere.ca}`
    const shared = await openTrainingHub({ pki: { ...training.pki, hub: { ...training.pki.hub, ca } } })
    const here = clinicAt(shared)
    const { certificate, key: privateKey } = await elsewhere.issue('C=JP, CN=Second Clinic, 2.5.4.5=1312399990')
    const there = clinicAt(
      { ...shared, pki: training.pki, card: training.card },
      { client: { certificate, privateKey } },
    )

    const visit = await here.visit('nanbyo')
    expect(outcomeOf(await there.openSession('nanbyo', 'tap'))).toBe('pin_proof_needed')
    expect((await there.visit('nanbyo')).patientReference).not.toBe(visit.patientReference)
    expect(outcomeOf(await there.get(`/v1/sessions/${visit.sessionId}/eligibility?date=${today}`))).toBe(
      'session_unknown',
    )
    const asked = { date: today, patientReferences: [visit.patientReference] }
    const requery = Object((await here.once('/v1/requeries', asked)).body)
    expect(outcomeOf(await there.get(`/v1/requeries/${requery.requeryId}`))).toBe('requery_unknown')
    expect(outcomeOf(await here.get(`/v1/requeries/${requery.requeryId}`))).toBe(200)
    await shared.close()
  })
})

test('every answer tells the time of the hub, also one that refuses', async () => {
  const tellsTime = (headers: Readonly<Record<string, string | string[] | undefined>>) =>
    Math.abs(Date.parse(String(headers.date)) - training.clock.now().getTime()) < 60_000
  training.passTime(3 * 3_600_000)
  expect(tellsTime((await clinic.get('/v1/health')).headers)).toBe(true)
  expect(tellsTime((await clinic.post('/v1/sessions', {})).headers)).toBe(true)
})
