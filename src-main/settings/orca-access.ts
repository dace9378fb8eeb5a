// What the connection to ORCA needs, read from the files and variables that a destination names.
import type { DestinationOf, SecretReference } from '../contract/destination.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import {
  type Environment,
  holdsCertificate,
  readSecret,
  readSecretLine,
  readSecretText,
  readSecretVariable,
} from './secrets.ts'

export interface OrcaAccess {
  readonly url: string
  readonly pathPrefix: string
  readonly user: string
  readonly password: string
  /** PEM; null: every CA that the system trusts, and Node's own. */
  readonly ca: string | null
  readonly identity: { readonly pfx: Uint8Array; readonly passphrase: string } | null
}

/** Where files and variables are looked for. */
export interface SecretPlaces {
  readonly dataDir: string
  readonly environment: Environment
}

/**
 * `destination` with absolute paths. Errors: DESTINATION_NOT_READY with the field whose file cannot be used, SECRET_NOT_SET with
 * the variable.
 */
export async function readOrcaAccess(
  destination: DestinationOf<'orca'>,
  { dataDir, environment }: SecretPlaces,
): Promise<Result<OrcaAccess>> {
  const { id, url, pathPrefix, user, caFile, clientCertificate } = destination
  const unusable = (field: string) => fail('DESTINATION_NOT_READY', { destination: id, field })
  const readLine = async (field: string, file = '', reference?: SecretReference): Promise<Result<string>> => {
    if (reference) {
      const value = readSecretVariable(reference, environment)
      return value.ok ? value : fail(value.error.code, { ...value.error.detail, destination: id })
    }
    const line = await readSecretLine(file, dataDir)
    return line === null ? unusable(field) : ok(line)
  }
  const password = await readLine('passwordFile', destination.passwordFile, destination.password)
  if (!password.ok) return password
  const ca = caFile ? await readSecretText(caFile, dataDir) : null
  if (caFile && (ca === null || !holdsCertificate(ca))) return unusable('caFile')
  const access = { url, pathPrefix, user, password: password.value, ca }
  if (!clientCertificate) return ok({ ...access, identity: null })
  const pfx = await readSecret(clientCertificate.pfxFile, dataDir)
  if (!pfx) return unusable('clientCertificate.pfxFile')
  const { passphraseFile, passphrase: reference } = clientCertificate
  const passphrase = await readLine('clientCertificate.passphraseFile', passphraseFile, reference)
  return passphrase.ok ? ok({ ...access, identity: { pfx, passphrase: passphrase.value } }) : passphrase
}
