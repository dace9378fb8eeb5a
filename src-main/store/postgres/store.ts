// The store of a site on PostgreSQL: every topic's rules (store/sql) on one server, each work one transaction.
import { ok, Refusal, type Result } from '../../ground/result.ts'
import type { DeskSigning } from '../signing.ts'
import { createKeys, indexKeyOf } from '../sql/keys.ts'
import { indexKeyRow } from '../sql/rows.ts'
import { sql } from '../sql/statements/statements.ts'
import type { AmongDesks } from '../sql/topic.ts'
import { topics } from '../sql/topics.ts'
import { createTrailSigner } from '../sql/trail-signatures.ts'
import type { Store } from '../store.ts'
import { asking, askingStatements } from './asking.ts'
import { openFeed } from './feed.ts'
import { leaseStatements, leases, makeDeskKnown, type SiteDesk } from './leases.ts'
import { createLedger, ledgerStatements } from './ledger.ts'
import { masterRows } from './master-rows.ts'
import { type OpenServer, openServer, type ServerStoreOptions } from './opening.ts'
import { upkeep } from './upkeep.ts'

export interface SiteStoreOptions extends Omit<ServerStoreOptions, 'texts'> {
  readonly desk: SiteDesk
  /** What this desk signs its rows of the trail with; left out: they are not signed. */
  readonly signing?: DeskSigning | null
}

/** Errors: those of openServer. Nothing of a store that was not opened stays connected. */
export async function openSiteStore(options: SiteStoreOptions): Promise<Result<Store>> {
  const own = { ...ledgerStatements, ...leaseStatements, ...askingStatements }
  const texts = Object.values({ ...sql, ...own }).map(({ postgres }) => postgres)
  const opened = await openServer({ ...options, texts })
  if (!opened.ok) return opened
  const server = opened.value
  try {
    const known = await makeDeskKnown(server, options.desk)
    if (known.ok) return ok(await storeOn(server, options))
    await server.close()
    return known
  } catch (error) {
    await server.close()
    if (error instanceof Refusal) return { ok: false, error: error.failure }
    throw error
  }
}

/** Throws a Refusal where the server cannot be read. */
async function storeOn(
  server: OpenServer,
  { access, desk, key, limits, signing = null }: SiteStoreOptions,
): Promise<Store> {
  // A store that was moved here keeps what its hashes were made with.
  const kept = indexKeyRow.optional().parse(await server.runReading(sql.indexKey.get()))
  const indexKey = kept?.key ?? indexKeyOf(key)
  const keys = createKeys(indexKey)
  const ledger = await createLedger({ runner: server, keys, signer: createTrailSigner(signing, keys, desk) })
  const { holds, ...ofDesk } = leases(server, desk, keys.site)
  const among: AmongDesks = {
    desk: desk.id,
    *holds(lease) {
      return lease === null || (yield* holds(lease))
    },
  }
  const topic = { ledger, keys, among }
  // What was deleted is the server's matter: its pages are sealed, and its own housekeeping gives them back.
  const rules = topics(topic, () => ok(undefined))
  // The feed first: what changes while the masters are read is heard.
  const feed = await openFeed({ access, server, first: (heard) => rows.follow(heard), limits })
  const rows = await masterRows(topic, rules)
  return {
    ...rules,
    ...rows.methods,
    ...ofDesk,
    ...asking(ledger, desk),
    async writeFor(mode, stamp) {
      const written = await rules.writeFor(mode, stamp)
      // The sample of a master goes with the rehearsal.
      if (written.ok) await rows.readAnew()
      return written
    },
    ...upkeep(topic, {
      cutOff: server.cutOff,
      close: async () => void (await Promise.all([feed.close(), server.close()])),
    }),
    site: { topic, indexKey, desk },
    watch: feed.watch,
  }
}
