// What the connection to ORCA needs, read from the files that a destination in settings.json names.
import { readFile } from 'node:fs/promises'
import type { DestinationOf } from '../contract/destination.ts'
import { fail, ok, type Result } from '../contract/result.ts'

export interface OrcaAccess {
  readonly url: string
  readonly pathPrefix: string
  readonly user: string
  readonly password: string
  /** PEM; null: the system's CAs. */
  readonly ca: string | null
  readonly identity: { readonly pfx: Uint8Array; readonly passphrase: string } | null
}

/** Errors: SETTINGS_INVALID with the field whose file cannot be read. */
export async function readOrcaAccess(destination: DestinationOf<'orca'>): Promise<Result<OrcaAccess>> {
  const { id, url, pathPrefix, user, passwordFile, caFile, clientCertificate } = destination
  const missing = (field: string) => fail('SETTINGS_INVALID', { field: `destinations.${id}.${field}` })
  const password = await readLine(passwordFile)
  if (password === null) return missing('passwordFile')
  const ca = caFile ? await readText(caFile) : null
  if (caFile && ca === null) return missing('caFile')
  const access = { url, pathPrefix, user, password, ca }
  if (!clientCertificate) return ok({ ...access, identity: null })
  const pfx = await read(clientCertificate.pfxFile)
  if (!pfx) return missing('clientCertificate.pfxFile')
  const passphrase = await readLine(clientCertificate.passphraseFile)
  if (passphrase === null) return missing('clientCertificate.passphraseFile')
  return ok({ ...access, identity: { pfx, passphrase } })
}

const read = (file: string) => readFile(file).catch(() => null)
const readText = async (file: string) => (await read(file))?.toString('utf8') ?? null
/** Without the line's end that editors put there. */
const readLine = async (file: string) => (await readText(file))?.replace(/\r?\n$/, '') ?? null
