// `madoguchi doctor` on installations that are broken in one place each: the first line that failed is the cause, and what
// stands on it says so instead of failing. A healthy one has no line that failed.

import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { type DoctorOptions, runDoctor } from '../../src-main/agent/doctor.ts'
import { claimTerminal } from '../../src-main/agent/outside.ts'
import type { StartHost } from '../../src-main/agent.ts'
import type { CheckLine } from '../../src-main/contract/self-test.ts'
import { dayMs } from '../../src-main/ground/clock.ts'
import type { Application } from '../../src-main/hub/terminal/application.ts'
import { storedChecks } from '../../src-main/self-test/computer-checks.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { saidOf } from '../../src-main/shell/commands/doctor.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { clientAuth, issue, newAuthority, p256 } from '../../src-main/stand-ins/certificates/authority.ts'
import { startSandboxHub } from '../../src-main/stand-ins/hub/sandbox-hub.ts'
import { openData, openDataFor } from '../../src-main/store/data-folder.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { testClock, testDay } from '../clock.ts'
import { otherAuthority } from '../hub/other-authority.ts'
import { openTrainingHub, type TrainingHub } from '../hub/training-hub.ts'
import { confirmedVisit } from '../store/samples.ts'
import { must, root, silentLog, temporaryFolder } from '../support.ts'
import { onWindows } from '../system.ts'
import { entries } from './entries.ts'
import { databaseKey, openDesk } from './fixture.ts'

let training: TrainingHub
beforeAll(async () => {
  training = await openTrainingHub()
})
afterAll(() => training.close())

/** A reader host that says this, and nothing more. */
const readerHost =
  (message: object): StartHost =>
  () => {
    let exit = () => {}
    return {
      send: () => undefined,
      onMessage: (listener) => listener({ kind: 'readers', readers: [], service: 'up', ...message }),
      onExit(listener) {
        exit = listener
      },
      kill: () => exit(),
    }
  }

/** The key of a data folder as this system keeps it. */
const keyFile = onWindows ? 'database.key.wrapped' : 'database.key'

const oneReader = readerHost({ readers: [{ name: 'Circle CIR315', state: 'empty' }] })

interface Clinic {
  readonly dataDir: string
  readonly terminal: string
  readonly receipt: string
  /** Another value in settings.json, by its path of names. */
  set(path: string, value: unknown): void
}

/** Live, with a hub, a terminal and a receipt computer, and one visit stored. */
async function healthyClinic(): Promise<Clinic> {
  const dataDir = temporaryFolder()
  const shares = temporaryFolder()
  const [terminal, receipt] = [join(shares, 'terminal'), join(shares, 'receipt')]
  for (const name of ['face', 'trash', 'req', 'res']) mkdirSync(join(terminal, name), { recursive: true })
  mkdirSync(receipt)
  const { pki, hub } = training
  const files = { 'ca.pem': pki.hub.ca, 'client.pem': pki.hub.clientCertificate, 'client-key.pem': pki.hub.clientKey }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dataDir, name), text)
  const settings = {
    mode: 'live',
    hub: { url: hub.url, caFile: 'ca.pem', clientCertificateFile: 'client.pem', clientKeyFile: 'client-key.pem' },
    terminal: { folder: terminal, institutionCode: '1312345678' },
    destinations: [{ id: 'receipt', format: 'csv', folder: receipt }],
  }
  const write = () => writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(settings))
  write()
  const data = must(await openData(placeOf(dataDir)))
  await confirmedVisit(data.store, [])
  data.store.close()
  return {
    dataDir,
    terminal,
    receipt,
    set(path, value) {
      const names = path.split('.')
      const last = names.pop() ?? ''
      let at: Record<string, unknown> = settings
      for (const name of names) at = at[name] as Record<string, unknown>
      at[last] = value
      write()
    },
  }
}

const placeOf = (dataDir: string) => ({
  dataDir,
  keyStore: openHeadlessKey(dataDir),
  migrationsDir: join(root, 'migrations'),
})

async function optionsFor(dataDir: string, more: Partial<DoctorOptions> = {}): Promise<DoctorOptions> {
  return {
    ...placeOf(dataDir),
    settings: await loadSettings(dataDir),
    entries,
    startReaderHost: oneReader,
    computer: { devices: async () => [], isInNetwork: () => true },
    clock: testClock,
    log: silentLog,
    version: 'test',
    ...more,
  }
}

const codeOf = ({ finding }: CheckLine): string =>
  finding?.code === 'failure' ? finding.failure.code : (finding?.code ?? '')
const failedIn = (lines: readonly CheckLine[]) =>
  lines.filter(({ state }) => state === 'failed').map((line) => `${line.check} ${codeOf(line)}`)

test('a healthy clinic has nothing that failed, and nothing is left in anybody’s folder', async () => {
  const { dataDir, terminal, receipt } = await healthyClinic()
  const before = readdirSync(dataDir)
  const lines = await runDoctor(await optionsFor(dataDir))
  expect(failedIn(lines)).toEqual([])
  expect(lines.map(({ check, state }) => `${check} ${state}`)).toEqual([
    'version ok',
    'settings ok',
    'disk ok',
    'key ok',
    'database ok',
    'audit ok',
    'readerService ok',
    'readers ok',
    'card unknown',
    'hubFiles ok',
    'hubCertificate ok',
    'hubName ok',
    'hubLine ok',
    'hubTls ok',
    'hubAnswer ok',
    'clock ok',
    'terminalFolders ok',
    'terminalApplication unused',
    'terminalFiles ok',
    'terminalDesks ok',
    'destination ok',
    'masters warning',
  ])
  expect(readdirSync(receipt)).toEqual([])
  expect([readdirSync(join(terminal, 'req')), readdirSync(join(terminal, 'madoguchi'))]).toEqual([[], []])
  // The holder's name is noted by whoever opens the store.
  expect(readdirSync(dataDir).filter((name) => !before.includes(name))).toEqual([])
})

type Breakage = (clinic: Clinic) => unknown

const databaseIn = (dataDir: string) => join(dataDir, 'madoguchi.db')

/** How the installation is broken, and the check that has to fail first. */
const broken: readonly (readonly [string, string, Breakage])[] = [
  [
    'settings.json is no JSON',
    'settings SETTINGS_INVALID',
    ({ dataDir }) => writeFileSync(join(dataDir, 'settings.json'), '{ "mode": "live",\n'),
  ],
  ['a setting that nobody knows', 'settings SETTINGS_INVALID', ({ set }) => set('retentionDay', 30)],
  [
    'settings.json is broken, and those of the last start stand in',
    'settings settingsFallback',
    ({ dataDir }) => {
      writeFileSync(join(dataDir, 'settings.last-good.json'), readFileSync(join(dataDir, 'settings.json')))
      writeFileSync(join(dataDir, 'settings.json'), '{')
    },
  ],
  [
    'a disk that is full',
    'disk diskLow',
    () => ({ computer: { room: async () => 5_000_000, devices: async () => [], isInNetwork: () => true } }),
  ],
  ['the key has gone', 'key STORE_KEY_MISSING', ({ dataDir }) => rmSync(join(dataDir, keyFile))],
  [
    'the key of another clinic',
    'key STORE_KEY_WRONG',
    ({ dataDir }) => writeFileSync(join(dataDir, keyFile), Buffer.alloc(32, 7)),
  ],
  [
    'pages of the database were overwritten',
    'database STORE_DAMAGED',
    ({ dataDir }) => {
      const content = readFileSync(databaseIn(dataDir))
      writeFileSync(databaseIn(dataDir), content.fill(0xa5, Math.floor(content.length / 2)))
    },
  ],
  ['the database has gone', 'database STORE_DAMAGED', ({ dataDir }) => writeFileSync(databaseIn(dataDir), '')],
  [
    'the settings say training where patients are',
    'database STORE_IS_LIVE',
    async ({ dataDir, set }) => {
      const { store } = must(await openDataFor('live', { ...placeOf(dataDir), clock: testClock }))
      store.close()
      set('mode', 'training')
    },
  ],
  [
    'a row of the audit trail was changed',
    'audit auditBroken',
    async ({ dataDir }) => {
      const database = openDatabase(databaseIn(dataDir), await databaseKey(dataDir))
      database.exec('DROP TRIGGER audit_is_not_changed')
      database.prepare("UPDATE audit SET event = 'cancelled' WHERE id = 1").run()
      database.close()
    },
  ],
  [
    'no smart card service is installed',
    'readerService serviceMissing',
    () => ({ startReaderHost: readerHost({ service: 'missing' }) }),
  ],
  [
    'the smart card service is stopped',
    'readerService serviceDown',
    () => ({ startReaderHost: readerHost({ service: 'down' }) }),
  ],
  ['no reader is plugged in', 'readers noReader', () => ({ startReaderHost: readerHost({}) })],
  [
    'a reader without its driver',
    'readers readerWithoutDriver',
    () => ({
      startReaderHost: readerHost({}),
      computer: {
        devices: async () => [
          { name: 'Logitech Keyboard', isSmartCard: false },
          { name: 'Sony RC-S380/P', isSmartCard: false },
        ],
        isInNetwork: () => true,
      },
    }),
  ],
  [
    'a reader that does not know its card',
    'readers readerFaulty',
    () => ({ startReaderHost: readerHost({ readers: [{ name: 'Circle CIR315', state: 'faulty' }] }) }),
  ],
  ['the hub’s CA file is not there', 'hubFiles hubFileMissing', ({ dataDir }) => rmSync(join(dataDir, 'ca.pem'))],
  [
    'the hub’s CA file is empty',
    'hubFiles hubFileMissing',
    ({ dataDir }) => writeFileSync(join(dataDir, 'ca.pem'), ''),
  ],
  [
    'the hub’s CA file is the server’s page instead',
    'hubFiles hubFileMissing',
    ({ dataDir }) => writeFileSync(join(dataDir, 'ca.pem'), '<html>ca.pem</html>'),
  ],
  [
    'the key is not that of the certificate',
    'hubFiles hubIdentityUnusable',
    async ({ dataDir }) => {
      const { key } = await (await otherAuthority('CN=Other')).issue('CN=Other clinic')
      writeFileSync(join(dataDir, 'client-key.pem'), key)
    },
  ],
  ['our certificate has ended', 'hubCertificate certificateEnded', ({ dataDir }) => identityUntil(dataDir, -22)],
  ['our certificate is not valid yet', 'hubCertificate certificateNotYet', ({ dataDir }) => identityUntil(dataDir, 98)],
  ['the hub’s name is misspelt', 'hubName nameUnknown', ({ set }) => set('hub.url', 'https://pmh.invalid')],
  ['the proxy’s name is misspelt', 'hubName nameUnknown', ({ set }) => set('hub.proxy', 'http://proxy.invalid:3128')],
  [
    'the cable is out',
    'hubName networkOff',
    ({ set }) => {
      set('hub.url', 'https://pmh.invalid')
      return { computer: { devices: async () => [], isInNetwork: () => false } }
    },
  ],
  ['nobody listens at the hub’s address', 'hubLine hubUnreachable', ({ set }) => set('hub.url', 'https://127.0.0.1:9')],
  [
    'the hub’s address has a wrong path',
    'hubAnswer hubAddressWrong',
    ({ set }) => set('hub.url', `${training.hub.url}/elsewhere`),
  ],
  [
    'the hub belongs to another CA',
    'hubTls hubUntrusted',
    async ({ dataDir }) => writeFileSync(join(dataDir, 'ca.pem'), (await otherAuthority('CN=Other')).ca),
  ],
  [
    'the hub does not take our certificate',
    'hubTls hubRefusesClinic',
    async ({ dataDir, set }) => {
      const lasting = [new Date('2000-01-01T00:00:00Z'), new Date('2090-01-01T00:00:00Z')] as const
      const authority = await newAuthority('C=JP, CN=Test CA', p256, ...lasting)
      const { certificate, privateKey } = await issue(authority, p256, {
        subject: 'C=JP, CN=nobody',
        notBefore: lasting[0],
        notAfter: lasting[1],
        usages: [clientAuth],
      })
      const { pki } = training
      const hub = await startSandboxHub({
        pki: { ...pki, hub: { ...pki.hub, ca: `${pki.hub.ca}\n${authority.certificate}` } },
        clock: testClock,
      })
      onTestFinished(() => hub.close())
      writeFileSync(join(dataDir, 'client.pem'), certificate)
      writeFileSync(join(dataDir, 'client-key.pem'), privateKey)
      set('hub.url', hub.url)
    },
  ],
  [
    'the hub is out of order',
    'hubAnswer hubTroubled',
    async ({ set }) => {
      const hub = await startSandboxHub({ pki: training.pki, clock: testClock })
      onTestFinished(() => hub.close())
      await hub.setFault({ kind: 'error' })
      set('hub.url', hub.url)
    },
  ],
  [
    'what listens at the hub’s address speaks no TLS',
    'hubTls hubUntrusted',
    async ({ set }) => {
      const server = createServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-OpenSSH_9.6\r\n'))
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
      onTestFinished(() => void server.close())
      const { port } = z.object({ port: z.number() }).parse(server.address())
      set('hub.url', `https://127.0.0.1:${port}`)
    },
  ],
  [
    'this computer’s clock is an hour off',
    'clock clockOff',
    () => ({ clock: { now: () => new Date(testClock.now().getTime() + 3_600_000) } }),
  ],
  [
    'the terminal is switched off',
    'terminalFolders TERMINAL_FOLDER_MISSING',
    ({ terminal }) => rmSync(terminal, { recursive: true }),
  ],
  [
    'the terminal has no folder for requests',
    'terminalFolders TERMINAL_FOLDER_MISSING',
    ({ terminal }) => rmSync(join(terminal, 'req'), { recursive: true }),
  ],
  [
    'the terminal encrypts what it writes',
    'terminalFiles terminalEncrypted',
    ({ terminal }) =>
      writeFileSync(
        join(terminal, 'face/OQSsiquc01res_face_1.xml'),
        Buffer.concat([Buffer.from('Salted__'), randomBytes(4_000)]),
      ),
  ],
  [
    'the linking application does not run',
    'terminalFiles requestsUntaken',
    ({ terminal }) => {
      const request = join(terminal, `req/OQSsiquc01req_${testDay.replaceAll('-', '')}0001.xml`)
      writeFileSync(request, '<XmlMsg/>')
      const at = new Date(testClock.now().getTime() - 1_200_000)
      utimesSync(request, at, at)
      // On a pretended day a file's time is read with the same pretence.
      const pretendedMs = statSync(request).mtimeMs - at.getTime()
      const real = new Date(at.getTime() - pretendedMs)
      utimesSync(request, real, real)
    },
  ],
  [
    'the receipt computer’s share has gone',
    'destination DESTINATION_MISSING',
    ({ receipt }) => rmSync(receipt, { recursive: true }),
  ],
  [
    'the receipt computer’s folder is a file',
    'settings SETTINGS_INVALID',
    ({ receipt }) => {
      rmSync(receipt, { recursive: true })
      writeFileSync(receipt, 'no folder')
    },
  ],
  [
    'another desk of this computer has the terminal’s folders',
    'terminalFolders AGENT_ALREADY_RUNNING',
    async ({ dataDir }) => {
      const { terminal } = must(await loadSettings(dataDir))
      const claimed = must(await claimTerminal(terminal))
      onTestFinished(() => claimed.release())
    },
  ],
  [
    'ORCA’s password file is not there',
    'destination DESTINATION_NOT_READY',
    ({ set }) =>
      set('destinations', [
        { id: 'orca', format: 'orca', url: 'http://127.0.0.1:9', user: 'madoguchi', passwordFile: 'secrets/orca' },
      ]),
  ],
  [
    'the variable of ORCA’s password is not set',
    'destination SECRET_NOT_SET',
    ({ set }) =>
      set('destinations', [
        { id: 'orca', format: 'orca', url: 'http://127.0.0.1:9', user: 'm', password: { env: 'MADOGUCHI_TEST_UNSET' } },
      ]),
  ],
  [
    'the variable of the hub’s passphrase is not set',
    'hubFiles SECRET_NOT_SET',
    ({ dataDir, set }) => {
      writeFileSync(join(dataDir, 'client.p12'), 'x')
      const clientPassphrase = { env: 'MADOGUCHI_TEST_UNSET' }
      set('hub', { url: training.hub.url, caFile: 'ca.pem', clientPfxFile: 'client.p12', clientPassphrase })
    },
  ],
  [
    'ORCA is switched off',
    'destination ORCA_UNREACHABLE',
    ({ dataDir, set }) => {
      writeFileSync(join(dataDir, 'password'), 'secret\n')
      set('destinations', [
        { id: 'orca', format: 'orca', url: 'http://127.0.0.1:9', user: 'madoguchi', passwordFile: 'password' },
      ])
    },
  ],
]

/** A certificate of another authority in the place of ours, for one day up to this moment. */
async function identityUntil(dataDir: string, days: number): Promise<void> {
  const moment = testClock.now().getTime() + days * dayMs
  const { certificate, key } = await (await otherAuthority('CN=Other')).issue('CN=Clinic', new Date(moment))
  writeFileSync(join(dataDir, 'client.pem'), certificate)
  writeFileSync(join(dataDir, 'client-key.pem'), key)
}

describe('the cause comes first', () => {
  test.each(broken)('%s: %s', async (_, expected, breakIt) => {
    const clinic = await healthyClinic()
    const more = await breakIt(clinic)
    const lines = await runDoctor(await optionsFor(clinic.dataDir, typeof more === 'object' && more ? more : {}))
    const said = saidOf(lines)
    expect(said.isRefused).toBe(true)
    // What stands on the cause does not fail besides.
    expect(failedIn(lines)).toEqual([expected])
    expect(said.lines.filter((line) => line.startsWith('[異常]'))).toHaveLength(1)
    expect(said.lines.join()).toContain('直し方：')
  })
})

/** Root may write anywhere: a mount that is really read-only, or really full, is what the system has for it. */
const asRoot = process.platform === 'linux' && process.getuid?.() === 0
if (!asRoot) console.warn('!! LEFT OUT: a read-only and a full folder, because their mounts need root on Linux')
const mount = (folder: string, options: string) => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder])
  onTestFinished(() => void execFileSync('umount', ['-l', folder]))
}

describe.skipIf(!asRoot)('a folder that is there and cannot be used', () => {
  test.each([
    ['the receipt computer’s share is read-only', 'destination DESTINATION_READ_ONLY', 'receipt', 'ro,size=4m'],
    ['the disk of the receipt computer is full', 'destination DESTINATION_FULL', 'receipt', 'size=4m'],
    ['the terminal’s share is read-only', 'terminalFolders TERMINAL_FOLDER_REFUSED', 'terminal', 'ro,size=4m'],
  ] as const)('%s: %s', async (_, expected, which, options) => {
    const clinic = await healthyClinic()
    const folder = clinic[which]
    mount(folder, options.replace('ro,', ''))
    if (which === 'terminal') for (const name of ['face', 'trash', 'req', 'res']) mkdirSync(join(folder, name))
    if (options.startsWith('ro')) execFileSync('mount', ['-o', 'remount,ro', folder])
    else expect(() => writeFileSync(join(folder, 'filler'), Buffer.alloc(8_000_000))).toThrow('ENOSPC')
    expect(failedIn(await runDoctor(await optionsFor(clinic.dataDir)))).toEqual([expected])
  })
})

test('a master of local schemes that is years old is the first thing to be mended where all else is well', async () => {
  const { dataDir } = await healthyClinic()
  const database = openDatabase(databaseIn(dataDir), await databaseKey(dataDir))
  const insert = 'INSERT INTO master_issues (issued_on, imported_at, rows) VALUES (?, ?, 1)'
  database.prepare(insert).run('2023-04-01', '2023-04-02T09:00:00.000+09:00')
  database.close()
  const { answer } = saidOf(await runDoctor(await optionsFor(dataDir)))
  expect(answer).toMatchObject({
    ok: true,
    checks: expect.arrayContaining([
      expect.objectContaining({
        check: 'masters',
        state: 'warning',
        code: 'masterOld',
        repair: expect.stringContaining('取り込'),
      }),
    ]),
  })
})

test('what the linking application is set to is said before its files are looked at, and nothing fails by it', async () => {
  const { dataDir } = await healthyClinic()
  const said = async (application: Application | null) => {
    const computer = { devices: async () => [], isInNetwork: () => true, application: async () => application }
    const lines = await runDoctor(await optionsFor(dataDir, { computer }))
    const line = lines.find(({ check }) => check === 'terminalApplication')
    return [line?.state, line && codeOf(line)]
  }
  const plain = { version: '3.5.2', encrypts: [], isFaceOff: false }
  expect(await said(null)).toEqual(['unused', 'applicationElsewhere'])
  expect(await said(plain)).toEqual(['ok', 'applicationRead'])
  expect(await said({ ...plain, encrypts: ['encrypt_face.conf'] })).toEqual(['warning', 'applicationEncrypts'])
  expect(await said({ ...plain, isFaceOff: true })).toEqual(['warning', 'applicationFaceOff'])
})

test('what stands on a cause names the cause, however far behind it', async () => {
  const { dataDir, set } = await healthyClinic()
  set('hub.url', 'https://pmh.invalid')
  const lines = await runDoctor(await optionsFor(dataDir))
  expect(lines.filter(({ finding }) => finding?.code === 'because')).toEqual([
    ...(['hubLine', 'hubTls', 'hubAnswer'] as const).map((check) => ({
      ...{ check, of: null, state: 'unknown', finding: { code: 'because', check: 'hubName' } },
    })),
    { check: 'clock', of: null, state: 'unknown', finding: { code: 'because', check: 'hubName' } },
  ])
})

test('beside a running agent what it holds is left to it, and the rest is looked at', async () => {
  const { dataDir } = await healthyClinic()
  await openDesk(dataDir, { startReaderHost: oneReader })
  const lines = await runDoctor(await optionsFor(dataDir))
  expect(failedIn(lines)).toEqual([])
  // Nobody has looked: whoever collects what the commands of all desks say must not take that for good.
  for (const name of ['database', 'audit'] as const) {
    expect(lines.find(({ check }) => check === name)).toMatchObject({
      state: 'unknown',
      finding: { code: 'storeInUse' },
    })
  }
  expect(lines.find(({ check }) => check === 'card')?.finding).toEqual({ code: 'cardIsPatients' })
  expect(lines.find(({ check }) => check === 'hubAnswer')?.finding).toEqual({ code: 'hubAnswers' })
})

test('what was written while the server was gone, and has not come there, is told', async () => {
  const { dataDir } = await healthyClinic()
  mkdirSync(join(dataDir, 'away'))
  writeFileSync(join(dataDir, 'away/away.db'), '')
  const lines = await runDoctor(await optionsFor(dataDir))
  expect(lines.find(({ check }) => check === 'database')).toMatchObject({
    state: 'warning',
    finding: { code: 'storeUnmerged' },
  })
})

test('patients who were left in the desk’s own database when its site began are told, and speak against nothing else', async () => {
  const stored = async () => ({ failure: null, isNew: false, isHeld: false, isLeftHere: true })
  const ports = { version: 'test', dataDir: '', folder: async () => null, stored }
  const settings = async () => ({ failure: { code: 'AGENT_FAULT' } }) as const
  const found = await Promise.all(
    storedChecks({ ...ports, settings }).map(async ({ name, run }) => [name, (await run()).state]),
  )
  expect(Object.fromEntries(found)).toEqual({ key: 'ok', database: 'warning', audit: 'ok' })
})

test('where nothing was ever started it makes nothing', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const lines = await runDoctor(await optionsFor(dataDir))
  expect(failedIn(lines)).toEqual([])
  expect(lines.find(({ check }) => check === 'destination')?.finding).toEqual({ code: 'madeAtStart' })
  expect(() => readdirSync(dataDir)).toThrow('ENOENT')
})

test('what goes to scripts has a sentence for every line, and no patient', async () => {
  const { dataDir, receipt } = await healthyClinic()
  rmSync(receipt, { recursive: true })
  const { answer } = saidOf(await runDoctor(await optionsFor(dataDir)))
  expect(answer).toMatchObject({
    ok: false,
    checks: expect.arrayContaining([
      {
        check: 'destination',
        of: 'receipt',
        state: 'failed',
        code: 'DESTINATION_MISSING',
        message: '取り込み先「receipt」のフォルダーが見つかりません。',
        repair: expect.stringMatching(/。$/),
      },
    ]),
  })
  expect(JSON.stringify(answer)).not.toMatch(/undefined|null,"message":""/)
})
