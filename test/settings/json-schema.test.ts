// The JSON Schema that editors check settings.json with: generated from the schema the loader reads by. After a change of
// that one, `vitest run test/settings/json-schema.test.ts --update` writes it anew.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { checkSettings } from '../../src-main/settings/schema.ts'
import { editorSchema } from '../../src-main/settings/write-settings.ts'
import { root } from '../support.ts'

const file = join(root, 'docs/settings.schema.json')
const generated = JSON.parse(editorSchema())
const isRight = new Ajv({ strictSchema: false, validateFormats: false }).compile(generated)

const hub = { url: 'https://hub.example.jp', caFile: 'a', clientCertificateFile: 'b', clientKeyFile: 'c' }
const orca = { id: 'orca', format: 'orca', url: 'https://orca.example.jp', user: 'm' }
const live = { mode: 'live', hub, destinations: [{ id: 'receipt', format: 'csv', folder: 'D:\\import' }] }

/** Every field that can be written, with the schema of what it holds. */
function fieldsOf(schema: unknown, path = ''): [string, Record<string, unknown>][] {
  const { properties = {}, items, anyOf = [], oneOf = [] } = looseSchema.parse(schema)
  return [
    ...Object.entries(properties).flatMap(([name, field]): [string, Record<string, unknown>][] => [
      [`${path}.${name}`, z.record(z.string(), z.unknown()).parse(field)],
      ...fieldsOf(field, `${path}.${name}`),
    ]),
    ...(items ? fieldsOf(items, `${path}[]`) : []),
    ...[...anyOf, ...oneOf].flatMap((each) => fieldsOf(each, path)),
  ]
}
const looseSchema = z.looseObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
})

describe('the schema for editors', () => {
  test('is what the loader reads by', async () => {
    await expect(editorSchema()).toMatchFileSnapshot(file)
  })

  test('says of every field what it is for', () => {
    const fields = fieldsOf(generated)
    expect(fields.length).toBeGreaterThan(60)
    expect(fields.filter(([, { description }]) => !description).map(([path]) => path)).toEqual([])
  })

  test.each<[string, unknown]>([
    ['nothing at all', {}],
    ['a live clinic', live],
    [
      'a live clinic with PKCS#12',
      { ...live, hub: { url: hub.url, caFile: 'a', clientPfxFile: 'b', clientPassphraseFile: 'c' } },
    ],
    [
      'a passphrase by its variable',
      {
        ...live,
        hub: { url: hub.url, caFile: 'a', clientPfxFile: 'b', clientPassphrase: { env: 'PMH_PASSPHRASE' } },
      },
    ],
    ['a password by its variable', { destinations: [{ ...orca, password: { env: 'ORCA_PASSWORD' } }] }],
    ['a password itself', { destinations: [{ ...orca, password: 's3cret' }] }],
    ['a password nowhere', { destinations: [orca] }],
    ['a password in two places', { destinations: [{ ...orca, passwordFile: 'a', password: { env: 'A' } }] }],
    ['one that names its schema', { $schema: './settings.schema.json', retentionDays: 12 }],
    ['no terminal', { terminal: null }],
    ['a word that nobody knows', { retensionDays: 12 }],
    ['a word that nobody knows, deeper', { pinEntry: { sides: 'patient' } }],
    ['too many days', { retentionDays: 367 }],
    ['a live clinic without a hub', { mode: 'live', destinations: [] }],
    ['a live clinic without destinations', { mode: 'live', hub }],
    ['a live clinic with the virtual reader', { ...live, reader: 'training' }],
    ['half a client certificate', { ...live, hub: { ...hub, clientKeyFile: undefined } }],
    ['a path with a line break', { backupFolder: 'D:\n' }],
    ['an unknown format', { destinations: [{ id: 'a', format: 'pdf', folder: 'a' }] }],
    ['a column that there is not', { destinations: [{ id: 'a', format: 'csv', folder: 'a', columns: ['nome'] }] }],
  ])('takes what the loader takes, and refuses what it refuses: %s', (_, settings) => {
    const written: unknown = JSON.parse(JSON.stringify(settings))
    expect(isRight(written)).toBe(checkSettings(written).ok)
  })

  test('takes the example of the README', () => {
    const [, example = ''] =
      /`settings\.json` in the data folder[\s\S]*?```json\n([\s\S]*?)```/.exec(
        readFileSync(join(root, 'README.md'), 'utf8'),
      ) ?? []
    const settings: unknown = JSON.parse(example)
    expect([isRight(settings), checkSettings(settings).ok]).toEqual([true, true])
  })
})
