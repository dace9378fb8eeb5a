// What is there in the evening, once the desk has been ended: the visits of its days with their files, how much of everything is kept,
// and whether the audit trail is whole.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { z } from 'zod'
import type { DeliveryState, VisitState } from '../../src-main/ground/states.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { databaseOf } from '../../src-main/store/data-folder.ts'
import { verifyTrail } from '../../src-main/store/maintenance.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { storeAfter } from '../ended-desk.ts'
import { must, root } from '../support.ts'

export interface KnownDelivery {
  readonly id: string
  readonly format: string
  readonly state: DeliveryState
}

export interface KnownVisit {
  readonly id: string
  readonly state: VisitState
  readonly deliveries: readonly KnownDelivery[]
}

/** Everybody who was there on these days, with the files of each. */
export async function visitsOf(dataDir: string, days: readonly string[]): Promise<readonly KnownVisit[]> {
  const store = await storeAfter(dataDir, openHeadlessKey(dataDir))
  const visits = (await Promise.all(days.map((day) => store.visitsOfDay(day)))).flat()
  store.close()
  return visits.map(({ visit, deliveries }) => ({
    ...{ id: visit.id, state: visit.state },
    deliveries: deliveries.map(({ id, format, state }) => ({ id, format, state })),
  }))
}

export interface Kept {
  /** Rows by the table. */
  readonly rows: Readonly<Record<string, number>>
  /** The oldest day of which a visit is kept; null: of none. */
  readonly oldestVisit: string | null
  readonly files: number
  readonly bytes: number
  readonly heapMB: number
  readonly handles: number
}

const nameRow = z.object({ name: z.string() })
const countRow = z.object({ count: z.int() })
const dayRow = z.object({ day: z.string().nullable() })

/** Certificates of the training clinic, and what the receipt computer has not taken, are not the desk's to keep. */
const others = new Set(['training', 'import', 'taken.jsonl'])

export async function keptIn(dataDir: string): Promise<Kept> {
  const key = must(await openHeadlessKey(dataDir).load())
  if (!key) throw new Error('the key is gone')
  const database = openDatabase(databaseOf(dataDir), key)
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all()
  const rows = Object.fromEntries(
    tables.map((row) => {
      const { name } = nameRow.parse(row)
      return [name, countRow.parse(database.prepare(`SELECT count(*) AS count FROM "${name}"`).get()).count]
    }),
  )
  const oldestVisit = dayRow.parse(database.prepare('SELECT min(day) AS day FROM visits').get()).day
  database.close()
  const files = readdirSync(dataDir)
    .filter((name) => !others.has(name))
    .flatMap((name) => {
      const path = join(dataDir, name)
      return statSync(path).isDirectory()
        ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((each) => join(path, each))
        : [path]
    })
    .filter((path) => statSync(path).isFile())
  const bytes = files.reduce((sum, path) => sum + statSync(path).size, 0)
  return { rows, oldestVisit, files: files.length, bytes, ...memory() }
}

/** After a collection. */
function memory(): Pick<Kept, 'heapMB' | 'handles'> {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const heapMB = Math.round(process.memoryUsage().heapUsed / 1_048_576)
  return { heapMB, handles: process.getActiveResourcesInfo().length }
}

/** Rows of the trail that hang together; throws where it does not. */
export async function trailOf(dataDir: string): Promise<number> {
  const place = { dataDir, keyStore: openHeadlessKey(dataDir), migrationsDir: join(root, 'migrations') }
  const trail = must(await verifyTrail({ ...place, backupFolder: null }))
  if (!trail) throw new Error('there is no trail')
  if (trail.broken) throw new Error(`the trail does not hang together: ${trail.broken.kind} at ${trail.broken.id}`)
  return trail.rows
}
