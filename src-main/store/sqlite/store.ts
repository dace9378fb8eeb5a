// The store on SQLite: every topic's methods on one open database, each one transaction, on the disk when it returns
// (ledger.ts). What only reads throws a Refusal where the database cannot be read.
import { ok, type Result } from '../../ground/result.ts'
import type { Store } from '../store.ts'
import { audit } from './audit.ts'
import { bookingList } from './bookings.ts'
import { capLedger } from './cap-ledger.ts'
import { claimOrders } from './claim-orders.ts'
import { counts } from './counts.ts'
import { deliveries } from './deliveries.ts'
import { erasing } from './erasing.ts'
import { localMasters } from './local-masters.ts'
import { numberLinks } from './numbers.ts'
import { openLedger, type StoreOptions } from './opening.ts'
import { past } from './past.ts'
import { knownPatients } from './patients.ts'
import { registrations } from './registrations.ts'
import { retention } from './retention.ts'
import { staffList } from './staff.ts'
import { terminalNotes } from './terminal.ts'
import { upkeep } from './upkeep.ts'
import { visits } from './visits.ts'

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
    ...capLedger(topic),
    ...audit(topic),
    ...retention(topic),
    ...counts(topic),
    ...past(topic),
    ...staffList(topic),
    ...erasing(topic),
    ...upkeep(opened.value, key),
  })
}
