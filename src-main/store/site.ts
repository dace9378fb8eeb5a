// The store of a site as its desks open it: on the server that the settings name, with the site's key.
import { join } from 'node:path'
import { fail, type Result } from '../ground/result.ts'
import type { ServerLook } from '../ground/server-look.ts'
import type { ServerAccess } from './postgres/access.ts'
import type { SiteDesk } from './postgres/leases.ts'
import { type DeskSigning, deskSigning } from './signing.ts'
import { forgetMade, keepSiteKey, makeSiteKey, readSiteKey } from './site-key.ts'
import type { Store } from './store.ts'

/** Asked at every opening: a password that was changed counts from the next one. Errors: STORE_NOT_READY, SECRET_NOT_SET. */
export type SiteServer = () => Promise<Result<ServerAccess>>

export interface SitePlace {
  readonly server: SiteServer
  readonly dataDir: string
  /** The key of the desk's own database. */
  readonly deskKey: Uint8Array
  readonly migrationsDir: string
  readonly desk: SiteDesk
}

type Opening = Pick<SitePlace, 'server' | 'migrationsDir' | 'desk'> & { readonly signing: DeskSigning }

/**
 * Errors: those of SiteServer and of openSiteStore; STORE_NOT_JOINED (the site has a key, and this desk has none). Throws what the
 * file system says of the key's file.
 */
export async function openSite(place: SitePlace): Promise<Result<Store>> {
  const { dataDir, deskKey } = place
  const opening = { ...place, signing: deskSigning(dataDir, deskKey) }
  const known = readSiteKey(dataDir, deskKey)
  if (!known.ok) return known
  if (known.value) return openSiteWith(opening, known.value)
  const made = makeSiteKey(dataDir, deskKey)
  if (!made.ok) return made
  const opened = await openSiteWith(opening, made.value)
  if (opened.ok) keepSiteKey(dataDir, deskKey, made.value)
  if (opened.ok || opened.error.code !== 'STORE_KEY_WRONG') return opened
  forgetMade(dataDir)
  return fail('STORE_NOT_JOINED')
}

/** Errors: as above. */
export async function openSiteWith(
  { server, migrationsDir, desk, signing }: Opening,
  key: Uint8Array,
): Promise<Result<Store>> {
  const access = await server()
  if (!access.ok) return access
  // Loaded only where there is a server: most desks have none.
  const { openSiteStore } = await import('./postgres/store.ts')
  return openSiteStore({ access: access.value, key, migrationsDir: join(migrationsDir, 'postgres'), desk, signing })
}

/** What can be seen of it without opening the store. Errors: those of SiteServer; STORE_UNREACHABLE, STORE_UNTRUSTED, STORE_REFUSED. */
export async function lookAtSite(server: SiteServer, migrationsDir: string): Promise<Result<ServerLook>> {
  const access = await server()
  if (!access.ok) return access
  const { inspectServer } = await import('./postgres/inspection.ts')
  return inspectServer(access.value, join(migrationsDir, 'postgres'))
}
