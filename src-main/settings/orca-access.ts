// What the connection to ORCA needs, read from the files that a destination names.
import type { DestinationOf } from '../contract/destination.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { readSecret, readSecretLine, readSecretText } from './secrets.ts'

export interface OrcaAccess {
  readonly url: string
  readonly pathPrefix: string
  readonly user: string
  readonly password: string
  /** PEM; null: every CA that the system trusts, and Node's own. */
  readonly ca: string | null
  readonly identity: { readonly pfx: Uint8Array; readonly passphrase: string } | null
}

/** `destination` with absolute paths. Errors: DESTINATION_NOT_READY with the field whose file cannot be used. */
export async function readOrcaAccess(destination: DestinationOf<'orca'>, dataDir: string): Promise<Result<OrcaAccess>> {
  const { id, url, pathPrefix, user, passwordFile, caFile, clientCertificate } = destination
  const unusable = (field: string) => fail('DESTINATION_NOT_READY', { destination: id, field })
  const password = await readSecretLine(passwordFile, dataDir)
  if (password === null) return unusable('passwordFile')
  const ca = caFile ? await readSecretText(caFile, dataDir) : null
  if (caFile && ca === null) return unusable('caFile')
  const access = { url, pathPrefix, user, password, ca }
  if (!clientCertificate) return ok({ ...access, identity: null })
  const pfx = await readSecret(clientCertificate.pfxFile, dataDir)
  if (!pfx) return unusable('clientCertificate.pfxFile')
  const passphrase = await readSecretLine(clientCertificate.passphraseFile, dataDir)
  if (passphrase === null) return unusable('clientCertificate.passphraseFile')
  return ok({ ...access, identity: { pfx, passphrase } })
}
