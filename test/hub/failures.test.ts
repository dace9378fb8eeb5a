import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import tls, { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { failureClass, failureCodes, failureOrigin } from '../../src-main/ground/failures.ts'
import { transportCode } from '../../src-main/hub/pmh/failure.ts'
import type { Fault } from '../../src-main/stand-ins/hub/faults.ts'
import { startSandboxHub } from '../../src-main/stand-ins/hub/sandbox-hub.ts'
import { fault } from '../faults.ts'
import { outside } from '../outside.ts'
import { otherAuthority } from './other-authority.ts'
import { type ScriptedAnswer, startScriptedHub } from './scripted-hub.ts'
import { ask, codeOf, openTrainingHub, type TrainingHub, today, unwrap } from './training-hub.ts'

let training: TrainingHub
let impostor: Awaited<ReturnType<typeof otherAuthority>>

beforeAll(async () => {
  training = await openTrainingHub()
  impostor = await otherAuthority('C=JP, O=Elsewhere, CN=Other CA')
})
afterAll(() => training.close())

/** What the client makes of the hub's answer to the first question. */
async function codeAgainst(options: Parameters<TrainingHub['connect']>[0]): Promise<string> {
  const source = training.connect(options)
  const code = codeOf(await source.openSession(training.card('nanbyo').certificate, 'pin'))
  await source.close()
  return code
}

const listening = async (server: Server, host = '127.0.0.1'): Promise<string> => {
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return `https://${host}:${address.port}`
}

describe('a hub that misbehaves', () => {
  afterEach(() => training.hub.setFault(null))

  const cases: readonly [Fault, string][] = [
    [{ kind: 'error' }, 'HUB_ERROR'],
    [{ kind: 'rateLimit', retryAfterS: 30 }, 'HUB_RATE_LIMITED'],
    [{ kind: 'redirect' }, 'HUB_REFUSED'],
    [{ kind: 'notJson' }, 'HUB_ANSWER_INVALID'],
    [{ kind: 'wrongSchema' }, 'HUB_ANSWER_INVALID'],
    [{ kind: 'tooLarge' }, 'HUB_ANSWER_INVALID'],
    [{ kind: 'halfAnswer' }, 'HUB_ERROR'],
    [{ kind: 'hangUp' }, 'HUB_ERROR'],
  ]

  test.each(cases)('%o in any of the three calls is %s, and the next question works again', async (fault, code) => {
    const source = training.connect()
    const card = training.card('nanbyo')
    for (const call of ['sessions', 'proof', 'eligibility'] as const) {
      training.hub.setFault(fault, call)
      expect(codeOf(await ask(source, card))).toBe(code)
    }
    training.hub.setFault(null)
    expect(codeOf(await ask(source, card))).toBe('ok')
  })

  test('a failed question may be asked again in the same session: nothing happened yet', async () => {
    const source = training.connect()
    const card = training.card('nanbyo')
    const session = unwrap(await source.openSession(card.certificate, 'pin'))
    const signature = card.sign(session.challenge)
    training.hub.setFault({ kind: 'error' }, 'proof')
    expect(codeOf(await source.prove(session, { method: 'pin', signature }))).toBe('HUB_ERROR')
    training.hub.setFault(null)
    expect(codeOf(await source.prove(session, { method: 'pin', signature }))).toBe('ok')
  })

  test('too many questions: it says how long to wait', async () => {
    training.hub.setFault({ kind: 'rateLimit', retryAfterS: 30 })
    expect(await training.connect().openSession(training.card('nanbyo').certificate, 'pin')).toEqual({
      ok: false,
      error: { code: 'HUB_RATE_LIMITED', detail: { retryAfterS: 30 } },
    })
  })

  fault('hub', 'The hub says of every question that it may be asked again at once', {
    seen: 'HUB_RATE_LIMITED',
    detail: { retryAfterS: 1 },
    data: 'The hub is not stormed.',
    recovery: 'It is asked again after a second.',
  })
  test('a hub that could be asked again at once, and says so again and again, is still asked with a pause', async () => {
    training.hub.setFault({ kind: 'rateLimit', retryAfterS: 0 })
    expect(await training.connect().openSession(training.card('nanbyo').certificate, 'pin')).toEqual({
      ok: false,
      error: { code: 'HUB_RATE_LIMITED', detail: { retryAfterS: 1 } },
    })
    training.hub.setFault(null)
    const id = randomUUID()
    const page = {
      requeryId: id,
      state: 'running',
      total: 1,
      answered: 0,
      personsPerMinute: 60,
      items: [],
      nextCursor: '1',
    }
    const body = JSON.stringify({ ...page, expiresAt: '2026-11-24T09:00:00.000+09:00' })
    const scripted = await startScriptedHub(training.pki, () => ({ headers: { 'retry-after': '0' }, body }))
    const source = training.connect({ url: scripted.url })
    const read = await source.readRequery({ id, asOf: '2026-11-23', cursor: null })
    expect(read).toMatchObject({ ok: true, value: { items: [], retryAfterS: 1 } })
    await source.close()
    await scripted.close()
  })

  test('a slow hub is given up after the overall limit', async () => {
    training.hub.setFault({ kind: 'slow', ms: 20_000 })
    expect(await codeAgainst({ limits: { wholeMs: 200 } })).toBe('HUB_TIMEOUT')
  })

  test('a slow hub within the limits is waited for', async () => {
    training.hub.setFault({ kind: 'slow', ms: 100 })
    expect(await codeAgainst({})).toBe('ok')
  })

  test('no first byte in time is a timeout of its own', async () => {
    training.hub.setFault({ kind: 'slow', ms: 20_000 })
    expect(await codeAgainst({ limits: { firstByteMs: 200, wholeMs: 15_000 } })).toBe('HUB_TIMEOUT')
  })
})

describe('a hub that cannot be reached', () => {
  test('nobody listens', async () => {
    expect(await codeAgainst({ url: 'https://127.0.0.1:1' })).toBe('HUB_UNREACHABLE')
  })

  fault('dns', 'The hub’s name is not known to the name server', {
    seen: 'HUB_UNREACHABLE',
    data: 'Nothing is sent to anybody.',
    recovery: 'The check-in is begun again once the name is found.',
  })
  test('the name does not exist', async () => {
    expect(await codeAgainst({ url: 'https://hub.invalid' })).toBe('HUB_UNREACHABLE')
  })

  fault('dns', 'The name server does not answer, or has no address for the hub', {
    seen: 'HUB_UNREACHABLE',
    data: 'Nothing is sent to anybody.',
    recovery: 'The check-in is begun again; the line comes back by itself with the name server.',
  })
  test.each(['EAI_AGAIN', 'EAI_FAIL', 'ENODATA', 'ENETUNREACH', 'EHOSTUNREACH'])(
    'what the system says of the way there: %s',
    (code) => {
      expect(transportCode(Object.assign(new Error(code), { code, syscall: 'getaddrinfo' }))).toBe('HUB_UNREACHABLE')
    },
  )

  fault('dns', 'The line to the hub opens, and nobody speaks', {
    seen: 'HUB_TIMEOUT',
    data: 'Nothing is handed over.',
    recovery: 'The check-in is begun again.',
  })
  test('the line opens and nobody speaks', async () => {
    const mute = createServer()
    expect(await codeAgainst({ url: await listening(mute), limits: { connectMs: 200 } })).toBe('HUB_TIMEOUT')
    mute.close()
  })

  fault('dns', 'The line to the hub is cut while it is being set up', {
    seen: 'HUB_ERROR',
    data: 'Nothing is handed over.',
    recovery: 'The check-in is begun again.',
  })
  test('the line is cut while it is being set up', async () => {
    const cutting = createServer((socket) => socket.destroy())
    expect(await codeAgainst({ url: await listening(cutting) })).toBe('HUB_ERROR')
    cutting.close()
  })
})

describe('a hub that ends the handshake with a TLS alert (RFC 8446, section 6)', () => {
  fault('tls', 'The clinic’s certificate has ended or is revoked', {
    seen: 'HUB_CLIENT_REJECTED',
    data: 'Nothing is told about anybody.',
    recovery: 'Clinic IT puts in the new certificate.',
  })
  test.each([
    [40, 'handshake_failure', 'HUB_CLIENT_REJECTED'],
    [42, 'bad_certificate', 'HUB_CLIENT_REJECTED'],
    [44, 'certificate_revoked', 'HUB_CLIENT_REJECTED'],
    [45, 'certificate_expired', 'HUB_CLIENT_REJECTED'],
    [48, 'unknown_ca', 'HUB_CLIENT_REJECTED'],
    [49, 'access_denied', 'HUB_CLIENT_REJECTED'],
    [70, 'protocol_version', 'HUB_UNTRUSTED'],
    [80, 'internal_error', 'HUB_ERROR'],
    [112, 'unrecognized_name', 'HUB_UNTRUSTED'],
  ])('%i %s is %s', async (alert, _name, code) => {
    const refusing = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.end(Uint8Array.of(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, alert)))
    })
    expect(await codeAgainst({ url: await listening(refusing) })).toBe(code)
    refusing.close()
  })
})

describe('a hub that cannot show who it is', () => {
  const withServerCertificate = async (server: { certificate: string; key: string }) => {
    const { certificate: serverCertificate, key: serverKey } = server
    return startSandboxHub({
      pki: { ...training.pki, hub: { ...training.pki.hub, serverCertificate, serverKey } },
      clock: training.clock,
    })
  }

  fault('tls', 'The server at the hub’s address shows a certificate of another authority', {
    seen: 'HUB_UNTRUSTED',
    data: 'Nothing about a patient is sent.',
    recovery: 'Clinic IT looks at what stands between; nobody can click it away.',
  })
  test('a certificate of another CA', async () => {
    const hub = await withServerCertificate(await impostor.issue('CN=localhost'))
    expect(await codeAgainst({ url: hub.url })).toBe('HUB_UNTRUSTED')
    await hub.close()
  })

  test('a certificate of another CA with the name of ours', async () => {
    const copy = await otherAuthority('C=JP, O=Madoguchi Training, CN=Training Hub CA')
    const hub = await withServerCertificate(await copy.issue('CN=localhost'))
    expect(await codeAgainst({ url: hub.url })).toBe('HUB_UNTRUSTED')
    await hub.close()
  })

  fault('tls', 'A filter of the house decrypts, with an authority that the computer trusts', {
    seen: 'HUB_UNTRUSTED',
    data: 'Nothing about a patient is sent: only the hub’s own authority counts.',
    recovery: 'Clinic IT lets the hub’s address pass undecrypted.',
  })
  test('a certificate of a CA that this computer trusts, where our own list of CAs is empty', async () => {
    const before = getCACertificates('default')
    setDefaultCACertificates([training.pki.hub.ca])
    onTestFinished(() => setDefaultCACertificates(before))
    expect(await codeAgainst({ ca: '' })).toBe('HUB_UNTRUSTED')
  })

  fault('tls', 'The certificate of the hub has ended', {
    seen: 'HUB_UNTRUSTED',
    data: 'Nothing about a patient is sent.',
    recovery: 'The hub’s operator renews it; until then the paper certificate counts.',
  })
  test('a certificate out of date', async () => {
    const hub = await withServerCertificate(await impostor.issue('CN=localhost', new Date(Date.now() - 1_000)))
    expect(await codeAgainst({ url: hub.url, ca: impostor.ca })).toBe('HUB_UNTRUSTED')
    await hub.close()
  })

  test('a certificate for another purpose', async () => {
    const hub = await withServerCertificate(await impostor.issue('CN=localhost', undefined, 'clientAuth'))
    expect(await codeAgainst({ url: hub.url, ca: impostor.ca })).toBe('HUB_UNTRUSTED')
    await hub.close()
    const right = await withServerCertificate(await impostor.issue('CN=localhost', undefined, 'serverAuth'))
    expect(await codeAgainst({ url: right.url, ca: impostor.ca })).not.toBe('HUB_UNTRUSTED')
    await right.close()
  })

  fault('tls', 'The chain of the hub’s certificate is revoked, too long, or for another purpose', {
    seen: 'HUB_UNTRUSTED',
    data: 'Nothing about a patient is sent.',
    recovery: 'The hub’s operator mends it; nobody can click it away.',
  })
  test.each([
    'INVALID_CA',
    'INVALID_PURPOSE',
    'PATH_LENGTH_EXCEEDED',
    'HOSTNAME_MISMATCH',
    'CRL_HAS_EXPIRED',
    'UNSPECIFIED',
  ])('a chain that is refused with %s', (code) => {
    expect(transportCode(Object.assign(new Error(code), { code }))).toBe('HUB_UNTRUSTED')
  })

  fault('tls', 'The hub’s certificate stands for another name', {
    seen: 'HUB_UNTRUSTED',
    data: 'Nothing about a patient is sent.',
    recovery: 'Clinic IT mends the address in the settings, or what diverts it.',
  })
  test('the right certificate under another name', async () => {
    const port = Number(new URL(training.hub.url).port)
    const relay = createServer((inner) => {
      const outer = connect(port, '127.0.0.1')
      inner.pipe(outer).pipe(inner)
      for (const socket of [inner, outer]) socket.on('error', () => undefined)
    })
    expect(await codeAgainst({ url: await listening(relay, '127.0.0.2') })).toBe('HUB_UNTRUSTED')
    relay.close()
  })

  fault('tls', 'Something answers at the hub’s address without TLS', {
    seen: 'HUB_UNTRUSTED',
    data: 'Nothing about a patient is sent.',
    recovery: 'Clinic IT looks at what stands between (a login page of a network, a filter).',
  })
  test('no TLS at all', async () => {
    const plain = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\n'))
    })
    expect(await codeAgainst({ url: await listening(plain) })).toBe('HUB_UNTRUSTED')
    plain.close()
  })

  fault('tls', 'The other side speaks nothing newer than TLS 1.1', {
    seen: 'HUB_UNTRUSTED',
    data: 'Nothing about a patient is sent.',
    recovery: 'Clinic IT looks at what stands between; the hub speaks TLS 1.2 or newer.',
  })
  test('nothing newer than TLS 1.1', async () => {
    const { serverCertificate: cert, serverKey: key } = training.pki.hub
    const old = tls.createServer({
      cert,
      key,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    })
    old.on('tlsClientError', () => undefined)
    expect(await codeAgainst({ url: await listening(old) })).toBe('HUB_UNTRUSTED')
    old.close()
  })
})

describe('a hub that does not accept the clinic', () => {
  let strict: ChildProcess | undefined
  afterEach(() => strict?.kill())

  // Node closes the line without a word; other servers send the TLS alert that names the reason.
  const startOpenssl = async (...flags: string[]): Promise<string> => {
    const { folder, pki } = training
    await writeFile(join(folder, 'server.pem'), pki.hub.serverCertificate)
    await writeFile(join(folder, 'server-key.pem'), pki.hub.serverKey, { mode: 0o600 })
    const files = ['-cert', 'server.pem', '-key', 'server-key.pem', '-CAfile', 'hub-ca.pem']
    const server = spawn(
      outside('openssl'),
      ['s_server', '-accept', '127.0.0.1:0', ...files, '-Verify', '1', '-verify_return_error', '-www', ...flags],
      { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] },
    )
    strict = server
    for await (const text of server.stdout) {
      const port = /ACCEPT 127\.0\.0\.1:([0-9]+)/.exec(String(text))?.[1]
      if (port) return `https://127.0.0.1:${port}`
    }
    throw new Error('openssl s_server did not start')
  }

  fault('tls', 'The hub does not take the clinic’s certificate', {
    seen: 'HUB_CLIENT_REJECTED',
    data: 'Nothing is handed over.',
    recovery: 'Clinic IT puts in the certificate that was issued to this clinic.',
  })
  test.each(['-tls1_3', '-tls1_2'])('a client certificate of another CA (%s)', async (version) => {
    const url = await startOpenssl(version)
    const identity = await impostor.issue('CN=clinic')
    expect(await codeAgainst({ url, identity })).toBe('HUB_CLIENT_REJECTED')
  })

  fault('tls', 'The clinic’s certificate is trusted, and names no clinic', {
    seen: 'HUB_CLIENT_REJECTED',
    data: 'Nothing is told about anybody.',
    recovery: 'Clinic IT puts in the certificate that was issued to this clinic.',
  })
  test('a trusted client certificate that names no clinic', async () => {
    const hub = await startSandboxHub({
      pki: { ...training.pki, hub: { ...training.pki.hub, ca: `${training.pki.hub.ca}\n${impostor.ca}` } },
      clock: training.clock,
    })
    const identity = await impostor.issue('C=JP, CN=someone')
    expect(await codeAgainst({ url: hub.url, identity })).toBe('HUB_CLIENT_REJECTED')
    await hub.close()
  })

  fault('tls', 'The clinic’s key does not belong to its certificate', {
    seen: 'SETTINGS_INVALID',
    data: 'Nothing is sent.',
    recovery: 'Clinic IT puts in the pair that belongs together.',
  })
  test('a key that does not belong to our certificate is a matter of the settings', async () => {
    const { key } = await impostor.issue('CN=clinic')
    const certificate = training.pki.hub.clientCertificate
    expect(await codeAgainst({ identity: { certificate, key } })).toBe('SETTINGS_INVALID')
    expect(await codeAgainst({ identity: { certificate: 'not a certificate', key } })).toBe('SETTINGS_INVALID')
  })
})

describe('answers that no working hub gives', () => {
  const codeFor = async (answer: ScriptedAnswer) => {
    const scripted = await startScriptedHub(training.pki, () => answer)
    const code = await codeAgainst({ url: scripted.url })
    await scripted.close()
    return code
  }
  const session = {
    sessionId: 'a'.repeat(20),
    challenge: Buffer.alloc(32).toString('base64'),
    expiresAt: '2026-11-23T09:00:00.000+09:00',
  }
  const body = JSON.stringify(session)
  const problem = (status: number, code: string, headers = {}) => ({
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: JSON.stringify({ type: 'about:blank', title: 't', status, code }),
  })

  test('the right answer is taken, so that the others fail for their own reason', async () => {
    expect(await codeFor({ body })).toBe('ok')
    expect(await codeFor({ body, headers: { 'content-type': 'application/json; charset=utf-8' } })).toBe('ok')
  })

  fault('huge', 'The hub’s answer is a megabyte and more, or has headers without end', {
    seen: 'HUB_ANSWER_INVALID',
    data: 'It is cut off, and nothing of it is taken.',
    recovery: 'The check-in is begun again once the hub is mended.',
  })
  test.each([
    ['JSON under another name', { body, headers: { 'content-type': 'text/plain' } }],
    ['a body cut off with a fitting length', { body: body.slice(0, 40) }],
    ['nothing', { body: '' }],
    ['null', { body: 'null' }],
    ['compressed although nobody asked for it', { body: gzipSync(body), headers: { 'content-encoding': 'gzip' } }],
    ['text that is not UTF-8', { body: Buffer.from(`{"note":"\xff",${body.slice(1)}`, 'latin1') }],
    [
      'a challenge of 31 bytes',
      { body: JSON.stringify({ ...session, challenge: Buffer.alloc(31).toString('base64') }) },
    ],
    [
      'a session id that climbs out of its path',
      { body: JSON.stringify({ ...session, sessionId: '../../admin/x/../y' }) },
    ],
    ['a megabyte and a little', { body: `${body}${' '.repeat(1024 * 1024)}` }],
    ['headers without end', { body, headers: { 'x-long': 'x'.repeat(100_000) } }],
  ])('%s is HUB_ANSWER_INVALID', async (_name, answer) => {
    expect(await codeFor(answer)).toBe('HUB_ANSWER_INVALID')
  })

  fault('hub', 'The hub’s address answers with a redirect', {
    seen: 'HUB_REFUSED',
    data: 'It is not followed: nothing goes to another address.',
    recovery: 'Clinic IT puts the right address into the settings.',
  })
  test('a redirect is refused even if its body looks like an answer', async () => {
    expect(await codeFor({ status: 302, headers: { location: 'https://localhost:1/' }, body })).toBe('HUB_REFUSED')
  })

  fault('hub', 'The hub does not take the card (revoked)', {
    seen: 'HUB_CARD_REJECTED',
    data: 'Nothing is told about anybody.',
    recovery: 'The paper certificate is used; the municipality looks at the card.',
  })
  fault('hub', 'The hub refuses the question', {
    seen: 'HUB_REFUSED',
    data: 'Nothing is told about anybody.',
    recovery: 'Clinic IT asks the hub’s help desk with the number on the screen.',
  })
  test.each([
    [422, 'certificate_expired', 'CARD_CERTIFICATE_EXPIRED'],
    [422, 'certificate_invalid', 'CARD_CERTIFICATE_INVALID'],
    [422, 'certificate_not_trusted', 'HUB_CARD_REJECTED'],
    [422, 'certificate_unknown', 'HUB_PATIENT_UNKNOWN'],
    [422, 'signature_invalid', 'HUB_SIGNATURE_REJECTED'],
    [422, 'comparison_invalid', 'HUB_IDENTIFICATION_REFUSED'],
    [403, 'identification_not_allowed', 'HUB_IDENTIFICATION_REFUSED'],
    [403, 'pin_proof_needed', 'HUB_PIN_PROOF_NEEDED'],
    [404, 'session_unknown', 'HUB_SESSION_EXPIRED'],
    [404, 'patient_unknown', 'HUB_PATIENT_UNKNOWN'],
    [404, 'requery_unknown', 'HUB_REQUERY_UNKNOWN'],
    [404, 'record_unknown', 'HUB_RECORD_UNKNOWN'],
    [409, 'record_changed', 'HUB_RECORD_CHANGED'],
    [409, 'record_duplicate', 'HUB_RECORD_DUPLICATE'],
    [422, 'voucher_unknown', 'HUB_VOUCHER_UNKNOWN'],
    [422, 'idempotency_key_reused', 'HUB_REFUSED'],
    [403, 'client_not_allowed', 'HUB_CLIENT_REJECTED'],
    [429, 'rate_limited', 'HUB_RATE_LIMITED'],
    [400, 'request_invalid', 'HUB_REFUSED'],
    [404, 'not_found', 'HUB_REFUSED'],
    [418, 'something_new', 'HUB_REFUSED'],
    [400, 'constructor', 'HUB_REFUSED'],
    [500, 'internal', 'HUB_ERROR'],
    [503, 'something_new', 'HUB_ERROR'],
  ])('problem %i %s is %s', async (status, code, expected) => {
    expect(await codeFor(problem(status, code))).toBe(expected)
  })

  test('an error page without a problem document is judged by its status', async () => {
    const page = { headers: { 'content-type': 'text/html' }, body: '<html></html>' }
    expect(await codeFor({ ...page, status: 502 })).toBe('HUB_ERROR')
    expect(await codeFor({ ...page, status: 404 })).toBe('HUB_REFUSED')
  })

  test('a failure holds a code and nothing of what the hub wrote', async () => {
    const answer = { status: 503, headers: { 'retry-after': '7' }, body: '{"code":"x","title":"佐藤　美咲 54136015"}' }
    const scripted = await startScriptedHub(training.pki, () => answer)
    const result = await training.connect({ url: scripted.url }).openSession(new Uint8Array([0x30]), 'pin')
    expect(result).toEqual({ ok: false, error: { code: 'HUB_ERROR', detail: { retryAfterS: 7 } } })
    await scripted.close()
  })

  fault('patient', 'The hub answers about another patient, or another day', {
    seen: 'HUB_ANSWER_INVALID',
    data: 'Nothing of it is shown, stored or handed over.',
    recovery: 'The check-in is begun again; where it stays so, the hub’s help desk is called.',
  })
  test('an answer about another patient or another day is no answer', async () => {
    const none = { status: 'none' }
    const answer = { patientReference: 'p-1', asOf: today, medicalSubsidy: none, vaccination: none, checkup: none }
    let changed = {}
    const scripted = await startScriptedHub(training.pki, () => ({ body: JSON.stringify({ ...answer, ...changed }) }))
    const source = training.connect({ url: scripted.url })
    const patient = { ref: 'p-1', name: '佐藤', nameKana: 'サトウ', birthDate: '1979-04-12', sex: 'female' } as const
    const fetch = () => source.fetchEligibility({ id: 's', challenge: new Uint8Array(32) }, patient, today)
    expect(codeOf(await fetch())).toBe('ok')
    changed = { patientReference: 'p-2' }
    expect(codeOf(await fetch())).toBe('HUB_ANSWER_INVALID')
    changed = { asOf: '2026-11-22' }
    expect(codeOf(await fetch())).toBe('HUB_ANSWER_INVALID')
    await scripted.close()
  })

  test('what a broken line fails with may be tried again; what the hub decided may not', () => {
    const transient = ['HUB_UNREACHABLE', 'HUB_TIMEOUT', 'HUB_ERROR', 'HUB_RATE_LIMITED', 'HUB_SESSION_EXPIRED']
    const hubCodes = failureCodes.filter((code) => failureOrigin(code) === 'hub')
    expect(hubCodes.filter((code) => failureClass[code] === 'transient')).toEqual(transient)
  })
})
