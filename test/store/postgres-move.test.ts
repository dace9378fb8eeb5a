// A desk's whole store goes to the site's server and back: nothing is lost, changed or invented on the way, and what does not arrive as
// a whole is not there at all.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { fail, ok } from '../../src-main/ground/result.ts'
import { ownFileOnly } from '../../src-main/settings/layers.ts'
import { carryOut } from '../../src-main/shell/commands/commands.ts'
import { databaseOf, openData, openDataFor } from '../../src-main/store/data-folder.ts'
import { createKeyFile } from '../../src-main/store/key-store.ts'
import { verifyTrail } from '../../src-main/store/maintenance.ts'
import { moveToDesk, moveToSite } from '../../src-main/store/moving.ts'
import { openStorePart } from '../../src-main/store/part.ts'
import type { ServerAccess } from '../../src-main/store/postgres/access.ts'
import { schemaOf } from '../../src-main/store/postgres/access.ts'
import { openSiteStore } from '../../src-main/store/postgres/store.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { tablesToMove } from '../../src-main/store/sqlite/moving.ts'
import { createRunner } from '../../src-main/store/sqlite/runner.ts'
import { testClock } from '../clock.ts'
import { fault } from '../faults.ts'
import { openLine } from '../postgres/line.ts'
import { administratorOf, newSite } from '../postgres/server.ts'
import { eventually, must, silentLog, temporaryFolder } from '../support.ts'
import { worldOf } from '../world.ts'
import { hasPostgres, postgres, serverMigrations, siteDesk, siteKey } from './postgres-server.ts'
import { at, confirmedVisit, day, migrationsDir, moveDelivery, newDelivery, patient } from './samples.ts'

const dataIn = (dataDir = temporaryFolder()) => ({
  dataDir,
  keyStore: createKeyFile(join(dataDir, 'database.key')),
  migrationsDir,
  lockWaitMs: 0,
})
type Data = ReturnType<typeof dataIn>
/** A desk with a key and nothing else. */
async function newData() {
  const data = dataIn()
  must(await data.keyStore.create())
  return data
}
const movedWith = (data: Data, access: ServerAccess) => ({ ...data, site: { access, key: siteKey } })

/** The database of a desk, as it lies there. */
async function look<T>({ dataDir, keyStore }: Data, work: (database: ReturnType<typeof openDatabase>) => T) {
  const database = openDatabase(databaseOf(dataDir), must(await keyStore.load()) ?? new Uint8Array())
  try {
    return work(database)
  } finally {
    database.close()
  }
}

type Columns = { name: string; type: string; notnull: number }[]
/** What a clinic that is live cannot do without. */
const live = {
  mode: 'live',
  hub: { url: 'https://hub.example.jp', caFile: 'ca', clientCertificateFile: 'certificate', clientKeyFile: 'key' },
  destinations: [],
}

const twoColumns = ['patient', 'report', 'findings']

/**
 * A few rows in every table, more than one batch of visits, with what is easily lost: no value at all, no text, characters beyond the
 * first plane, bytes that are no text.
 */
const fillEveryTable = (data: Data) =>
  look(data, (database) => {
    const tables = createRunner(database).run(tablesToMove())
    const own = ['audit', 'progress', 'clock', 'written_for', 'booking_run']
    for (const { name } of tables) {
      if (own.includes(name)) continue
      const columns = database
        .prepare(`SELECT name, type, "notnull" FROM pragma_table_info('${name}')`)
        .all() as Columns
      const parents = new Map(
        (
          database.prepare(`SELECT "from", "table" FROM pragma_foreign_key_list('${name}')`).all() as {
            from: string
            table: string
          }[]
        ).map(
          ({ from, table }) =>
            [from, table === 'cap_sheets' ? (row: number) => row + 101 : (row: number) => `${table} ${row}`] as const,
        ),
      )
      const put = database.prepare(
        `INSERT INTO ${name} (${columns.map((column) => `"${column.name}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      )
      for (let row = 0; row < (name === 'visits' ? 450 : 3); row++) {
        put.run(
          ...columns.map(({ name: column, type, notnull }) => {
            const parent = parents.get(column)
            if (parent) return parent(row)
            if (notnull === 0 && row === 1) return null
            if (type === 'BLOB') return Buffer.of(row, 0, 255, 128)
            if (type === 'INTEGER') return row + 101
            if (row === 2 && notnull === 0) return ''
            return column === 'id'
              ? `${name} ${row}`
              : twoColumns.includes(column)
                ? '{"name":"𠮷田　はる"}'
                : `𠮷 ${column} ${row} "'\\ \u0001`
          }),
        )
      }
    }
  })

/** A desk that has worked. */
async function workedDesk(mode: 'live' | 'training' = 'live', dataDir = temporaryFolder()) {
  const data = dataIn(dataDir)
  const { store } = must(await openData(data))
  must(await store.writeFor(mode, { at }))
  let last = ''
  for (let count = 0; count < 3; count++) {
    const delivery = newDelivery('receipt')
    last = (await confirmedVisit(store, [delivery])).id
    await moveDelivery(store, delivery, { state: 'delivered', failure: null, at })
  }
  must(await store.linkPatientNumber({ visitId: last, number: '0012', isMoved: false, at }))
  store.close()
  return data
}

const lasting = mkdtempSync(join(tmpdir(), 'madoguchi-test-'))
afterAll(() => rmSync(lasting, { recursive: true }))
let made: ReturnType<typeof workedDesk> | null = null
/** One for all tests that leave it as it is. */
const aDesk = () => {
  made ??= workedDesk('live', lasting)
  return made
}

const everyRow = (data: Data) =>
  look(data, (database) => {
    const tables = createRunner(database).run(tablesToMove())
    return new Map(
      tables.map(({ name, columns }) => [
        name,
        database.prepare(`SELECT * FROM ${name} ORDER BY ${columns.map((column) => `"${column}"`).join(', ')}`).all(),
      ]),
    )
  })

/** How many rows the site's schema has in the tables that are moved, but for those that every store has. */
async function rowsAtSite(site: ServerAccess, tables: Iterable<string>) {
  const administrator = await administratorOf(postgres())
  let rows = 0
  for (const name of tables) {
    if (['progress', 'clock'].includes(name)) continue
    const counted = await administrator.query(`SELECT count(*)::int AS n FROM "${schemaOf(site)}"."${name}"`)
    rows += counted.rows[0].n
  }
  await administrator.end()
  return rows
}

describe.skipIf(!hasPostgres())('a store is moved', () => {
  test('to the site and back, and every row of every table is what it was', async () => {
    const data = await workedDesk()
    await fillEveryTable(data)
    const before = await everyRow(data)
    for (const [name, rows] of before) if (name !== 'booking_run') expect(rows, name).not.toEqual([])
    const site = newSite(postgres())
    const there = must(await moveToSite(movedWith(data, site)))
    expect(there.tables.map(({ table, rows }) => [table, rows])).toEqual(
      [...before].map(([table, rows]) => [table, rows.length]),
    )
    expect(there.trail.rows).toBe(before.get('audit')?.length)
    // Where it came from has nothing less.
    expect(await everyRow(data)).toEqual(before)

    const other = await newData()
    const back = must(await moveToDesk(movedWith(other, site)))
    expect(back.tables).toEqual(there.tables)
    expect(await everyRow(other)).toEqual(before)
    expect(readdirSync(other.dataDir).toSorted()).toEqual(['database.key', 'madoguchi.anchor', 'madoguchi.db'])
    const { store } = must(await openData(other))
    must(await store.check())
    store.close()
  })

  test('people are found by the hashes that the desk made, and numbers of days and rows go on', async () => {
    const data = await aDesk()
    const access = newSite(postgres())
    must(await moveToSite(movedWith(data, access)))
    const site = must(await openSiteStore({ access, key: siteKey, migrationsDir: serverMigrations, desk: siteDesk }))
    expect((await site.known(patient.ref)).versions).not.toEqual([])
    expect(await site.numberHolder('12')).toMatchObject({ ref: patient.ref })
    const fourth = await confirmedVisit(site, [newDelivery('receipt')])
    expect(fourth.number).toBe(4)
    must(await site.check())
    site.close()

    const other = await newData()
    must(await moveToDesk(movedWith(other, access)))
    const { store } = must(await openData(other))
    expect((await store.known(patient.ref)).versions.length).toBeGreaterThan(0)
    expect(await store.numberHolder('12')).toMatchObject({ ref: patient.ref })
    expect((await confirmedVisit(store, [newDelivery('receipt')])).number).toBe(5)
    must(await store.check())
    store.close()
  })

  test('a number that was given and whose visit is gone is not given again at the site', async () => {
    const data = await workedDesk()
    await look(data, (database) => database.exec('DELETE FROM visits WHERE number = 3'))
    const access = newSite(postgres())
    must(await moveToSite(movedWith(data, access)))
    const site = must(await openSiteStore({ access, key: siteKey, migrationsDir: serverMigrations, desk: siteDesk }))
    expect((await confirmedVisit(site, [])).number).toBe(4)
    site.close()
    const other = await newData()
    must(await moveToDesk(movedWith(other, access)))
    const { store } = must(await openData(other))
    expect((await confirmedVisit(store, [])).number).toBe(5)
    store.close()
  })

  fault('settings', 'The settings for the server are not there yet', {
    seen: 'STORE_NOT_READY',
    detail: { field: 'store' },
    data: 'Nothing is moved.',
    recovery: 'Clinic IT completes the settings and its files.',
  })
  test('clinic IT moves it with one command, tells what was moved, and back to a desk that has nothing of its own', async () => {
    const { ca, password, ...server } = newSite(postgres())
    const data = await workedDesk()
    mkdirSync(join(data.dataDir, 'secrets'))
    writeFileSync(join(data.dataDir, 'secrets/ca.pem'), ca, { mode: 0o600 })
    const store = { postgres: { ...server, caFile: 'secrets/ca.pem', password: { env: 'DESK_DB' } } }
    const settle = (content: unknown) => writeFileSync(join(data.dataDir, 'settings.json'), JSON.stringify(content))
    const carry = async (to: string) => {
      const world = worldOf(data.dataDir, { ...ownFileOnly, environment: { DESK_DB: password } })
      const { said, fault } = await carryOut(['store', 'move', '--to', to], world)
      expect(fault).toBeNull()
      return said
    }
    settle(live)
    expect((await carry('site')).answer).toMatchObject({ error: { code: 'STORE_NOT_READY' } })
    // A rehearsal never gets to the server.
    settle({ ...live, mode: 'training', store })
    expect((await carry('site')).answer).toMatchObject({ error: { code: 'STORE_NOT_READY' } })
    settle({ ...live, store })
    expect((await carry('elsewhere')).answer).toMatchObject({ error: { code: 'REQUEST_INVALID' } })
    const { answer, lines } = await carry('site')
    expect(answer).toMatchObject({ ok: true, to: 'site', trail: { rows: 10 }, file: databaseOf(data.dataDir) })
    expect(lines.filter((line) => /^ {2}visits +3行 [0-9a-f]{64}$/.test(line))).toHaveLength(1)
    const site = async () => ok({ ...server, ca, password })
    const { store: opened, isLeftHere } = must(await openDataFor('live', { ...data, site, clock: testClock }))
    expect(isLeftHere).toBe(false)
    expect((await opened.visitsOfDay(day)).length).toBe(3)
    opened.close()
    // What was moved is still here.
    const refused = await carry('desk')
    expect(refused.answer).toMatchObject({ error: { code: 'STORE_NOT_EMPTY' } })
    expect(refused.lines.join(' ')).toContain('madoguchi.db と madoguchi.anchor を別の場所に移してから')
    const aside = temporaryFolder()
    // Each try is a row of the site's trail, in which the desk has made its key known.
    const notOfTrail = async () =>
      [...(await everyRow(data))].filter(([table]) => !['audit', 'progress'].includes(table))
    const before = await notOfTrail()
    for (const name of ['madoguchi.db', 'madoguchi.anchor']) renameSync(join(data.dataDir, name), join(aside, name))
    expect((await carry('desk')).answer).toMatchObject({ ok: true, to: 'desk', trail: { rows: 13 } })
    expect(await notOfTrail()).toEqual(before)
    // A desk of the site that has only its lock here.
    for (const name of ['madoguchi.db', 'madoguchi.anchor']) rmSync(join(data.dataDir, name))
    writeFileSync(join(data.dataDir, 'first-start'), '')
    must(await openData(data)).store.close()
    expect((await carry('desk')).answer).toMatchObject({ ok: true })
    expect(await notOfTrail()).toEqual(before)
    // What is written here is signed by nobody, and need not be: the last row of the site says that it came here.
    const { store: own } = must(await openData(data))
    must(await own.noteCommand('trailRead', { at }))
    must(await own.check())
    own.close()
    expect(must(await verifyTrail({ ...data, backupFolder: null }))).toMatchObject({
      broken: null,
      proof: { signedFrom: 11, unproved: [], atDesk: 1 },
    })
  })

  fault('server', 'A store is to be moved to where there is one already', {
    seen: 'STORE_NOT_EMPTY',
    data: 'Nothing is moved, and nothing is mixed.',
    recovery: 'What is there is put aside first.',
  })
  test('nothing is put to something: neither at the site nor at the desk', async () => {
    const data = await workedDesk()
    const site = newSite(postgres())
    must(await moveToSite(movedWith(data, site)))
    expect(await moveToSite(movedWith(data, site))).toEqual(fail('STORE_NOT_EMPTY'))
    expect(await moveToDesk(movedWith(data, site))).toEqual(fail('STORE_NOT_EMPTY', { field: 'madoguchi.db' }))
    renameSync(databaseOf(data.dataDir), join(data.dataDir, 'aside.db'))
    must(await moveToDesk(movedWith(data, site)))
  })

  fault('server', 'A desk begins on the server, and its own records were left behind', {
    seen: 'STORE_LEFT_HERE',
    data: 'They stay on this computer, unchanged.',
    recovery: 'Whoever looks after the server moves them.',
  })
  test('a desk that begins on the server with patients of its own is told that they were left here', async () => {
    const access = newSite(postgres())
    const site = async () => ok(access)
    const data = await workedDesk()
    const opened = must(await openDataFor('live', { ...data, site, clock: testClock }))
    expect(opened.isLeftHere).toBe(true)
    opened.store.close()
    const part = must(
      await openStorePart({ ...data, site, settings: { mode: 'live' }, clock: testClock, log: silentLog }),
    )
    expect(part.failures()).toEqual([{ code: 'STORE_LEFT_HERE' }])
    await part.close()
    // One that never had any has nothing to move.
    const other = await newData()
    writeFileSync(join(other.dataDir, 'first-start'), '')
    const alone = must(await openData(other))
    expect(alone.isLeftHere).toBe(false)
    alone.store.close()
  })

  fault('server', 'Records of a rehearsal are to be moved to the server', {
    seen: 'STORE_NOT_LIVE',
    data: 'Nothing is moved.',
    recovery: 'The server is begun with the live settings.',
  })
  test('invented people are not moved, nor nobody', async () => {
    const site = newSite(postgres())
    expect(await moveToSite(movedWith(await workedDesk('training'), site))).toEqual(fail('STORE_NOT_LIVE'))
    expect(await moveToSite(movedWith(dataIn(), site))).toEqual(fail('STORE_NOT_LIVE'))
    const empty = await newData()
    expect(await moveToDesk(movedWith(empty, site))).toEqual(fail('STORE_NOT_LIVE'))
    expect(existsSync(databaseOf(empty.dataDir))).toBe(false)
  })

  test('a desk that is open, or whose trail is broken, is not moved', async () => {
    const data = await workedDesk()
    const site = newSite(postgres())
    const { store } = must(await openData(data))
    expect(await moveToSite(movedWith(data, site))).toEqual(fail('AGENT_ALREADY_RUNNING'))
    store.close()
    await look(data, (database) => {
      database.exec('DROP TRIGGER audit_is_not_changed')
      database.exec("UPDATE audit SET event = 'signedIn' WHERE id = 2")
    })
    expect(await moveToSite(movedWith(data, site))).toEqual(fail('STORE_DAMAGED', { field: 'audit' }))
  })

  // In the words of the statements, as they go over the line.
  test.each(['INSERT INTO "audit"', 'FROM "visits"', 'INSERT INTO given_numbers'])(
    'cut off at %s nothing is at the site, and the next try goes well',
    async (words) => {
      const data = await aDesk()
      const site = newSite(postgres())
      const before = await everyRow(data)
      const line = await openLine(postgres(), {
        from: 'socket',
        to: 'socket',
        cutsBefore: (sent) => sent.includes(words) && !sent.includes('PREPARE'),
      })
      expect(await moveToSite(movedWith(data, { ...site, host: line.host }))).toEqual(fail('STORE_UNREACHABLE'))
      expect(await rowsAtSite(site, before.keys())).toBe(0)
      expect(await everyRow(data)).toEqual(before)
      must(await moveToSite(movedWith(data, site)))
    },
  )

  test('cut off on the way back there is no database, and the next try goes well', async () => {
    const data = await aDesk()
    const site = newSite(postgres())
    must(await moveToSite(movedWith(data, site)))
    const line = await openLine(postgres(), {
      from: 'socket',
      to: 'socket',
      cutsBefore: (sent) => sent.includes('FROM "deliveries"') && !sent.includes('PREPARE'),
    })
    const other = await newData()
    expect(await moveToDesk(movedWith(other, { ...site, host: line.host }))).toEqual(fail('STORE_UNREACHABLE'))
    expect(readdirSync(other.dataDir).toSorted()).toEqual(['database.key'])
    // As one that was killed leaves it.
    for (const name of ['madoguchi.moved.db', 'madoguchi.moved.db-wal', 'madoguchi.moved.anchor', 'madoguchi.anchor']) {
      writeFileSync(join(other.dataDir, name), 'torn')
    }
    must(await moveToDesk(movedWith(other, site)))
    expect(await everyRow(other)).toEqual(await everyRow(data))
    must(await openData(other)).store.close()
  })

  fault('server', 'Somebody checks in while the store is moved', {
    seen: 'STORE_IN_USE',
    data: 'Nothing is moved; the visit is where it was made.',
    recovery: 'All desks are ended, and it is moved again.',
  })
  test('a site that somebody writes to meanwhile is not moved', async () => {
    const data = await aDesk()
    const access = newSite(postgres())
    must(await moveToSite(movedWith(data, access)))
    const site = must(await openSiteStore({ access, key: siteKey, migrationsDir: serverMigrations, desk: siteDesk }))
    // Read late, and held until then: the move has begun to read.
    const administrator = await administratorOf(postgres())
    await administrator.query(`BEGIN; LOCK TABLE "${schemaOf(access)}".month_counts`)
    const other = await newData()
    const moving = moveToDesk(movedWith(other, access))
    await eventually('the move waits', async () => {
      const { rows } = await administrator.query(
        'SELECT 1 FROM pg_locks WHERE NOT granted AND relation = $1::regclass',
        [`"${schemaOf(access)}".month_counts`],
      )
      return rows.length > 0
    })
    await confirmedVisit(site, [])
    await administrator.query('ROLLBACK')
    await administrator.end()
    expect(await moving).toEqual(fail('STORE_IN_USE'))
    site.close()
    expect(existsSync(databaseOf(other.dataDir))).toBe(false)
  })

  fault('server', 'The server keeps something else than it was given', {
    seen: 'STORE_MOVE_DIFFERS',
    data: 'Nothing is left there; the desk’s own records stay in use.',
    recovery: 'Whoever looks after the server finds out why.',
  })
  test('a server that does not keep what it is given is found out', async () => {
    const data = await aDesk()
    const access = newSite(postgres())
    must(await openSiteStore({ access, key: siteKey, migrationsDir: serverMigrations, desk: siteDesk })).close()
    const administrator = await administratorOf(postgres())
    const schema = `"${schemaOf(access)}"`
    await administrator.query(`
      CREATE FUNCTION ${schema}.spoil() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN NEW.reader = lower(NEW.reader); RETURN NEW; END $$;
      CREATE TRIGGER spoil BEFORE INSERT ON ${schema}.visits FOR EACH ROW EXECUTE FUNCTION ${schema}.spoil()`)
    await administrator.end()
    expect(await moveToSite(movedWith(data, access))).toEqual(fail('STORE_MOVE_DIFFERS', { field: 'visits' }))
    expect(await rowsAtSite(access, ['visits', 'audit', 'written_for', 'index_key', 'given_numbers'])).toBe(0)
  })

  test('each table of the site is moved, or is named here as its own', async () => {
    const data = await aDesk()
    const access = newSite(postgres())
    const { tables } = must(await moveToSite(movedWith(data, access)))
    const administrator = await administratorOf(postgres())
    const { rows } = await administrator.query(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1 ORDER BY 1',
      [schemaOf(access)],
    )
    await administrator.end()
    const moved = tables.map(({ table }) => table)
    expect(
      rows
        .map(({ name }) => name)
        .filter((name) => !moved.includes(name))
        .toSorted(),
    ).toEqual([
      // For who is there while something changes.
      'changes',
      // Of nobody who has left.
      'desks',
      // Made of what the anchor beside a database knows, and given back to it.
      'given_numbers',
      'index_key',
      'leases',
      // So that nothing is brought to this site twice.
      'merges',
      'migrations',
      'site',
      'writers',
    ])
  })
})
