import { execFile } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { clinicMoment } from '../../../src-main/ground/clock.ts'
import { startSandboxHub } from '../../../src-main/stand-ins/hub/sandbox-hub.ts'
import { personasOn } from '../../../src-main/stand-ins/people/personas.ts'
import { testDay } from '../../clock.ts'
import { fault } from '../../faults.ts'
import { otherAuthority } from '../../hub/other-authority.ts'
import { base64, rawCall } from '../../hub/raw-call.ts'
import { ask, codeOf, openTrainingHub, type TrainingHub, today, unwrap } from '../../hub/training-hub.ts'
import { outside } from '../../outside.ts'

const personas = personasOn(testDay)

let training: TrainingHub

beforeAll(async () => {
  training = await openTrainingHub()
})
afterAll(() => training.close())

const problemCode = (body: unknown) => z.object({ code: z.string() }).parse(body).code

describe('the certificate', () => {
  const present = async (certificate: Uint8Array) => {
    const { body } = await rawCall(training, 'POST', '/v1/sessions', {
      certificate: base64(certificate),
      identification: 'pin',
    })
    return problemCode(body)
  }

  test('out of date is refused', async () => {
    expect(await present(training.card('expired').certificate)).toBe('certificate_expired')
  })

  test('not valid yet is refused', async () => {
    const longAgo = { now: () => new Date(Date.now() - 500 * 86_400_000) }
    const hub = await startSandboxHub({ pki: training.pki, clock: longAgo })
    const opened = await training.connect({ url: hub.url }).openSession(training.card('nanbyo').certificate, 'pin')
    expect(codeOf(opened)).toBe('CARD_CERTIFICATE_INVALID')
    await hub.close()
  })

  test('issued by someone else under the name of the card CA is refused', async () => {
    const copy = await otherAuthority(
      'C=JP, O=JPKI, OU=JPKI for user authentication, OU=Japan Agency for Local Authority Information Systems',
    )
    const { der } = await copy.issue('C=JP, CN=ABCDEF')
    expect(await present(der)).toBe('certificate_not_trusted')
  })

  test('changed in its signed part is refused', async () => {
    const changed = Uint8Array.from(training.card('nanbyo').certificate)
    const name = Buffer.from(changed).lastIndexOf(Buffer.from('crl.training.invalid'))
    changed.set(Buffer.from('crl.training.invalib'), name)
    expect(await present(changed)).toBe('certificate_not_trusted')
  })

  test('that cannot be read is refused', async () => {
    expect(await present(training.card('nanbyo').certificate.subarray(0, 200))).toBe('certificate_invalid')
    expect(await present(new Uint8Array())).toBe('certificate_invalid')
  })

  fault('patient', 'The hub does not know the patient', {
    seen: 'HUB_PATIENT_UNKNOWN',
    data: 'Nothing is handed over.',
    recovery: 'The paper certificate is used.',
  })
  test('of a person the hub does not know is refused', async () => {
    const cards = new Map([...training.pki.cards].filter(([persona]) => persona !== 'nanbyo'))
    const hub = await startSandboxHub({ pki: { ...training.pki, cards }, clock: training.clock })
    const source = training.connect({ url: hub.url })
    expect(codeOf(await source.openSession(training.card('nanbyo').certificate, 'pin'))).toBe('HUB_PATIENT_UNKNOWN')
    expect(codeOf(await source.openSession(training.card('kodomo').certificate, 'pin'))).toBe('ok')
    await hub.close()
  })
})

describe('the proof', () => {
  const open = async (persona: string) => {
    const source = training.connect()
    const card = training.card(persona)
    const session = unwrap(await source.openSession(card.certificate, 'pin'))
    return { source, card, session }
  }

  test('challenges are 32 bytes and never the same', async () => {
    const { source, card } = await open('nanbyo')
    const challenges = new Set<string>()
    for (let i = 0; i < 20; i++) {
      const { challenge } = unwrap(await source.openSession(card.certificate, 'pin'))
      expect(challenge).toHaveLength(32)
      challenges.add(base64(challenge))
    }
    expect(challenges.size).toBe(20)
  })

  fault('patient', 'The proof is signed by another card than the question began with', {
    seen: 'HUB_SIGNATURE_REJECTED',
    data: 'Nothing is told about anybody.',
    recovery: 'The card is laid again, and the check-in is begun again.',
  })
  test('by another card is refused', async () => {
    const { source, session } = await open('nanbyo')
    const signature = training.card('kodomo').sign(session.challenge)
    expect(codeOf(await source.prove(session, { method: 'pin', signature }))).toBe('HUB_SIGNATURE_REJECTED')
  })

  test('over the challenge of another session is refused', async () => {
    const { source, card, session } = await open('nanbyo')
    const other = unwrap(await source.openSession(card.certificate, 'pin'))
    expect(codeOf(await source.prove(session, { method: 'pin', signature: card.sign(other.challenge) }))).toBe(
      'HUB_SIGNATURE_REJECTED',
    )
  })

  test('sent twice is refused: a challenge counts once', async () => {
    const { source, card, session } = await open('nanbyo')
    const signature = card.sign(session.challenge)
    expect(codeOf(await source.prove(session, { method: 'pin', signature }))).toBe('ok')
    expect(codeOf(await source.prove(session, { method: 'pin', signature }))).toBe('HUB_SESSION_EXPIRED')
  })

  test('that was wrong cannot be corrected in the same session', async () => {
    const { source, card, session } = await open('nanbyo')
    expect(codeOf(await source.prove(session, { method: 'pin', signature: new Uint8Array(256) }))).toBe(
      'HUB_SIGNATURE_REJECTED',
    )
    expect(codeOf(await source.prove(session, { method: 'pin', signature: card.sign(session.challenge) }))).toBe(
      'HUB_SESSION_EXPIRED',
    )
  })

  fault('hub', 'Somebody takes longer than the hub’s session lasts', {
    seen: 'HUB_SESSION_EXPIRED',
    data: 'Nothing is told about anybody.',
    recovery: 'The check-in is begun again.',
  })
  test('comes too late after five minutes, and so does the question', async () => {
    const { source, card, session } = await open('nanbyo')
    const proved = await open('kodomo')
    const patient = unwrap(
      await source.prove(proved.session, { method: 'pin', signature: proved.card.sign(proved.session.challenge) }),
    )
    training.passTime(5 * 60_000 + 1)
    expect(codeOf(await source.prove(session, { method: 'pin', signature: card.sign(session.challenge) }))).toBe(
      'HUB_SESSION_EXPIRED',
    )
    expect(codeOf(await source.fetchEligibility(proved.session, patient, today))).toBe('HUB_SESSION_EXPIRED')
  })

  test('is needed before anything is told', async () => {
    const { source, session } = await open('nanbyo')
    const patient = { ref: 'p', name: 'x', nameKana: 'x', birthDate: '1979-04-12', sex: 'female' } as const
    expect(codeOf(await source.fetchEligibility(session, patient, today))).toBe('HUB_SESSION_EXPIRED')
  })

  test('a question without a real day is refused', async () => {
    const { source, card, session } = await open('nanbyo')
    unwrap(await source.prove(session, { method: 'pin', signature: card.sign(session.challenge) }))
    for (const query of ['', '?date=2026-02-30', '?date=tomorrow', '?date=2026-11-23&date=2026-11-24']) {
      const answer = await rawCall(training, 'GET', `/v1/sessions/${session.id}/eligibility${query}`)
      expect([answer.status, problemCode(answer.body)]).toEqual([400, 'request_invalid'])
    }
  })
})

describe('a comparison of faces', () => {
  const minutes = (count: number) => count * 60_000
  const now = () => training.clock.now().getTime()
  const at = (time: number) => clinicMoment(new Date(time))
  const openVisual = async () => {
    const source = training.connect()
    const session = unwrap(await source.openSession(training.card('nanbyo').certificate, 'visual'))
    return { source, session }
  }

  test('proves the person, and opens the answer', async () => {
    const { source, session } = await openVisual()
    const patient = unwrap(await source.prove(session, { method: 'visual', comparedAt: at(now()) }))
    expect(patient.name).toBe('佐藤　美咲')
    expect(codeOf(await source.fetchEligibility(session, patient, today))).toBe('ok')
  })

  test.each([
    ['before the session', -minutes(3)],
    ['in the future', minutes(3)],
  ])('%s is refused', async (_, offset) => {
    const { source, session } = await openVisual()
    const proof = { method: 'visual', comparedAt: at(now() + offset) } as const
    expect(codeOf(await source.prove(session, proof))).toBe('HUB_IDENTIFICATION_REFUSED')
  })

  test('does not stand for a PIN, nor a PIN for it', async () => {
    const source = training.connect()
    const card = training.card('nanbyo')
    const session = unwrap(await source.openSession(card.certificate, 'pin'))
    expect(codeOf(await source.prove(session, { method: 'visual', comparedAt: at(now()) }))).toBe('HUB_REFUSED')
    const visual = await openVisual()
    const signature = card.sign(visual.session.challenge)
    expect(codeOf(await visual.source.prove(visual.session, { method: 'pin', signature }))).toBe('HUB_REFUSED')
  })

  test('is refused by a hub that does not take it from clinics', async () => {
    training.hub.refuseVisual(true)
    const opened = await training.connect().openSession(training.card('nanbyo').certificate, 'visual')
    training.hub.refuseVisual(false)
    expect(codeOf(opened)).toBe('HUB_IDENTIFICATION_REFUSED')
  })
})

describe('the person', () => {
  test('has one reference for all visits, which tells nothing', async () => {
    const source = training.connect()
    const refs = new Set<string>()
    for (const { id } of personas.filter(({ certificate }) => certificate !== 'expired')) {
      const first = unwrap(await ask(source, training.card(id))).patient.ref
      expect(unwrap(await ask(source, training.card(id))).patient.ref).toBe(first)
      expect(Buffer.from(first, 'base64url').toString('latin1')).not.toContain(id)
      refs.add(first)
    }
    expect(refs.size).toBe(personas.length - 1)
  })

  test('is the same after the hub was started again', async () => {
    const again = await startSandboxHub({ pki: training.pki, clock: training.clock })
    const refs = [training.connect(), training.connect({ url: again.url })].map(async (source) => {
      return unwrap(await ask(source, training.card('nanbyo'))).patient.ref
    })
    const [first, second] = await Promise.all(refs)
    expect(first).toBe(second)
    await again.close()
  })
})

describe('the line, seen by openssl', () => {
  const client = ['-cert', 'client.pem', '-key', 'client-key.pem']
  /** The handshake's report and the answer to a question about the hub's health. */
  const openssl = (...flags: string[]) =>
    new Promise<string>((resolve) => {
      const { port } = new URL(training.hub.url)
      const child = execFile(
        outside('openssl'),
        ['s_client', '-connect', `127.0.0.1:${port}`, '-CAfile', 'hub-ca.pem', '-ign_eof', ...flags],
        { cwd: training.folder, timeout: 10_000 },
        (_error, stdout, stderr) => resolve(`${stdout}${stderr}`),
      )
      child.stdin?.on('error', () => undefined)
      child.stdin?.end('GET /v1/health HTTP/1.0\r\n\r\n')
    })

  test.each([
    ['-tls1_3', 'TLSv1.3'],
    ['-tls1_2', 'TLSv1.2'],
  ])('%s with the clinic certificate is served, and the hub certificate verifies', async (flag, name) => {
    const report = await openssl(flag, ...client, '-verify_return_error', '-verify_ip', '127.0.0.1')
    expect(report).toContain('Verify return code: 0 (ok)')
    expect(report).toContain(`New, ${name}`)
    expect(report).toContain('{"status":"ok"}')
  })

  test('TLS 1.1 is not served', async () => {
    const report = await openssl('-tls1_1', '-cipher', 'DEFAULT:@SECLEVEL=0', ...client)
    expect(report).toMatch(/alert protocol version|unsupported protocol/)
    expect(report).not.toContain('HTTP/1.1')
  })

  test.each(['-tls1_3', '-tls1_2'])('%s without a client certificate is not served', async (flag) => {
    const report = await openssl(flag)
    expect(report).toMatch(/alert (certificate required|handshake failure)/)
    expect(report).not.toContain('HTTP/1.1')
  })
})
