// `npm run bench`: every figure as a median of at least 30 runs, each against a floor or a peer measured in the same run
// where there is one.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { missingForPcscd, preparePcscd } from '../card/pcscd.ts'
import { startSeparateCard } from '../card/separate-card.ts'
import { benchBookings } from './bookings.ts'
import { benchAgainstOpensc, benchIdentity, benchRecovery } from './card.ts'
import { benchCheckIn, benchTraining } from './check-in.ts'
import { benchDesktop } from './desktop.ts'
import { benchEligibility } from './eligibility.ts'
import { benchHandover } from './handover.ts'
import { benchHospital } from './hospital.ts'
import { benchDeadHub, benchHub } from './hub.ts'
import { benchMasters } from './masters.ts'
import { medianOf, round } from './measure.ts'
import { benchScreen } from './screen.ts'
import { benchSlowCard } from './slow-card.ts'
import { benchTerminal } from './terminal.ts'
import { benchTold } from './told.ts'

const root = join(import.meta.dirname, '../..')
const runs = 40
const say = (text: string) => process.stderr.write(`${text}\n`)

const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-bench-'))
const figures: Record<string, number | string> = {}

/** From the start of the process to the printed address, as `npm start` runs it the second time. */
const add = (more: Readonly<Record<string, number | string>>) => {
  for (const [name, value] of Object.entries(more)) figures[name] = typeof value === 'number' ? round(value) : value
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
    await part('check-in through pcscd', async () =>
      Object.assign(figures, await benchCheckIn(dataDir, card, pcscd.port, runs)),
    )
    const separate = await startSeparateCard(folder, pcscd.port)
    try {
      await part('the card engine against OpenSC', async () =>
        Object.assign(figures, await benchAgainstOpensc(separate, dataDir)),
      )
      await part('card in to identity', async () => Object.assign(figures, await benchIdentity(separate, dataDir)))
      await part('a slow card with the screen open', async () => {
        writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ reader: 'pcsc' }))
        Object.assign(figures, await benchSlowCard(separate, dataDir))
      })
    } finally {
      separate.stop()
    }
    await part('back after pcscd was away', async () => Object.assign(figures, await benchRecovery(pcscd, dataDir)))
  } finally {
    await pcscd.close()
  }
}

const asJson = process.argv.includes('--json')
/**
 * A part that fails takes only its own figures away: it is told on stderr and among the figures, the others are still
 * measured, and the exit code says that something is missing.
 */
async function part(name: string, work: () => Promise<unknown> | unknown): Promise<void> {
  say(`${name} …`)
  try {
    await work()
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n')
    say(`!! ${name}: ${reason}`)
    figures[`failed: ${name}`] = reason
    process.exitCode = 1
  }
}

try {
  await part('check-in in training mode', async () => Object.assign(figures, await benchTraining(dataDir, runs)))
  await part('the hub', async () => {
    add(await benchHub(dataDir, runs))
    add(await benchDeadHub(dataDir))
  })
  await part('a thousand bookings', async () => add(await benchBookings(dataDir, join(root, 'migrations'))))
  await part('what a page is told', () => add(benchTold()))
  await part('the screen', async () => add(await benchScreen()))
  await part('the master of local schemes', async () => add(await benchMasters()))
  await part('the judgement of an answer', () => add(benchEligibility()))
  await part('the terminal’s folders', async () => add(await benchTerminal()))
  await part('the hand-over', async () => add(await benchHandover()))
  await part('fifty desks on one server', async () => add(await benchHospital(say)))
  await part('start', benchStart)
  await part('the desktop program', async () => Object.assign(figures, await benchDesktop(runs, say)))
  await part('the card through pcscd', benchPcsc)
} finally {
  rmSync(dataDir, { recursive: true, force: true })
  if (asJson) process.stdout.write(`${JSON.stringify(figures)}\n`)
  else for (const [name, value] of Object.entries(figures)) process.stdout.write(`${name.padEnd(30)} ${value}\n`)
}
// What a failed part has left open must not keep the bench from its end.
await new Promise((resolve) => process.stdout.write('', resolve))
process.exit()
