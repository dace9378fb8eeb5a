// The page of what is set, where the trail of what was set before cannot be read.
import { expect, test } from 'vitest'
import { fail, Refusal } from '../../src-main/ground/result.ts'
import { ownFileOnly } from '../../src-main/settings/layers.ts'
import { createSettingsPage } from '../../src-main/settings/settings-page.ts'
import { must, temporaryFolder } from '../support.ts'

const pageOf = (settingChanges: () => Promise<never>) =>
  createSettingsPage({
    dataDir: temporaryFolder(),
    settings: { sources: ownFileOnly },
    store: { settingChanges },
    screenSettings: { changeFile: async () => fail('DESK_AWAY') },
  }).pages.settings

test('a desk that is without its server shows what is set, and offers nothing to be taken back', async () => {
  const page = pageOf(async () => {
    throw new Refusal({ code: 'DESK_AWAY' })
  })
  must(await page.open())
  const { fields } = await page.view()
  expect(fields.length).toBeGreaterThan(20)
  expect(fields.filter((field) => 'before' in field)).toEqual([])
})

test('a bug is none of this', async () => {
  const page = pageOf(async () => {
    throw new Error('a bug')
  })
  await expect(page.open()).rejects.toThrow('a bug')
})
