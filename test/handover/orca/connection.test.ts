// The line to ORCA: who may come in, what is not tried again, and what an answer must look like.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fail } from '../../../src-main/ground/result.ts'
import { openOrca } from '../../../src-main/handover/orca/connection.ts'
import { readOrcaAccess } from '../../../src-main/settings/orca-access.ts'
import { loadSettings } from '../../../src-main/settings/settings.ts'
import { fault } from '../../faults.ts'
import { otherAuthority } from '../../hub/other-authority.ts'
import { outside } from '../../outside.ts'
import { must, temporaryFolder } from '../../support.ts'
import { until } from '../outbox.ts'
import { access, openLane, quick, samplePatient } from './lane.ts'
import { password, startOrca } from './stand-in-orca.ts'

const search = ['/api01rv2/patientlst3v2?class=01', 'patientlst3req', { WholeName: 'タカサキ' }] as const
const codeOf = (result: { ok: true } | { ok: false; error: { code: string } }) => (result.ok ? 'ok' : result.error.code)

describe('what ORCA refuses by its status', () => {
  fault('orca', 'ORCA’s call is not known there', {
    seen: 'ORCA_NOT_ENABLED',
    detail: { destination: 'orca' },
    data: 'Nothing is written; the patient is not left locked.',
    recovery: 'It is switched on in ORCA, and sent again.',
  })
  test.each([
    [401, 'ORCA_LOGIN_REFUSED'],
    [403, 'ORCA_LOGIN_REFUSED'],
    [404, 'ORCA_NOT_ENABLED'],
    [405, 'ORCA_NOT_ENABLED'],
    [400, 'ORCA_REFUSED'],
    [429, 'ORCA_REFUSED'],
  ])('%i is not tried again by itself, and the lock is let go of', async (status, code) => {
    const lane = await openLane()
    // The check, with the patient open.
    lane.orca.faults.set(3, { status })
    expect(await lane.settled(await lane.confirm())).toMatchObject({
      state: 'refused',
      failure: { code, detail: { destination: 'orca' } },
    })
    expect(lane.orca.asked).toHaveLength(4)
    expect(lane.orca.locks.size).toBe(0)
  })

  test('a call that is switched off is told as such', async () => {
    const lane = await openLane()
    lane.orca.off.add('/orca12/patientmodv32')
    expect(await lane.settled(await lane.confirm())).toMatchObject({ failure: { code: 'ORCA_NOT_ENABLED' } })
  })

  test('503 is tried again', async () => {
    const lane = await openLane()
    lane.orca.faults.set(1, { status: 503 })
    expect((await lane.settled(await lane.confirm())).state).toBe('acknowledged')
  })

  fault('orca', 'ORCA refuses the password', {
    seen: 'ORCA_LOGIN_REFUSED',
    detail: { destination: 'orca' },
    data: 'Nothing is written, and the user is not locked out by further tries.',
    recovery: 'Clinic IT mends user and password, and it is sent again.',
  })
  test('a wrong password is asked for once', async () => {
    const orca = await startOrca()
    const line = openOrca({ ...access(orca), password: 'wrong' }, quick)
    expect(codeOf(await line.call(...search))).toBe('ORCA_LOGIN_REFUSED')
    expect(orca.asked).toHaveLength(1)
    await line.close()
  })
})

fault('orca', 'ORCA is switched off', {
  seen: 'ORCA_UNREACHABLE',
  detail: { destination: 'orca' },
  data: 'Everything for it waits in the database, in order.',
  recovery: 'All of it goes once ORCA is back.',
})
test('an ORCA that is switched off holds the whole lane, and everything goes once it is back', async () => {
  const lane = await openLane()
  lane.orca.patients.push(samplePatient({ number: '00013', nameKana: 'スズキ　イチロウ' }))
  for (let call = 1; call <= 8; call++) lane.orca.faults.set(call, 'dropBefore')
  const ids = [await lane.confirm(), await lane.confirm({ patient: { nameKana: 'スズキ　イチロウ' } })]
  const handover = lane.start()
  await until(handover, async () => (await lane.row(ids[1] ?? '')).failure?.code === 'ORCA_UNREACHABLE')
  expect((await lane.row(ids[1] ?? '')).attempts).toBe(0)
  await until(handover, async () => (await lane.row(ids[1] ?? '')).state === 'acknowledged')
  expect((await lane.row(ids[0] ?? '')).state).toBe('acknowledged')
})

describe('an answer that is none', () => {
  const entity =
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]><xmlio2><a><Api_Result>&b;</Api_Result></a></xmlio2>'
  fault('orca', 'ORCA answers with something that is no answer', {
    seen: 'ORCA_ANSWER_INVALID',
    detail: { destination: 'orca' },
    data: 'It is not taken for done.',
    recovery: 'A person looks in ORCA, and sends again if it is not there.',
  })
  fault('huge', 'ORCA’s answer has nine megabytes', {
    seen: 'ORCA_ANSWER_INVALID',
    detail: { destination: 'orca' },
    data: 'It is not read to its end.',
    recovery: 'A person looks in ORCA, and sends again if it is not there.',
  })
  test.each([
    ['a web page', '<html><body>login</body></html>'],
    ['nothing', ''],
    ['half an answer', '<xmlio2><patientlst3res type="record"><Api_Result type="string">00</Api'],
    ['an entity', entity],
    ['no result', '<xmlio2><patientlst3res type="record"><A type="string">00</A></patientlst3res></xmlio2>'],
    [
      'a field said twice',
      '<xmlio2><a type="record"><Api_Result>00</Api_Result><Api_Result>E90</Api_Result></a></xmlio2>',
    ],
    ['a sentence for a code', '<xmlio2><a type="record"><Api_Result>処理終了</Api_Result></a></xmlio2>'],
    [
      'nine megabytes',
      `<xmlio2><a type="record"><Api_Result>00</Api_Result>${' '.repeat(9 * 1024 * 1024)}</a></xmlio2>`,
    ],
  ])('%s is told as such', async (_what, body) => {
    const lane = await openLane()
    lane.orca.faults.set(1, { body })
    expect(await lane.settled(await lane.confirm())).toMatchObject({
      state: 'refused',
      failure: { code: 'ORCA_ANSWER_INVALID' },
    })
  })

  test('in the middle of an update: nothing is committed, and the lock is let go of', async () => {
    const lane = await openLane()
    lane.orca.faults.set(3, { body: '<xmlio2><a type="record"><Api_Result>000</Api_Result></a></xmlio2>' })
    expect(await lane.settled(await lane.confirm())).toMatchObject({ failure: { code: 'ORCA_ANSWER_INVALID' } })
    expect(lane.benefits()).toEqual([])
    expect(lane.orca.locks.size).toBe(0)
  })
})

fault('orca', 'ORCA refuses with a code of its own', {
  seen: 'ORCA_REFUSED',
  detail: { destination: 'orca', sourceCode: '91' },
  data: 'Nothing is taken for done.',
  recovery: 'A person looks in ORCA; the code stands in the message.',
})
test('a code that nobody knows goes to a person with the code', async () => {
  const lane = await openLane()
  lane.orca.faults.set(1, { body: '<xmlio2><a type="record"><Api_Result>91</Api_Result></a></xmlio2>' })
  expect(await lane.settled(await lane.confirm())).toMatchObject({
    failure: { code: 'ORCA_REFUSED', detail: { sourceCode: '91' } },
  })
})

describe('WebORCA: a prefix, TLS and a client certificate', () => {
  /** What settings.json names, on disk, and a server that asks for it. */
  async function cloud() {
    const folder = temporaryFolder()
    const authority = await otherAuthority('CN=ORCA CA')
    const server = await authority.issue('CN=localhost')
    const client = await authority.issue('CN=clinic')
    const files = {
      'ca.pem': authority.ca,
      'client.pem': client.certificate,
      'client-key.pem': client.key,
      passphrase: '合言葉\n',
      password: `${password}\r\n`,
    }
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    const made = ['-inkey', 'client-key.pem', '-out', 'client.p12', '-passout', 'file:passphrase']
    execFileSync(outside('openssl'), ['pkcs12', '-export', '-in', 'client.pem', ...made], {
      cwd: folder,
      stdio: 'pipe',
    })
    const orca = await startOrca({
      prefix: '/api',
      tls: { key: server.key, cert: server.certificate, ca: authority.ca, requestCert: true, rejectUnauthorized: true },
    })
    orca.patients.push(samplePatient())
    const settings = {
      id: 'orca',
      format: 'orca',
      url: orca.url,
      pathPrefix: '/api',
      user: 'madoguchi',
      passwordFile: 'password',
      caFile: 'ca.pem',
      clientCertificate: { pfxFile: 'client.p12', passphraseFile: 'passphrase' },
    }
    const read = async (changes: object = {}, environment: Record<string, string> = {}) => {
      writeFileSync(join(folder, 'settings.json'), JSON.stringify({ destinations: [{ ...settings, ...changes }] }))
      const [destination] = must(await loadSettings(folder)).destinations
      if (destination?.format !== 'orca') throw new Error('no ORCA')
      return readOrcaAccess(destination, { dataDir: folder, environment })
    }
    const ask = async (changes: object = {}) => {
      const line = openOrca(must(await read(changes)), quick)
      const code = codeOf(await line.call(...search))
      await line.close()
      return code
    }
    return { folder, orca, read, ask }
  }

  test('as the settings say, the files read from the data folder', async () => {
    const { ask, orca } = await cloud()
    expect(await ask()).toBe('ok')
    expect(orca.asked.map(({ path }) => path)).toEqual(['/api/api01rv2/patientlst3v2?class=01'])
  })

  test('without the prefix there is no such call', async () => {
    const { ask } = await cloud()
    expect(await ask({ pathPrefix: '' })).toBe('ORCA_NOT_ENABLED')
  })

  test('without a certificate nobody comes in', async () => {
    const { ask, orca } = await cloud()
    expect(await ask({ clientCertificate: undefined })).toBe('ORCA_LOGIN_REFUSED')
    expect(orca.asked).toEqual([])
  })

  test('with a passphrase that does not fit nobody comes in', async () => {
    const { ask, folder } = await cloud()
    writeFileSync(join(folder, 'passphrase'), 'another')
    expect(await ask()).toBe('ORCA_LOGIN_REFUSED')
  })

  fault('tls', 'ORCA’s server shows a certificate of another authority', {
    seen: 'ORCA_UNTRUSTED',
    detail: { destination: 'orca', field: 'caFile' },
    data: 'Nothing is sent to it, not even the password.',
    recovery: 'Clinic IT puts the right authority into the settings.',
  })
  test('a server of another CA is not talked to, and the setting that is to be right is named', async () => {
    const { read, folder, orca } = await cloud()
    writeFileSync(join(folder, 'ca.pem'), (await otherAuthority('CN=another')).ca)
    const line = openOrca(must(await read()), quick)
    onTestFinished(() => line.close())
    expect(await line.call(...search)).toEqual(fail('ORCA_UNTRUSTED', { field: 'caFile' }))
    expect(orca.asked).toEqual([])
  })

  test.each(['', 'no certificate'])('a CA file that holds none is named, and trusts nobody: %j', async (content) => {
    const { read, folder } = await cloud()
    const access = must(await read())
    const before = getCACertificates('default')
    setDefaultCACertificates([access.ca ?? ''])
    onTestFinished(() => setDefaultCACertificates(before))
    const line = openOrca({ ...access, ca: content }, quick)
    onTestFinished(() => line.close())
    expect(codeOf(await line.call(...search))).toBe('ORCA_UNTRUSTED')
    writeFileSync(join(folder, 'ca.pem'), content)
    expect(await read()).toEqual(fail('DESTINATION_NOT_READY', { destination: 'orca', field: 'caFile' }))
  })

  /** Instead of the two files. */
  const byVariable = {
    passwordFile: undefined,
    password: { env: 'ORCA_PASSWORD' },
    clientCertificate: { pfxFile: 'client.p12', passphrase: { env: 'ORCA_PASSPHRASE' } },
  }

  test('as the settings say, password and passphrase from the environment', async () => {
    const { read, orca } = await cloud()
    const line = openOrca(must(await read(byVariable, { ORCA_PASSWORD: password, ORCA_PASSPHRASE: '合言葉' })), quick)
    onTestFinished(() => line.close())
    expect(codeOf(await line.call(...search))).toBe('ok')
    expect(orca.asked).toHaveLength(1)
  })

  test.each<[string, Record<string, string>, string]>([
    ['is not there', {}, 'ORCA_PASSWORD'],
    ['is empty', { ORCA_PASSWORD: '' }, 'ORCA_PASSWORD'],
    ['holds more than a line', { ORCA_PASSWORD: 'one\ntwo' }, 'ORCA_PASSWORD'],
    ['is not there, the other one is', { ORCA_PASSWORD: 'x' }, 'ORCA_PASSPHRASE'],
  ])('a variable that %s is named, not told', async (_, environment, variable) => {
    const { read } = await cloud()
    expect(await read(byVariable, environment)).toEqual(fail('SECRET_NOT_SET', { destination: 'orca', variable }))
  })

  test.each([
    [{ passwordFile: 'gone' }, 'passwordFile'],
    [{ caFile: 'gone' }, 'caFile'],
    [{ clientCertificate: { pfxFile: 'gone', passphraseFile: 'passphrase' } }, 'clientCertificate.pfxFile'],
    [{ clientCertificate: { pfxFile: 'client.p12', passphraseFile: 'gone' } }, 'clientCertificate.passphraseFile'],
  ])('a file that is not there is named: %j', async (changes, field) => {
    const { read } = await cloud()
    expect(await read(changes)).toMatchObject({
      error: { code: 'DESTINATION_NOT_READY', detail: { destination: 'orca', field } },
    })
  })
})

test('an address with a path, or no web address at all, is a wrong setting', async () => {
  const folder = temporaryFolder()
  for (const url of ['http://192.0.2.1:8000/api', 'ftp://192.0.2.1', '192.0.2.1:8000']) {
    const destination = { id: 'orca', format: 'orca', url, user: 'u', passwordFile: 'p' }
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ destinations: [destination] }))
    expect(await loadSettings(folder)).toMatchObject({ error: { code: 'SETTINGS_INVALID' } })
  }
})
