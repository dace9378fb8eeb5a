// A desk whose settings name a server: its data folder is its own, its store the site's. The same at every desk that has the site's key.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fail, ok } from '../../src-main/ground/result.ts'
import { ownFileOnly } from '../../src-main/settings/layers.ts'
import { carryOut } from '../../src-main/shell/commands/commands.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { openData, openDataFor, reachSite } from '../../src-main/store/data-folder.ts'
import { joinSite } from '../../src-main/store/joining.ts'
import { checkData, verifyTrail } from '../../src-main/store/maintenance.ts'
import type { ServerAccess } from '../../src-main/store/postgres/access.ts'
import { makeSheet } from '../../src-main/store/recovery-key.ts'
import { testClock } from '../clock.ts'
import { fault } from '../faults.ts'
import { newSite } from '../postgres/server.ts'
import { must, root, temporaryFolder } from '../support.ts'
import { worldOf } from '../world.ts'
import { at, newVisit } from './new-visit.ts'
import { hasPostgres, postgres } from './postgres-server.ts'

const here = test.skipIf(!hasPostgres())

/** A computer of its own. */
function newDesk(access: ServerAccess) {
  const dataDir = temporaryFolder()
  return {
    dataDir,
    keyStore: openHeadlessKey(dataDir),
    migrationsDir: join(root, 'migrations'),
    lockWaitMs: 0,
    clock: testClock,
    backupFolder: null,
    site: async () => ok(access),
  }
}
/** What a clinic that is live cannot do without. */
const live = {
  mode: 'live',
  hub: { url: 'https://hub.example.jp', caFile: 'ca', clientCertificateFile: 'certificate', clientKeyFile: 'key' },
  destinations: [],
}

type Desk = ReturnType<typeof newDesk>

async function open(desk: Desk) {
  const { store } = must(await openDataFor('live', desk))
  onTestFinished(store.close)
  return store
}

/** The sheet of one desk, taken to another. */
async function joined(first: Desk, access: ServerAccess): Promise<Desk> {
  const sheet = must(await makeSheet(first))
  const other = newDesk(access)
  must(await joinSite(other, join(first.dataDir, 'backup/recovery.key'), sheet))
  return other
}

here(
  'two desks with one key have one store, each its own data folder; what is about patients lies in neither',
  async () => {
    const access = newSite(postgres())
    const first = newDesk(access)
    const store = await open(first)
    const { number } = must(await store.saveVisit(newVisit({ id: 'first' }), [{ at, event: 'reading' }]))
    store.close()
    const other = await open(await joined(first, access))
    expect((await other.visitsOfDay('2026-11-23')).map(({ visit }) => [visit.id, visit.number])).toEqual([
      ['first', number],
    ])
    expect((await other.auditTrail({ after: 0, limit: 100 })).map(({ event }) => event)).toContain('deskJoined')
  },
)

here('a data folder is one agent’s, also where the store is a site’s', async () => {
  const desk = newDesk(newSite(postgres()))
  await open(desk)
  expect(await openData(desk)).toEqual(fail('AGENT_ALREADY_RUNNING'))
})

fault('server', 'A desk of the site has no key to its records', {
  seen: 'STORE_NOT_JOINED',
  data: 'Nothing is made at the server and nothing here.',
  recovery: 'Clinic IT types the recovery sheet of another desk.',
})
here(
  'a desk without the site’s key is told so and makes nothing; one whose key is another one’s opens nothing',
  async () => {
    const access = newSite(postgres())
    const first = newDesk(access)
    await open(first)
    const other = newDesk(access)
    expect(await openData(other)).toEqual(fail('STORE_NOT_JOINED'))
    expect(await reachSite(other)).toEqual(fail('STORE_NOT_JOINED'))
    expect(readdirSync(other.dataDir).filter((name) => name.startsWith('site'))).toEqual([])
    const elsewhere = newDesk(newSite(postgres()))
    await open(elsewhere)
    expect(await reachSite({ ...elsewhere, site: other.site })).toEqual(fail('STORE_KEY_WRONG'))
  },
)

here('a first desk that had no answer keeps the key that it made, and is the first one all the same', async () => {
  const access = newSite(postgres())
  const desk = newDesk(access)
  expect(await openData({ ...desk, site: async () => ok({ ...access, port: 1 }) })).toEqual(fail('STORE_UNREACHABLE'))
  expect(readdirSync(desk.dataDir)).toContain('site.key.made')
  await open(desk)
  expect(readdirSync(desk.dataDir).filter((name) => name.startsWith('site'))).toEqual(['site.key'])
})

here('the site’s key lies wrapped with the desk’s own', async () => {
  const desk = newDesk(newSite(postgres()))
  await open(desk)
  const kept = readFileSync(join(desk.dataDir, 'site.key'))
  rmSync(join(desk.dataDir, 'database.key'))
  expect(kept).toHaveLength(64)
  expect(await reachSite(desk)).toEqual(fail('STORE_KEY_MISSING'))
})

fault('settings', 'The variable with the server’s password is not set', {
  seen: 'SECRET_NOT_SET',
  detail: { variable: 'DB' },
  data: 'Nothing is begun, and the data folder is let go.',
  recovery: 'The variable is set, and the desk is started again.',
})
here('a server that cannot be used is the desk’s failure, and lets the data folder go', async () => {
  const desk = newDesk(newSite(postgres()))
  const nowhere = { ...desk, site: async () => fail('SECRET_NOT_SET', { variable: 'DB' }) }
  expect(await openData(nowhere)).toEqual(fail('SECRET_NOT_SET', { variable: 'DB' }))
  expect(await checkData(nowhere)).toMatchObject({ value: { failure: { code: 'SECRET_NOT_SET' } } })
  await open(desk)
})

fault('server', 'A copy or a restore is asked for at a desk whose records are at the server', {
  seen: 'STORE_ON_SERVER',
  data: 'Nothing is changed.',
  recovery: 'Whoever looks after the server does it there.',
})
here(
  'every command about a data folder works on what the server has, or says that it is for whoever looks after that one',
  async () => {
    const { ca, password, ...server } = newSite(postgres())
    const dataDir = temporaryFolder()
    mkdirSync(join(dataDir, 'secrets'))
    writeFileSync(join(dataDir, 'secrets/ca.pem'), ca, { mode: 0o600 })
    const store = { postgres: { ...server, caFile: 'secrets/ca.pem', password: { env: 'DESK_DB' } } }
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ ...live, store }))
    const world = worldOf(dataDir, { ...ownFileOnly, environment: { DESK_DB: password } })
    const carry = async (...words: string[]) => {
      const { said, fault } = await carryOut(words, world)
      expect(fault).toBeNull()
      return said
    }
    expect((await carry('staff', 'add', 's1', '--name', '山田', '--role', 'it')).isRefused).toBe(false)
    expect((await carry('staff', 'list')).answer).toMatchObject({ staff: [{ code: 's1' }] })
    expect((await carry('audit', 'list')).answer).toMatchObject({
      rows: [{ event: 'deskKeyRegistered' }, { event: 'staffAdded' }, { event: 'trailRead' }],
    })
    const proved = await carry('audit', 'verify')
    expect(proved.answer).toMatchObject({ ok: true, rows: 3, proof: { signedFrom: 1, unproved: [] } })
    expect(proved.lines).toContainEqual(expect.stringMatching(/（鍵 [\w-]{8}）の署名を確かめました: 3件、最後は /))
    expect((await carry('check')).answer).toMatchObject({ ok: true, copies: null })
    expect((await carry('masters', 'lookup', '80138012')).answer).toMatchObject({ error: { code: 'MASTER_MISSING' } })
    for (const words of [
      ['backup'],
      ['restore'],
      ['restore', '--drill'],
      ['accept-loss'],
      ['key', 'rotate'],
      ['wipe'],
    ]) {
      expect((await carry(...words)).answer).toMatchObject({ ok: false, error: { code: 'STORE_ON_SERVER' } })
    }
    // Nothing of it is on this computer.
    const own = must(
      await openData({ dataDir, keyStore: openHeadlessKey(dataDir), migrationsDir: join(root, 'migrations') }),
    )
    expect([await own.store.staff(), await own.store.auditHead()]).toEqual([[], null])
    own.store.close()
  },
)

here('check and audit verify look at what the server has', async () => {
  const desk = newDesk(newSite(postgres()))
  const store = await open(desk)
  must(await store.noteCommand('trailRead', { at }))
  store.close()
  expect(must(await checkData(desk))).toEqual({ failure: null, isNew: false, lost: [], copies: null })
  expect(must(await verifyTrail(desk))).toMatchObject({ rows: 2, broken: null, acceptedUpTo: 0, head: { id: 2 } })
})
