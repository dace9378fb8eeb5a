// Broken settings files are named rightly: the line, the entry, why, and what would be right, by the command as at the start.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { faultsIn } from '../../src-main/ground/setting-fault.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { carryOut } from '../../src-main/shell/commands/commands.ts'
import { faultText } from '../../src-main/words/setting-faults.ts'
import { temporaryFolder } from '../support.ts'
import { worldOf } from '../world.ts'
import { brokenFiles } from './broken-files.ts'

function folderWith(content: string | Uint8Array): string {
  const dataDir = temporaryFolder()
  writeFileSync(join(dataDir, 'settings.json'), content)
  return dataDir
}

test.each(brokenFiles)('at the start and by command: $name', async ({ content, says }) => {
  const dataDir = folderWith(content)
  const loaded = await loadSettings(dataDir)
  expect(loaded.ok ? [] : faultsIn(loaded.error).map(faultText)).toEqual(says)
  const { said, exitCode } = await carryOut(['settings', 'check'], worldOf(dataDir))
  expect(exitCode).toBe(2)
  expect(said.answer).toMatchObject({ ok: false, faults: says.map((message) => ({ message })) })
  const [where = '', why = ''] = (says[0] ?? '').split(/：(.*)/)
  expect(said.lines.slice(0, 2).join('\n')).toContain(where)
  expect(said.lines.slice(0, 2).join('\n')).toContain(why)
  expect(said.lines).toEqual(expect.arrayContaining(says.slice(1)))
})

test('there are more than thirty of them, each of another kind', () => {
  const reasons = new Set(brokenFiles.map(({ says }) => says.join('\n')))
  expect(brokenFiles.length).toBeGreaterThan(30)
  expect(reasons.size).toBeGreaterThan(30)
})
