// The schema of a site: brought up by one desk, worked with by desks of two versions.
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type ServerAccess, schemaOf } from '../../src-main/store/postgres/access.ts'
import { fault } from '../faults.ts'
import { administratorOf, newSite } from '../postgres/server.ts'
import { must, temporaryFolder } from '../support.ts'
import { addNext, hasPostgres, openTestServer, postgres, serverMigrations, tryServer } from './postgres-server.ts'

const shipped = readdirSync(serverMigrations).sort()
const newer = { ok: false, error: { code: 'STORE_NEWER' } }
const mismatch = { ok: false, error: { code: 'STORE_MIGRATION_MISMATCH' } }

const four = (number: number) => String(number).padStart(4, '0')

/** The shipped migrations and some after them; `oldest`: the newest one that the oldest desk knows which may work with it. */
function migrationsWith(...later: readonly { readonly oldest: number; readonly sql: string }[]): string {
  const folder = temporaryFolder()
  cpSync(serverMigrations, folder, { recursive: true })
  for (const [index, { oldest, sql }] of later.entries()) {
    const name = `${four(shipped.length + 1 + index)}_more.sql`
    writeFileSync(join(folder, name), `-- oldest desk: ${four(oldest)}\n${sql}\n`)
  }
  return folder
}

async function tablesOf(site: ServerAccess): Promise<readonly string[]> {
  const administrator = await administratorOf(postgres())
  const { rows } = await administrator.query({
    text: 'SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY 1',
    values: [schemaOf(site)],
    rowMode: 'array',
  })
  await administrator.end()
  return rows.flat()
}

describe.skipIf(!hasPostgres())('migrations of a site', () => {
  fault('updates', 'All desks of a hospital begin at once after an update', {
    seen: 'nothing',
    class: 'transient',
    data: 'The schema is renewed once.',
    recovery: 'Nothing is to be done.',
  })
  test('of desks that begin at once one applies, and all of them work', async () => {
    const site = newSite(postgres())
    const desks = await Promise.all([openTestServer(site), openTestServer(site), openTestServer(site)])
    const given = await Promise.all(desks.map((desk) => desk.runWriting(addNext())))
    expect(given.map(must).toSorted()).toEqual([1, 2, 3])
  })

  fault('updates', 'The first desk of a hospital is updated while the others work', {
    seen: 'nothing',
    class: 'transient',
    data: 'The older desks go on writing what they know.',
    recovery: 'They are updated one after the other.',
  })
  test('a desk works on with a schema that is newer by one and says that it may', async () => {
    const site = newSite(postgres())
    const before = await openTestServer(site)
    must(await before.runWriting(addNext()))
    const one = { oldest: shipped.length, sql: 'ALTER TABLE visits ADD COLUMN more text;' }
    const after = await openTestServer(site, { migrationsDir: migrationsWith(one) })
    must(await after.runWriting(addNext()))
    // The one that was open, and one that opens now.
    const said = await before.runWriting(addNext())
    expect(said.ok || (await before.runWriting(addNext())).ok).toBe(true)
    must(await (await openTestServer(site)).runWriting(addNext()))
  })

  fault('updates', 'A desk is older than the server’s schema', {
    seen: 'STORE_NEWER',
    data: 'It does not touch what it does not know.',
    recovery: 'The desk is updated; the others go on.',
  })
  test('and with none that says that it may not, or that is newer by two', async () => {
    const sql = 'CREATE TABLE more (id bigint PRIMARY KEY);'
    const [site, other] = [newSite(postgres()), newSite(postgres())]
    await openTestServer(site, { migrationsDir: migrationsWith({ oldest: shipped.length + 1, sql }) })
    expect(await tryServer(site)).toEqual(newer)
    const two = [
      { oldest: shipped.length, sql },
      { oldest: shipped.length, sql: 'ALTER TABLE more ADD COLUMN it text;' },
    ]
    await openTestServer(other, { migrationsDir: migrationsWith(...two) })
    expect(await tryServer(other)).toEqual(newer)
  })

  test('one that was changed after it was applied is refused, be it by one space', async () => {
    const site = newSite(postgres())
    await openTestServer(site)
    const folder = migrationsWith()
    const file = join(folder, shipped[0] ?? '')
    writeFileSync(file, `${readFileSync(file, 'utf8')} `)
    expect(await tryServer(site, { migrationsDir: folder })).toEqual(mismatch)
  })

  test('a folder with a gap, with another name, or with a file that names no oldest desk is not applied', async () => {
    const site = newSite(postgres())
    const faults = {
      '0009_gap.sql': '-- oldest desk: 0009\n',
      'no-number.sql': '',
      [`${four(shipped.length + 1)}_more.sql`]: '',
    }
    for (const [name, text] of Object.entries(faults)) {
      const folder = migrationsWith()
      writeFileSync(join(folder, name), text)
      expect(await tryServer(site, { migrationsDir: folder })).toEqual(mismatch)
    }
    expect(await tablesOf(site)).toEqual([])
  })

  fault('updates', 'The renewal of the server’s schema breaks off', {
    seen: 'nothing',
    class: 'transient',
    data: 'Nothing of it is left: the schema is that of before.',
    recovery: 'The next start does it again.',
  })
  test('one that breaks off leaves nothing of itself and of those before it', async () => {
    const site = newSite(postgres())
    const broken = migrationsWith(
      { oldest: shipped.length, sql: 'CREATE TABLE half (id bigint);' },
      { oldest: shipped.length, sql: 'INSERT INTO nowhere VALUES (1);' },
    )
    await expect(tryServer(site, { migrationsDir: broken })).rejects.toThrow('nowhere')
    expect(await tablesOf(site)).toEqual([])
    await openTestServer(site)
  })
})
