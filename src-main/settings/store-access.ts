// What a desk needs to use its site's server, read from what the settings name: a password lies in a file or a variable of its own, so
// that settings.json can be shown to anybody. A rehearsal never gets there: what it writes is nobody's day.
import { fail, ok, type Result } from '../ground/result.ts'
import type { ServerAccess } from '../store/postgres/access.ts'
import type { SiteServer } from '../store/site.ts'
import type { SettingSources } from './layers.ts'
import type { SecretPlaces } from './orca-access.ts'
import { readSecretLine, readSecretText, readSecretVariable } from './secrets.ts'
import { loadSettings, type ServerPlace, type Settings } from './settings.ts'

/** null: what is recorded stays on this computer. */
export const siteServerOf = (
  { mode, store, sources }: Pick<Settings, 'mode' | 'store' | 'sources'>,
  dataDir: string,
): SiteServer | null =>
  store === null || mode === 'training'
    ? null
    : () => readServerAccess(store.postgres, { dataDir, environment: sources.environment })

/** Where a rehearsal has a server, whose settings name none. */
const usualAloneAfterS = 15

/** For how long, in milliseconds, the server does not answer before the desk goes on alone. */
export const aloneAfterMs = ({ store }: Pick<Settings, 'store'>): number =>
  (store?.postgres.aloneAfterS ?? usualAloneAfterS) * 1_000

/** Of the settings that a start would run with; those that cannot be used name none. */
export async function siteServerAt(dataDir: string, sources: SettingSources): Promise<SiteServer | null> {
  const settings = await loadSettings(dataDir, sources)
  return settings.ok ? siteServerOf(settings.value, dataDir) : null
}

/** `place` with absolute paths. Errors: STORE_NOT_READY with the field whose file cannot be used, SECRET_NOT_SET with the variable. */
export async function readServerAccess(place: ServerPlace, places: SecretPlaces): Promise<Result<ServerAccess>> {
  const { passwordFile, password: variable, caFile, aloneAfterS: _, ...server } = place
  const password = await readPassword({ passwordFile, variable }, places)
  if (!password.ok) return password
  const ca = await readSecretText(caFile, places.dataDir)
  if (!ca?.includes('-----BEGIN CERTIFICATE-----')) return fail('STORE_NOT_READY', { field: 'caFile' })
  return ok({ ...server, password: password.value, ca })
}

async function readPassword(
  {
    passwordFile = '',
    variable,
  }: { readonly passwordFile: string | undefined; readonly variable: ServerPlace['password'] },
  { dataDir, environment }: SecretPlaces,
): Promise<Result<string>> {
  if (variable) return readSecretVariable(variable, environment)
  const line = await readSecretLine(passwordFile, dataDir)
  return line === null ? fail('STORE_NOT_READY', { field: 'passwordFile' }) : ok(line)
}
