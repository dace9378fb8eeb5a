// kill -9 in the middle of check-ins, again and again, on the built product: whatever was committed has its file, whole
// and once. The moments are random; the seed is printed, so that a failure can be looked at again.
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKeyFile } from '../../src-main/store/key-store.ts'
import { openStore } from '../../src-main/store/sqlite-store.ts'
import { openTrainingPki } from '../../src-main/training/pki.ts'
import { openClient, startHeadless } from '../headless.ts'
import { eventually, must, root } from '../support.ts'

/** Kills in all, shared by two agents that run side by side. */
const kills = 200
const agents = 2
/** The kill comes at a random moment within so many milliseconds after the start: the first check-ins take longest. */
const longestMs = 800

let certificates: string
beforeAll(async () => {
  certificates = mkdtempSync(join(tmpdir(), 'madoguchi-crash-pki-'))
  await openTrainingPki(certificates, new Date())
})
afterAll(() => rmSync(certificates, { recursive: true, force: true }))

/** Random numbers from 0 to 1 that a seed brings back (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Check-ins one after the other until the agent is gone. */
async function checkInUntilGone(address: string): Promise<void> {
  try {
    const call = await openClient(address)
    for (;;) {
      await call('insertTrainingCard', { persona: 'nanbyo' })
      for (;;) {
        const answer = await call('reception', {})
        const current = answer.ok ? answer.value.current : null
        if (!current?.pin) continue
        await call('enterPin', { visitId: current.id, pin: '1234', lastTry: false })
        break
      }
      await call('removeTrainingCard', {})
    }
  } catch {
    // The kill: the connection breaks off.
  }
}

describe('kill -9 at random moments during check-ins', () => {
  test.concurrent.each(Array.from({ length: agents }, (_, index) => index))(
    'leaves every committed visit with exactly one complete file per destination (agent %i)',
    { timeout: 600_000 },
    async (index) => {
      const seed = Number(process.env.MADOGUCHI_SEED ?? Date.now() % 1_000_000) + index
      const random = randomFrom(seed)
      const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-crash-'))
      cpSync(certificates, join(dataDir, 'training'), { recursive: true })

      for (let kill = 0; kill < kills / agents; kill++) {
        const agent = await startHeadless(dataDir)
        const work = checkInUntilGone(agent.address)
        await new Promise((resolve) => setTimeout(resolve, random() * longestMs))
        agent.process.kill('SIGKILL')
        await once(agent.process, 'exit')
        await work
      }

      // One last start brings everything home by itself.
      const agent = await startHeadless(dataDir)
      const call = await openClient(agent.address)
      await eventually('all files are delivered', async () => {
        const answer = await call('reception', {})
        return answer.ok && answer.value.visits.every(({ state }) => state !== 'confirmed')
      })
      await agent.stop()

      const key = must(await createKeyFile(join(dataDir, 'database.key')).load())
      if (!key) throw new Error('the key is gone')
      const store = must(
        openStore({ file: join(dataDir, 'madoguchi.db'), key, migrationsDir: join(root, 'migrations') }),
      )
      const day = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10)
      const visits = await store.visitsOfDay(day)
      store.close()

      const committed = visits.filter(({ eligibility }) => eligibility !== null)
      console.info(`agent ${index}, seed ${seed}: ${visits.length} visits, ${committed.length} with an answer`)
      expect(committed.length).toBeGreaterThan(10)
      expect(committed.map(({ visit }) => visit.state)).toEqual(committed.map(() => 'handedOver'))

      for (const format of ['csv', 'json'] as const) {
        const folder = join(dataDir, 'import', format)
        const expected = committed.map(
          ({ deliveries }) => deliveries.find((delivery) => delivery.format === format)?.fileName,
        )
        // Exactly these: none is missing, none is there twice, no temporary file is left.
        expect(readdirSync(folder).sort()).toEqual(expected.sort())
        const visitIds = readdirSync(folder).map((name) => {
          const text = readFileSync(join(folder, name)).toString('latin1')
          // Whole to its last byte: the header and one row, or one JSON value.
          if (format === 'csv') expect(text).toMatch(/^format_version,.*\r\n.*\r\n$/)
          return format === 'csv' ? text.split('\r\n')[1]?.split(',')[3] : JSON.parse(text).visitId
        })
        expect(visitIds.sort()).toEqual(committed.map(({ visit }) => visit.id).sort())
      }
      rmSync(dataDir, { recursive: true, force: true })
    },
  )
})
