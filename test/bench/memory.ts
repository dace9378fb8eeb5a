// What the agent keeps of each check-in: 10,000 of them in training mode, one after the other, without the person. A day of the clinic
// passes every 200, because the list of a day is no growth: the agent's clock is set. Memory is looked at after a garbage
// collection: what JavaScript holds in its heap and outside of it, and what the process has for itself alone.
import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { z } from 'zod'
import { daysLater } from '../../src-main/ground/clock.ts'
import { atDesk } from '../at-desk.ts'
import { openAgent, until } from './agent.ts'
import { type Figures, median, type Spread } from './measure.ts'

const checkIns = 10_000
const perDay = 200
const sampleEvery = 200
/** Caches are full, code is compiled. */
const settledAfter = 2_000
const personas = ['nanbyo', 'kodomo', 'kosei-hitorioya', 'none', 'ended']
const megabyte = 1_000_000

type Point = [x: number, y: number]

/**
 * The line through the points after Theil and Sen: the median of the slopes of all pairs, which a few odd samples do not move; and
 * the slopes between which the true one lies with 95 % certainty, by Kendall's distribution for many points (Sen, 1968).
 */
export function slopeOf(points: readonly Point[]): Spread {
  const slopes = points
    .flatMap(([x1, y1], place) => points.slice(place + 1).map(([x2, y2]) => (y2 - y1) / (x2 - x1)))
    .sort((one, other) => one - other)
  const count = points.length
  const width = 1.96 * Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18)
  const at = (place: number) => slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(place)))] ?? Number.NaN
  return {
    ...{ median: median(slopes), low: at((slopes.length - width) / 2), high: at((slopes.length + width) / 2) },
    runs: count,
  }
}

function collector(): () => void {
  setFlagsFromString('--expose-gc')
  return z.function().parse(runInNewContext('gc'))
}

/** Bytes that no other process shares. */
const ownBytes = () =>
  Number(/^Private_Dirty:\s+(\d+) kB/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))?.[1]) * 1_024

async function checkIn(agent: Awaited<ReturnType<typeof openAgent>>, persona: string): Promise<void> {
  const before = agent.reception().current?.id
  await agent.call(atDesk, 'insertTrainingCard', { persona })
  const asked = await until(agent, ({ current }) => current?.id !== before && current?.pin != null)
  await agent.call(atDesk, 'enterPin', { visitId: asked.current?.id ?? '', pin: '1234', lastTry: false })
  await agent.settled()
  await agent.call(atDesk, 'removeTrainingCard', {})
}

export async function benchMemory(dataDir: string, say: (text: string) => void): Promise<Figures> {
  if (process.platform !== 'linux') return { 'memory.leftOut': 'measured as Linux tells it' }
  let days = 0
  const clock = { now: () => daysLater(new Date(), days) }
  const collect = collector()
  const agent = await openAgent(dataDir, 'training', { clock })
  const own: Point[] = []
  const script: Point[] = []
  const began = performance.now()
  for (let count = 1; count <= checkIns; count++) {
    await checkIn(agent, personas[count % personas.length] ?? '')
    if (count !== 1 && count % sampleEvery !== 0) continue
    days = Math.floor(count / perDay)
    collect()
    const { heapUsed, external } = process.memoryUsage()
    script.push([count, heapUsed + external])
    own.push([count, ownBytes()])
    if (count % 1_000 === 0) say(`${count} check-ins, ${Math.round((own.at(-1)?.[1] ?? 0) / megabyte)} MB`)
  }
  const seconds = (performance.now() - began) / 1_000
  await agent.stop()
  const drawn = (points: readonly Point[]) => ({
    ...slopeOf(points.filter(([x]) => x >= settledAfter)),
    points: points.map(([x, y]): Point => [x, y / megabyte]),
  })
  const at = (count: number) => (own.find(([x]) => x === count)?.[1] ?? Number.NaN) / megabyte
  return {
    'memory.agentAt1Mb': at(1),
    'memory.agentAt1kMb': at(1_000),
    'memory.agentAt10kMb': at(10_000),
    'memory.agentSlopeBytesPerCheckIn': drawn(own),
    'memory.agentHeapSlopeBytesPerCheckIn': drawn(script),
    'memory.checkInsPerSecond': checkIns / seconds,
  }
}
