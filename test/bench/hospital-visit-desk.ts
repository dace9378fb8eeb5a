// A process with one desk of a hospital that has an open visit, to be killed (test/bench/hospital-visit-taken-over.ts).
import { z } from 'zod'
import { createDuties } from '../../src-main/store/duties.ts'
import { openSiteStore } from '../../src-main/store/postgres/store.ts'
import { at, newVisit } from '../store/new-visit.ts'
import { silentLog } from '../support.ts'

const accessSchema = z.object({
  ...{ host: z.string(), port: z.number(), database: z.string(), user: z.string(), password: z.string() },
  ...{ ca: z.string(), site: z.string(), connections: z.number() },
})
const taskSchema = z.object({ access: accessSchema, key: z.string(), migrationsDir: z.string(), id: z.string() })

process.once('message', async (message) => {
  const { access, key, migrationsDir, id } = taskSchema.parse(message)
  const desk = { id, name: id, version: '0' }
  const opened = await openSiteStore({ access, key: Buffer.from(key, 'hex'), migrationsDir, desk })
  if (!opened.ok) throw new Error(opened.error.code)
  createDuties({ store: opened.value, log: silentLog })
  const saved = await opened.value.saveVisit(newVisit({ state: 'answered' }), [{ at, event: 'answered' }])
  if (!saved.ok) throw new Error(saved.error.code)
  process.send?.(saved.value.id)
  // The desk's signs of life keep nothing alive by themselves.
  setInterval(() => undefined, 60_000)
})
