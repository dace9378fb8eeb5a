// Two destinations of receipt.txt in one folder are one too many, whatever it is called.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderName } from '../../src-main/settings/receipt-folders.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { temporaryFolder } from '../support.ts'
import { makesLinks } from '../system.ts'

describe('on Windows a folder is the same', () => {
  test.each([
    ['in another case', 'C:\\Receipt\\Import', 'c:\\receipt\\import'],
    ['with the other slash', '\\\\RECEIPT\\import', '//receipt/import'],
    ['with a slash at its end', 'Q:\\import\\', 'Q:\\import'],
    ['on a way round', 'Q:\\import\\csv\\..', 'Q:\\import'],
    ['in the long form', '\\\\?\\Q:\\import', 'Q:\\import'],
    ['in the long form of a share', '\\\\?\\UNC\\receipt\\import', '\\\\RECEIPT\\import'],
  ])('%s: %s', (_, one, other) => {
    expect(folderName(one, 'win32')).toBe(folderName(other, 'win32'))
  })

  test('and another one is another one', () => {
    const names = ['Q:\\import', 'Q:\\import2', 'R:\\import', '\\\\receipt\\import', '\\\\receipt\\q\\import']
    expect(new Set(names.map((name) => folderName(name, 'win32'))).size).toBe(names.length)
  })
})

test('elsewhere a case makes another folder, and a slash at its end does not', () => {
  expect(folderName('/srv/Import', 'linux')).not.toBe(folderName('/srv/import', 'linux'))
  expect(folderName('/srv/import/', 'linux')).toBe(folderName('/srv//import', 'linux'))
})

/** Another name of a folder. */
const throughLink = (folder: string) => {
  symlinkSync(folder, `${folder}-link`, 'junction')
  return `${folder}-link`
}

test.each<readonly [string, (folder: string) => string]>([
  ['a slash at its end', (folder: string) => `${folder}/`],
  ...(makesLinks() ? [['a link', throughLink] as const] : []),
])('settings in which two write receipt.txt into one folder, by %s, are refused', async (_, otherName) => {
  const dataDir = temporaryFolder()
  const folder = join(dataDir, 'receipt')
  mkdirSync(folder)
  const receipt = (id: string, to: string) => ({ id, format: 'receipt', folder: to })
  const write = (...destinations: object[]) =>
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ destinations }))
  write(receipt('one', folder), receipt('two', otherName(folder)))
  expect(await loadSettings(dataDir)).toMatchObject({
    error: { code: 'SETTINGS_INVALID', detail: { field: 'destinations.1.folder', line: 1 } },
  })
  mkdirSync(join(dataDir, 'second'))
  write(receipt('one', folder), receipt('two', join(dataDir, 'second')))
  expect((await loadSettings(dataDir)).ok).toBe(true)
})
