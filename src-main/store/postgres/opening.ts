// Opens a site's store on its server: the line, the schema, the site's key, the statements; everything that may be wrong is found
// here, and nothing is written before it is right.
import type { ClientBase, Pool } from 'pg'
import { z } from 'zod'
import { fail, ok, Refusal, type Result } from '../../ground/result.ts'
import { type ServerAccess, schemaOf } from './access.ts'
import { isPooler, type Limits, openPool, usualLimits } from './connection.ts'
import { serverFailure } from './failures.ts'
import { migrateSite } from './migrations.ts'
import { createRunner, type Runner } from './runner.ts'
import { createSeal } from './sealing.ts'
import { createStatements } from './statements.ts'
import { beginningsIn, inOne } from './transactions.ts'
import { readingOf } from './values.ts'

export interface ServerStoreOptions {
  readonly access: ServerAccess
  /** 32 bytes, the same ones at every desk of the site. */
  readonly key: Uint8Array
  /** Absolute path of this engine's migrations. */
  readonly migrationsDir: string
  /** Plain SQL, as both engines have it. */
  readonly texts: readonly string[]
  readonly limits?: Limits
}

export interface OpenServer extends Runner {
  readonly schema: string
  /** As OpenPool. */
  cutOff(): void
  /** Lets go of every connection; what is under way ends first. */
  close(): Promise<void>
}

/** Of the server itself, before anything is asked of it. */
const serverRow = z.tuple([z.object({ version: z.number(), encoding: z.string(), process: z.number() })])
const oldestServer = 14
const proofText = 'madoguchi'
const proofRows = z.array(z.object({ proof: z.literal(proofText) })).max(1)
/** Making the tables of a large site anew may take long. */
const migrationMs = 600_000
/** A desk that has not written for so long has none of its commits to ask for. */
const forgetWriters = "DELETE FROM writers WHERE at < now() - interval '1 day'"

/**
 * Errors: STORE_UNREACHABLE, STORE_UNTRUSTED, STORE_REFUSED, STORE_KEY_WRONG, STORE_NEWER, STORE_MIGRATION_MISMATCH, STORE_FULL,
 * STORE_UNWRITABLE, STORE_DAMAGED.
 */
export async function openServer(options: ServerStoreOptions): Promise<Result<OpenServer>> {
  const { access, key, migrationsDir, texts, limits = usualLimits } = options
  if (key.length !== 32) return fail('STORE_KEY_WRONG')
  const schema = schemaOf(access)
  const seal = createSeal(key, access.site)
  const { pool, cutOff } = openPool(access, readingOf(seal), limits)
  const refuse = async (result: Result<never>): Promise<Result<never>> => {
    await pool.end()
    return result
  }
  try {
    const server = await lookAtServer(pool)
    if (!server.ok) return await refuse(server)
    const { isPooled } = server.value
    const beginnings = beginningsIn(schema, limits)
    const slow = beginningsIn(schema, { ...limits, statementMs: migrationMs })
    const turns = {
      reading: <T>(work: (client: ClientBase) => Promise<T>) => inOne(pool, beginnings.reading, work),
      writing: <T>(work: (client: ClientBase) => Promise<T>) => inOne(pool, slow.writing, work),
    }
    const migrated = await migrateSite(turns, schema, migrationsDir)
    if (!migrated.ok) return await refuse(migrated)
    const isOurs = await proveKey(pool, beginnings.writing, seal.seal(proofText))
    if (!isOurs) return await refuse(fail('STORE_KEY_WRONG'))
    const statements = createStatements()
    await turns.reading((client) => statements.learn(client, texts))
    const runner = createRunner({ pool, beginnings, statements, seal, isPooled })
    let ended: Promise<void> | null = null
    return ok({
      ...runner,
      schema,
      cutOff,
      close() {
        ended ??= pool.end()
        return ended
      },
    })
  } catch (error) {
    const failure = serverFailure(error)
    await pool.end()
    if (!failure) throw error
    return { ok: false, error: failure }
  }
}

/** Whether it is one that a desk may use, and what lies in between. */
async function lookAtServer(pool: Pool): Promise<Result<{ readonly isPooled: boolean }>> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query(
      `SELECT current_setting('server_version_num')::int / 10000 AS version, current_setting('server_encoding') AS encoding,
      pg_backend_pid() AS process`,
    )
    const [{ version, encoding, process }] = serverRow.parse(rows)
    client.release()
    if (version < oldestServer) return fail('STORE_REFUSED', { field: 'version' })
    if (encoding !== 'UTF8') return fail('STORE_REFUSED', { field: 'encoding' })
    return ok({ isPooled: isPooler(client, process) })
  } catch (error) {
    client.release(true)
    throw error
  }
}

/** Whether the site's data are sealed with this key; the first desk of a site says which it is. */
async function proveKey(pool: Pool, beginning: string, proof: Uint8Array): Promise<boolean> {
  try {
    return await inOne(pool, beginning, async (client) => {
      await client.query(forgetWriters)
      await client.query('INSERT INTO site (id, proof) VALUES (1, $1) ON CONFLICT DO NOTHING', [proof])
      return proofRows.parse((await client.query('SELECT proof FROM site')).rows).length === 1
    })
  } catch (error) {
    if (error instanceof Refusal && error.failure.code === 'STORE_DAMAGED') return false
    throw error
  }
}
