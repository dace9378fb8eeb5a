// Fifty desks on one server against one desk on its own database, in the same run, both on the disk when they return: what a check-in
// waits for the store. Desks check in far more often than people can, so that they meet.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { schemaOf } from '../../src-main/store/postgres/access.ts'
import { openSiteStore } from '../../src-main/store/postgres/store.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { administratorOf, newSite, postgresPrograms, startPostgres } from '../postgres/server.ts'
import { timesAway } from './hospital-away.ts'
import { catchUp } from './hospital-changes.ts'
import { takeOver } from './hospital-take-over.ts'
import { visitTakenOver } from './hospital-visit-taken-over.ts'
import { type Figures, round, spread } from './measure.ts'
import { p99 } from './p99.ts'
import { storeCheckIn } from './store-check-in.ts'

const root = join(import.meta.dirname, '../..')
const serverMigrations = join(root, 'migrations/postgres')
const processes = 5
const desksEach = 10
const checkIns = 6
/** Fifty desks: six check-ins in a second. */
const everyMs = 8_000
const alone = 300
const warmUp = 20

async function onOneDesk(): Promise<readonly number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-bench-store-'))
  try {
    const file = join(folder, 'madoguchi.db')
    const opened = openStore({ file, key: Buffer.alloc(32, 1), migrationsDir: join(root, 'migrations') })
    if (!opened.ok) throw new Error(opened.error.code)
    const times: number[] = []
    for (let run = -warmUp; run < alone; run++) {
      const time = await storeCheckIn(opened.value, run + warmUp)
      if (run >= 0) times.push(time)
    }
    opened.value.close()
    return times
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const sizes = z.tuple([z.object({ bytes: z.coerce.number(), visits: z.coerce.number(), commits: z.coerce.number() })])
const written = z.tuple([z.object({ bytes: z.coerce.number() })])

export async function benchHospital(say: (text: string) => void): Promise<Figures> {
  const missing = postgresPrograms() ? null : 'PostgreSQL is not installed'
  if (missing) {
    say(`!! ${missing}: the figures of a hospital are left out`)
    return { 'hospital.leftOut': missing }
  }
  const single = await onOneDesk()
  const place = await startPostgres({ isDurable: true })
  try {
    const access = { ...newSite(place), connections: 2 }
    const key = Buffer.alloc(32, 1)
    const first = await openSiteStore({
      access,
      key,
      migrationsDir: serverMigrations,
      desk: { id: 'first', name: 'first', version: '0' },
    })
    if (!first.ok) throw new Error(first.error.code)
    first.value.close()
    const groups = Array.from({ length: processes }, (_, group) => {
      const desks = Array.from({ length: desksEach }, (_, desk) => group * desksEach + desk + 1)
      const child = fork(join(import.meta.dirname, 'hospital-desks.ts'))
      child.send({ access, key: key.toString('hex'), migrationsDir: serverMigrations, desks, checkIns, everyMs })
      return child
    })
    try {
      await Promise.all(groups.map((child) => told(child)))
      const administrator = await administratorOf(place)
      const schema = schemaOf(access)
      const size = async () =>
        sizes.parse(
          (
            await administrator.query(
              `SELECT (SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
                WHERE nspname = '${schema}' AND relkind = 'r') AS bytes,
              (SELECT count(*) FROM "${schema}".visits) AS visits, (SELECT commits FROM "${schema}".progress) AS commits`,
            )
          ).rows,
        )[0]
      const log = async () =>
        written.parse((await administrator.query("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn AS bytes")).rows)[0].bytes
      const before = { ...(await size()), log: await log() }
      const answers = groups.map((child) => told(child))
      for (const child of groups) child.send('begin')
      const times = (await Promise.all(answers)).flatMap((each) => z.array(z.number()).parse(each))
      const after = { ...(await size()), log: await log() }
      await administrator.end()
      const caughtUp = await catchUp(place, access, { key, migrationsDir: serverMigrations, count: 10_000 })
      const takenOver = await takeOver(place, { key, migrationsDir: serverMigrations, kills: 3 })
      const visitsTaken = await visitTakenOver(place, { key, migrationsDir: serverMigrations, kills: 3 })
      const away = await timesAway(
        { ...newSite(place), connections: 2 },
        { key, migrationsDir: join(root, 'migrations'), patients: 20_000, visits: 200 },
      )
      const visits = after.visits - before.visits
      return {
        'hospital.checkInMs': spread(times),
        'hospital.checkInP99Ms': round(p99(times)),
        'hospital.peer.checkInMs': spread(single),
        'hospital.peer.checkInP99Ms': round(p99(single)),
        'hospital.storeP99To1': round(p99(times) / p99(single)),
        'hospital.catchUp10000Ms': round(caughtUp),
        'hospital.takeOverMs': round(Math.max(...takenOver)),
        'hospital.visitTakenOverMs': round(Math.max(...visitsTaken)),
        'hospital.awayCopy20000Ms': round(away.copyMs),
        'hospital.awayCopyBytes': round(away.copyBytes),
        'hospital.awayLookMs': round(away.lookMs),
        'hospital.awayMerge200Ms': round(away.mergeMs),
        'hospital.transactionsPerCheckIn': round((after.commits - before.commits) / visits),
        'hospital.bytesPerVisit': round((after.bytes - before.bytes) / visits),
        'hospital.logBytesPerVisit': round((after.log - before.log) / visits),
      }
    } finally {
      for (const child of groups) child.kill()
    }
  } finally {
    await place.stop()
  }
}

/** What a process says next; throws where it ends instead. */
async function told(child: ReturnType<typeof fork>): Promise<unknown> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('a process with desks has ended')
  })
  const [message]: unknown[] = await Promise.race([once(child, 'message'), ended])
  return message
}
