// What the self-test says of a site's server: the cause with its next step, whether a desk runs, or none can.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runDoctor } from '../../src-main/agent/doctor.ts'
import { fail, ok } from '../../src-main/ground/result.ts'
import type { ServerLook } from '../../src-main/ground/server-look.ts'
import { runChecks } from '../../src-main/self-test/run.ts'
import { type ServerPorts, serverChecks } from '../../src-main/self-test/server-checks.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { saidOf } from '../../src-main/shell/commands/doctor.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { openData } from '../../src-main/store/data-folder.ts'
import { type ServerAccess, schemaOf } from '../../src-main/store/postgres/access.ts'
import { lookAtSite } from '../../src-main/store/site.ts'
import { entries } from '../agent/entries.ts'
import { noReaders } from '../agent/no-readers.ts'
import { testClock } from '../clock.ts'
import { liveSettings } from '../live-settings.ts'
import { hasPooler, startPooler } from '../postgres/pooler.ts'
import { administratorOf, newSite } from '../postgres/server.ts'
import { must, root, silentLog, temporaryFolder } from '../support.ts'
import { hasPostgres, postgres } from './postgres-server.ts'

const migrationsDir = join(root, 'migrations')
const look = (access: ServerAccess) => lookAtSite(async () => ok(access), migrationsDir)

const linesOf = async (server: ServerPorts['server']) =>
  (await runChecks(serverChecks({ clock: testClock, server }), () => undefined)).map(({ check, state, finding }) => [
    check,
    state,
    finding?.code === 'failure' ? finding.failure.code : finding?.code,
  ])

/** One with which nothing is wrong. */
const fine: ServerLook = {
  ...{ release: 15, isUtf8: true, certificateEnds: new Date('2027-11-23T00:00:00Z'), isStandby: false },
  ...{ hasStandby: true, commit: 'on', aheadMs: 300, isPooled: false, direct: null },
  ...{ connections: { used: 20, most: 97 }, applied: 6, rights: 'desk', known: 6 },
}

describe('the lines about a server', () => {
  test('are none for a desk that has its data itself', async () => {
    expect(await linesOf(null)).toEqual([])
  })

  test('are all well where nothing is wrong', async () => {
    const lines = await linesOf(async () => ok(fine))
    expect(lines.map(([check, state]) => [check, state])).toEqual(
      ['', 'Certificate', 'Tables', 'Rights', 'Safety', 'Clock', 'Way', 'Room'].map((name) => [`server${name}`, 'ok']),
    )
  })

  test.each<[string, Partial<ServerLook>, string, string]>([
    ['server', { release: 13 }, 'failed', 'serverTooOld'],
    ['server', { isUtf8: false }, 'failed', 'serverEncoding'],
    ['server', { isStandby: true }, 'failed', 'serverIsStandby'],
    ['serverCertificate', { certificateEnds: null }, 'unused', 'serverOnThisComputer'],
    [
      'serverCertificate',
      { certificateEnds: new Date('2026-12-01T00:00:00Z') },
      'warning',
      'serverCertificateEndsSoon',
    ],
    ['serverTables', { applied: null }, 'unused', 'serverTablesNone'],
    ['serverTables', { applied: 7 }, 'warning', 'serverTablesNewer'],
    ['serverTables', { applied: 5 }, 'warning', 'serverTablesOlder'],
    ['serverRights', { rights: 'owner' }, 'ok', 'serverRightsOwner'],
    ['serverRights', { rights: 'lacking' }, 'failed', 'serverRightsLacking'],
    ['serverRights', { rights: 'none' }, 'failed', 'serverRightsLacking'],
    ['serverSafety', { hasStandby: false }, 'unknown', 'serverAlone'],
    ['serverClock', { aheadMs: -61_000 }, 'warning', 'serverClockOff'],
    ['serverWay', { isPooled: true }, 'warning', 'serverPooled'],
    ['serverWay', { isPooled: true, direct: true }, 'ok', 'serverHeard'],
    ['serverWay', { isPooled: true, direct: false }, 'warning', 'serverNotHeard'],
    ['serverRoom', { connections: { used: 90, most: 97 } }, 'warning', 'serverFull'],
  ])('%s says so where it is %j', async (check, changes, state, code) => {
    const lines = await linesOf(async () => ok({ ...fine, ...changes }))
    expect(lines.find(([name]) => name === check)).toEqual([check, state, code])
  })

  test('name the cause, and nothing else, where it does not answer', async () => {
    const [first, ...others] = await linesOf(async () => fail('STORE_UNREACHABLE'))
    expect(first).toEqual(['server', 'failed', 'STORE_UNREACHABLE'])
    expect(new Set(others.map(([, state, code]) => `${state} ${code}`))).toEqual(new Set(['unknown because']))
  })
})

/** A computer of its own, of a clinic that is live. */
async function newDesk(access: ServerAccess) {
  const dataDir = temporaryFolder()
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(liveSettings))
  return { dataDir, keyStore: openHeadlessKey(dataDir), migrationsDir, site: async () => ok(access) }
}

describe.skipIf(!hasPostgres())('a site’s server', () => {
  test('is looked at before anything of the site is there, and leaves nothing there', async () => {
    const access = newSite(postgres())
    const seen = must(await look(access))
    expect(seen).toMatchObject({ isUtf8: true, isStandby: false, hasStandby: false, isPooled: false, direct: null })
    expect(seen).toMatchObject({ applied: null, rights: 'owner' })
    expect(seen.certificateEnds?.getTime()).toBeGreaterThan(Date.now())
    expect(seen.connections.used).toBeGreaterThan(0)
    expect(seen.connections.most).toBeGreaterThan(seen.connections.used)
    expect(must(await look({ ...access, host: postgres().folder })).certificateEnds).toBe(null)
    const administrator = await administratorOf(postgres())
    const { rowCount } = await administrator.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schemaOf(access)])
    await administrator.end()
    expect(rowCount).toBe(0)
  })

  test('says which rights a desk has, and which of the tables it lacks', async () => {
    const access = newSite(postgres())
    const desk = await newDesk(access)
    must(await openData(desk)).store.close()
    const { applied, known, rights } = must(await look(access))
    expect([applied, rights]).toEqual([known, 'owner'])
    const role = `looks_${access.site}`
    const other = { ...access, user: role, password: 'of a desk' }
    const schema = `"${schemaOf(access)}"`
    const administrator = await administratorOf(postgres())
    try {
      await administrator.query(`CREATE ROLE ${role} LOGIN PASSWORD 'of a desk' CONNECTION LIMIT 3`)
      expect(must(await look({ ...other, site: 'nowhere' })).rights).toBe('none')
      expect(must(await look(other))).toMatchObject({
        applied: null,
        rights: 'lacking',
        connections: { used: 1, most: 3 },
      })
      await administrator.query(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`)
      await administrator.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`)
      await administrator.query(`REVOKE INSERT, UPDATE, DELETE ON ${schema}.migrations FROM ${role}`)
      expect(must(await look(other))).toMatchObject({ applied: known, rights: 'desk' })
      await administrator.query(`REVOKE DELETE ON ${schema}.visits FROM ${role}`)
      expect(must(await look(other))).toMatchObject({ applied: known, rights: 'lacking' })
    } finally {
      await administrator.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
      await administrator.end()
    }
    expect(await look({ ...access, password: 'another' })).toEqual(fail('STORE_REFUSED', { field: 'user' }))
    expect(await look({ ...access, port: 1 })).toEqual(fail('STORE_UNREACHABLE'))
  })

  test.skipIf(!hasPooler())('is told from the pooler before it, and heard past it', async () => {
    const { host, port } = newSite(postgres())
    const pooled = { ...newSite(postgres()), ...(await startPooler(postgres())) }
    expect(must(await look(pooled))).toMatchObject({ isPooled: true, direct: null })
    const ca = `${pooled.ca}\n${postgres().ca}`
    expect(must(await look({ ...pooled, ca, direct: { host, port } }))).toMatchObject({ isPooled: true, direct: true })
    expect(must(await look({ ...pooled, direct: { host, port: 1 } }))).toMatchObject({ isPooled: true, direct: false })
  })

  test('is among what doctor looks at, also beside a desk that runs, with nothing of anybody', async () => {
    const access = newSite(postgres())
    const desk = await newDesk(access)
    const { store } = must(await openData(desk))
    const computer = {
      devices: async () => [],
      isInNetwork: () => true,
      room: async () => 1e12,
      application: async () => null,
    }
    const lines = await runDoctor({
      ...desk,
      ...{ entries, computer, clock: testClock, log: silentLog, version: 'test', systemProxy: null },
      settings: await loadSettings(desk.dataDir),
      startReaderHost: noReaders,
    })
    store.close()
    const told = new Map(lines.map(({ check, state }) => [check, state]))
    expect([told.get('server'), told.get('serverTables'), told.get('serverRights')]).toEqual(['ok', 'ok', 'ok'])
    expect(told.get('database')).toBe('unknown')
    const said = saidOf(lines).lines.join('\n')
    expect(said).toContain('院内の保存サーバー：つながりました')
    for (const secret of [access.password, access.user, access.host]) expect(said).not.toContain(secret)
  })
})
