// Re-queries, records and the scheme master, asked of the real sandbox hub; what the document says is checked as well.
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { CheckupEntry, DoseEntry, RegistrationChange } from '../../src-main/eligibility/registrations.ts'
import type { RequeryItem, RequeryPage } from '../../src-main/hub/requeries.ts'
import { fault } from '../faults.ts'
import { requestErrors } from './api-document.ts'
import { startScriptedHub } from './scripted-hub.ts'
import { ask, codeOf, openTrainingHub, type TrainingHub, today, unwrap } from './training-hub.ts'

let training: TrainingHub
beforeAll(async () => {
  training = await openTrainingHub()
})
afterAll(() => training.close())
afterEach(() => training.hub.setFault(null))

/** The sample patients with their references at this clinic. */
async function known(...personas: string[]) {
  const source = training.connect()
  const answers = []
  for (const persona of personas) answers.push(unwrap(await ask(source, training.card(persona))))
  return { source, answers, refs: answers.map(({ patient }) => patient.ref) }
}

describe('a re-query', () => {
  test('brings each patient the very answer that the card would bring, and says who is not known', async () => {
    const { source, answers, refs } = await known('nanbyo', 'kodomo', 'withheld')
    const stranger = 'x'.repeat(43)
    const asked = { key: randomUUID(), asOf: today, patientRefs: [...refs, stranger] }
    const opened = unwrap(await source.openRequery(asked))
    expect(opened).toMatchObject({ isFinished: false, total: 4, answered: 0, perMinute: 600 })
    expect(opened.retryAfterS).toBeGreaterThan(0)
    training.passTime(60_000)
    const page = unwrap(await source.readRequery({ id: opened.id, asOf: today, cursor: null }))
    expect(page).toMatchObject({ isFinished: true, answered: 4, nextCursor: null })
    const undated = ({ fetchedAt: _, ...rest }: { readonly fetchedAt: string }) => rest
    expect(page.items.map((item) => ('answer' in item ? undated(item.answer) : item))).toEqual([
      ...answers.map(({ patient: _, ...answer }) => undated(answer)),
      { outcome: 'unknown', patientRef: stranger },
    ])
    await source.close()
  })

  test('of more patients than a page holds is read on from its cursor, each patient once', async () => {
    const { source } = await known('nanbyo')
    const patientRefs = Array.from({ length: 60 }, (_, index) => `${index}`.padStart(43, 'x'))
    const { id } = unwrap(await source.openRequery({ key: randomUUID(), asOf: today, patientRefs }))
    training.passTime(60_000)
    const items: RequeryItem[] = []
    for (let cursor: string | null = null, pages = 0; pages === 0 || cursor !== null; pages++) {
      const page: RequeryPage = unwrap(await source.readRequery({ id, asOf: today, cursor }))
      items.push(...page.items)
      cursor = page.nextCursor
      expect(pages).toBeLessThan(5)
    }
    expect(items.map(({ patientRef }) => patientRef)).toEqual(patientRefs)
    await source.close()
  })

  test('sent twice under one key is one re-query; a second one has to wait for it', async () => {
    const { source } = await known('nanbyo')
    // Longer under way than any machine takes for this.
    const patientRefs = Array.from({ length: 2_000 }, (_, index) => `${index}`.padStart(43, 'x'))
    const asked = { key: randomUUID(), asOf: today, patientRefs }
    const { id } = unwrap(await source.openRequery(asked))
    expect(unwrap(await source.openRequery(asked)).id).toBe(id)
    const second = await source.openRequery({ ...asked, key: randomUUID() })
    expect(second).toMatchObject({ ok: false, error: { code: 'HUB_RATE_LIMITED' } })
    const waitS = second.ok ? 0 : Number(second.error.detail?.retryAfterS)
    expect(waitS).toBeGreaterThan(60)
    expect(waitS).toBeLessThanOrEqual(200)
    training.passTime(240_000)
    await source.close()
  })

  test('whose opening was lost on the way back is opened once', async () => {
    const { source, refs } = await known('kodomo')
    await training.hub.setFault({ kind: 'answerLost' }, 'requeries')
    const asked = { key: randomUUID(), asOf: today, patientRefs: refs }
    expect(codeOf(await source.openRequery(asked))).toBe('HUB_ERROR')
    await training.hub.setFault(null)
    expect(codeOf(await source.openRequery(asked))).toBe('ok')
    training.passTime(60_000)
    await source.close()
  })

  fault('hub', 'The answers about tomorrow’s bookings were left for too long at the hub', {
    seen: 'HUB_REQUERY_UNKNOWN',
    data: 'What was read already is kept.',
    recovery: 'Those without an answer are asked about anew.',
  })
  test('that ran out, or is another clinic’s, is HUB_REQUERY_UNKNOWN', async () => {
    const { source } = await known('nanbyo')
    expect(codeOf(await source.readRequery({ id: randomUUID(), asOf: today, cursor: null }))).toBe(
      'HUB_REQUERY_UNKNOWN',
    )
    await source.close()
  })

  test('with answers about another day or to another re-query has no answer', async () => {
    const { source, refs } = await known('nanbyo')
    const { id } = unwrap(await source.openRequery({ key: randomUUID(), asOf: today, patientRefs: refs }))
    training.passTime(60_000)
    expect(codeOf(await source.readRequery({ id, asOf: today, cursor: null }))).toBe('ok')
    expect(codeOf(await source.readRequery({ id, asOf: '2026-11-24', cursor: null }))).toBe('HUB_ANSWER_INVALID')
    await source.close()
  })

  test('that the hub cannot answer leaves the line for the counter alone', async () => {
    const { source } = await known('nanbyo')
    await training.hub.setFault({ kind: 'error' }, 'requeries')
    for (let time = 0; time < 3; time++) {
      const asked = { key: randomUUID(), asOf: today, patientRefs: ['x'.repeat(43)] }
      expect(codeOf(await source.openRequery(asked))).toBe('HUB_ERROR')
    }
    expect(source.line().state).toBe('up')
    await source.close()
  })
})

describe('a record', () => {
  /** A dose of a voucher that the child has. */
  async function doseOf(persona = 'kodomo') {
    const { source, answers, refs } = await known(persona)
    const vouchers = answers[0]?.answers.vaccination
    const [voucher] = vouchers?.state === 'present' ? vouchers.items : []
    if (!voucher?.vaccineCode || !refs[0]) throw new Error('the sample has a voucher')
    const dose: DoseEntry = {
      voucherId: voucher.id,
      vaccineCode: voucher.vaccineCode,
      doseNumber: voucher.doseNumber ?? 1,
      givenOn: today,
      lotNumber: 'AB123',
      site: 'leftUpperArm',
      doseMl: 0.5,
      physician: '山本　健',
    }
    const register: RegistrationChange = { action: 'register', patientRef: refs[0], content: { dose } }
    return { source, dose, register }
  }

  fault('hub', 'A registration is corrected that somebody else has corrected meanwhile', {
    seen: 'HUB_RECORD_CHANGED',
    data: 'The other correction stays.',
    recovery: 'The patient is asked about again, and the new state is corrected.',
  })
  test('is registered once however often it is sent, corrected as a new version, and cancelled', async () => {
    const { source, dose, register } = await doseOf()
    const key = randomUUID()
    const registered = unwrap(await source.changeRegistration(key, register))
    expect(registered).toMatchObject({ state: 'registered', handle: { version: 1 } })
    expect(unwrap(await source.changeRegistration(key, register))).toEqual(registered)
    expect(codeOf(await source.changeRegistration(randomUUID(), register))).toBe('HUB_RECORD_DUPLICATE')

    const correction: RegistrationChange = {
      action: 'correct',
      handle: registered.handle,
      content: { dose: { ...dose, lotNumber: 'AB124', doseMl: null, physician: null } },
    }
    const corrected = unwrap(await source.changeRegistration(randomUUID(), correction))
    expect(corrected.handle).toEqual({ recordId: registered.handle.recordId, version: 2 })
    expect(codeOf(await source.changeRegistration(randomUUID(), correction))).toBe('HUB_RECORD_CHANGED')
    const history = unwrap(await ask(source, training.card('kodomo'))).history
    expect(history?.doses?.find(({ handle }) => handle?.version === 2)).toMatchObject({ lotNumber: 'AB124' })

    const cancel: RegistrationChange = { action: 'cancel', handle: corrected.handle }
    expect(unwrap(await source.changeRegistration(randomUUID(), cancel)).state).toBe('cancelled')
    await source.close()
  })

  fault('hub', 'The line breaks after the hub has taken a registration', {
    seen: 'HUB_ERROR',
    data: 'The registration is there once, however often it is sent.',
    recovery: 'It is sent again by itself under its key.',
  })
  test.each(['answerLost', 'halfAnswer'] as const)(
    'that was taken before the line broke (%s) is not taken twice',
    async (kind) => {
      const { source, register } = await doseOf()
      await training.hub.setFault({ kind }, 'records')
      const key = randomUUID()
      expect(codeOf(await source.changeRegistration(key, register))).toBe('HUB_ERROR')
      await training.hub.setFault(null)
      const { handle } = unwrap(await source.changeRegistration(key, register))
      expect(handle.version).toBe(1)
      unwrap(await source.changeRegistration(randomUUID(), { action: 'cancel', handle }))
      await source.close()
    },
  )

  fault('hub', 'A registration is cancelled that the hub does not have', {
    seen: 'HUB_RECORD_UNKNOWN',
    data: 'Nothing is changed at the hub.',
    recovery: 'The patient is asked about again, and the registration is looked at.',
  })
  test('that cannot be is refused with its reason', async () => {
    const { source, dose, register } = await doseOf()
    const codeFor = async (change: RegistrationChange) => codeOf(await source.changeRegistration(randomUUID(), change))
    expect(await codeFor({ ...register, content: { dose: { ...dose, voucherId: 'no-such-voucher' } } })).toBe(
      'HUB_VOUCHER_UNKNOWN',
    )
    expect(await codeFor({ action: 'register', patientRef: 'x'.repeat(43), content: { dose } })).toBe(
      'HUB_PATIENT_UNKNOWN',
    )
    const handle = { recordId: randomUUID(), version: 1 }
    expect(await codeFor({ action: 'cancel', handle })).toBe('HUB_RECORD_UNKNOWN')
    const key = randomUUID()
    unwrap(await source.changeRegistration(key, register))
    expect(codeOf(await source.changeRegistration(key, { action: 'cancel', handle }))).toBe('HUB_REFUSED')
    await source.close()
  })

  test('of every kind is written as the document says', async () => {
    const receipt = { recordId: randomUUID(), version: 1, state: 'registered', acceptedAt: '2026-11-23T09:00:00+09:00' }
    const scripted = await startScriptedHub(training.pki, () => ({ status: 201, body: JSON.stringify(receipt) }))
    const source = training.connect({ url: scripted.url })
    const { dose } = await doseOf()
    const checkup: CheckupEntry = {
      voucherId: null,
      checkupCode: 'child3Years',
      doneOn: today,
      result: 'observation',
      measurements: [{ item: '身長', value: '95.2 cm' }],
      physician: null,
    }
    const handle = { recordId: randomUUID(), version: 1 }
    const changes: RegistrationChange[] = [
      { action: 'register', patientRef: 'p-1', content: { dose } },
      { action: 'register', patientRef: 'p-1', content: { checkup } },
      { action: 'correct', handle, content: { dose: { ...dose, voucherId: null, doseMl: null, physician: null } } },
      { action: 'correct', handle, content: { checkup } },
      { action: 'cancel', handle },
    ]
    for (const change of changes) unwrap(await source.changeRegistration(randomUUID(), change))
    expect(scripted.asked.map(({ method, url, body }) => requestErrors(method, url, JSON.parse(body)))).toEqual(
      changes.map(() => []),
    )
    expect(new Set(scripted.asked.map(({ headers }) => headers['idempotency-key'])).size).toBe(changes.length)
    await source.close()
    await scripted.close()
  })
})

describe('the scheme master', () => {
  test('comes whole the first time, and not again while it is the newest', async () => {
    const source = training.connect()
    const first = unwrap(await source.fetchSchemes(null))
    expect(first?.master.national).toContainEqual(expect.objectContaining({ code: '54', source: 'hub' }))
    expect(first?.master.local[0]).toMatchObject({ payerNumber: expect.stringMatching(/^[0-9]{8}$/), validTo: null })
    expect(unwrap(await source.fetchSchemes(first?.etag ?? ''))).toBeNull()
    expect(unwrap(await source.fetchSchemes('"another"'))).toEqual(first)
    await source.close()
  })

  test('that is said to be the newest to somebody who holds none is no answer', async () => {
    const scripted = await startScriptedHub(training.pki, () => ({ status: 304, body: '' }))
    const source = training.connect({ url: scripted.url })
    expect(codeOf(await source.fetchSchemes(null))).toBe('HUB_ANSWER_INVALID')
    expect(codeOf(await source.openSession(new Uint8Array([0x30]), 'pin'))).toBe('HUB_ANSWER_INVALID')
    await source.close()
    await scripted.close()
  })
})

describe('a tap', () => {
  test('counts for a card whose PIN was proved here before, and for no other', async () => {
    const source = training.connect()
    const card = training.card('gaiji')
    expect(codeOf(await source.openSession(card.certificate, 'tap'))).toBe('HUB_PIN_PROOF_NEEDED')
    const { patient } = unwrap(await ask(source, card))
    const session = unwrap(await source.openSession(card.certificate, 'tap'))
    const readAt = training.clock.now().toISOString()
    expect(unwrap(await source.prove(session, { method: 'tap', readAt }))).toEqual(patient)
    await source.close()
  })
})
