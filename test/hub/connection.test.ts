// The ways to the hub: through a proxy, with a PKCS#12 file, with a stopped question, with clocks that differ.
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { readHubAccess } from '../../src-main/settings/hub-access.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { fault } from '../faults.ts'
import { outside } from '../outside.ts'
import { eventually, must, temporaryFolder } from '../support.ts'
import { startScriptedHub } from './scripted-hub.ts'
import { ask, codeOf, openTrainingHub, type TrainingHub, unwrap } from './training-hub.ts'

let training: TrainingHub
beforeAll(async () => {
  training = await openTrainingHub()
})
afterAll(() => training.close())

/** A real CONNECT proxy that notes where it was asked to go; `user` as `name:password`. */
async function startProxy({ user, refuse }: { user?: string; refuse?: number } = {}) {
  const asked: string[] = []
  const proxy = createServer()
  proxy.on('connect', (request, client) => {
    const wanted = user && `Basic ${Buffer.from(user).toString('base64')}`
    const status = refuse ?? (wanted && request.headers['proxy-authorization'] !== wanted ? 407 : 200)
    if (status !== 200) return client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`)
    asked.push(String(request.url))
    const [host = '', port = ''] = String(request.url).split(':')
    const hub = connect(Number(port), host, () => client.write('HTTP/1.1 200 OK\r\n\r\n'))
    hub.pipe(client).pipe(hub)
    hub.on('error', () => client.destroy())
    client.on('error', () => hub.destroy())
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  onTestFinished(() => void proxy.close())
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return { url: `http://${user ? `${user}@` : ''}127.0.0.1:${address.port}`, asked }
}

describe('a proxy', () => {
  test('is told where to connect and carries the whole conversation, still with our own certificate', async () => {
    const proxy = await startProxy({ user: 'clinic:pass' })
    const source = training.connect({ proxy: proxy.url })
    expect(codeOf(await ask(source, training.card('nanbyo')))).toBe('ok')
    expect(new Set(proxy.asked)).toEqual(new Set([new URL(training.hub.url).host]))
    await source.close()
  })

  fault('dns', 'The proxy of the house lets nobody through', {
    seen: 'HUB_PROXY_REFUSED',
    data: 'Nothing is handed over.',
    recovery: 'Clinic IT mends the proxy or its password in the settings.',
  })
  test.each([403, 407])('that answers %i is a thing for clinic IT, not a hub that is down', async (refuse) => {
    const proxy = await startProxy({ refuse })
    const source = training.connect({ proxy: proxy.url })
    expect(codeOf(await source.openSession(training.card('nanbyo').certificate, 'pin'))).toBe('HUB_PROXY_REFUSED')
    await source.close()
  })

  fault('dns', 'The proxy is not there', {
    seen: 'HUB_UNREACHABLE',
    data: 'Nothing is handed over.',
    recovery: 'The check-in is begun again once the proxy is there.',
  })
  test('that is not there is an unreachable hub', async () => {
    const source = training.connect({ proxy: 'http://127.0.0.1:1' })
    expect(codeOf(await source.openSession(training.card('nanbyo').certificate, 'pin'))).toBe('HUB_UNREACHABLE')
    await source.close()
  })
})

describe('the settings of the connection', () => {
  const load = async (hub: object, environment: Record<string, string> = {}) => {
    const dataDir = temporaryFolder()
    writeFileSync(join(dataDir, 'ca.pem'), training.pki.hub.ca)
    writeFileSync(join(dataDir, 'client.pem'), training.pki.hub.clientCertificate)
    writeFileSync(join(dataDir, 'key.pem'), training.pki.hub.clientKey)
    writeFileSync(join(dataDir, 'passphrase'), '合言葉 pass\n')
    if ('clientPfxFile' in hub) {
      const keys = ['-in', 'client.pem', '-inkey', 'key.pem', '-out', 'client.p12', '-passout', 'file:passphrase']
      execFileSync(outside('openssl'), ['pkcs12', '-export', ...keys], { cwd: dataDir, stdio: 'pipe' })
    }
    const content = { mode: 'live', destinations: [], hub: { url: training.hub.url, caFile: 'ca.pem', ...hub } }
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(content))
    const settings = await loadSettings(dataDir)
    if (!settings.ok) return settings
    const { hub: loaded } = settings.value
    if (!loaded) throw new Error('no hub')
    return readHubAccess(loaded, { environment, system: null })
  }
  const pem = { clientCertificateFile: 'client.pem', clientKeyFile: 'key.pem' }
  const pfx = { clientPfxFile: 'client.p12', clientPassphraseFile: 'passphrase' }

  test('take a PKCS#12 file that openssl made, and the hub takes us by it', async () => {
    const { identity } = must(await load(pfx))
    const source = training.connect({ identity })
    expect(codeOf(await ask(source, training.card('nanbyo')))).toBe('ok')
    const ends = new Date(
      /notAfter=(.*)/.exec(
        execFileSync(outside('openssl'), ['x509', '-noout', '-enddate'], {
          input: training.pki.hub.clientCertificate,
          encoding: 'utf8',
        }),
      )?.[1] ?? '',
    )
    expect(source.line().identityEnds).toEqual(ends)
    await source.close()
  })

  fault('settings', 'The variable with the hub’s passphrase is not set', {
    seen: 'SECRET_NOT_SET',
    detail: { variable: 'PMH_PASSPHRASE' },
    data: 'Nothing is sent.',
    recovery: 'The variable is set, and the desk is started again.',
  })
  test('take its passphrase from the environment as well, and name the variable that is not set', async () => {
    const byVariable = { clientPfxFile: 'client.p12', clientPassphrase: { env: 'PMH_PASSPHRASE' } }
    const { identity } = must(await load(byVariable, { PMH_PASSPHRASE: '合言葉 pass' }))
    expect(identity).toEqual({ pfx: expect.any(Uint8Array), passphrase: '合言葉 pass' })
    const unset = fail('SECRET_NOT_SET', { variable: 'PMH_PASSPHRASE' })
    expect([await load(byVariable), await load(byVariable, { PMH_PASSPHRASE: '' })]).toEqual([unset, unset])
  })

  fault('settings', 'The passphrase of the clinic’s certificate is wrong', {
    seen: 'SETTINGS_INVALID',
    detail: { field: 'hub.clientPassphraseFile' },
    data: 'Nothing is sent.',
    recovery: 'Clinic IT puts in the right one.',
  })
  test('with a wrong passphrase are a wrong setting', async () => {
    const identity = { pfx: readFileSync(await pkcs12()), passphrase: 'another' }
    const source = training.connect({ identity })
    expect(codeOf(await source.openSession(training.card('nanbyo').certificate, 'pin'))).toBe('SETTINGS_INVALID')
    await source.close()
  })

  async function pkcs12(): Promise<string> {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'all.pem'), `${training.pki.hub.clientCertificate}\n${training.pki.hub.clientKey}`)
    execFileSync(
      outside('openssl'),
      ['pkcs12', '-export', '-in', 'all.pem', '-out', 'c.p12', '-passout', 'pass:right'],
      {
        cwd: folder,
        stdio: 'pipe',
      },
    )
    return join(folder, 'c.p12')
  }

  test.each<[object, Record<string, string>, string | null]>([
    [{}, {}, null],
    [{}, { HTTPS_PROXY: 'http://proxy:3128' }, 'http://proxy:3128'],
    [{}, { https_proxy: 'http://proxy:3128' }, 'http://proxy:3128'],
    [{}, { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'example.jp, 127.0.0.1' }, null],
    [{}, { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '.0.1' }, null],
    [{}, { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '*' }, null],
    [{}, { HTTPS_PROXY: 'not an address' }, null],
    [{ proxy: 'none' }, { HTTPS_PROXY: 'http://proxy:3128' }, null],
    [{ proxy: 'http://other:8080' }, { HTTPS_PROXY: 'http://proxy:3128' }, 'http://other:8080'],
  ])('%j with %j go through %s', async (hub, environment, proxy) => {
    expect(must(await load({ ...pem, ...hub }, environment)).proxy).toBe(proxy)
  })

  test('name the file that cannot be read', async () => {
    for (const [hub, field] of [
      [{ ...pem, caFile: 'gone' }, 'caFile'],
      [{ ...pem, clientKeyFile: 'gone' }, 'clientKeyFile'],
      [{ ...pem, clientCertificateFile: 'gone' }, 'clientCertificateFile'],
      [{ ...pfx, clientPfxFile: 'gone' }, 'clientPfxFile'],
      [{ ...pfx, clientPassphraseFile: 'gone' }, 'clientPassphraseFile'],
    ] as const) {
      expect(await load(hub)).toEqual({
        ok: false,
        error: { code: 'SETTINGS_INVALID', detail: { field: `hub.${field}` } },
      })
    }
  })
})

describe('a question', () => {
  const session = JSON.stringify({
    sessionId: 'a'.repeat(20),
    challenge: Buffer.alloc(32).toString('base64'),
    expiresAt: '2026-11-23T09:00:00.000+09:00',
  })

  test('is taken back when the visit is stopped', async () => {
    const scripted = await startScriptedHub(training.pki, () => null)
    const source = training.connect({ url: scripted.url })
    const stop = new AbortController()
    const asking = source.openSession(new Uint8Array([0x30]), 'pin', stop.signal)
    await eventually('the hub is asked', () => scripted.asked.length === 1)
    stop.abort()
    expect(codeOf(await asking)).toBe('VISIT_CANCELLED')
    await source.close()
    await scripted.close()
  })

  test('given up while all connections were busy is never sent', async () => {
    const scripted = await startScriptedHub(training.pki, () => null)
    const source = training.connect({ url: scripted.url })
    const hang = new AbortController()
    const hanging = Array.from({ length: 4 }, () => source.openSession(new Uint8Array([0x30]), 'pin', hang.signal))
    await eventually('the hub is asked', () => scripted.asked.length === 4)
    const stop = new AbortController()
    const waiting = source.openSession(new Uint8Array([0x31]), 'pin', stop.signal)
    // It has got as far as the queue.
    await new Promise(setImmediate)
    stop.abort()
    expect(codeOf(await waiting)).toBe('VISIT_CANCELLED')
    hang.abort()
    for (const asking of hanging) expect(codeOf(await asking)).toBe('VISIT_CANCELLED')
    // A connection is free again, and takes the next question, not the one given up.
    const last = new AbortController()
    const asking = source.openSession(new Uint8Array([0x32]), 'pin', last.signal)
    await eventually('the hub is asked', () => scripted.asked.length === 5)
    expect(scripted.asked[4]?.body).toContain(Buffer.from([0x32]).toString('base64'))
    last.abort()
    await asking
    await source.close()
    await scripted.close()
  })

  test('is answered in whatever pieces the line brings, also within a character', async () => {
    const whole = Buffer.from(session.replace('{', '{"note":"東京都八王子市",'))
    const within = whole.indexOf('京') + 1
    const body = [whole.subarray(0, within), whole.subarray(within, within + 1), whole.subarray(within + 1)]
    const scripted = await startScriptedHub(training.pki, () => ({ body }))
    const source = training.connect({ url: scripted.url })
    expect(unwrap(await source.openSession(new Uint8Array([0x30]), 'pin')).id).toBe('a'.repeat(20))
    await source.close()
    await scripted.close()
  })

  test('that changes nothing is asked again when the connection broke, a proof is not', async () => {
    let refusals = 2
    const scripted = await startScriptedHub(training.pki, () =>
      refusals-- > 0
        ? { status: 503, headers: { 'content-type': 'application/problem+json' }, body: '{}' }
        : { body: session },
    )
    const source = training.connect({ url: scripted.url })
    unwrap(await source.openSession(new Uint8Array([0x30]), 'pin'))
    expect(scripted.asked).toHaveLength(3)
    refusals = 1
    const proof = { method: 'pin', signature: new Uint8Array(256) } as const
    expect(codeOf(await source.prove({ id: 'a', challenge: new Uint8Array(32) }, proof))).toBe('HUB_ERROR')
    expect(scripted.asked).toHaveLength(4)
    await source.close()
    await scripted.close()
  })

  test.each([
    [-600, -600],
    [0, 0],
    [420, 420],
  ])('to a hub whose clock is %i s ahead says so', async (ahead, seconds) => {
    const date = new Date(training.clock.now().getTime() + ahead * 1000).toUTCString()
    const scripted = await startScriptedHub(training.pki, () => ({ body: session, headers: { date } }))
    const source = training.connect({ url: scripted.url })
    unwrap(await source.openSession(new Uint8Array([0x30]), 'pin'))
    expect(Math.abs((source.line().clockOffsetMs ?? Number.NaN) / 1000 - seconds)).toBeLessThan(5)
    await source.close()
    await scripted.close()
  })
})
