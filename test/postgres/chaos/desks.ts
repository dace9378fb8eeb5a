// A process with several desks of the chaos run (chaos.ts). A desk here is what a desk has behind its screen: the site's store, its
// duties, the outbox with its lanes and their threads, the feed of what others change, and the end of visits that a crash has left. No
// reader, hub, page or settings. It is killed, stopped and cut off from outside, and notes what it was told (journal.ts).
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { followOthers } from '../../../src-main/agent/following.ts'
import { interruptVisits } from '../../../src-main/checkin/interrupted.ts'
import { systemClock } from '../../../src-main/ground/clock.ts'
import type { Log } from '../../../src-main/ground/log.ts'
import { createDeliveryThread } from '../../../src-main/handover/folder/threaded-deliverer.ts'
import { createOutbox } from '../../../src-main/handover/outbox/outbox.ts'
import { createDuties } from '../../../src-main/store/duties.ts'
import { openSiteStore } from '../../../src-main/store/postgres/store.ts'
import { newSigning } from '../../../src-main/store/signing.ts'
import type { Store } from '../../../src-main/store/store.ts'
import { checkIn, destinations, read } from './check-in.ts'
import { createDice } from './dice.ts'
import { openJournal } from './journal.ts'

const accessSchema = z.object({
  ...{ host: z.string(), port: z.number(), database: z.string(), user: z.string(), password: z.string() },
  ...{ ca: z.string(), site: z.string(), connections: z.number() },
})

const taskSchema = z.object({
  /** Each its own: by its line, under its own name. */
  desks: z.array(z.object({ id: z.string(), access: accessSchema })),
  key: z.string(),
  migrationsDir: z.string(),
  /** The folder of each destination lies here under its name. */
  folder: z.string(),
  journal: z.string(),
  seed: z.number(),
  /** How many are left to be begun, by all of them together. */
  visits: z.number(),
  /** Whose day it is goes on with every so many visits. */
  days: z.array(z.string()),
  /** In milliseconds: between two tries, and the longest pause of a lane. */
  againMs: z.number(),
  longestMs: z.number(),
})
export type DesksTask = z.infer<typeof taskSchema>

const thread = join(import.meta.dirname, '../../../src-main/handover/folder/delivery-thread.ts')

/** The server may be away, too, or its line. */
async function openOne(task: DesksTask, { id, access }: DesksTask['desks'][number]): Promise<Store> {
  for (;;) {
    const desk = { id, name: id, version: '0' }
    const key = Buffer.from(task.key, 'hex')
    // As a desk that was set up anew: with another key each time.
    const signing = newSigning('', key)
    const opened = await openSiteStore({ access, key, migrationsDir: task.migrationsDir, desk, signing })
    if (opened.ok) return opened.value
    if (!['STORE_UNREACHABLE', 'STORE_COMMIT_UNKNOWN'].includes(opened.error.code)) throw new Error(opened.error.code)
    await pause(task.againMs)
  }
}

process.on('disconnect', () => process.exit(1))
process.once('message', async (message) => {
  const task = taskSchema.parse(message)
  const { againMs, longestMs, days } = task
  const journal = openJournal(task.journal)
  let left = task.visits

  const openDesk = async (of: DesksTask['desks'][number], index: number) => {
    const { id } = of
    const store = await openOne(task, of)
    const held = new Set<string>()
    const log: Log = {
      write({ event, code, where = [] }) {
        if (code === 'LEASE_LOST') journal.note({ kind: 'fenced', desk: id })
        if (code === 'STORE_COMMIT_UNKNOWN') journal.note({ kind: 'unclear', desk: id, of: 'file' })
        if (event === 'fault') journal.note({ kind: 'fault', desk: id, where: [...where] })
      },
    }
    const duties = createDuties({ store, log })
    const outbox = createOutbox({
      store,
      dutyOf: duties.of,
      destinations: destinations.map((name) => {
        const folder = join(task.folder, name)
        const target = { folder, endMarker: false, sharedName: false }
        return { id: name, takenWithinMin: null, folder, newDeliverer: () => createDeliveryThread(thread, target) }
      }),
      renderAgain: async () => null,
      isWaiting: (visitId) => held.has(visitId),
      clock: systemClock,
      log,
      pauseMs: { first: Math.min(250, longestMs), longest: longestMs, look: 2_000 },
    })
    const news = { tell: () => undefined, take: () => [], onNews: () => undefined }
    const following = followOthers({ store, news, log }, [{ follows: { delivery: outbox.wake } }])
    await read({ againMs }, () => interruptVisits({ store, clock: systemClock, log }))
    outbox.wake()
    const desk = {
      id,
      store,
      journal,
      dice: createDice(task.seed + index),
      clock: systemClock,
      againMs,
      held,
      wake: outbox.wake,
    }
    return {
      async work() {
        while (left > 0) {
          left--
          await checkIn(desk, days[left % days.length] ?? '')
          process.send?.('visit')
        }
      },
      async close() {
        await following.close()
        await outbox.close()
        await duties.close()
        store.close()
      },
    }
  }

  const desks = await Promise.all(task.desks.map(openDesk))
  const { promise: isToEnd, resolve: end } = Promise.withResolvers<void>()
  process.on('message', (said) => {
    left = 0
    if (said === 'end') end()
  })
  process.send?.('open')
  await Promise.all(desks.map((desk) => desk.work()))
  process.send?.('through')
  await isToEnd
  await Promise.all(desks.map((desk) => desk.close()))
  process.exit()
})
