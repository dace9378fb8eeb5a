// What a desk can see of its site's server without opening the store: whether it is one that a desk may use, for how long its certificate
// lasts, how it keeps what is committed, what this desk may do there. Asked of the server's own catalogue, so that it can be said also
// where the store cannot be opened; nothing is written, and no row of the site is read.
import type { Client } from 'pg'
import { z } from 'zod'
import { ok, type Result } from '../../ground/result.ts'
import type { SchemaRights, ServerLook } from '../../ground/server-look.ts'
import { type ServerAccess, schemaOf } from './access.ts'
import { isPooler, type Limits, onOne, openEar, usualLimits } from './connection.ts'
import { serverFailure } from './failures.ts'
import { newestKnown } from './migrations.ts'

const number = z.coerce.number()
const settingsRow = z.tuple([
  z.object({
    release: number,
    is_utf8: z.boolean(),
    commit: z.string(),
    standbys: z.string(),
    process: number,
    is_standby: z.boolean(),
    now: number,
  }),
])
const settingsText = `
  SELECT current_setting('server_version_num')::int / 10000 AS release, current_setting('server_encoding') = 'UTF8' AS is_utf8,
    current_setting('synchronous_commit') AS commit, current_setting('synchronous_standby_names') AS standbys,
    pg_backend_pid() AS process, pg_is_in_recovery() AS is_standby,
    extract(epoch FROM clock_timestamp()) * 1000 AS now`

const connectionsRow = z.tuple([z.object({ used: number, most: number, own: number, own_most: number })])
// Whoever may not see what others do sees that they are there.
const connectionsText = `
  SELECT count(*) FILTER (WHERE datid IS NOT NULL) AS used,
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS most,
    count(*) FILTER (WHERE datid IS NOT NULL AND usesysid = own.oid) AS own, min(own.rolconnlimit) AS own_most
  FROM pg_stat_activity, (SELECT oid, rolconnlimit FROM pg_roles WHERE rolname = current_user) AS own`

const schemaRows = z
  .array(z.object({ owns: z.boolean(), enters: z.boolean(), lacks: number, reads: z.boolean() }))
  .max(1)
const schemaText = `
  SELECT pg_has_role(current_user, n.nspowner, 'USAGE') AS owns, has_schema_privilege(n.oid, 'USAGE') AS enters,
    count(*) FILTER (WHERE c.relname <> 'migrations' AND NOT (
      has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'UPDATE')
      AND has_table_privilege(c.oid, 'DELETE'))) AS lacks,
    coalesce(bool_or(c.relname = 'migrations' AND has_table_privilege(c.oid, 'SELECT')), false) AS reads
  FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind = 'r'
  WHERE n.nspname = $1 GROUP BY n.oid, n.nspowner`

const mayMakeRow = z.tuple([z.object({ may: z.boolean() })])
const appliedRow = z.tuple([z.object({ newest: number })])

/** Errors: STORE_UNREACHABLE, STORE_UNTRUSTED, STORE_REFUSED. */
export async function inspectServer(
  access: ServerAccess,
  migrationsDir: string,
  limits: Limits = usualLimits,
): Promise<Result<ServerLook>> {
  try {
    return ok(
      await onOne(access, limits, async (client, certificateEnds) => {
        const began = Date.now()
        const [{ process, now, standbys, is_standby: isStandby, is_utf8: isUtf8, ...said }] = settingsRow.parse(
          (await client.query(settingsText)).rows,
        )
        return {
          ...said,
          certificateEnds,
          isUtf8,
          isStandby,
          hasStandby: standbys.trim() !== '',
          aheadMs: Math.round(now - (began + Date.now()) / 2),
          isPooled: isPooler(client, process),
          direct: access.direct ? await isHeard(access, limits) : null,
          connections: await connectionsOf(client),
          ...(await schemaSeen(client, schemaOf(access))),
          known: newestKnown(migrationsDir),
        }
      }),
    )
  } catch (error) {
    const failure = serverFailure(error)
    if (!failure) throw error
    return { ok: false, error: failure }
  }
}

/** Whether the way past the pooler leads to a server that lets us listen. */
async function isHeard(access: ServerAccess, limits: Limits): Promise<boolean> {
  try {
    const ear = await openEar(access, limits, {
      channel: schemaOf(access),
      told: () => undefined,
      lost: () => undefined,
    })
    await ear.close()
    return ear.hears
  } catch (error) {
    if (serverFailure(error)) return false
    throw error
  }
}

/** Whichever comes to its limit first: the server, or the name that desks come by. */
async function connectionsOf(client: Client): Promise<ServerLook['connections']> {
  const [{ used, most, own, own_most: ownMost }] = connectionsRow.parse((await client.query(connectionsText)).rows)
  return ownMost >= 0 && ownMost - own < most - used ? { used: own, most: ownMost } : { used, most }
}

async function schemaSeen(client: Client, schema: string): Promise<Pick<ServerLook, 'applied' | 'rights'>> {
  const [seen] = schemaRows.parse((await client.query(schemaText, [schema])).rows)
  if (!seen) {
    const { rows } = await client.query("SELECT has_database_privilege(current_database(), 'CREATE') AS may")
    return { applied: null, rights: mayMakeRow.parse(rows)[0].may ? 'owner' : 'none' }
  }
  const { owns, enters, lacks, reads } = seen
  const rights: SchemaRights = owns ? 'owner' : enters && reads && lacks === 0 ? 'desk' : 'lacking'
  if (!enters || !reads) return { applied: null, rights }
  const { rows } = await client.query(`SELECT coalesce(max(number), 0) AS newest FROM "${schema}".migrations`)
  return { applied: appliedRow.parse(rows)[0].newest, rights }
}
