// settings.json as a person with an editor leaves it.

import { faultsIn } from '../../../src-main/ground/setting-fault.ts'
import { readTyped } from '../../../src-main/ground/typed-text.ts'
import { readJsonText } from '../../../src-main/settings/json-text.ts'
import { checkSettings } from '../../../src-main/settings/schema.ts'
import { mutateJson } from '../mutate-json.ts'
import { holds, refused, type Target, taken } from '../target.ts'

const live = {
  mode: 'live',
  hub: {
    url: 'https://hub.example.jp',
    caFile: 'hub-ca.pem',
    clientCertificateFile: 'clinic.pem',
    clientKeyFile: 'clinic-key.pem',
    proxy: 'none',
  },
  destinations: [
    { id: 'receipt', format: 'csv', folder: '\\\\RECEIPT\\import' },
    { id: 'orca', format: 'orca', url: 'https://orca.example.jp', user: 'm', passwordFile: 'secrets/orca' },
  ],
  terminal: { folder: 'D:\\OQS', watch: ['face'], institutionCode: '1312345678' },
  allowed: { folders: ['\\\\CHART\\import'], orcaHosts: ['https://orca.example.jp'] },
  kiosk: { reader: 'kiosk', printer: 'slips' },
  pinEntry: { side: 'patient', shuffledKeys: true },
  retentionDays: 30,
}

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** But for the names of entries, which are a person's own words in the file and are told so that they are found there. */
const withoutNames = (faults: ReturnType<typeof faultsIn>) => faults.map(({ path: _path, ...fault }) => fault)

/** What the house refuses of what JSON allows. */
const stricter = ['twice', 'tooDeep', 'encoding']

export const settingsTarget = async (): Promise<Target> => ({
  covers: [
    'src-main/settings/',
    'src-main/ground/typed-text.ts',
    'src-main/ground/nearest-word.ts',
    'src-main/contract/destination.ts',
  ],
  seeds: [
    utf8(JSON.stringify(live, null, 2)),
    utf8(JSON.stringify({ mode: 'training' })),
    Buffer.from(`\ufeff${JSON.stringify(live)}`, 'utf16le'),
    utf8('{ "mode": "live", // ハブ\n "hub": { "url": “https://hub” }, }'),
  ],
  words: [
    '//',
    '/*',
    ',',
    '：',
    '“',
    '”',
    "'",
    '\\',
    '\\u00',
    '{',
    '}',
    '[',
    ']',
    '"mode"',
    '"password"',
    '"clientKey"',
    '\t',
    '\u00a0',
    '\r',
  ],
  longest: 12_000,
  mutate: mutateJson([
    'live',
    'training',
    'csv',
    'http://10.0.0.1',
    'https://u:秘匿花子@h',
    '..\\..',
    'secrets/x',
    { env: 'QZHIMITSU' },
  ]),
  run(input) {
    const text = readTyped(input)
    if ('line' in text) return refused(text)
    const read = readJsonText(text.content)
    if (read.faults) {
      holds('what is not right has a reason', read.faults.length > 0)
      const isStricter = read.faults.every(({ reason }) => stricter.includes(reason))
      holds('what is refused as text is no JSON', isStricter || !isJson(text.content))
      return refused(read.faults.map(({ path: _path, ...fault }) => fault))
    }
    holds('what is taken as text is JSON', isJson(text.content))
    const checked = checkSettings(read.content)
    if (checked.ok) {
      holds('settings that are written anew are taken', checkSettings(JSON.parse(JSON.stringify(checked.value))).ok)
      return taken
    }
    const faults = faultsIn(checked.error)
    holds('what is refused has a reason', faults.length > 0)
    return refused(withoutNames(faults))
  },
})
