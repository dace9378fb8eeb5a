// How long the screen stays open with nobody at it is the clinic's to say, within bounds; that it hides at all is not.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { must, temporaryFolder } from '../support.ts'

const load = (settings: object) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings))
  return loadSettings(folder)
}

test('the screen hides after five minutes, or after those that were set', async () => {
  expect(must(await load({})).hideScreenAfterMin).toBe(5)
  for (const minutes of [1, 2, 60]) {
    expect(must(await load({ hideScreenAfterMin: minutes })).hideScreenAfterMin).toBe(minutes)
  }
})

test.each([0, -1, 61, 1.5, null, '5'])('it cannot be told to stay open: %j', async (hideScreenAfterMin) => {
  expect(await load({ hideScreenAfterMin })).toMatchObject({
    error: { code: 'SETTINGS_INVALID', detail: { field: 'hideScreenAfterMin' } },
  })
})
