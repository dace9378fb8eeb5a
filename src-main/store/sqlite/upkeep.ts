// Looking after the open database itself.
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { deliveryStateSchema, registrationStateSchema, visitStateSchema } from '../../ground/states.ts'
import { nothingElse, provedTrail } from '../sql/proved-trail.ts'
import { auditHeadRow } from '../sql/rows.ts'
import { sql } from '../sql/statements/statements.ts'
import type { Stock, Upkeep } from '../upkeep.ts'
import { checkStore } from './check.ts'
import { copyDatabase } from './copies.ts'
import { read } from './database.ts'
import type { OpenDatabase } from './opening.ts'

/** `key`: the database's own, which its copies get too. Wiped at the end. */
export function upkeep(open: OpenDatabase, key: Uint8Array): Upkeep {
  const { database, ledger, keys } = open
  return {
    check: () => checkStore(open),
    verifyTrail: async (heads = []) => ledger.read(() => provedTrail(keys, heads, nothingElse)),
    auditHead: async () =>
      ledger.read(function* () {
        return auditHeadRow.optional().parse(yield* sql.lastAudit.get()) ?? null
      }),
    commits: ledger.commits,
    copyTo: (file) => copyDatabase(database, key, file),
    stock: async () => read(() => stockIn(database)),
    cutOff: () => undefined,
    close() {
      ledger.close()
      database.close()
      key.fill(0)
    },
  }
}

/** Not prepared with the others: it is asked once in months, and no index serves it. */
function stockIn(database: Database.Database): Stock {
  const statesIn = <S extends string>(table: 'visits' | 'deliveries' | 'records', state: z.ZodType<S>) =>
    z
      .array(z.object({ state, n: z.number() }))
      .parse(database.prepare(`SELECT state, count(*) AS n FROM ${table} GROUP BY state ORDER BY state`).all())
  const { number } = z
    .object({ number: z.number() })
    .parse(database.prepare('SELECT coalesce(max(number), 0) AS number FROM migrations').get())
  return {
    visits: statesIn('visits', visitStateSchema),
    deliveries: statesIn('deliveries', deliveryStateSchema),
    registrations: statesIn('records', registrationStateSchema),
    migration: number,
  }
}
