// `npm run bench`: every figure as a median of at least 30 runs, and the card-to-file path against its floor, measured in
// the same run: the same APDUs on the bare binding, the same requests on bare undici, the same bytes written durably.
import { type ChildProcess, spawn } from 'node:child_process'
import { constants, createHash, privateEncrypt } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'undici'
import { establishContext, status } from '../../native/pcsclite.ts'
import { type Agent, startAgent } from '../../src-main/agent.ts'
import { commands } from '../../src-main/card/apdu.ts'
import { jpki } from '../../src-main/card/applications.ts'
import { systemClock } from '../../src-main/contract/clock.ts'
import { silentLog } from '../../src-main/contract/log.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { createKeyFile } from '../../src-main/store/key-store.ts'
import { openTrainingClinic } from '../../src-main/training/clinic.ts'
import { openTrainingPki, type TrainingCard } from '../../src-main/training/pki.ts'
import { missingForPcscd, preparePcscd } from '../card/pcscd.ts'
import { median, medianOf, removeFile, writeBareFile } from './measure.ts'

const root = join(import.meta.dirname, '../..')
const runs = 40
const warmUp = 5
const say = (text: string) => process.stderr.write(`${text}\n`)

const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-bench-'))
const figures: Record<string, number | string> = {}
const round = (value: number) => Math.round(value * 100) / 100

async function openAgent(reader: 'training' | 'pcsc'): Promise<Agent> {
  const settings = await loadSettings(dataDir)
  if (!settings.ok) throw new Error(settings.error.code)
  const started = await startAgent({
    dataDir,
    settings: { ...settings.value, reader },
    keyStore: createKeyFile(join(dataDir, 'database.key')),
    migrationsDir: join(root, 'migrations'),
    // What a clinic runs: the built host.
    readerHost: join(root, 'dist/main/reader-host.js'),
    clock: systemClock,
    log: silentLog,
    version: 'bench',
  })
  if (!started.ok) throw new Error(started.error.code)
  return started.value
}

function until(agent: Agent, fits: (reception: Reception) => boolean): Promise<Reception> {
  const now = agent.reception()
  if (fits(now)) return Promise.resolve(now)
  return new Promise((resolve) => {
    const unsubscribe = agent.onReception((reception) => {
      if (!fits(reception)) return
      unsubscribe()
      resolve(reception)
    })
  })
}

/** Card to delivered files, in milliseconds, without a person: the PIN is there at once. `begin` lays the card. */
async function checkIn(agent: Agent, begin: () => Promise<unknown>): Promise<number> {
  const before = agent.reception().current?.id
  const start = performance.now()
  await begin()
  const asked = await until(agent, ({ current }) => current?.id !== before && current?.pin != null)
  const visitId = asked.current?.id ?? ''
  await agent.call('enterPin', { visitId, pin: '1234', lastTry: false })
  await agent.settled(visitId)
  const time = performance.now() - start
  if (agent.reception().current?.state !== 'handedOver') throw new Error('the check-in was not handed over')
  return time
}

async function benchTraining(): Promise<void> {
  const agent = await openAgent('training')
  figures['training.checkInMs'] = round(
    await medianOf(runs, warmUp, async () => {
      const time = await checkIn(agent, () => agent.call('insertTrainingCard', { persona: 'nanbyo' }))
      await agent.call('removeTrainingCard', {})
      return time
    }),
  )
  await agent.stop()
}

/** From the start of the process to the printed address, as `npm start` runs it the second time. */
async function benchStart(): Promise<void> {
  const ready = async () => {
    const start = performance.now()
    const agent = spawn(process.execPath, [join(root, 'dist/main/headless.js'), '--data', dataDir], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await once(agent.stdout, 'data')
    const time = performance.now() - start
    agent.kill('SIGTERM')
    await once(agent, 'exit')
    return time
  }
  figures['start.agentReadyMs'] = round(await medianOf(30, 2, ready))
  figures['start.bareNodeMs'] = round(
    await medianOf(30, 2, async () => {
      const start = performance.now()
      await once(spawn(process.execPath, ['--eval', ''], { stdio: 'ignore' }), 'exit')
      return performance.now() - start
    }),
  )
}

/** The very APDUs of a check-in on the bare binding. */
async function apduFloor(card: TrainingCard): Promise<{ count: number; sumMs: number; oneMs: number }> {
  const digestInfo = Buffer.concat([
    Buffer.from('3031300d060960864801650304020105000420', 'hex'),
    createHash('sha256').update('bench').digest(),
  ])
  const blocks = Array.from({ length: Math.ceil(card.certificate.length / 256) }, (_, index) =>
    commands.readBinary(index * 256, Math.min(256, card.certificate.length - index * 256)),
  )
  const sequence = [
    commands.selectApplication(jpki.aid),
    commands.selectFile(jpki.files.authenticationCertificate),
    ...blocks,
    commands.selectFile(jpki.files.authenticationPin),
    commands.verifyState(),
    commands.verify(Buffer.from('1234')),
    commands.selectFile(jpki.files.authenticationKey),
    commands.computeSignature(digestInfo),
  ]
  const [established, context] = establishContext()
  if (established !== status.success) throw new Error('no PC/SC context')
  const [, names] = context.listReaders()
  const [connected, handle] = await context.connect(names[0] ?? '')
  if (connected !== status.success) throw new Error('no card')
  const single: number[] = []
  const sumMs = await medianOf(runs, warmUp, async () => {
    const start = performance.now()
    for (const command of sequence) {
      const begin = performance.now()
      const [result, response] = await context.transmit(handle, command)
      single.push(performance.now() - begin)
      // 63Cx is the right answer to the question about the tries.
      if (result !== status.success || ![0x90, 0x63].includes(response.at(-2) ?? 0)) throw new Error('the card refused')
    }
    return performance.now() - start
  })
  await context.disconnect(handle)
  context.release()
  return { count: sequence.length, sumMs, oneMs: median(single) }
}

/** The three requests of a check-in on bare undici, the signature not counted. */
async function hubFloor(card: TrainingCard): Promise<number> {
  const clinic = await openTrainingClinic({ folder: join(dataDir, 'training'), destinations: [], clock: systemClock })
  const { url, ca, clientCertificate, clientKey } = clinic.hub
  const pool = new Pool(url, { connections: 1, connect: { ca, cert: clientCertificate, key: clientKey } })
  const ask = async (method: 'GET' | 'POST', path: string, body?: object) => {
    const answer = await pool.request({
      method,
      path,
      headers: { 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
    })
    const json = await answer.body.json()
    if (answer.statusCode >= 300) throw new Error(`the hub answered ${answer.statusCode}`)
    return json
  }
  const time = await medianOf(runs, warmUp, async () => {
    let start = performance.now()
    const certificate = Buffer.from(card.certificate).toString('base64')
    const session = await ask('POST', '/v1/sessions', { certificate, identification: 'pin' })
    let elapsed = performance.now() - start
    if (!session || typeof session !== 'object' || !('sessionId' in session) || !('challenge' in session))
      throw new Error('no session')
    const digest = createHash('sha256')
      .update(Buffer.from(String(session.challenge), 'base64'))
      .digest()
    const digestInfo = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), digest])
    const signature = privateEncrypt({ key: card.privateKey, padding: constants.RSA_PKCS1_PADDING }, digestInfo)
    start = performance.now()
    await ask('POST', `/v1/sessions/${session.sessionId}/proof`, { signature: signature.toString('base64') })
    await ask('GET', `/v1/sessions/${session.sessionId}/eligibility?date=2026-11-23`)
    elapsed += performance.now() - start
    return elapsed
  })
  await pool.destroy()
  await clinic.close()
  return time
}

/** The same bytes as the two import files, written durably and nothing else. */
async function fileFloor(paths: readonly string[]): Promise<number> {
  const contents = paths.map((path) => readFileSync(path))
  const folder = join(dataDir, 'bare')
  mkdirSync(folder)
  return medianOf(runs, warmUp, async () => {
    const start = performance.now()
    for (const [index, content] of contents.entries()) await writeBareFile(folder, `${index}`, content)
    const time = performance.now() - start
    for (const index of contents.keys()) await removeFile(join(folder, `${index}`))
    return time
  })
}

async function benchPcsc(): Promise<void> {
  const missing = missingForPcscd()
  if (missing) {
    figures['pcsc.leftOut'] = missing
    return
  }
  const card = (await openTrainingPki(join(dataDir, 'training'), new Date())).cards.get('nanbyo')
  if (!card) throw new Error('no sample card')
  const pcscd = preparePcscd()
  if (!pcscd.isFast) say('!! no C compiler: the virtual reader takes 44 ms per APDU')
  let virtual: ChildProcess | undefined
  try {
    await pcscd.start()
    virtual = spawn(process.execPath, [join(root, 'dist/main/virtual-card.js'), '--data', dataDir], { stdio: 'ignore' })
    const agent = await openAgent('pcsc')
    await until(agent, ({ current }) => current?.pin != null)
    await agent.call('enterPin', { visitId: agent.reception().current?.id ?? '', pin: '1234', lastTry: false })
    await agent.settled(agent.reception().current?.id ?? '')
    const wholeMs = await medianOf(runs, warmUp, () =>
      checkIn(agent, () => agent.call('retryVisit', { visitId: agent.reception().current?.id ?? '' })),
    )
    const paths = agent.reception().current?.deliveries.flatMap(({ path }) => path ?? []) ?? []
    const files = await fileFloor(paths)
    const apdusOfAgent = agent.timings()?.apdus ?? 0
    await agent.stop()
    const apdus = await apduFloor(card)
    const hub = await hubFloor(card)
    const floor = apdus.sumMs + hub + files
    Object.assign(figures, {
      'pcsc.checkInMs': round(wholeMs),
      'pcsc.apdus': apdusOfAgent,
      'pcsc.apduRoundTripMs': round(apdus.oneMs),
      'pcsc.floor.apdusMs': round(apdus.sumMs),
      'pcsc.floor.hubMs': round(hub),
      'pcsc.floor.filesMs': round(files),
      'pcsc.floorMs': round(floor),
      'pcsc.checkInToFloor': round(wholeMs / floor),
    })
  } finally {
    virtual?.kill()
    await pcscd.close()
  }
}

say('check-in in training mode …')
await benchTraining()
say('start …')
await benchStart()
say('check-in through pcscd …')
await benchPcsc()
rmSync(dataDir, { recursive: true, force: true })

if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(figures)}\n`)
else for (const [name, value] of Object.entries(figures)) process.stdout.write(`${name.padEnd(28)} ${value}\n`)
