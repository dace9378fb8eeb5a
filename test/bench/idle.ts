// What a desk costs while nobody comes: CPU time of the built product and of its reader host, as the kernel counts it, with a
// reader of a real pcscd, without a card and with one that lies there; beside a Node that does nothing.
import { type ChildProcess, execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SeparateCard } from '../card/separate-card.ts'
import { openClient, startHeadless, startIdle } from '../headless.ts'
import type { Figures } from './measure.ts'

const measuredMs = 40_000
/** What a start still does behind its printed address is none of this. */
const settlingMs = 15_000

/** As Linux tells them. */
export const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

/** A process and all below it. */
const family = (pid: number): readonly number[] => [pid, ...childrenOf(pid).flatMap(family)]

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** Seconds of CPU so far, of all threads. */
function cpuSeconds(pids: readonly number[]): number {
  const ticks = pids.map((pid) => {
    // The name before it may hold spaces and brackets.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return Number(fields[11]) + Number(fields[12])
  })
  return ticks.reduce((sum, each) => sum + each, 0) / ticksPerSecond
}

/** Of one core, in percent, of each of them with its family. */
async function percentOf(watched: readonly ChildProcess[]): Promise<readonly number[]> {
  const families = watched.map(({ pid }) => family(pid ?? 0))
  const before = families.map(cpuSeconds)
  const began = performance.now()
  await sleep(measuredMs)
  const seconds = (performance.now() - began) / 1_000
  return families.map((pids, place) => ((cpuSeconds(pids) - (before[place] ?? 0)) / seconds) * 100)
}

/** `dataDir` knows the card's certificates. */
export async function benchIdle(card: SeparateCard, dataDir: string): Promise<Figures> {
  if (process.platform !== 'linux') return { 'idle.leftOut': 'measured as Linux tells it' }
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ reader: 'pcsc' }))
  const agent = await startHeadless(dataDir)
  const idle = startIdle()
  try {
    const call = await openClient(agent.address)
    await sleep(settlingMs)
    const [empty = Number.NaN, floor = Number.NaN] = await percentOf([agent.process, idle])
    await card.lay()
    for (;;) {
      const now = await call('reception', {})
      const current = now.ok ? now.value.current : null
      if (current?.pin != null) {
        await call('enterPin', { visitId: current.id, pin: '1234', lastTry: false })
        break
      }
      await sleep(50)
    }
    await sleep(settlingMs)
    const [withCard = Number.NaN] = await percentOf([agent.process])
    return { 'idle.cpuPercent': empty, 'idle.withCardCpuPercent': withCard, 'idle.floor.cpuPercent': floor }
  } finally {
    idle.kill()
    await agent.stop()
  }
}
