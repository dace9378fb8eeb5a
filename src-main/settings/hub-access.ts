// What the connection to a real hub needs, read from the files that settings.json names. A PKCS#12 file is taken as it
// is; its passphrase lies in a file of its own or in the environment, so that settings.json can be shown to anybody.
import { readFile } from 'node:fs/promises'
import { fail, ok, type Result } from '../ground/result.ts'
import { readTyped } from '../ground/typed-text.ts'
import { type ProxySources, proxyOf } from './proxy.ts'
import { holdsCertificate, readSecretVariable } from './secrets.ts'
import type { Settings } from './settings.ts'

export interface HubAccess {
  readonly url: string
  readonly ca: string
  readonly identity:
    | { readonly certificate: string; readonly key: string }
    | { readonly pfx: Uint8Array; readonly passphrase: string }
  readonly proxy: string | null
}

/** Errors: SETTINGS_INVALID with the field whose file cannot be read, or holds no certificate of a CA, SECRET_NOT_SET with the variable. */
export async function readHubAccess(
  hub: NonNullable<Settings['hub']>,
  proxies: ProxySources,
): Promise<Result<HubAccess>> {
  const read = (file: string) => readFile(file).catch(() => null)
  const missing = (field: string) => fail('SETTINGS_INVALID', { field: `hub.${field}` })
  // PEM and passphrases are typed or exported by people, with whatever Windows offers.
  const readText = async (file: string) => {
    const bytes = await read(file)
    const text = bytes && readTyped(bytes)
    return text && 'content' in text ? text.content : null
  }
  const ca = await readText(hub.caFile)
  if (ca === null || !holdsCertificate(ca)) return missing('caFile')
  const common = { url: hub.url, ca, proxy: proxyOf(hub, proxies) }

  if ('clientPfxFile' in hub) {
    const pfx = await read(hub.clientPfxFile)
    if (!pfx) return missing('clientPfxFile')
    if (hub.clientPassphrase) {
      const passphrase = readSecretVariable(hub.clientPassphrase, proxies.environment)
      return passphrase.ok ? ok({ ...common, identity: { pfx, passphrase: passphrase.value } }) : passphrase
    }
    const passphrase = await readText(hub.clientPassphraseFile ?? '')
    if (passphrase === null) return missing('clientPassphraseFile')
    const identity = { pfx, passphrase: passphrase.replace(/\r?\n$/, '') }
    return ok({ ...common, identity })
  }
  const certificate = await readText(hub.clientCertificateFile)
  if (certificate === null) return missing('clientCertificateFile')
  const key = await readText(hub.clientKeyFile)
  if (key === null) return missing('clientKeyFile')
  return ok({ ...common, identity: { certificate, key } })
}
