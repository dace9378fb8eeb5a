// The guide on the screen (F1): it opens where one is, from every state and with the keyboard alone, beside what is said about
// the patient; and whoever closes it goes on where they were.
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Reception } from '../../src-main/contract/reception.ts'
import { screen } from '../../src-main/words/desk.ts'
import { sectionIds, sectionOf } from '../../src-main/words/guide/sections.ts'
import { placeOf } from '../../src-renderer/help/where.ts'
import { chromiumPath } from '../browser.ts'
import { onDesk } from './desk.ts'
import { inspect } from './inspect.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody opened the guide')

describe('the guide', () => {
  const section = (scene: Reception) => placeOf(scene, false, null).section

  test.each([
    ['firstStart', 'morning'],
    ['waiting', 'card'],
    ['noReader', 'reader'],
    ['hubDown', 'hubDown'],
    ['clockOff', 'clock'],
    ['terminalGone', 'terminal'],
    ['terminalQuiet', 'twoDesks'],
    ['terminalElsewhere', 'card'],
    ['settingsFallback', 'settings'],
    ['reading', 'card'],
    ['busy', 'reader'],
    ['pin', 'pin'],
    ['pinBlocked', 'pinBlocked'],
    ['patientTypes', 'patientScreen'],
    ['face', 'face'],
    ['personDoubt', 'personDoubt'],
    ['result', 'result'],
    ['absent', 'absent'],
    ['question', 'difference'],
    ['helps', 'claimOrder'],
    ['decidedByHand', 'byHand'],
    ['ended', 'ended'],
    ['offline', 'hubDown'],
    ['heldUp', 'name'],
    ['refused', 'delivery'],
    ['expired', 'cardTrouble'],
    ['timeout', 'hubDown'],
    ['cancelled', 'undo'],
    ['choosing', 'sameName'],
    ['terminalQuery', 'terminalQuestion'],
    ['bookings', 'bookings'],
    ['staleNumbers', 'patientNumber'],
    ['destinations', 'destinations'],
    ['localMaster', 'localMaster'],
    ['capHere', 'cap'],
  ] as const)('is for %s at the section %s', (scene, expected) => {
    expect(section(scenes[scene])).toBe(expected)
  })

  test('is for what was refused before what is shown, and for the hidden screen before everything', () => {
    expect(placeOf(scenes.pin, false, { code: 'HUB_UNREACHABLE' })).toEqual({
      section: 'hubDown',
      failure: { code: 'HUB_UNREACHABLE' },
    })
    expect(placeOf(scenes.pin, true, { code: 'HUB_UNREACHABLE' }).section).toBe('cover')
  })
})

describe.skipIf(!chromiumPath)('F1', () => {
  const desk = onDesk()
  const { focused, focusIs, type, show, settle } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })

  const close = async () => {
    await page.keyboard.press('Escape')
    await page.locator('#help-title').waitFor({ state: 'detached' })
  }

  test('opens the section of every state, and Esc brings the focus back without doing anything else', async () => {
    const seen = Object.entries<Reception>(scenes).filter(([name]) => name !== 'waiting')
    for (const [name, scene] of seen) {
      await show(scene)
      const before = await page.evaluateHandle(() => document.activeElement)
      await page.keyboard.press('F1')
      await focusIs(sectionOf(placeOf(scene, false, null).section).title)
      const isCovered = await page.evaluate(() => {
        const help = document.querySelector('[data-help]')?.getBoundingClientRect()
        const main = document.querySelector('main')?.getBoundingClientRect()
        return !help || !main || help.left < main.right
      })
      expect(isCovered, `${name}: the guide covers the visit`).toBe(false)
      await close()
      const isBack = await page.evaluate((element) => element === document.activeElement, before)
      expect(isBack, `${name}: the focus is at ${await focused()}`).toBe(true)
    }
    expect(stage.calls).toEqual([])
  })

  test('says first what the screen says just now, and lists every key', async () => {
    await show(scenes.refused)
    await page.keyboard.press('F1')
    const help = page.getByRole('region', { name: 'レセコンに取り込まれないとき' })
    await help.getByText('今の表示').waitFor()
    for (const key of new Set<string>(Object.values(screen.keys))) {
      expect(await help.locator('dt kbd', { hasText: new RegExp(`^${key}$`) }).count(), key).toBe(1)
    }
    await close()
  })

  test('leaves a PIN that is half typed where it is', async () => {
    await show(scenes.pin)
    await type('12')
    await page.keyboard.press('F1')
    await focusIs('暗証番号の入力')
    await close()
    await focusIs('pin')
    await page.getByText('4桁中2桁 入力済み').first().waitFor({ state: 'attached' })
    expect(stage.calls).toEqual([])
  })

  test('leads to every other section with the keyboard alone', async () => {
    await page.keyboard.press('F1')
    for (let steps = 0; (await focused()) !== '印刷' && steps < sectionIds.length + 3; steps++) {
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await focusIs('印刷')
    expect(await page.locator('#help-title').textContent()).toBe('印刷')
    await page.keyboard.press('F1')
    await focusIs('カードで受け付ける')
    await close()
    await focusIs('カードをリーダーに置いてください')
  })

  test('stays open while the next patient comes, and closing it takes nothing away from them', async () => {
    await page.keyboard.press('F1')
    await focusIs('カードで受け付ける')
    await show(scenes.pin)
    await focusIs('pin')
    await type('12')
    await close()
    await focusIs('pin')
    // The next Esc is the visit's.
    await settle()
    await page.keyboard.press('Escape')
    await desk.called('cancelVisit')
  })

  test.each([
    { width: 640, height: 400 },
    { width: 320, height: 800 },
  ])('with $width px of width nothing of it is cut off, and its title comes into sight', async (room) => {
    await page.setViewportSize(room)
    await show(scenes.refused)
    await page.keyboard.press('F1')
    await focusIs('レセコンに取り込まれないとき')
    expect(await page.evaluate(inspect)).toEqual([])
    const title = await page.locator('#help-title').boundingBox()
    expect(title && title.y >= 0 && title.y + title.height <= room.height).toBe(true)
    await close()
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  test('gives its place back to the list for F2, with what was typed there', async () => {
    await page.keyboard.press('F2')
    await type('タナカ')
    await page.keyboard.press('F1')
    await focusIs('カードで受け付ける')
    await page.keyboard.press('F2')
    await focusIs('search-visits')
    expect(await page.locator('#search-visits').inputValue()).toBe('タナカ')
    await page.keyboard.press('Escape')
  })

  test('is on the screen while it is hidden, and stands there as a button with its key', async () => {
    await show(scenes.result)
    await page.keyboard.press('F9')
    await page.getByRole('button', { name: '手引き F1' }).click()
    await focusIs('画面を隠す')
    await close()
    await focusIs('手引きF1')
    await page.getByRole('button', { name: '表示する' }).click()
  })
})
