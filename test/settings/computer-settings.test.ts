import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ok } from '../../src-main/ground/result.ts'
import { computerSettingsFile, takeComputerSettings } from '../../src-main/settings/computer-settings.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { temporaryFolder } from '../support.ts'
import { onPosix } from '../system.ts'

const laid = '{ "retentionDays": 14 }'

function computer() {
  const file = join(temporaryFolder(), 'settings.json')
  writeFileSync(file, laid)
  return { file, dataDir: temporaryFolder() }
}

test('a first start takes over what was laid for the whole computer', async () => {
  const { file, dataDir } = computer()
  expect(await takeComputerSettings(file, dataDir)).toEqual(ok(undefined))
  const own = join(dataDir, 'settings.json')
  expect(JSON.parse(readFileSync(own, 'utf8'))).toEqual(JSON.parse(laid))
  if (onPosix) expect(statSync(own).mode & 0o777).toBe(0o600)
  expect(await loadSettings(dataDir)).toMatchObject({ ok: true, value: { retentionDays: 14 } })
})

test.each(['settings.json', 'madoguchi.db'])('a user who has %s already keeps what there is', async (name) => {
  const { file, dataDir } = computer()
  writeFileSync(join(dataDir, name), 'own')
  expect(await takeComputerSettings(file, dataDir)).toEqual(ok(undefined))
  expect(readFileSync(join(dataDir, name), 'utf8')).toBe('own')
})

test('where nothing was laid nothing is made', async () => {
  const { file, dataDir } = computer()
  expect(await takeComputerSettings(`${file}.none`, dataDir)).toEqual(ok(undefined))
  expect(await loadSettings(dataDir)).toMatchObject({ ok: true, value: { mode: 'training' } })
})

test('settings that are there and cannot be read are a failure, never a rehearsal', async () => {
  const { file, dataDir } = computer()
  mkdirSync(`${file}.d`)
  expect(await takeComputerSettings(`${file}.d`, dataDir)).toMatchObject({
    error: { code: 'SETTINGS_INVALID', detail: { field: 'settings.json' } },
  })
})

test('what is wrong in them is said, and once it is mended they are taken over', async () => {
  const { file, dataDir } = computer()
  writeFileSync(file, '{ "retentionDay": 14 }')
  expect(await takeComputerSettings(file, dataDir)).toMatchObject({
    error: { code: 'SETTINGS_INVALID', detail: { field: 'retentionDay' } },
  })
  writeFileSync(file, laid)
  expect(await takeComputerSettings(file, dataDir)).toEqual(ok(undefined))
  expect(await loadSettings(dataDir)).toMatchObject({ ok: true, value: { retentionDays: 14 } })
})

test('they lie where only an administrator writes: beside the program, or in /etc', () => {
  const program = join(temporaryFolder(), 'Madoguchi.exe')
  expect(computerSettingsFile(program, 'win32')).toBe(join(program, '../settings.json'))
  expect(computerSettingsFile(program, 'linux')).toBe('/etc/madoguchi/settings.json')
})
