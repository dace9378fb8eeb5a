// Several desks of one site, for tests, and the time that passes at its server without anybody waiting.
import { onTestFinished } from 'vitest'
import { type ServerAccess, schemaOf } from '../../src-main/store/postgres/access.ts'
import { openSiteStore } from '../../src-main/store/postgres/store.ts'
import type { Store } from '../../src-main/store/store.ts'
import { administratorOf } from '../postgres/server.ts'
import { must } from '../support.ts'
import { postgres, serverMigrations, siteKey } from './postgres-server.ts'

export async function openDesk(access: ServerAccess, id: string): Promise<Store> {
  const desk = { id, name: `${id}のパソコン`, version: '0' }
  const store = must(await openSiteStore({ access, key: siteKey, migrationsDir: serverMigrations, desk }))
  onTestFinished(() => store.close())
  return store
}

const earlier = (table: string, column: string) => `UPDATE ${table} SET ${column} = ${column} - interval '1 hour'`

/** By the server's clock whatever stands there was an hour ago; `files`: only the files were added then. */
export async function anHourPasses(site: ServerAccess, what: 'all' | 'files' = 'all'): Promise<void> {
  const administrator = await administratorOf(postgres())
  const desks = what === 'all' ? [earlier('leases', 'until'), earlier('desks', 'seen_at')] : []
  await administrator.query(
    [`SET search_path TO "${schemaOf(site)}"`, earlier('deliveries', 'added_at'), ...desks].join('; '),
  )
  await administrator.end()
}
