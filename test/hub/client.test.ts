import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { personasOn } from '../../src-main/stand-ins/people/personas.ts'
import { testDay } from '../clock.ts'
import { startScriptedHub } from './scripted-hub.ts'
import { ask, codeOf, openTrainingHub, type TrainingHub, today, unwrap } from './training-hub.ts'

const personas = personasOn(testDay)

let training: TrainingHub

beforeAll(async () => {
  training = await openTrainingHub()
})
afterAll(() => training.close())

describe('one patient at the counter', () => {
  test('the card of a patient with 難病 brings the person and the certificate with every field, unjudged', async () => {
    const eligibility = unwrap(await ask(training.connect(), training.card('nanbyo')))
    expect(eligibility).toMatchObject({
      patient: { name: '佐藤　美咲', nameKana: 'サトウ　ミサキ', birthDate: '1979-04-12', sex: 'female' },
      asOf: today,
      source: 'pmh',
      answers: {
        medicalSubsidy: {
          state: 'present',
          items: [
            {
              certificateTypeId: 'NANBYO54',
              certificateSubKey: null,
              certificateName: '特定医療費（指定難病）受給者証',
              payerNumber: '54136015',
              recipientNumber: '5401609',
              validFrom: '2026-01-01',
              validTo: '2026-12-31',
              monthlyCapYen: 10_000,
              alwaysReimbursed: false,
              undisclosed: false,
              segment: null,
              incomeSegment: '一般所得Ⅰ',
              additionalConditions: null,
              historyKey: 'NB-0001-02',
              details: [
                { label: '疾病名', value: '潰瘍性大腸炎' },
                { label: '階層区分', value: '一般所得Ⅰ' },
                { label: '自己負担上限額', value: '月額10,000円' },
              ],
            },
          ],
        },
        vaccination: { state: 'absent' },
        checkup: { state: 'absent' },
      },
    })
  })

  test('the moment of the answer is the clinic clock, in Japanese time', async () => {
    const before = training.clock.now().getTime()
    const { fetchedAt } = unwrap(await ask(training.connect(), training.card('none')))
    expect(fetchedAt).toMatch(/\+09:00$/)
    expect(Date.parse(fetchedAt)).toBeGreaterThanOrEqual(before)
  })

  test('every sample patient gets the answer states of their story', async () => {
    const source = training.connect()
    const states: Record<string, string> = {}
    for (const { id } of personas) {
      const answer = await ask(source, training.card(id))
      states[id] = answer.ok
        ? Object.values(answer.value.answers)
            .map(({ state }) => state)
            .join(' ')
        : answer.error.code
    }
    expect(states).toEqual({
      nanbyo: 'present absent absent',
      'renewal-soon': 'absent absent absent',
      grace: 'absent absent absent',
      kodomo: 'present present present',
      'kosei-hitorioya': 'present absent absent',
      none: 'absent absent absent',
      withheld: 'withheld withheld withheld',
      ended: 'ended absent absent',
      gaiji: 'present absent absent',
      'last-try': 'present absent absent',
      blocked: 'absent absent absent',
      expired: 'CARD_CERTIFICATE_EXPIRED',
    })
  })

  test('a child brings the vouchers of the municipality', async () => {
    const { answers } = unwrap(await ask(training.connect(), training.card('kodomo')))
    expect(answers.vaccination).toMatchObject({
      state: 'present',
      items: [
        { name: '麻しん・風しん（MR）第2期', municipality: '東京都八王子市', validTo: '2027-03-31' },
        { name: '日本脳炎 第1期追加' },
      ],
    })
  })

  test('an ended benefit keeps its last day and what it was', async () => {
    const { answers } = unwrap(await ask(training.connect(), training.card('ended')))
    expect(answers.medicalSubsidy).toMatchObject({
      state: 'ended',
      endedOn: '2026-11-03',
      items: [{ payerNumber: '21136015', validTo: '2026-11-03' }],
    })
  })
})

describe('the connection', () => {
  const session = JSON.stringify({
    sessionId: 'a'.repeat(20),
    challenge: Buffer.alloc(32).toString('base64'),
    expiresAt: '2026-11-23T09:00:00.000+09:00',
  })

  test('it is TLS 1.3 and HTTP/1.1, opened ahead by warming up and then kept for the questions', async () => {
    const scripted = await startScriptedHub(training.pki, () => ({ body: session }))
    const source = training.connect({ url: scripted.url })
    await source.warmUp()
    expect(scripted.protocols).toEqual(['TLSv1.3 http/1.1'])
    for (let i = 0; i < 3; i++) unwrap(await source.openSession(new Uint8Array([0x30]), 'pin'))
    expect(scripted.protocols).toHaveLength(1)
    expect(scripted.asked.map(({ url }) => url)).toEqual(['/v1/health', ...Array(3).fill('/v1/sessions')])
    await scripted.close()
  })

  test('a hub that is down makes warming up quiet, not loud', async () => {
    await expect(training.connect({ url: 'https://127.0.0.1:1' }).warmUp()).resolves.toBeUndefined()
  })

  test('it is opened for a card that was laid, unless one is open, and whether that goes well says nothing of the line', async () => {
    const scripted = await startScriptedHub(training.pki, () => ({ body: session }))
    const source = training.connect({ url: scripted.url })
    await source.prepare()
    await source.prepare()
    expect(scripted.asked.map(({ url }) => url)).toEqual(['/v1/health'])
    unwrap(await source.openSession(new Uint8Array([0x30]), 'pin'))
    expect(scripted.protocols).toHaveLength(1)
    await scripted.close()
    const gone = training.connect({ url: 'https://127.0.0.1:1' })
    for (let i = 0; i < 5; i++) await gone.prepare()
    expect(gone.line().state).toBe('unknown')
  })

  test('a question that hangs does not hold up the next one', async () => {
    const scripted = await startScriptedHub(training.pki, ({ url }) =>
      url.includes('hang') ? null : { body: session },
    )
    const source = training.connect({ url: scripted.url, limits: { wholeMs: 2_000 } })
    const hanging = source.prove(
      { id: 'hang', challenge: new Uint8Array(32) },
      { method: 'pin', signature: new Uint8Array(256) },
    )
    expect(codeOf(await source.openSession(new Uint8Array([0x30]), 'pin'))).toBe('ok')
    await source.close()
    expect(codeOf(await hanging)).not.toBe('ok')
    await scripted.close()
  })

  test('a hub that lives below a path is asked there', async () => {
    const scripted = await startScriptedHub(training.pki, () => ({ body: session }))
    unwrap(await training.connect({ url: `${scripted.url}/pmh/clinic/` }).openSession(new Uint8Array([0x30]), 'pin'))
    expect(scripted.asked[0]?.url).toBe('/pmh/clinic/v1/sessions')
    await scripted.close()
  })
})
