// What the screen may choose among when it sets a destination up. Whoever sits at the counter must not be able to send
// patients, files or passwords anywhere: folders and hosts are those an administrator has written into settings.json,
// secrets are files by name in one folder (docs/decisions/0018-what-the-screen-may-set.md).
import { BlockList, isIP } from 'node:net'
import { z } from 'zod'
import { type Destination, type DestinationOf, extensions, orcaUrlSchema, pathSchema } from '../contract/destination.ts'
import { fail, ok, type Result } from '../ground/result.ts'

const privateAddresses = new BlockList()
for (const [address, bits] of [
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  privateAddresses.addSubnet(address, bits, 'ipv4')
}
for (const [address, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  privateAddresses.addSubnet(address, bits, 'ipv6')
}

/** Over http names and the password are readable on the line: never across the internet. A host name is for whoever lists it. */
function staysInside(url: string): boolean {
  // That it is no address is said by itself.
  if (!URL.canParse(url)) return true
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:') return true
  const host = hostname.replace(/^\[|\]$/g, '')
  const version = isIP(host)
  return version === 0 || privateAddresses.check(host, version === 4 ? 'ipv4' : 'ipv6')
}

/** In settings.json, for an administrator with an editor; no call of the screen reaches it. */
export const allowedSchema = z.strictObject({
  folders: z
    .array(pathSchema)
    .max(64)
    .default([])
    .describe('選べるフォルダー。取り込み先に書くとおりに。その下のフォルダーは含みません。')
    .meta({ title: '選べるフォルダー' }),
  orcaHosts: z
    .array(
      orcaUrlSchema
        .refine(staysInside, { params: { reason: 'publicHttp' } })
        .describe('日レセのアドレス。例: https://orca.example.jp、http://192.168.1.20:8000'),
    )
    .max(16)
    .default([])
    .describe('選べる日レセの scheme://host:port。https、または院内の http。')
    .meta({ title: '選べる日レセ' }),
})
export type Allowed = z.infer<typeof allowedSchema>

/** Where a rehearsal may put its files, without anybody listing it. */
export const trainingFolders: readonly string[] = [
  'import/csv',
  'import/json',
  'import/xml',
  'import/fhir',
  'import/receipt',
]

/** How a destination names a file that lies in the secrets folder of the data folder. */
export const isSecretByName = (file: string): boolean => /^secrets\/[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(file)

/**
 * Whether the screen may save `wanted` in the place of `before` (null: a new one). What stands in the settings already may
 * stay as it is. Errors: DESTINATION_NOT_ALLOWED with the field.
 */
export function checkAllowed(wanted: Destination, before: Destination | null, allowed: Allowed): Result<void> {
  const field = wanted.format === 'orca' ? orcaFault(wanted, before, allowed) : fileFault(wanted, before, allowed)
  return field === null ? ok(undefined) : fail('DESTINATION_NOT_ALLOWED', { destination: wanted.id, field })
}

type Filed = Exclude<Destination, { format: 'orca' }>

function fileFault(wanted: Filed, before: Destination | null, { folders }: Allowed): string | null {
  const kept = before && before.format !== 'orca' ? before : null
  if (wanted.folder !== kept?.folder && !folders.includes(wanted.folder)) return 'folder'
  if (!('extension' in wanted)) return null
  const keptExtension = kept && 'extension' in kept ? kept.extension : null
  const isListed = extensions.some((extension) => extension === wanted.extension)
  return isListed || wanted.extension === keptExtension ? null : 'extension'
}

function orcaFault(wanted: DestinationOf<'orca'>, before: Destination | null, { orcaHosts }: Allowed): string | null {
  const kept = before?.format === 'orca' && before.url === wanted.url ? before : null
  if (!kept && !orcaHosts.includes(wanted.url)) return 'url'
  // A file or variable that an administrator named for one host is not carried over to another.
  const keptNames = kept ? secretsOf(kept) : new Map<string, string>()
  for (const [field, name] of secretsOf(wanted)) {
    if (name !== keptNames.get(field) && !isSecretByName(name)) return field
  }
  return null
}

/** What a destination calls its secrets by: files as they are written, a variable so that it is no file of that name. */
const secretsOf = ({ passwordFile, password, caFile, clientCertificate: own }: DestinationOf<'orca'>) => {
  const named = {
    passwordFile,
    password: password && `env:${password.env}`,
    caFile,
    'clientCertificate.pfxFile': own?.pfxFile,
    'clientCertificate.passphraseFile': own?.passphraseFile,
    'clientCertificate.passphrase': own?.passphrase && `env:${own.passphrase.env}`,
  }
  return new Map(Object.entries(named).flatMap(([field, name]) => (name ? [[field, name] as const] : [])))
}
