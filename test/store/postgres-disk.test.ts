// What a desk is told has been written: it is on the server's disk, and at the standby that the server waits for. The site's lock is
// let go of before, so that all who write at the same time wait for the same turn of the disk.
import { expect, onTestFinished, test } from 'vitest'
import { schemaOf } from '../../src-main/store/postgres/access.ts'
import type { Work } from '../../src-main/store/sql/work.ts'
import { administratorOf, newSite, type PostgresPlace, startPostgres } from '../postgres/server.ts'
import { eventually, must } from '../support.ts'
import { addNext, hasPostgres, openTestServer, postgres, works } from './postgres-server.ts'
import { openDesk } from './site-desks.ts'

async function watched(place: PostgresPlace) {
  const administrator = await administratorOf(place)
  onTestFinished(() => administrator.end())
  return {
    async value(text: string): Promise<unknown> {
      const { rows } = await administrator.query(`SELECT ${text} AS value`)
      return rows[0]?.value
    },
    run: (text: string) => administrator.query(text),
  }
}

const durability = ['on', 'off'] as const

test.skipIf(!hasPostgres()).each(durability)('what is told as written is in the log on the disk (%s)', async (is) => {
  const site = newSite(postgres())
  const log = await watched(postgres())
  const user = `durable_${is}`
  await log.run(`CREATE ROLE ${user} LOGIN PASSWORD '${site.password}'`)
  await log.run(`GRANT CREATE ON DATABASE ${site.database} TO ${user}`)
  await log.run(`ALTER ROLE ${user} SET synchronous_commit TO ${is}`)
  const server = await openTestServer({ ...site, user })
  function* written(): Work<string> {
    yield* addNext()
    const [row] = yield* works.inLog.all()
    return (row as { value: string }).value
  }
  // More than once, because the server writes by itself from time to time.
  for (let round = 0; round < 20; round++) {
    const place = must(await server.runWriting(written()))
    expect(await log.value(`pg_current_wal_flush_lsn() > '${place}'::pg_lsn`)).toBe(true)
  }
})

test.skipIf(!hasPostgres())('what is noted outside, or told to the hub, is on the disk before', async () => {
  const site = newSite(postgres())
  const desk = await openDesk(site, 'one')
  const log = await watched(postgres())
  await log.run(`SET search_path TO "${schemaOf(site)}"; SET synchronous_commit TO off`)
  for (const look of [() => desk.auditHead(), () => desk.queuedRegistrations()]) {
    for (let round = 0; round < 5; round++) {
      // As another desk's, between its transaction and its turn of the disk.
      await log.run('UPDATE progress SET commits = commits + 1')
      const place = await log.value('pg_current_wal_insert_lsn()')
      await look()
      expect(await log.value(`pg_current_wal_flush_lsn() >= '${place}'::pg_lsn`)).toBe(true)
    }
  }
})

test.skipIf(!hasPostgres())(
  'nobody is told „ok“ before the standby has it, and nobody waits for another one’s',
  async () => {
    const place = await startPostgres()
    onTestFinished(() => place.stop())
    const site = newSite(place)
    const [one, other] = [await openTestServer(site), await openTestServer(site)]
    const server = await watched(place)
    const standbyIs = async (names: string) => {
      await server.run(`ALTER SYSTEM SET synchronous_standby_names TO '${names}'`)
      await server.run('SELECT pg_reload_conf()')
    }
    const waiting = async () =>
      Number(await server.value("(SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep')"))

    await standbyIs('none_that_is_there')
    // It takes the setting up in its own time.
    const probe = await administratorOf(place)
    onTestFinished(() => probe.end())
    let probing: Promise<unknown> | null = null
    await eventually('the server waits for its standby', async () => {
      probing ??= probe.query("SELECT pg_logical_emit_message(true, '', '')").then(() => {
        probing = null
      })
      return (await waiting()) > 0
    })
    const before = await waiting()
    const told: number[] = []
    const writes = [one, other].map((desk) =>
      desk.runWriting(addNext()).then((written) => {
        told.push(must(written))
      }),
    )
    await eventually('both wait for the standby', async () => (await waiting()) === before + 2)
    expect(told).toEqual([])
    expect(await server.value(`(SELECT count(*)::int FROM "${schemaOf(site)}".visits)`)).toBe(2)

    await standbyIs('')
    await Promise.all([...writes, probing])
    expect(told.toSorted()).toEqual([1, 2])
  },
)
