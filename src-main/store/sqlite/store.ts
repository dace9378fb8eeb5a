// The store on SQLite: every topic's methods on one open database, each one transaction, on the disk when it returns
// (ledger.ts). What only reads throws a Refusal where the database cannot be read.
import { ok, type Result } from '../../ground/result.ts'
import { masterRowsOf } from '../sql/local-masters.ts'
import { topics } from '../sql/topics.ts'
import type { Store } from '../store.ts'
import { giveBack } from './left.ts'
import { everythingIsOurs } from './only-desk.ts'
import { openLedger, type StoreOptions } from './opening.ts'
import { upkeep } from './upkeep.ts'

/**
 * Errors: AGENT_ALREADY_RUNNING, STORE_KEY_WRONG, STORE_NEWER, STORE_MIGRATION_MISMATCH, STORE_DAMAGED, STORE_ROWS_MISSING,
 * STORE_FULL, STORE_UNWRITABLE. None of them changes what is stored.
 */
export function openStore(options: StoreOptions): Result<Store> {
  const opened = openLedger(options)
  if (!opened.ok) return opened
  // Its own, for its copies: whoever has opened it wipes theirs.
  const key = options.key.slice()
  const topic = opened.value
  return ok({
    ...topics(topic, () => giveBack(topic.database)),
    masterRowsOf: (payerNumber, day) => topic.ledger.read(() => masterRowsOf(payerNumber, day)),
    ...everythingIsOurs,
    ...upkeep(opened.value, key),
    site: null,
    // It is this desk's alone: nobody else changes anything.
    watch: () => () => undefined,
  })
}
