import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fail, ok } from '../../src-main/ground/result.ts'
import { type Choice, changeSettings } from '../../src-main/settings/change.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { editorSchema, renewSchema } from '../../src-main/settings/write-settings.ts'
import { fault } from '../faults.ts'
import { must, temporaryFolder } from '../support.ts'
import { onPosix } from '../system.ts'

const saveChoice = (folder: string, choice: Choice) =>
  changeSettings(folder, async () => ok(choice), { note: async () => ok(undefined), failed: async () => undefined })

test('of two choices saved at once both count, and what clinic IT wrote stays', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'settings.json'), '{"retentionDays": 12}')
  const saved = await Promise.all([
    saveChoice(folder, { chosenReader: 'reader' }),
    saveChoice(folder, { substitutions: { 𠮷: '吉' } }),
  ])
  expect(saved.map(({ ok }) => ok)).toEqual([true, true])
  expect(must(await loadSettings(folder))).toMatchObject({
    chosenReader: 'reader',
    substitutions: { 𠮷: '吉' },
    retentionDays: 12,
  })
  expect(readdirSync(folder).toSorted()).toEqual(['settings.json', 'settings.schema.json'])
  if (onPosix) expect(statSync(join(folder, 'settings.json')).mode & 0o777).toBe(0o600)
})

test('what is written names the schema that lies beside it, and whoever has named another keeps that', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'settings.json')
  must(await saveChoice(folder, { chosenReader: 'reader' }))
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ $schema: 'settings.schema.json', chosenReader: 'reader' })
  expect(readFileSync(join(folder, 'settings.schema.json'), 'utf8')).toBe(editorSchema())
  writeFileSync(file, '{"$schema": "../ours.json"}')
  must(await saveChoice(folder, { chosenReader: 'reader' }))
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ $schema: '../ours.json', chosenReader: 'reader' })
})

test('the schema of an earlier program is written anew where one was laid, and nowhere else', () => {
  const folder = temporaryFolder()
  renewSchema(folder)
  expect(readdirSync(folder)).toEqual([])
  writeFileSync(join(folder, 'settings.schema.json'), '{}')
  renewSchema(folder)
  expect(readFileSync(join(folder, 'settings.schema.json'), 'utf8')).toBe(editorSchema())
})

fault('settings', 'A setting cannot be written', {
  seen: 'STORE_UNWRITABLE',
  data: 'The settings stay as they were.',
  recovery: 'Clinic IT mends the rights of the folder; it is saved again.',
})
test('a folder that cannot be written is STORE_UNWRITABLE', async () => {
  const folder = join(temporaryFolder(), 'missing')
  expect(await saveChoice(folder, { chosenReader: 'reader' })).toEqual({
    ok: false,
    error: { code: 'STORE_UNWRITABLE' },
  })
  expect(existsSync(folder)).toBe(false)
})

test('a change that cannot be written down first is not made, and one that fails after that is written down as such', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'settings.json')
  writeFileSync(file, '{}')
  const refused = await changeSettings(folder, async () => ok({ chosenReader: 'reader' }), {
    note: async () => fail('STORE_FULL'),
    failed: async () => undefined,
  })
  expect(refused).toEqual(fail('STORE_FULL'))
  expect(readFileSync(file, 'utf8')).toBe('{}')

  const account: unknown[] = []
  const change = { setting: 'chosenReader', before: null, after: 'reader' }
  const lost = await changeSettings(folder, async () => ok({ chosenReader: 'reader' }), {
    async note(noted) {
      account.push(['noted', noted])
      // The folder goes between the two.
      rmSync(folder, { recursive: true })
      return ok(undefined)
    },
    failed: async (noted) => account.push(['failed', noted]),
  })
  expect(lost).toEqual(fail('STORE_UNWRITABLE'))
  expect(account).toEqual([
    ['noted', change],
    ['failed', change],
  ])
})
