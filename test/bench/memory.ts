// What the agent and its page keep of each check-in: 10,000 of them in training mode, one after the other, without the person. A day of
// the clinic passes every 200, because the list of a day is no growth: the agent's clock is set. What a process has for itself alone is
// looked at as it is, for how much of a computer it takes, and after a garbage collection, for what it keeps.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { daysLater } from '../../src-main/ground/clock.ts'
import { deskDoor } from '../../src-main/shell/doors.ts'
import { startHeadlessServer } from '../../src-main/shell/headless-server.ts'
import { atDesk } from '../at-desk.ts'
import { enginePath } from '../browser.ts'
import { openAgent } from './agent.ts'
import { openBarePage } from './bare-page.ts'
import { checkIn } from './check-in.ts'
import { openCollector } from './collecting.ts'
import type { Figures } from './measure.ts'
import { checkIns, isSampled, ownBytes, type Point, sizeFigures, slopeFigure } from './memory-samples.ts'

const root = join(import.meta.dirname, '../..')
const perDay = 200
const personas = ['nanbyo', 'kodomo', 'kosei-hitorioya', 'none', 'ended']

type Series = Record<'asItIs' | 'collected' | 'held', Point[]>

export async function benchMemory(dataDir: string, say: (text: string) => void): Promise<Figures> {
  if (process.platform !== 'linux') return { 'memory.leftOut': 'measured as Linux tells it' }
  if (!enginePath) return { 'memory.leftOut': 'Chromium is not installed' }
  let days = 0
  const collector = await openCollector()
  const agent = await openAgent(dataDir, 'training', { clock: { now: () => daysLater(new Date(), days) } })
  const pages = { rendererDir: join(root, 'dist/renderer'), packedDir: join(root, 'dist/packed-renderer') }
  const server = await startHeadlessServer({ agent, pages, port: 0 })
  if (!server.ok) throw new Error(server.error.code)
  const page = await openBarePage(server.value.entrance(deskDoor))
  const watched = {
    agent: { ...collector, own: async () => ownBytes('self') },
    page,
  }
  const series: Record<keyof typeof watched, Series> = {
    agent: { asItIs: [], collected: [], held: [] },
    page: { asItIs: [], collected: [], held: [] },
  }
  const began = performance.now()
  for (let count = 1; count <= checkIns; count++) {
    const persona = personas[count % personas.length] ?? ''
    await checkIn(agent, () => agent.call(atDesk, 'insertTrainingCard', { persona }))
    await agent.call(atDesk, 'removeTrainingCard', {})
    if (!isSampled(count)) continue
    days = Math.floor(count / perDay)
    // The page has drawn what it was told last.
    await sleep(50)
    for (const name of ['agent', 'page'] as const) {
      const { own, collect, held } = watched[name]
      series[name].asItIs.push([count, await own()])
      await collect()
      series[name].collected.push([count, await own()])
      series[name].held.push([count, await held()])
    }
    if (count % 1_000 === 0) say(`${count} check-ins`)
  }
  const seconds = (performance.now() - began) / 1_000
  await page.close()
  await server.value.close()
  await agent.stop()
  return {
    ...sizeFigures('agent', series.agent.asItIs),
    ...sizeFigures('page', series.page.asItIs),
    'memory.agentSlopeBytesPerCheckIn': slopeFigure(series.agent.collected),
    'memory.agentHeapSlopeBytesPerCheckIn': slopeFigure(series.agent.held),
    'memory.pageSlopeBytesPerCheckIn': slopeFigure(series.page.collected),
    'memory.pageHeapSlopeBytesPerCheckIn': slopeFigure(series.page.held),
    'memory.checkInsPerSecond': checkIns / seconds,
  }
}
