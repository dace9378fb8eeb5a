// With TEST_STORE=postgres each data folder of a test is a desk of a site of its own on the tests' server (vitest.config.ts).
import { inject } from 'vitest'
import { ok } from '../src-main/ground/result.ts'
import type { DataOptions } from '../src-main/store/data-folder.ts'
import type { ServerAccess } from '../src-main/store/postgres/access.ts'
import { newSite, type PostgresPlace } from './postgres/server.ts'

/** The server that these tests run on; null: each desk has its store itself. */
export const testServer = (): PostgresPlace | null =>
  process.env.TEST_STORE === 'postgres' ? inject('postgres') : null

const sites = new Map<string, ServerAccess>()

/** The same for a data folder whenever it is asked for. */
export function accessOf(dataDir: string, server: PostgresPlace): ServerAccess {
  const access = sites.get(dataDir) ?? newSite(server)
  sites.set(dataDir, access)
  return access
}

/** For whoever opens a data folder. */
export const siteOf = (dataDir: string): Pick<DataOptions, 'site'> => {
  const server = testServer()
  return server ? { site: async () => ok(accessOf(dataDir, server)) } : {}
}
