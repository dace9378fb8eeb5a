// A whole check-in without the person: in training mode, and on the system's readers against its floor, measured in the
// same run: the same APDUs on the bare binding, the same requests on bare undici, the same bytes written durably. Card and
// hub are processes of their own, as at a clinic: what it costs to be one is not charged to the agent.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { establishContext, status } from '../../native/pcsclite.ts'
import type { Agent } from '../../src-main/agent.ts'
import { commands } from '../../src-main/card/apdu.ts'
import { jpki } from '../../src-main/card/applications.ts'
import { readHubAccess } from '../../src-main/settings/hub-access.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import type { TrainingCard } from '../../src-main/stand-ins/certificates/pki.ts'
import { atDesk } from '../at-desk.ts'
import type { SeparateCard } from '../card/separate-card.ts'
import { openAgent, until } from './agent.ts'
import { createHostWatch, isWaiting } from './card.ts'
import { barePool, bareRequests, digestInfoOf } from './hub.ts'
import { type Figures, removeFile, spread, spreadOf, writeBareFile } from './measure.ts'

const root = join(import.meta.dirname, '../..')
const warmUp = 5

/** From `begin`, which lays the card, to delivered files, without a person: the PIN is there at once. Returns the visit. */
export async function checkIn(agent: Agent, begin: () => Promise<unknown>): Promise<string> {
  const before = agent.reception().current?.id
  const asked = until(agent, ({ current }) => current?.id !== before && current?.pin != null)
  await begin()
  const visitId = (await asked).current?.id ?? ''
  await agent.call(atDesk, 'enterPin', { visitId, pin: '1234', lastTry: false })
  await agent.settled()
  return visitId
}

export function mustBeHandedOver(agent: Agent): void {
  if (agent.reception().current?.state !== 'handedOver') throw new Error('the check-in was not handed over')
}

export async function benchTraining(dataDir: string, runs: number): Promise<Figures> {
  const agent = await openAgent(dataDir, 'training')
  const time = await spreadOf(runs, warmUp, async () => {
    const start = performance.now()
    await checkIn(agent, () => agent.call(atDesk, 'insertTrainingCard', { persona: 'nanbyo' }))
    const own = performance.now() - start
    mustBeHandedOver(agent)
    await agent.call(atDesk, 'removeTrainingCard', {})
    return own
  })
  await agent.stop()
  return { 'training.checkInMs': time }
}

/** The very APDUs of a check-in on the bare binding; connecting and resetting are not counted. */
async function bareApdus(card: TrainingCard): Promise<number> {
  const block = 256
  const sequence = [
    commands.selectApplication(jpki.token.aid),
    commands.selectFile(jpki.token.id),
    commands.readBinary(0, 32),
    commands.selectFile(jpki.authenticationCertificate.id),
    commands.readBinary(0, block),
    commands.readBinary(block, card.certificate.length - block),
    commands.selectFile(jpki.authenticationPin.id),
    commands.verifyState(),
    commands.verify(Buffer.from('1234')),
    commands.selectFile(jpki.authenticationKey.id),
    commands.computeSignature(digestInfoOf('bench')),
  ]
  const [established, context] = await establishContext()
  if (established !== status.success) throw new Error('no PC/SC context')
  const [, names] = await context.listReaders()
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

export const startEntry = (entry: string, args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [join(root, 'dist/main', entry), ...args], { stdio: ['ignore', 'pipe', 'ignore'] })

export async function stopEntry(entry: ChildProcess): Promise<void> {
  if (entry.exitCode !== null || entry.signalCode !== null) return
  entry.kill()
  await once(entry, 'exit')
}

const sandboxSchema = z.object({
  url: z.string(),
  ca: z.string(),
  clientCertificate: z.string(),
  clientKey: z.string(),
})

/** Check-ins on the system's readers. `folder` holds the certificates of the training clinic in `training`, `sample` is that of the card. */
export async function benchCheckIn(
  card: SeparateCard,
  sample: TrainingCard,
  folder: string,
  runs: number,
): Promise<Figures> {
  const sandbox = startEntry('sandbox.js', ['--data', folder, '--json', '--port', '0', '--office-port', '0'])
  try {
    return await measureCheckIn(card, sample, folder, runs, await hubOf(sandbox))
  } finally {
    await stopEntry(sandbox)
  }
}

/** Where a sandbox hub that was started tells that it is. */
export async function hubOf(sandbox: ChildProcess) {
  const [printed] = await once(sandbox.stdout ?? sandbox, 'data')
  return sandboxSchema.parse(JSON.parse(String(printed)))
}

/** A clinic in `folder` that is live, with two destinations as in training mode; its data folder. */
export function writeClinic(folder: string, hub: z.infer<typeof sandboxSchema>): string {
  const { url, ca, clientCertificate, clientKey } = hub
  const dataDir = join(folder, 'clinic')
  mkdirSync(dataDir)
  writeFileSync(
    join(dataDir, 'settings.json'),
    JSON.stringify({
      mode: 'live',
      hub: { url, caFile: ca, clientCertificateFile: clientCertificate, clientKeyFile: clientKey },
      destinations: [
        { id: 'receipt-csv', format: 'csv', folder: 'import/csv' },
        { id: 'receipt-json', format: 'json', folder: 'import/json' },
      ],
    }),
  )
  for (const name of ['csv', 'json']) mkdirSync(join(dataDir, 'import', name), { recursive: true })
  return dataDir
}

async function measureCheckIn(
  card: SeparateCard,
  sample: TrainingCard,
  folder: string,
  runs: number,
  hub: z.infer<typeof sandboxSchema>,
): Promise<Figures> {
  const dataDir = writeClinic(folder, hub)
  const settings = await loadSettings(dataDir)
  const access =
    settings.ok && settings.value.hub
      ? await readHubAccess(settings.value.hub, { environment: {}, system: null })
      : null
  if (!access?.ok) throw new Error('no hub')

  const watch = createHostWatch()
  const agent = await openAgent(dataDir, 'pcsc', { startReaderHost: watch.start })
  const pool = barePool(access.value)
  const bare = join(folder, 'bare')
  mkdirSync(bare)

  // In turn, so that whatever the machine does to one it does to all.
  const rounds: Record<'whole' | 'apdus' | 'hub' | 'files' | 'commands', number>[] = []
  for (let index = -warmUp; index < runs; index++) {
    await until(agent, isWaiting)
    watch.reset()
    const visitId = await checkIn(agent, () => card.lay())
    const { ms } = watch.elapsed()
    mustBeHandedOver(agent)
    const contents = importFilesOf(agent)
    const round = {
      whole: ms,
      commands: agent.timings()?.apdus ?? 0,
      apdus: await bareApdus(sample),
      hub: await bareRequests(pool, sample),
      files: await bareFiles(bare, contents),
    }
    if (index >= 0) rounds.push(round)
    await card.takeAway()
    await until(agent, ({ readers }) => readers.every(({ state }) => state === 'empty'))
    await agent.call(atDesk, 'closeVisit', { visitId })
  }
  await pool.destroy()
  await agent.stop()
  const of = (part: keyof (typeof rounds)[number]) => spread(rounds.map((round) => round[part]))
  return {
    'pcsc.checkInMs': of('whole'),
    'pcsc.apdus': of('commands'),
    'pcsc.floor.apdusMs': of('apdus'),
    'pcsc.floor.apduRoundTripMs': spread(rounds.map(({ apdus, commands }) => apdus / commands)),
    'pcsc.floor.hubMs': of('hub'),
    'pcsc.floor.filesMs': of('files'),
    'pcsc.floorMs': spread(rounds.map(({ apdus, hub, files }) => apdus + hub + files)),
    'pcsc.checkInToFloor': spread(rounds.map(({ whole, apdus, hub, files }) => whole / (apdus + hub + files))),
  }
}

/** What the visit at the counter has laid into the folders. */
const importFilesOf = (agent: Agent): readonly Uint8Array[] =>
  (agent.reception().current?.deliveries ?? []).flatMap(({ path }) => (path === null ? [] : [readFileSync(path)]))
