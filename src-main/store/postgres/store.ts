// The store of a site on PostgreSQL: every topic's rules (store/sql) on one server, each work one transaction.
import { ok, Refusal, type Result } from '../../ground/result.ts'
import { audit } from '../sql/audit.ts'
import { bookingList } from '../sql/bookings.ts'
import { capLedger } from '../sql/cap-ledger.ts'
import { claimOrders } from '../sql/claim-orders.ts'
import { counts } from '../sql/counts.ts'
import { deliveries } from '../sql/deliveries.ts'
import { erasing } from '../sql/erasing.ts'
import { createKeys, indexKeyOf } from '../sql/keys.ts'
import { localMasters } from '../sql/local-masters.ts'
import { numberLinks } from '../sql/numbers.ts'
import { past } from '../sql/past.ts'
import { knownPatients } from '../sql/patients.ts'
import { registrations } from '../sql/registrations.ts'
import { retention } from '../sql/retention.ts'
import { indexKeyRow } from '../sql/rows.ts'
import { staffList } from '../sql/staff.ts'
import { sql } from '../sql/statements/statements.ts'
import { terminalNotes } from '../sql/terminal.ts'
import type { AmongDesks } from '../sql/topic.ts'
import { visits } from '../sql/visits.ts'
import type { Store } from '../store.ts'
import { openFeed } from './feed.ts'
import { leaseStatements, leases, makeDeskKnown, type SiteDesk } from './leases.ts'
import { createLedger } from './ledger.ts'
import { masterRows } from './master-rows.ts'
import { type OpenServer, openServer, type ServerStoreOptions } from './opening.ts'
import { upkeep } from './upkeep.ts'

export type SiteStoreOptions = Omit<ServerStoreOptions, 'texts'> & { readonly desk: SiteDesk }

/** Errors: those of openServer. */
export async function openSiteStore(options: SiteStoreOptions): Promise<Result<Store>> {
  const texts = Object.values({ ...sql, ...leaseStatements }).map(({ postgres }) => postgres)
  const opened = await openServer({ ...options, texts })
  if (!opened.ok) return opened
  const server = opened.value
  const known = await makeDeskKnown(server, options.desk)
  if (!known.ok) {
    await server.close()
    return known
  }
  const kept = await keptIndexKey(server)
  if (!kept.ok) return kept
  const keys = createKeys(kept.value ?? indexKeyOf(options.key))
  const feed = await openFeed({
    access: options.access,
    server,
    first: (heard) => rows.follow(heard),
    limits: options.limits,
  })
  const ledger = await createLedger({ runner: server, keys })
  const { holds, ...ofDesk } = leases(server, options.desk)
  const among: AmongDesks = {
    desk: options.desk.id,
    *holds(lease) {
      return lease === null || (yield* holds(lease))
    },
  }
  const topic = { ledger, keys, among }
  const masters = localMasters(topic)
  const rows = await masterRows(topic, masters)
  // What was deleted is the server's matter: its pages are sealed, and its own housekeeping gives them back.
  const erase = erasing(topic, () => ok(undefined))
  return ok({
    ...visits(topic),
    ...knownPatients(topic),
    ...deliveries(topic),
    ...numberLinks(topic),
    ...bookingList(topic),
    ...registrations(topic),
    ...terminalNotes(topic),
    ...claimOrders(topic),
    ...masters,
    ...rows.methods,
    ...capLedger(topic),
    ...audit(topic),
    ...retention(topic),
    ...counts(topic),
    ...past(topic),
    ...staffList(topic),
    ...ofDesk,
    ...erase,
    async writeFor(mode, stamp) {
      const written = await erase.writeFor(mode, stamp)
      // The sample of a master goes with the rehearsal.
      if (written.ok) await rows.readAnew()
      return written
    },
    ...upkeep(topic, { close: async () => void (await Promise.all([feed.close(), server.close()])) }),
    watch: feed.watch,
  })
}

/** A store that was moved here keeps what its hashes were made with. */
async function keptIndexKey(server: OpenServer): Promise<Result<Uint8Array | null>> {
  try {
    return ok(indexKeyRow.optional().parse(await server.runReading(sql.indexKey.get()))?.key ?? null)
  } catch (error) {
    await server.close()
    if (error instanceof Refusal) return { ok: false, error: error.failure }
    throw error
  }
}
