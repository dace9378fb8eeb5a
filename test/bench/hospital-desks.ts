// A process with several desks of a hospital (test/bench/hospital.ts): each has its own store, and begins a check-in every few seconds.
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { openSiteStore } from '../../src-main/store/postgres/store.ts'
import type { Store } from '../../src-main/store/store.ts'
import { storeCheckIn } from './store-check-in.ts'

const accessSchema = z.object({
  ...{ host: z.string(), port: z.number(), database: z.string(), user: z.string(), password: z.string() },
  ...{ ca: z.string(), site: z.string(), connections: z.number() },
})
const taskSchema = z.object({
  access: accessSchema,
  key: z.string(),
  migrationsDir: z.string(),
  /** The numbers of these desks. */
  desks: z.array(z.number()),
  checkIns: z.number(),
  everyMs: z.number(),
})

/**
 * Of each desk, before it counts, as of the one that it is compared with: only then are its statements planned once and for all, which a
 * server does anew the first five times on a connection, and its program is compiled.
 */
const warmUp = 7

/** Where in its turn a desk begins: the same in every run, and nobody's like another one's. */
const offsetOf = (desk: number, turn: number) => (desk * 0.618_033_988_7 + turn * 0.414_213_562_3) % 1

process.once('message', async (message) => {
  const { access, key, migrationsDir, desks, checkIns, everyMs } = taskSchema.parse(message)
  const stores: { readonly desk: number; readonly store: Store }[] = []
  // One after the other: fifty desks are not switched on within a second.
  for (const desk of desks) {
    const opened = await openSiteStore({
      access,
      key: Buffer.from(key, 'hex'),
      migrationsDir,
      desk: { id: `desk ${desk}`, name: `desk ${desk}`, version: '0' },
    })
    if (!opened.ok) throw new Error(opened.error.code)
    for (let turn = 0; turn < warmUp; turn++) await storeCheckIn(opened.value, desk * 1_000 + checkIns + turn + 1)
    stores.push({ desk, store: opened.value })
  }
  process.send?.('ready')
  await new Promise((resolve) => process.once('message', resolve))
  const start = performance.now()
  const times = await Promise.all(
    stores.map(async ({ desk, store }) => {
      const own: number[] = []
      for (let turn = 0; turn < checkIns; turn++) {
        await pause(Math.max(0, start + (turn + offsetOf(desk, turn)) * everyMs - performance.now()))
        own.push(await storeCheckIn(store, desk * 1_000 + turn + 1))
      }
      return own
    }),
  )
  process.send?.(times.flat(), () => process.exit())
})
