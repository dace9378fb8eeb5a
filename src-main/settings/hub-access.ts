// What the connection to a real hub needs, read from the files that settings.json names. A PKCS#12 file is taken as it
// is; its passphrase lies in a file of its own, so that settings.json can be shown to anybody.
import { readFile } from 'node:fs/promises'
import { fail, ok, type Result } from '../ground/result.ts'
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
  const ca = await read(hub.caFile)
  if (!ca) return missing('caFile')
  const common = { url: hub.url, ca: ca.toString('utf8'), proxy: proxyOf(hub, environment) }

  if ('clientPfxFile' in hub) {
    const pfx = await read(hub.clientPfxFile)
    if (!pfx) return missing('clientPfxFile')
    const passphrase = await read(hub.clientPassphraseFile)
    if (!passphrase) return missing('clientPassphraseFile')
    const identity = { pfx, passphrase: passphrase.toString('utf8').replace(/\r?\n$/, '') }
    return ok({ ...common, identity })
  }
  const certificate = await read(hub.clientCertificateFile)
  if (!certificate) return missing('clientCertificateFile')
  const key = await read(hub.clientKeyFile)
  if (!key) return missing('clientKeyFile')
  return ok({ ...common, identity: { certificate: certificate.toString('utf8'), key: key.toString('utf8') } })
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
