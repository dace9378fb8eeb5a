// Broken settings files are named rightly: the line, the entry, why, and what would be right, by the command as at the start.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { faultsIn } from '../../src-main/ground/setting-fault.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { faultText } from '../../src-main/words/setting-faults.ts'
import { temporaryFolder } from '../support.ts'
import { brokenFiles } from './broken-files.ts'

function folderWith(content: string | Uint8Array): string {
  const dataDir = temporaryFolder()
  writeFileSync(join(dataDir, 'settings.json'), content)
  return dataDir
}

test.each(brokenFiles)('at the start: $name', async ({ content, says }) => {
  const loaded = await loadSettings(folderWith(content))
  expect(loaded.ok ? [] : faultsIn(loaded.error).map(faultText)).toEqual(says)
})
