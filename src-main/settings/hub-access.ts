// What the connection to a real hub needs, read from the files that settings.json names. A PKCS#12 file is taken as it
// is; its passphrase lies in a file of its own, so that settings.json can be shown to anybody.
import { readFile } from 'node:fs/promises'
import { fail, ok, type Result } from '../ground/result.ts'
import { readTyped } from '../ground/typed-text.ts'
import type { Settings } from './settings.ts'

export interface HubAccess {
  readonly url: string
  readonly ca: string
  readonly identity:
    | { readonly certificate: string; readonly key: string }
    | { readonly pfx: Uint8Array; readonly passphrase: string }
  readonly proxy: string | null
}

/** `environment` as in process.env. Errors: SETTINGS_INVALID with the field whose file cannot be read. */
export async function readHubAccess(
  hub: NonNullable<Settings['hub']>,
  environment: Readonly<Record<string, string | undefined>>,
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
  if (ca === null) return missing('caFile')
  const common = { url: hub.url, ca, proxy: proxyOf(hub, environment) }

  if ('clientPfxFile' in hub) {
    const pfx = await read(hub.clientPfxFile)
    if (!pfx) return missing('clientPfxFile')
    const passphrase = await readText(hub.clientPassphraseFile)
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

/** What the settings say, else HTTPS_PROXY and NO_PROXY (host names, `.suffix`, or `*`) as other programs read them. */
function proxyOf(
  { url, proxy }: NonNullable<Settings['hub']>,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  if (proxy !== undefined) return proxy === 'none' ? null : proxy
  const of = (name: string) => environment[name] ?? environment[name.toLowerCase()] ?? ''
  const { hostname } = new URL(url)
  const exceptions = of('NO_PROXY').split(/[\s,]+/)
  const isExcepted = exceptions.some(
    (entry) =>
      entry === '*' || hostname === entry || (entry !== '' && hostname.endsWith(`.${entry.replace(/^\./, '')}`)),
  )
  return isExcepted || !URL.canParse(of('HTTPS_PROXY')) ? null : of('HTTPS_PROXY')
}
