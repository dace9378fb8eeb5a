// A day of patients in a few minutes: a card is laid on a real reader and taken away again and again, and neither the agent
// nor its reader host grows. The built product, measured from outside. Few cycles here; CYCLES=1000 is for a quiet hour.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../../src-main/ground/clock.ts'
import { dataFolder } from '../../agent/fixture.ts'
import { measure, openClient, startHeadless } from '../../headless.ts'
import { eventually } from '../../support.ts'
import type { Pcscd } from '../pcscd.ts'
import { startSeparateCard } from '../separate-card.ts'

const cycles = Number(process.env.CYCLES ?? 10)
/** Until all code has run and caches are filled. */
const warmUp = 5 + Math.floor(cycles / 20)
const megabyte = 1_048_576

/** Resident memory in bytes and open handles of the one child process of `pid`, the reader host; its id shows a restart. */
function measureChild(pid: number) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  const child = children[0] ?? ''
  const [, kilobytes = ''] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child}/status`, 'utf8')) ?? []
  return { children, rss: Number(kilobytes) * 1024, handles: readdirSync(`/proc/${child}/fd`).length }
}

/** Registers the test. `pcscd` runs, and nothing lies on its reader. */
export function testCycles(pcscd: () => Pcscd): void {
  test(
    `${cycles} cards laid and taken away leave agent and reader host as large as they were`,
    async () => {
      const dataDir = await dataFolder({ reader: 'pcsc' }, systemClock)
      const agent = await startHeadless(dataDir, true)
      onTestFinished(agent.stop)
      const call = await openClient(agent.address)
      const card = await startSeparateCard(`${dataDir}/training`, pcscd().port)
      onTestFinished(card.stop)
      const reception = async () => {
        const answer = await call('reception', {})
        if (!answer.ok) throw new Error(answer.error.code)
        return answer.value
      }
      const cycle = async () => {
        await card.lay()
        await eventually('the PIN is asked for', async () => (await reception()).current?.pin != null)
        await card.takeAway()
        await eventually('the visit has ended', async () => (await reception()).current?.failure != null)
        expect((await reception()).current?.failure?.code).toBe('CARD_REMOVED')
      }
      const pid = agent.process.pid ?? 0
      const look = async () => ({ agent: await measure(agent.process), host: measureChild(pid) })

      for (let count = 0; count < warmUp; count++) await cycle()
      const before = await look()
      for (let count = 0; count < cycles; count++) await cycle()
      const after = await look()

      // Read by a person who runs the thousand.
      const line = ({ agent: { heapUsed, rss, handles }, host }: typeof before) =>
        `agent ${(heapUsed / megabyte).toFixed(1)} MB heap, ${(rss / megabyte).toFixed(0)} MB resident, ${handles} handles; ` +
        `reader host ${(host.rss / megabyte).toFixed(0)} MB, ${host.handles} handles`
      process.stderr.write(`before: ${line(before)}\nafter:  ${line(after)}\n`)

      expect(after.host.children).toEqual(before.host.children)
      expect(after.agent.handles - before.agent.handles).toBeLessThanOrEqual(2)
      expect(after.host.handles - before.host.handles).toBeLessThanOrEqual(2)
      // What the allocator keeps is no growth: a leak of one certificate with its session per cycle would be seen in the heap.
      expect(after.agent.heapUsed - before.agent.heapUsed).toBeLessThan(2 * megabyte + cycles * 1024)
      expect(after.agent.rss - before.agent.rss).toBeLessThan(40 * megabyte)
      expect(after.host.rss - before.host.rss).toBeLessThan(20 * megabyte)
    },
    60_000 + (cycles + warmUp) * 5_000,
  )
}
