// A desk need not own the tables: with the rights that docs/hospital.md gives, it works, and what it must not do is refused.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { schemaOf } from '../../src-main/store/postgres/access.ts'
import { openSiteStore } from '../../src-main/store/postgres/store.ts'
import { administratorOf, newSite } from '../postgres/server.ts'
import { eventually, must, root } from '../support.ts'
import { hasPostgres, postgres, serverMigrations, siteDesk, siteKey } from './postgres-server.ts'
import { at, confirmedVisit, moveDelivery, newDelivery } from './samples.ts'

/** The grants of the paper, for a site and a role of this test. */
function grantsFor(schema: string, role: string): string {
  const paper = readFileSync(join(root, 'docs/hospital.md'), 'utf8')
  const [, grants = ''] = /```sql\n(GRANT USAGE[\s\S]*?)```/.exec(paper) ?? []
  return grants
    .replaceAll('madoguchi_site', `"${schema}"`)
    .replaceAll('madoguchi_desk', role)
    .replaceAll('madoguchi_owner', postgres().desk.user)
}

test.skipIf(!hasPostgres())('a desk that owns no table works, and cannot touch what keeps the trail', async () => {
  const place = postgres()
  const site = newSite(place)
  const role = `works_${site.site}`
  const open = (user: string, password: string) =>
    openSiteStore({
      access: { ...site, user, password },
      key: siteKey,
      migrationsDir: serverMigrations,
      desk: siteDesk,
    })
  const administrator = await administratorOf(place)
  try {
    await administrator.query(`CREATE ROLE ${role} LOGIN PASSWORD 'of a desk'`)
    expect(await open(role, 'of a desk')).toEqual(fail('STORE_REFUSED', { field: 'rights' }))
    must(await open(site.user, site.password)).close()
    await administrator.query(grantsFor(schemaOf(site), role))
    const desk = must(await open(role, 'of a desk'))
    const delivery = newDelivery('receipt')
    await confirmedVisit(desk, [delivery])
    must(await moveDelivery(desk, delivery, { state: 'delivered', failure: null, at }))
    expect(must(await desk.retain({ at: '2029-01-01T09:00:00.000+09:00', before: '2029-01-01' }))).toBe(0)
    must(await desk.check())
    desk.close()
    const hand = new Client({
      host: place.folder,
      port: place.port,
      database: site.database,
      user: role,
      password: 'of a desk',
    })
    await hand.connect()
    const table = (name: string) => `"${schemaOf(site)}".${name}`
    for (const forbidden of [
      `ALTER TABLE ${table('audit')} DISABLE TRIGGER USER`,
      `DROP TABLE ${table('visits')}`,
      `TRUNCATE ${table('audit')}`,
      `UPDATE ${table('audit')} SET event = ''`,
      `DELETE FROM ${table('audit')}`,
      `UPDATE ${table('migrations')} SET oldest_desk = 0`,
      `CREATE TABLE ${table('other')} (id bigint)`,
    ]) {
      await expect(hand.query(forbidden), forbidden).rejects.toThrow(/owner|denied|not changed|not deleted/)
    }
    await hand.end()
    // What cannot be read at the opening is told as what it is, and leaves no line behind.
    await administrator.query(`REVOKE SELECT ON ${table('local_schemes')} FROM ${role}`)
    expect(await open(role, 'of a desk')).toEqual(fail('STORE_REFUSED', { field: 'rights' }))
    await eventually('nobody is connected', async () => {
      const { rows } = await administrator.query('SELECT 1 FROM pg_stat_activity WHERE usename = $1', [role])
      return rows.length === 0
    })
  } finally {
    await administrator.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`).catch(() => undefined)
    await administrator.end()
  }
})
