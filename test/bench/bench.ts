// `npm run bench`: every figure as a median of at least 30 runs, each against a floor or a peer measured in the same run
// where there is one.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTrainingPki } from '../../src-main/training/pki.ts'
import { missingForPcscd, preparePcscd } from '../card/pcscd.ts'
import { startSeparateCard } from '../card/separate-card.ts'
import { benchBookings } from './bookings.ts'
import { benchAgainstOpensc, benchIdentity, benchRecovery } from './card.ts'
import { benchCheckIn, benchTraining } from './check-in.ts'
import { benchEligibility } from './eligibility.ts'
import { benchHandover } from './handover.ts'
import { benchDeadHub, benchHub } from './hub.ts'
import { medianOf, round } from './measure.ts'
import { benchSlowCard } from './slow-card.ts'
import { benchTerminal } from './terminal.ts'

const root = join(import.meta.dirname, '../..')
const runs = 40
const say = (text: string) => process.stderr.write(`${text}\n`)

const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-bench-'))
const figures: Record<string, number | string> = {}

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
    Object.assign(figures, await benchCheckIn(dataDir, card, pcscd.port, runs))
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
Object.assign(figures, await benchTraining(dataDir, runs))
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
