// The band that says how it stands with the site's server: what is so is said aloud once, what it means is only there to be read.
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Reception } from '../../src-main/contract/reception.ts'
import { screen } from '../../src-main/words/desk.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { siteServerScreen as words } from '../../src-main/words/site-server.ts'
import { chromiumPath } from '../browser.ts'
import { onDesk } from './desk.ts'
import { scenes } from './scenes.ts'

describe.skipIf(!chromiumPath)('the band of the site’s server', () => {
  const desk = onDesk()
  const { show } = desk
  let page: Page
  beforeAll(() => {
    ;({ page } = desk)
  })
  const said = () => page.getByRole('region', { name: 'お知らせ' }).getByRole('status').allInnerTexts()
  const reason = (code: 'STORE_FULL' | 'STORE_DAMAGED') => sentence({ code }).message.replace(/。$/, '')

  test('says at a desk that is up again what has not come to the site, and what has to be looked at', async () => {
    await show(scenes.upUnmerged)
    await page.getByText(words.unmergedMeans).waitFor()
    expect(await said()).toEqual([words.unmerged(reason('STORE_DAMAGED')), words.conflicts(1)])
    const noReason: Reception = {
      ...scenes.upUnmerged,
      siteServer: { state: 'up', conflicts: 0, unmerged: { failure: null } },
    }
    await show(noReason)
    expect(await said()).toEqual([words.unmerged(null)])
  })

  test('says aloud that the desk is alone and why it stays so, and nothing of what that means', async () => {
    await show(scenes.aloneUnmerged)
    await page.getByText(words.aloneMeans('10:41')).waitFor()
    expect(await said()).toEqual([words.alone('10:41'), words.mergeFailed(reason('STORE_FULL'))])
  })

  test('comes with copies that are marked in the list, and have nothing to be changed by', async () => {
    await show(scenes.aloneUnmerged)
    await page.getByText(screen.pastCopy).waitFor()
    expect(await page.getByRole('listitem').getByText(screen.worklist.copy, { exact: true }).count()).toBe(2)
    const control = (name: string) => page.getByRole('button', { name, exact: true })
    const { enter, change } = screen.patientNumber
    const controls = [enter, change, screen.note.write, screen.note.change, screen.takeUp, screen.deliveryRetry]
    for (const name of controls) expect(await control(name).count()).toBe(0)
    await show({ ...scenes.aloneUnmerged, shown: { ...scenes.aloneUnmerged.shown, isCopy: undefined } })
    await control(enter).or(control(change)).first().waitFor()
  })

  test('says where results of the face reader come, at a desk that has a terminal', async () => {
    await show({ ...scenes.alone, terminal: scenes.terminalElsewhere.terminal })
    await page.getByText(words.aloneFaces).waitFor()
    await show({ ...scenes.alone, terminal: null })
    expect(await page.getByText(words.aloneFaces).count()).toBe(0)
  })
})
