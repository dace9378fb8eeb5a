// The kiosk's screen in a real browser, in each of its steps and languages.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { KioskView } from '../../src-main/contract/kiosk-view.ts'
import { type Language, languages } from '../../src-main/words/patient.ts'
import { chromiumPath, launchEngine } from '../browser.ts'
import { eventually, hangMs } from '../support.ts'
import { chooseLanguage, faultsInAllLanguages, rooms } from './in-all-languages.ts'
import { kioskScenes } from './kiosk-scenes.ts'
import { openStage, type Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody looked at the kiosk')

/** What is only there in this scene, in this language. */
function markOf({ step }: KioskView, language: Language): string {
  const { words } = languages[language]
  const { kiosk } = words
  switch (step.kind) {
    case 'pin':
      return words.pin.tries(step.triesLeft)
    case 'off':
      return kiosk.off.title
    case 'slip':
      return step.isCardThere ? kiosk.slip.takeCard : kiosk.slip.waitForNumber
    case 'called':
      return kiosk.called.notes[step.why]
    default:
      return words.steps[step.kind].title
  }
}

describe.skipIf(!chromiumPath)('the kiosk’s screen', () => {
  let browser: Browser
  let stage: Stage<KioskView>
  let page: Page

  beforeAll(async () => {
    browser = await launchEngine()
    stage = await openStage<KioskView>(kioskScenes.waiting, 'kiosk.html')
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
    page.setDefaultTimeout(hangMs)
    await page.clock.install()
    await page.goto(stage.address)
  })
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
  })
  const show = async (scene: KioskView, language: Language = 'japanese') => {
    stage.show(scene)
    await page.getByText(markOf(scene, language), { exact: true }).waitFor()
  }
  beforeEach(async () => {
    await chooseLanguage(page, 'japanese')
    await show(kioskScenes.slipLifted)
    await show(kioskScenes.waiting)
    stage.calls.length = 0
  })

  test.each(rooms)('$name: no word lies over another, and nothing is cut off', async (room) => {
    const between = kioskScenes.slipLifted
    expect(await faultsInAllLanguages({ browser, stage, room, scenes: kioskScenes, between, markOf })).toEqual([])
  })

  test('takes the PIN by touch and by keyboard, and stops when the patient wants to', async () => {
    await show(kioskScenes.pin)
    const { visitId } = kioskScenes.pin.step
    for (const digit of '1934') await page.getByRole('button', { name: digit, exact: true }).click()
    await page.getByRole('button', { name: '確認する' }).click()
    await eventually('the PIN is sent', () => stage.calls.length === 1)
    expect(stage.calls[0]).toEqual({ name: 'enterPin', request: { visitId, pin: '1934', lastTry: false } })

    await show(kioskScenes.wrongPin)
    await page.getByRole('alert').filter({ hasText: '番号が違います' }).waitFor()
    await page.clock.fastForward(1000)
    await page.keyboard.type('4391', { delay: 50 })
    await page.keyboard.press('Enter')
    await eventually('the PIN is sent', () => stage.calls.length === 2)
    expect(stage.calls[1]).toMatchObject({ request: { pin: '4391' } })
    await page.keyboard.press('Escape')
    await eventually('it is stopped', () => stage.calls.length === 3)
    expect(stage.calls[2]).toEqual({ name: 'cancelVisit', request: { visitId } })
  })

  test('shows number and time as a slip, and asks for the card to be taken until it is lifted', async () => {
    await show(kioskScenes.slip)
    await page.getByText('12', { exact: true }).waitFor()
    await page.getByText('受付時刻 9:12').waitFor()
    await show(kioskScenes.slipLifted)
    expect(await page.getByText('カードをお取りください').count()).toBe(0)
  })

  test('what is printed is number and time alone, marked as training', async () => {
    await show(kioskScenes.slip)
    await page.emulateMedia({ media: 'print' })
    const printed = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((element) => element.childElementCount === 0 && element.checkVisibility())
        .map(({ textContent }) => textContent)
        .filter((text) => text !== ''),
    )
    expect(printed).toEqual(['受付番号', '12', '受付時刻 9:12', '練習用の画面です'])
    await page.emulateMedia({ media: 'screen' })
  })

  test('every way that ends at reception has the number, its own words, and no reproach', async () => {
    const { calledPin, calledLastTry, calledCertificate, calledOtherCard, calledLine, calledStaff } = kioskScenes
    for (const scene of [calledPin, calledLastTry, calledCertificate, calledOtherCard, calledLine, calledStaff]) {
      await show(scene)
      await page.getByRole('heading', { level: 1, name: '受付までお越しください' }).waitFor()
      expect(await page.getByText('12', { exact: true }).count()).toBe(1)
      expect(await page.locator('main').textContent()).not.toMatch(/間違|エラー|ロック|失敗|できません。$/)
    }
  })

  test('keeps the language of whoever lays the card again, and is Japanese for the next patient', async () => {
    await chooseLanguage(page, 'vietnamese')
    await show(kioskScenes.calledAgain, 'vietnamese')
    await show(kioskScenes.reading, 'vietnamese')
    await show(kioskScenes.slip, 'vietnamese')
    await show(kioskScenes.slipLifted, 'vietnamese')
    await show(kioskScenes.reading, 'japanese')
  })

  test('shows nothing that may no longer be true', async () => {
    await show(kioskScenes.slip)
    stage.disconnect()
    await page.getByRole('heading', { name: 'しばらくお待ちください' }).waitFor()
    expect(await page.getByText('12', { exact: true }).count()).toBe(0)
    stage.connect()
  })
})
