// The agent's process is killed at random moments of check-ins, thousands of times. After each restart everything that its screen was
// told is there, or further; and in the end the receipt computer has taken in each file exactly once.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { VisitState } from '../../src-main/ground/states.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { type Headless, openClient, startHeadless } from '../headless.ts'
import { randomFrom } from '../random.ts'
import { mayFollow } from './left-behind.ts'
import type { Share } from './share-of-time.ts'
import {
  type Call,
  checkIn,
  checkInUntilGone,
  longestBeforeKill,
  openClinic,
  untilNothingIsUnderWay,
} from './taken-once.ts'

/** Kills of one data folder: then it is looked through, and another one begins. */
const killsEach = 50

async function kill({ process }: Headless): Promise<void> {
  process.kill('SIGKILL')
  await once(process, 'exit')
}

/** What the screen was told, over all starts of a data folder. */
function openMemory() {
  const visits = new Map<string, { readonly number: number; readonly state: VisitState }>()
  let day = ''
  return {
    /** A client whose every answer is remembered. */
    listen(call: Call): Call {
      return async (name, request) => {
        const answer = await call(name, request)
        if (!answer.ok) return answer
        const { today, visits: rows, current } = answer.value
        // The list is that of a day.
        if (today !== day) visits.clear()
        day = today
        // One without a number is being saved.
        for (const row of [...rows, ...(current ? [current] : [])]) if (row.number > 0) visits.set(row.id, row)
        return answer
      }
    },
    /** After a start: all of it is there. */
    async holds(call: Call): Promise<void> {
      const answer = await call('reception', {})
      assert.ok(answer.ok, 'the agent does not answer after its start')
      const { today, visits: rows } = answer.value
      if (today !== day) return
      for (const [id, { number, state }] of visits) {
        const row = rows.find((each) => each.id === id)
        assert.ok(row, `visit ${number}, told as ${state}, is gone after a restart`)
        assert.equal(row.number, number, `visit ${number} has another number after a restart`)
        assert.ok(
          mayFollow.visit(state, row.state),
          `visit ${number}, told as ${state}, is ${row.state} after a restart`,
        )
      }
    },
  }
}

/** One data folder from its first start to its last; returns how often it was killed. */
async function oneFolder(certificates: string, share: Share, most: number): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-kills-'))
  cpSync(certificates, join(dataDir, 'training'), { recursive: true })
  const clinic = openClinic(dataDir, join(dataDir, 'import'))
  const memory = openMemory()
  await kill(await startHeadless(dataDir))
  const rehearsal = await startHeadless(dataDir)
  const longestMs = await longestBeforeKill(async () => checkIn(memory.listen(await openClient(rehearsal.address))))
  await kill(rehearsal)
  let kills = 2
  while (kills < most && !share.isOver()) {
    const agent = await startHeadless(dataDir)
    const call = await openClient(agent.address)
    await memory.holds(call)
    const work = checkInUntilGone(async () => memory.listen(call))
    await new Promise((resolve) => setTimeout(resolve, share.random() * longestMs))
    await kill(agent)
    await work
    kills += 1
  }
  const agent = await startHeadless(dataDir)
  const call = await openClient(agent.address)
  await memory.holds(call)
  await untilNothingIsUnderWay(call, 60_000 + kills * 5_000)
  await agent.stop()
  for (const line of await clinic.lookThrough(openHeadlessKey(dataDir), 0)) share.say(`  ${line}`)
  rmSync(dataDir, { recursive: true, force: true })
  return kills
}

/** Until it was killed `most` times, or the time is over. As many clinics side by side as there are processors, each by dice of its own. */
export async function killAgents(
  certificates: string,
  share: Share,
  most: number,
): Promise<{ readonly agent: number }> {
  let left = most
  let agent = 0
  const oneAfterAnother = async (index: number) => {
    const own = { ...share, random: randomFrom(share.seed + index) }
    while (left > 0 && !share.isOver()) {
      const next = Math.min(killsEach, left)
      left -= next
      const killed = await oneFolder(certificates, own, next)
      agent += killed
      share.say(`the agent was killed ${agent} times`)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, (_, index) => oneAfterAnother(index)))
  return { agent }
}
