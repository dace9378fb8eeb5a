// What of settings, hosts, folders and readers is told: the kind, never the name.
import { expect, test } from 'vitest'
import { folderKind, hostKind, readerKind } from '../../src-main/support/kinds.ts'
import { outlineOf } from '../../src-main/support/settings-outline.ts'

test.each([
  ['localhost', 'thisComputer'],
  ['127.0.0.1', 'thisComputer'],
  ['[::1]', 'thisComputer'],
  ['192.168.1.20', 'privateAddress'],
  ['172.20.0.9', 'privateAddress'],
  ['172.40.0.9', 'publicAddress'],
  ['[fd00::1]', 'privateAddress'],
  ['8.8.8.8', 'publicAddress'],
  ['orca', 'localName'],
  ['yamada.local', 'localName'],
  ['hub.example.jp', 'name'],
] as const)('the host %s is a %s', (host, kind) => {
  expect(hostKind(host)).toBe(kind)
})

test.each([
  ['\\\\terminal\\OQS', 'share'],
  ['//terminal/OQS', 'share'],
  ['D:\\import', 'drive'],
  ['/srv/import', 'absolute'],
  ['import/csv', 'relative'],
] as const)('the folder %s is a %s', (folder, kind) => {
  expect(folderKind(folder)).toBe(kind)
})

test.each([
  ['Circle CIR315 CL 00 00', 'Circle CIR315'],
  ['SONY FeliCa RC-S380/P 0', 'Sony RC-S380'],
  ['Sony FeliCa Port/PaSoRi 4.0 RC-S300 [hunter2] 00 00', 'Sony RC-S300'],
  ['ACS ACR1252U PICC 0', 'ACS ACR1252'],
  ['Identive CLOUD 4700 F Dual Interface Reader', 'other'],
  ['Identiv uTrust 4700 F 0', 'Identiv uTrust 4700'],
  ['ヤマダ 54136015', 'other'],
  ['acr12524601', 'other'],
] as const)('the reader %s is told as %s', (name, kind) => {
  expect(readerKind(name)).toBe(kind)
})

test('a setting is told by the words of its schema, and of other text only that it is there', () => {
  const { known, unknown } = outlineOf({
    mode: 'live',
    retentionDays: 30,
    startAtLogOn: false,
    hub: { url: 'https://hub.example.jp', proxy: 'none', caFile: 'ca.pem' },
    destinations: [{ id: 'receipt', format: 'orca', url: 'http://192.168.0.9:8000', subsidyPlaces: 4 }],
    substitutions: { 山: '田' },
    terminal: null,
    yamada: 1,
  })
  expect(Object.fromEntries(known.map(({ path, value }) => [path, value]))).toEqual({
    mode: { word: 'live' },
    retentionDays: 30,
    startAtLogOn: false,
    'hub.url': { host: 'name' },
    'hub.proxy': { word: 'none' },
    'hub.caFile': { folder: 'relative' },
    destinations: { entries: 1 },
    'destinations.0.id': 'set',
    'destinations.0.format': { word: 'orca' },
    'destinations.0.url': { host: 'privateAddress' },
    'destinations.0.subsidyPlaces': 4,
    substitutions: { entries: 1 },
    terminal: 'none',
  })
  expect(unknown).toBe(1)
})

test.each([null, 'text', [], 7, { mode: { deep: [[['live']]] } }, { destinations: 'all' }])(
  '%j is no settings file, and is looked at all the same',
  (content) => {
    expect(JSON.stringify(outlineOf(content))).not.toMatch(/deep|all|text/)
  },
)
