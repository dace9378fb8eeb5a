// The store on SQLite: every topic's methods on one open database, each one transaction, on the disk when it returns
// (ledger.ts). What only reads throws a Refusal where the database cannot be read.
import { ok, type Result } from '../../ground/result.ts'
import { audit } from '../sql/audit.ts'
import { bookingList } from '../sql/bookings.ts'
import { capLedger } from '../sql/cap-ledger.ts'
import { claimOrders } from '../sql/claim-orders.ts'
import { counts } from '../sql/counts.ts'
import { deliveries } from '../sql/deliveries.ts'
import { erasing } from '../sql/erasing.ts'
import { localMasters, masterRowsOf } from '../sql/local-masters.ts'
import { numberLinks } from '../sql/numbers.ts'
import { past } from '../sql/past.ts'
import { knownPatients } from '../sql/patients.ts'
import { registrations } from '../sql/registrations.ts'
import { retention } from '../sql/retention.ts'
import { staffList } from '../sql/staff.ts'
import { terminalNotes } from '../sql/terminal.ts'
import { visits } from '../sql/visits.ts'
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
    ...visits(topic),
    ...knownPatients(topic),
    ...deliveries(topic),
    ...numberLinks(topic),
    ...bookingList(topic),
    ...registrations(topic),
    ...terminalNotes(topic),
    ...claimOrders(topic),
    ...localMasters(topic),
    masterRowsOf: (payerNumber, day) => topic.ledger.read(() => masterRowsOf(payerNumber, day)),
    ...capLedger(topic),
    ...audit(topic),
    ...retention(topic),
    ...counts(topic),
    ...past(topic),
    ...staffList(topic),
    ...everythingIsOurs,
    ...erasing(topic, () => giveBack(topic.database)),
    ...upkeep(opened.value, key),
    // It is this desk's alone: nobody else changes anything.
    watch: () => () => undefined,
  })
}
