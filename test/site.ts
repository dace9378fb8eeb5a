// With TEST_STORE=postgres each data folder of a test is a desk of a site of its own on the tests' server (vitest.config.ts,
// playwright.config.ts). Which server stands in the environment, and a site is called by its desk's folder: so whichever process a
// test starts in that folder is that desk, without being told.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ok } from '../src-main/ground/result.ts'
import type { DataOptions } from '../src-main/store/data-folder.ts'
import { type ServerAccess, schemaOf } from '../src-main/store/postgres/access.ts'
import { accessTo, administratorOf, type PostgresPlace } from './postgres/server.ts'

const userSchema = z.object({ user: z.string(), password: z.string() })
const placeSchema = z.object({
  ...{ bin: z.string(), folder: z.string(), port: z.int(), ca: z.string() },
  administrator: userSchema,
  desk: userSchema.extend({ database: z.string() }),
}) satisfies z.ZodType<PostgresPlace>

/** For the processes that this one starts. null: there is none on this computer, and it has been said. */
export function nameTestServer(place: PostgresPlace | null): void {
  process.env.TEST_SERVER = JSON.stringify(place && placeSchema.parse(place))
}

/** The server that these tests run on; null: each desk has its store itself. */
export function testServer(): PostgresPlace | null {
  const { TEST_STORE, TEST_SERVER } = process.env
  if (TEST_STORE !== 'postgres') return null
  // Nothing that was meant for a server passes without one.
  if (TEST_SERVER === undefined) throw new Error('nobody has said where the server is')
  return placeSchema.nullable().parse(JSON.parse(TEST_SERVER))
}

export const accessOf = (dataDir: string, server: PostgresPlace): ServerAccess =>
  accessTo(server, `t${createHash('sha256').update(dataDir).digest('hex').slice(0, 24)}`)

/** For whoever opens a data folder. */
export const siteOf = (dataDir: string): Pick<DataOptions, 'site'> => {
  const server = testServer()
  return server ? { site: async () => ok(accessOf(dataDir, server)) } : {}
}

/** How many the site of a data folder has. */
export async function visitsAt(dataDir: string, server: PostgresPlace): Promise<number> {
  const administrator = await administratorOf(server)
  const { rows } = await administrator.query(`SELECT id FROM ${schemaOf(accessOf(dataDir, server))}.visits`)
  await administrator.end()
  return rows.length
}
