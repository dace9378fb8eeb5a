// kill -9 in the middle of check-ins, again and again, on the built product, while a receipt computer takes the files:
// whatever was committed is taken in once for each destination, whole. The moments are random; the seed is printed, so
// that a failure can be looked at again. test/desktop/kill.spec.ts does the same to the desktop program's agent.
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { type Headless, openClient, startHeadless } from '../headless.ts'
import { randomFrom } from '../random.ts'
import { checkIn, checkInUntilGone, longestBeforeKill, openClinic, untilNothingIsUnderWay } from './taken-once.ts'

/** Kills in all, shared by two agents that run side by side. KILLS=500 is the full count. */
const kills = Number(process.env.KILLS ?? 30)
const agents = 2

let certificates: string
beforeAll(async () => {
  certificates = mkdtempSync(join(tmpdir(), 'madoguchi-crash-pki-'))
  await openTrainingPki(certificates, new Date())
})
afterAll(() => rmSync(certificates, { recursive: true, force: true }))

describe('kill -9 at random moments during check-ins', () => {
  test.concurrent.each(Array.from({ length: agents }, (_, index) => index))(
    'lets every committed visit be taken in exactly once, whole, by every destination (agent %i)',
    { timeout: 60_000 + kills * 20_000 },
    async (index) => {
      const seed = Number(process.env.MADOGUCHI_SEED ?? Date.now() % 1_000_000) + index
      const random = randomFrom(seed)
      const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-crash-'))
      cpSync(certificates, join(dataDir, 'training'), { recursive: true })
      const clinic = openClinic(dataDir, join(dataDir, 'import'))

      const kill = async ({ process }: Headless) => {
        process.kill('SIGKILL')
        await once(process, 'exit')
      }

      // Measured by the first check-in after a start. The very first start of all makes one itself and is no measure.
      await kill(await startHeadless(dataDir))
      const rehearsal = await startHeadless(dataDir)
      const longestMs = await longestBeforeKill(async () => checkIn(await openClient(rehearsal.address)))
      await kill(rehearsal)

      for (let count = 2; count < kills / agents; count++) {
        const agent = await startHeadless(dataDir)
        const work = checkInUntilGone(() => openClient(agent.address))
        await new Promise((resolve) => setTimeout(resolve, random() * longestMs))
        await kill(agent)
        await work
      }

      const agent = await startHeadless(dataDir)
      await untilNothingIsUnderWay(await openClient(agent.address), 30_000 + kills * 2_500)
      await agent.stop()
      const lines = await clinic.lookThrough(openHeadlessKey(dataDir), kills / agents / 4)
      for (const line of lines) console.info(`agent ${index}, seed ${seed}, ${line}`)
      rmSync(dataDir, { recursive: true, force: true })
    },
  )
})
