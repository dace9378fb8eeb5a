// Kanji of names that are in no claim's character set are drawn from the product's own fonts: a person's name is never a box,
// whatever fonts the computer has.
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Reception } from '../../src-main/contract/reception.ts'
import { chromiumPath, launchEngine } from '../browser.ts'
import { fault } from '../faults.ts'
import { scenes } from './scenes.ts'
import { openStage, type Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody looked how rare kanji are drawn')

describe.skipIf(!chromiumPath)('the name of a patient', () => {
  let stage: Stage
  let browser: Browser
  beforeAll(async () => {
    stage = await openStage<Reception>(scenes.result)
    browser = await launchEngine()
  })
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
  })

  /** The fonts that the browser draws the name with, each with how many characters. */
  async function fontsOf(name: string) {
    const { current } = scenes.result
    if (!current?.patient) throw new Error('nobody is at the counter in the scene')
    stage.show({ ...scenes.result, current: { ...current, patient: { ...current.patient, name } } })
    const page = await browser.newPage()
    await page.goto(stage.address)
    await page.getByRole('heading', { name }).waitFor()
    await page.evaluate(() => document.fonts.ready)
    const protocol = await page.context().newCDPSession(page)
    await protocol.send('DOM.enable')
    await protocol.send('CSS.enable')
    const { root } = await protocol.send('DOM.getDocument')
    const { nodeId } = await protocol.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'main h2' })
    const { fonts } = await protocol.send('CSS.getPlatformFontsForNode', { nodeId })
    await page.close()
    return fonts.map(({ familyName, isCustomFont, glyphCount }) => ({ familyName, isCustomFont, glyphCount }))
  }

  fault('locale', 'The computer has no font for a kanji of a name', {
    seen: 'nothing',
    class: 'permanent',
    data: 'The name is drawn from the product’s own font, and never as a box.',
    recovery: 'Nothing is to be done.',
  })
  test.each(['𠮷', '髙', '﨑', '德', '彅', '𣘺', '閒', '●'])('%s is drawn, and not as a box', async (sign) => {
    const rare = (await fontsOf(`${sign}田　花子`)).filter(({ familyName }) => !familyName.startsWith('BIZ'))
    expect(rare).toEqual([{ familyName: 'Noto Sans JP', isCustomFont: true, glyphCount: 1 }])
  })

  test('of usual kanji needs no other font', async () => {
    expect(await fontsOf('佐藤　美咲')).toEqual([expect.objectContaining({ isCustomFont: true, glyphCount: 5 })])
  })
})
