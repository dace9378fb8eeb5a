// The store on SQLite: every topic's methods on one open database, each one transaction, on the disk when it returns
// (ledger.ts). What only reads throws a Refusal where the database cannot be read.
import { ok, type Result } from '../../ground/result.ts'
import { masterRowsOf } from '../sql/local-masters.ts'
import { topics } from '../sql/topics.ts'
import type { Store } from '../store.ts'
import { giveBack } from './left.ts'
import { everythingIsOurs, nobodyToAsk } from './only-desk.ts'
import { type OpenDatabase, openLedger, type StoreOptions } from './opening.ts'
import { upkeep } from './upkeep.ts'

/**
 * Errors: AGENT_ALREADY_RUNNING, STORE_KEY_WRONG, STORE_NEWER, STORE_MIGRATION_MISMATCH, STORE_DAMAGED, STORE_ROWS_MISSING,
 * STORE_FULL, STORE_UNWRITABLE. None of them changes what is stored.
 */
export function openStore(options: StoreOptions): Result<Store> {
  const opened = openLedger(options)
  return opened.ok ? ok(openStoreOn(opened.value, options.key)) : opened
}

/** The same on a database that is open already. */
export function openStoreOn(open: OpenDatabase, key: Uint8Array): Store {
  return {
    ...topics(open, () => giveBack(open.database)),
    masterRowsOf: (payerNumber, day) => open.ledger.read(() => masterRowsOf(payerNumber, day)),
    ...everythingIsOurs,
    ...nobodyToAsk,
    // A key of its own, for its copies: whoever has opened it wipes theirs.
    ...upkeep(open, Uint8Array.from(key)),
    site: null,
    // It is this desk's alone: nobody else changes anything.
    watch: () => () => undefined,
  }
}
