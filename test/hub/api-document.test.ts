import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { personasOn } from '../../src-main/stand-ins/people/personas.ts'
import { testDay } from '../clock.ts'
import { type Answered, answerErrors, document, eligibilityErrors, requestErrors } from './api-document.ts'
import { base64, rawCall } from './raw-call.ts'
import { type Asked, startScriptedHub } from './scripted-hub.ts'
import { ask, openTrainingHub, type TrainingHub, today } from './training-hub.ts'

const personas = personasOn(testDay)

let training: TrainingHub

beforeAll(async () => {
  training = await openTrainingHub()
})
afterAll(() => training.close())

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  const result = await validator.validate(z.record(z.string(), z.unknown()).parse(document))
  expect(result).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
})

test('the document notices what is not in it', () => {
  expect(eligibilityErrors({ patientReference: 'p' })).not.toEqual([])
  expect(() => requestErrors('POST', '/v1/patients', {})).toThrow('no POST /v1/patients')
})

describe('the sandbox answers as the document says', () => {
  afterEach(() => training.hub.setFault(null))

  const expectDocumented = (answer: Answered) => expect(answerErrors(answer)).toEqual([])
  const sessionOf = z.object({ sessionId: z.string(), challenge: z.base64() })
  const open = async (persona: string) => {
    const { certificate } = training.card(persona)
    return rawCall(training, 'POST', '/v1/sessions', { certificate: base64(certificate), identification: 'pin' })
  }

  test.each(personas.map(({ id }) => id).filter((id) => id !== 'expired'))('to the card of %s', async (persona) => {
    const opened = await open(persona)
    expect(opened.status).toBe(201)
    expectDocumented(opened)
    const { sessionId, challenge } = sessionOf.parse(opened.body)
    const signature = base64(training.card(persona).sign(Buffer.from(challenge, 'base64')))
    const proved = await rawCall(training, 'POST', `/v1/sessions/${sessionId}/proof`, { signature })
    expect(proved.status).toBe(200)
    expectDocumented(proved)
    const answer = await rawCall(training, 'GET', `/v1/sessions/${sessionId}/eligibility?date=${today}`)
    expect(answer.status).toBe(200)
    expectDocumented(answer)
  })

  test('to what it refuses', async () => {
    const { sessionId } = sessionOf.parse((await open('none')).body)
    const refused = [
      await open('expired'),
      await rawCall(training, 'POST', '/v1/sessions', { certificate: 'AAAA', identification: 'pin' }),
      await rawCall(training, 'POST', '/v1/sessions', { certificate: 7 }),
      await rawCall(training, 'POST', '/v1/sessions', '{"certificate":'),
      await rawCall(training, 'POST', '/v1/sessions', ' '.repeat(100_000)),
      await rawCall(training, 'POST', '/v1/sessions/0123456789abcdef/proof', { signature: '' }),
      await rawCall(training, 'POST', `/v1/sessions/${sessionId}/proof`, { signature: 'AAAA' }),
      await rawCall(training, 'GET', `/v1/sessions/${sessionId}/eligibility?date=${today}`),
    ]
    expect(refused.map(({ status }) => status)).toEqual([422, 422, 400, 400, 413, 404, 422, 404])
    for (const answer of refused) expectDocumented(answer)
  })

  test('to a question about its health, and when it is told to fail', async () => {
    expectDocumented(await rawCall(training, 'GET', '/v1/health'))
    for (const fault of [{ kind: 'error' }, { kind: 'rateLimit', retryAfterS: 1 }] as const) {
      training.hub.setFault(fault)
      expectDocumented(await rawCall(training, 'GET', '/v1/health'))
    }
  })
})

test('the client asks as the document says', async () => {
  // Every question is passed on to the sandbox, so that the conversation goes to its end.
  const asked: Asked[] = []
  const session = {
    sessionId: '0123456789abcdef',
    challenge: base64(new Uint8Array(32)),
    expiresAt: '2026-11-23T09:00:00.000+09:00',
  }
  const person = {
    patientReference: 'p-1',
    name: '佐藤　美咲',
    nameKana: 'サトウ　ミサキ',
    dateOfBirth: '1979-04-12',
    sex: 'female',
  }
  const none = { status: 'none' }
  const answer = { patientReference: 'p-1', asOf: today, medicalSubsidy: none, vaccination: none, checkup: none }
  const scripted = await startScriptedHub(training.pki, (question) => {
    asked.push(question)
    if (question.url.includes('/proof')) return { body: JSON.stringify(person) }
    return { body: JSON.stringify(question.url.includes('/eligibility') ? answer : session) }
  })
  const result = await ask(training.connect({ url: scripted.url }), training.card('nanbyo'))
  expect(result.ok).toBe(true)
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'POST /v1/sessions',
    'POST /v1/sessions/0123456789abcdef/proof',
    `GET /v1/sessions/0123456789abcdef/eligibility?date=${today}`,
  ])
  for (const { method, url, headers, body } of asked) {
    if (method === 'GET') expect(body).toBe('')
    else {
      expect(headers['content-type']).toBe('application/json')
      expect(requestErrors(method, url, JSON.parse(body))).toEqual([])
    }
  }
  await scripted.close()
})
