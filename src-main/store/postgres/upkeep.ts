// Looking after a site's store from a desk: what a desk can see of it. The server's own files, and copies of them, are hospital IT's.
import { z } from 'zod'
import { fail, ok } from '../../ground/result.ts'
import { deliveryStateSchema, registrationStateSchema, visitStateSchema } from '../../ground/states.ts'
import { goneOnBehind, verifyChain } from '../sql/audit-chain.ts'
import { nothingElse, provedTrail } from '../sql/proved-trail.ts'
import { auditHeadRow, numberRow } from '../sql/rows.ts'
import { sql } from '../sql/statements/statements.ts'
import type { Topic } from '../sql/topic.ts'
import { statement } from '../sql/work.ts'
import type { Upkeep } from '../upkeep.ts'
import { serverFailure } from './failures.ts'
import type { ServerLedger } from './ledger.ts'
import type { OpenServer } from './opening.ts'

export function upkeep(
  { ledger, keys }: Topic & { readonly ledger: ServerLedger },
  server: Pick<OpenServer, 'close' | 'cutOff'>,
): Upkeep {
  return {
    async check() {
      try {
        const { broken } = await ledger.read(function* () {
          return yield* verifyChain(yield* goneOnBehind())
        })
        return broken ? fail('STORE_DAMAGED', { field: 'audit' }) : ok(undefined)
      } catch (error) {
        const failure = serverFailure(error)
        if (!failure) throw error
        return { ok: false, error: failure }
      }
    },
    verifyTrail: async (heads = []) => ledger.read(() => provedTrail(keys, heads, nothingElse)),
    // Noted outside: a row that the server might still lose would look like one that was taken away.
    auditHead: async () =>
      ledger.readKept(function* () {
        return auditHeadRow.optional().parse(yield* sql.lastAudit.get()) ?? null
      }),
    commits: ledger.commits,
    copyTo: null,
    stock: async () => ledger.read(stock),
    cutOff: server.cutOff,
    close: () => void server.close(),
  }
}

const migration = statement('SELECT coalesce(max(number), 0) AS value FROM migrations')

function* stock() {
  return {
    visits: yield* statesIn('visits', visitStateSchema),
    deliveries: yield* statesIn('deliveries', deliveryStateSchema),
    registrations: yield* statesIn('records', registrationStateSchema),
    migration: numberRow.parse(yield* migration.get()).value,
  }
}

function* statesIn<S extends string>(table: 'visits' | 'deliveries' | 'records', state: z.ZodType<S>) {
  const counted = statement(`SELECT state, count(*) AS n FROM ${table} GROUP BY state ORDER BY state`)
  return z.array(z.object({ state, n: z.number() })).parse(yield* counted.all())
}
