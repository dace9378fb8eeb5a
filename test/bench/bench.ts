// `npm run bench`: every figure as a median of at least 30 runs, and the card-to-file path against its floor, measured in
// the same run: the same APDUs on the bare binding, the same requests on bare undici, the same bytes written durably.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { establishContext, status } from '../../native/pcsclite.ts'
import type { Agent } from '../../src-main/agent.ts'
import { commands } from '../../src-main/card/apdu.ts'
import { jpki } from '../../src-main/card/applications.ts'
import { openTrainingPki, type TrainingCard } from '../../src-main/training/pki.ts'
import { missingForPcscd, preparePcscd } from '../card/pcscd.ts'
import { startSeparateCard } from '../card/separate-card.ts'
import { openAgent, until } from './agent.ts'
import { benchBookings } from './bookings.ts'
import { benchAgainstOpensc, benchIdentity, benchRecovery } from './card.ts'
import { benchEligibility } from './eligibility.ts'
import { benchHandover } from './handover.ts'
import { barePool, bareRequests, benchDeadHub, benchHub } from './hub.ts'
import { median, medianOf, removeFile, round, writeBareFile } from './measure.ts'
import { benchSlowCard } from './slow-card.ts'
import { benchTerminal } from './terminal.ts'

const root = join(import.meta.dirname, '../..')
const runs = 40
const warmUp = 5
/** DER prefix of DigestInfo for SHA-256 (RFC 8017, section 9.2, note 1). */
const sha256Prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex')
const say = (text: string) => process.stderr.write(`${text}\n`)

const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-bench-'))
const figures: Record<string, number | string> = {}

/** Card to delivered files, in milliseconds, without a person: the PIN is there at once. `begin` lays the card. */
async function checkIn(agent: Agent, begin: () => Promise<unknown>): Promise<number> {
  const before = agent.reception().current?.id
  const start = performance.now()
  await begin()
  const asked = await until(agent, ({ current }) => current?.id !== before && current?.pin != null)
  const visitId = asked.current?.id ?? ''
  await agent.call('enterPin', { visitId, pin: '1234', lastTry: false })
  await agent.settled()
  const time = performance.now() - start
  if (agent.reception().current?.state !== 'handedOver') throw new Error('the check-in was not handed over')
  return time
}

async function benchTraining(): Promise<void> {
  const agent = await openAgent(dataDir, 'training')
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
const add = (more: Readonly<Record<string, number>>) => {
  for (const [name, value] of Object.entries(more)) figures[name] = round(value)
}

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

/** The very APDUs of a check-in on the bare binding; connecting and resetting are not counted. */
async function bareApdus(card: TrainingCard): Promise<number> {
  const digestInfo = Buffer.concat([sha256Prefix, createHash('sha256').update('bench').digest()])
  const blocks = Array.from({ length: Math.ceil(card.certificate.length / 256) }, (_, index) =>
    commands.readBinary(index * 256, index === 0 ? 256 : Math.min(256, card.certificate.length - index * 256)),
  )
  const sequence = [
    commands.selectApplication(jpki.token.aid),
    commands.selectFile(jpki.token.id),
    commands.readBinary(0, 32),
    commands.selectFile(jpki.authenticationCertificate.id),
    ...blocks,
    commands.selectFile(jpki.authenticationPin.id),
    commands.verifyState(),
    commands.verify(Buffer.from('1234')),
    commands.selectFile(jpki.authenticationKey.id),
    commands.computeSignature(digestInfo),
  ]
  const [established, context] = establishContext()
  if (established !== status.success) throw new Error('no PC/SC context')
  const [, names] = context.listReaders()
  const [connected, handle] = await context.connect(names[0] ?? '')
  if (connected !== status.success) throw new Error('no card')
  const start = performance.now()
  for (const command of sequence) {
    const [result, response] = await context.transmit(handle, command)
    // 63Cx is the right answer to the question about the tries.
    if (result !== status.success || ![0x90, 0x63].includes(response.at(-2) ?? 0)) throw new Error('the card refused')
  }
  const time = performance.now() - start
  await context.disconnect(handle)
  context.release()
  return time
}

/** The same bytes as the import files, written durably and nothing else. */
async function bareFiles(folder: string, contents: readonly Uint8Array[]): Promise<number> {
  const start = performance.now()
  for (const [index, content] of contents.entries()) await writeBareFile(folder, `${index}`, content)
  const time = performance.now() - start
  for (const index of contents.keys()) await removeFile(join(folder, `${index}`))
  return time
}

/** Check-ins on the system's readers. The card is in a process of its own, its first visit is the warm-up. */
async function benchCheckIn(card: TrainingCard, port: number): Promise<void> {
  const virtual = spawn(
    process.execPath,
    [join(root, 'dist/main/virtual-card.js'), '--data', dataDir, '--port', String(port)],
    { stdio: 'ignore' },
  )
  const agent = await openAgent(dataDir, 'pcsc')
  const current = () => agent.reception().current
  await until(agent, (reception) => reception.current?.pin != null)
  await agent.call('enterPin', { visitId: current()?.id ?? '', pin: '1234', lastTry: false })
  await agent.settled()

  const hub = agent.training?.hub
  if (!hub) throw new Error('no sandbox hub')
  const pool = barePool(hub)
  const contents = current()?.deliveries.flatMap(({ path }) => (path === null ? [] : [readFileSync(path)])) ?? []
  const folder = join(dataDir, 'bare')
  mkdirSync(folder)

  // In turn, so that whatever the machine does to one it does to all.
  const rounds: Record<'whole' | 'apdus' | 'hub' | 'files', number>[] = []
  for (let index = -warmUp; index < runs; index++) {
    const round = {
      whole: await checkIn(agent, () => agent.call('retryVisit', { visitId: current()?.id ?? '' })),
      apdus: await bareApdus(card),
      hub: await bareRequests(pool, card),
      files: await bareFiles(folder, contents),
    }
    if (index >= 0) rounds.push(round)
  }
  const apduCount = agent.timings()?.apdus ?? 0
  await pool.destroy()
  await agent.stop()
  virtual.kill()
  await once(virtual, 'exit')
  const of = (part: keyof (typeof rounds)[number]) => median(rounds.map((round) => round[part]))
  Object.assign(figures, {
    'pcsc.checkInMs': round(of('whole')),
    'pcsc.apdus': apduCount,
    'pcsc.floor.apdusMs': round(of('apdus')),
    'pcsc.floor.apduRoundTripMs': round(of('apdus') / apduCount),
    'pcsc.floor.hubMs': round(of('hub')),
    'pcsc.floor.filesMs': round(of('files')),
    'pcsc.floorMs': round(median(rounds.map(({ apdus, hub, files }) => apdus + hub + files))),
    'pcsc.checkInToFloor': round(median(rounds.map(({ whole, apdus, hub, files }) => whole / (apdus + hub + files)))),
  })
}

/** Everything that needs the one pcscd of a computer. */
async function benchPcsc(): Promise<void> {
  const missing = missingForPcscd()
  if (missing) {
    figures['pcsc.leftOut'] = missing
    return
  }
  const folder = join(dataDir, 'training')
  const card = (await openTrainingPki(folder, new Date())).cards.get('nanbyo')
  if (!card) throw new Error('no sample card')
  const pcscd = preparePcscd()
  if (!pcscd.isFast) say('!! no C compiler: the virtual reader takes 44 ms per APDU')
  try {
    await pcscd.start()
    say('check-in through pcscd …')
    await benchCheckIn(card, pcscd.port)
    const separate = await startSeparateCard(folder, pcscd.port)
    try {
      say('the card engine against OpenSC …')
      Object.assign(figures, await benchAgainstOpensc(separate, dataDir))
      say('card in to identity …')
      Object.assign(figures, await benchIdentity(separate, dataDir))
      say('a slow card with the screen open …')
      writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ reader: 'pcsc' }))
      Object.assign(figures, await benchSlowCard(separate, dataDir))
    } finally {
      separate.stop()
    }
    say('back after pcscd was away …')
    Object.assign(figures, await benchRecovery(pcscd, dataDir))
  } finally {
    await pcscd.close()
  }
}

say('check-in in training mode …')
await benchTraining()
say('the hub …')
add(await benchHub(dataDir, runs))
add(await benchDeadHub(dataDir))
say('a thousand bookings …')
add(await benchBookings(dataDir, join(root, 'migrations')))
say('the judgement of an answer …')
add(benchEligibility())
say('the terminal’s folders …')
add(await benchTerminal())
say('the hand-over …')
add(await benchHandover())
say('start …')
await benchStart()
await benchPcsc()
rmSync(dataDir, { recursive: true, force: true })

if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(figures)}\n`)
else for (const [name, value] of Object.entries(figures)) process.stdout.write(`${name.padEnd(30)} ${value}\n`)
