// Several desks of one site, for tests, and the time that passes at its server without anybody waiting.
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { ok } from '../../src-main/ground/result.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { openData } from '../../src-main/store/data-folder.ts'
import { joinSite } from '../../src-main/store/joining.ts'
import { type ServerAccess, schemaOf } from '../../src-main/store/postgres/access.ts'
import { openSiteStore } from '../../src-main/store/postgres/store.ts'
import { makeSheet } from '../../src-main/store/recovery-key.ts'
import type { Store } from '../../src-main/store/store.ts'
import { testClock } from '../clock.ts'
import { administratorOf, newSite } from '../postgres/server.ts'
import { must, root } from '../support.ts'
import { postgres, serverMigrations, siteKey } from './postgres-server.ts'

export async function openDesk(access: ServerAccess, id: string): Promise<Store> {
  const desk = { id, name: `${id}のパソコン`, version: '0' }
  const store = must(await openSiteStore({ access, key: siteKey, migrationsDir: serverMigrations, desk }))
  onTestFinished(() => store.close())
  return store
}

/** What agents of one site are started with, one in each of these data folders; nobody runs in them yet. */
export async function deskFolders(...dataDirs: readonly string[]) {
  const access = newSite(postgres())
  const site = async () => ok(access)
  const desks = dataDirs.map((dataDir, index) => {
    const migrationsDir = join(root, 'migrations')
    return {
      dataDir,
      keyStore: openHeadlessKey(dataDir),
      migrationsDir,
      clock: testClock,
      backupFolder: null,
      site,
      access,
      computer: `受付${index + 1}`,
      deskName: `受付${index + 1}`,
    }
  })
  const [first, ...others] = desks
  if (!first) throw new Error('there is no first desk')
  must(await openData(first)).store.close()
  const sheet = must(await makeSheet(first))
  for (const desk of others) must(await joinSite(desk, join(first.dataDir, 'backup/recovery.key'), sheet))
  return desks
}

const earlier = (table: string, column: string) => `UPDATE ${table} SET ${column} = ${column} - interval '1 hour'`

/** Of this desk nothing was heard for an hour, by the server's clock; until it says something. */
export async function fallsSilent(site: ServerAccess, desk: string): Promise<void> {
  const administrator = await administratorOf(postgres())
  await administrator.query(`${earlier(`"${schemaOf(site)}".desks`, 'seen_at')} WHERE id = $1`, [desk])
  await administrator.end()
}

/** By the server's clock whatever stands there was an hour ago; `files`: only the files were added then. */
export async function anHourPasses(site: ServerAccess, what: 'all' | 'files' = 'all'): Promise<void> {
  const administrator = await administratorOf(postgres())
  const desks = what === 'all' ? [earlier('leases', 'until'), earlier('desks', 'seen_at')] : []
  await administrator.query(
    [`SET search_path TO "${schemaOf(site)}"`, earlier('deliveries', 'added_at'), ...desks].join('; '),
  )
  await administrator.end()
}
