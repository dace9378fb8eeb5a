// The desktop program's agent is killed in the middle of check-ins, again and again, while a receipt computer takes the files
// (test/crash/kill.test.ts does it to the headless one). Two kills are followed by the next agent under the same window; after
// the third, which is too many, the window is closed and the program started anew, as the page says.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { createKeyFile } from '../../src-main/store/key-store.ts'
import {
  checkIn,
  checkInUntilGone,
  longestBeforeKill,
  openClinic,
  untilNothingIsUnderWay,
} from '../crash/taken-once.ts'
import { randomFrom } from '../random.ts'
import { eventually } from '../support.ts'
import { callOf, closeWindow, type Desktop, giveToUser, killAgent, ownFolder } from './desktop.ts'
import { test } from './test.ts'
import { session } from './told.ts'

/** DESKTOP_KILLS=50 is the full count. */
const kills = Number(process.env.DESKTOP_KILLS ?? 6)
const standingSchema = z.object({
  value: z.union([z.object({ whole: z.unknown() }), z.object({ line: z.enum(['restarting', 'failed']) })]),
})

/** Waits until an agent is at work, or nobody will be any more. */
async function settled({ desk }: Desktop): Promise<'at work' | 'failed'> {
  let isFailed = false
  await eventually('an agent is at work, or the page says that none will be', async () => {
    const answer = standingSchema.safeParse(await desk.evaluate(() => window.madoguchi?.call('reception', {})))
    if (!answer.success) return false
    isFailed = 'line' in answer.data.value && answer.data.value.line === 'failed'
    return isFailed || 'whole' in answer.data.value
  })
  return isFailed ? 'failed' : 'at work'
}

test('whatever was committed when its agent was killed is taken in exactly once, whole, by every destination', async ({
  folder,
  start,
}) => {
  test.setTimeout(120_000 + kills * 30_000)
  const seed = Number(process.env.MADOGUCHI_SEED ?? Date.now() % 1_000_000)
  const random = randomFrom(seed)
  const dataDir = ownFolder(folder)
  const shares = mkdtempSync(join(tmpdir(), 'madoguchi-shares-'))
  giveToUser(shares)
  const clinic = openClinic(dataDir, join(shares, 'import'))
  await eventually('the receipt computer has its folders', () => existsSync(join(shares, 'import/receipt/ack')))
  giveToUser(shares)
  // A key that the test can open the database with as well.
  const program = session.programWithoutKeyring

  let desktop = await start({ program })
  await settled(desktop)
  await checkIn(callOf(desktop))
  const longestMs = await longestBeforeKill(() => checkIn(callOf(desktop)))

  let starts = 1
  for (let count = 0; count < kills; count++) {
    const work = checkInUntilGone(async () => callOf(desktop))
    await new Promise((resolve) => setTimeout(resolve, random() * longestMs))
    await killAgent(desktop.app)
    await work
    if ((await settled(desktop)) === 'at work') continue
    const ended = desktop.app.waitForEvent('close')
    await closeWindow(desktop.app, desktop.desk)
    await ended
    desktop = await start({ program })
    starts += 1
    await settled(desktop)
  }

  await untilNothingIsUnderWay(callOf(desktop), 60_000 + kills * 5_000)
  await desktop.app.close()
  for (const line of await clinic.lookThrough(createKeyFile(join(dataDir, 'database.key')), kills / 4)) {
    console.info(`desktop, seed ${seed}, ${kills} kills, ${starts} starts, ${line}`)
  }
  rmSync(shares, { recursive: true })
})
