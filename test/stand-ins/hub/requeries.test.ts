import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { testClock } from '../../clock.ts'
import { openTrainingHub, type TrainingHub, today } from '../../hub/training-hub.ts'
import { clinicAt, outcomeOf } from './clinic.ts'

let certificates: TrainingHub
let training: TrainingHub
let clinic: ReturnType<typeof clinicAt>

beforeAll(async () => {
  certificates = await openTrainingHub()
})
afterAll(() => certificates.close())

// One person a second, so that the test's clock decides how far the hub is.
beforeEach(async () => {
  let offset = 0
  const start = testClock.now().getTime()
  training = await openTrainingHub({
    pki: certificates.pki,
    personsPerMinute: 60,
    clock: { now: () => new Date(start + offset) },
  })
  training.passTime = (ms) => {
    offset += ms
  }
  clinic = clinicAt(training)
})
afterEach(() => training.close())

const pageSchema = z.object({
  requeryId: z.string(),
  state: z.enum(['running', 'finished']),
  total: z.int(),
  answered: z.int(),
  items: z.array(z.looseObject({ outcome: z.string() })),
  nextCursor: z.string().nullable(),
})

const open = async (patientReferences: readonly string[]) => {
  const { status, headers, body } = await clinic.once('/v1/requeries', { date: today, patientReferences })
  expect([status, headers.location]).toEqual([202, `/v1/requeries/${Object(body).requeryId}`])
  return String(headers.location)
}
const read = async (path: string) => pageSchema.parse((await clinic.get(path)).body)
const unknown = (count: number) => Array.from({ length: count }, (_, index) => `nobody-${index}`)

describe('a re-query', () => {
  test('answers one person after the other at the rate it tells, each with what the card would bring', async () => {
    const visit = await clinic.visit('nanbyo')
    const path = await open([visit.patientReference, 'nobody'])
    expect(await read(path)).toMatchObject({ state: 'running', total: 2, answered: 0, items: [] })
    training.passTime(1_000)
    const { items } = await read(path)
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ outcome: 'answered', eligibility: await visit.eligibility() })
    training.passTime(1_000)
    expect(await read(path)).toMatchObject({
      state: 'finished',
      answered: 2,
      items: [{}, { outcome: 'unknown', patientReference: 'nobody' }],
      nextCursor: null,
    })
  })

  test('is read page by page without a gap or a repetition, whoever was away meanwhile', async () => {
    const references = unknown(250)
    const path = await open(references)
    training.passTime(120_000)
    const first = await read(`${path}?limit=100`)
    const second = await read(`${path}?limit=100&cursor=${first.nextCursor}`)
    expect([first.items.length, second.items.length, second.state]).toEqual([100, 20, 'running'])
    expect(await read(`${path}?limit=100&cursor=${first.nextCursor}`)).toEqual(second)
    training.passTime(200_000)
    const third = await read(`${path}?limit=200&cursor=${second.nextCursor}`)
    expect([third.items.length, third.nextCursor]).toEqual([130, null])
    const told = [...first.items, ...second.items, ...third.items].map(({ patientReference }) => patientReference)
    expect(told).toEqual(references)
  })

  test('says when to look again while nothing is there, and not when something is', async () => {
    const path = await open(unknown(30))
    expect((await clinic.get(`${path}?limit=5`)).headers['retry-after']).toBe('5')
    expect((await clinic.get(path)).headers['retry-after']).toBe('30')
    training.passTime(10_000)
    expect((await clinic.get(`${path}?limit=5`)).headers['retry-after']).toBeUndefined()
    training.passTime(20_000)
    expect((await clinic.get(path)).headers['retry-after']).toBeUndefined()
  })

  test('has to end before the next one begins', async () => {
    await open(unknown(30))
    const body = { date: today, patientReferences: ['nobody'] }
    const key = randomUUID()
    training.passTime(20_000)
    const early = await clinic.once('/v1/requeries', body, key)
    expect([outcomeOf(early), early.headers['retry-after']]).toEqual(['rate_limited', '10'])
    training.passTime(10_000)
    expect((await clinic.once('/v1/requeries', body, key)).status).toBe(202)
  })

  test('sent again with its key is the same one', async () => {
    const body = { date: today, patientReferences: unknown(5) }
    const key = randomUUID()
    const first = await clinic.once('/v1/requeries', body, key)
    const again = await clinic.once('/v1/requeries', body, key)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(again.body).toEqual(first.body)
  })

  test('keeps to the consent of the last visit', async () => {
    const { patientReference } = await clinic.visit('kodomo', 'pin', { checkup: false })
    const path = await open([patientReference])
    training.passTime(1_000)
    expect((await read(path)).items).toMatchObject([
      { eligibility: { medicalSubsidy: { status: 'present' }, checkup: { status: 'notConsented' } } },
    ])
  })

  test('is gone after a day', async () => {
    const path = await open(unknown(1))
    training.passTime(24 * 3_600_000 + 1)
    expect(outcomeOf(await clinic.get(path))).toBe('requery_unknown')
  })

  test.each([
    { date: today, patientReferences: [] },
    { date: today, patientReferences: ['a', 'a'] },
    { date: today, patientReferences: unknown(2_001) },
    { date: '2026-02-30', patientReferences: ['a'] },
    { patientReferences: ['a'] },
  ])('is refused where it does not fit the document (%#)', async (body) => {
    expect(outcomeOf(await clinic.once('/v1/requeries', body))).toBe('request_invalid')
  })

  test('of 2,000 persons fits', async () => {
    expect(outcomeOf(await clinic.once('/v1/requeries', { date: today, patientReferences: unknown(2_000) }))).toBe(202)
  })

  test('takes no cursor and no limit it did not give', async () => {
    const path = await open(unknown(1))
    for (const query of ['cursor=1', 'cursor=from--1', 'limit=0', 'limit=201', 'limit=x']) {
      expect(outcomeOf(await clinic.get(`${path}?${query}`))).toBe('request_invalid')
    }
  })
})
