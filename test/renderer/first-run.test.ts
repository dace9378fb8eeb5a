// The first set-up on the screen: each step by keyboard, what is missing said before going live, and no path to a secret.
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from '../browser.ts'
import { onDesk } from './desk.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, the first set-up was not looked at')

describe.skipIf(!chromiumPath)('the first set-up', () => {
  const desk = onDesk()
  const { called, show, focusIs, settle } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  test('is offered where nothing is set yet, and nowhere else', async () => {
    await show(scenes.settings)
    expect(await button('はじめての設定').count()).toBe(0)
    await show({ ...scenes.settings, settings: { ...scenes.settings.settings, mayBeginFirstRun: true } })
    await button('はじめての設定').click()
    expect(await called('openPage')).toEqual({ page: 'firstRun' })
  })

  test("is offered at the counter where nothing is set yet, in nobody's way", async () => {
    stage.calls.length = 0
    await show(scenes.firstStart)
    await focusIs('カードをリーダーに置いてください')
    await settle()
    await button('はじめての設定').press('Enter')
    expect(await called('openPage')).toEqual({ page: 'firstRun' })
    await show(scenes.live)
    expect(await button('はじめての設定').count()).toBe(0)
  })

  test('a step is entered by keyboard once it fits, and left out with what will not work', async () => {
    await show(scenes.firstRun)
    await focusIs('はじめての設定')
    await settle()
    const name = page.getByLabel('医療機関の名称')
    await name.fill('まどぐち内科クリニック')
    expect(await button('医療機関 保存').isDisabled()).toBe(true)
    await page.getByLabel('医療機関コード（10桁）').fill('1312345678')
    await page.keyboard.press('Enter')
    expect(await called('enterFirstStep')).toEqual({
      step: 'clinic',
      values: { name: 'まどぐち内科クリニック', institutionCode: '1312345678' },
    })
    stage.calls.length = 0
    await button('資格確認端末 あとで設定する').press('Enter')
    expect(await called('enterFirstStep')).toEqual({ step: 'terminal', values: null })
    await show(scenes.firstRunMiddle)
    await page.getByText('顔認証付きカードリーダーで受け付けた方は、自動では表示されません。').waitFor()
  })

  test('files that are laid while it is open are looked for when the window is in front again', async () => {
    await show(scenes.firstRun)
    stage.calls.length = 0
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    expect(await called('openPage')).toEqual({ page: 'firstRun', isAgain: true })
    await show(scenes.firstRunOver)
    stage.calls.length = 0
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await settle()
    expect(stage.calls).toEqual([])
  })

  test('files with secrets are chosen from their folder, and cannot be typed', async () => {
    await show(scenes.firstRun)
    const certificate = page.getByLabel('接続用の証明書のファイル')
    expect(await certificate.evaluate((field) => field.tagName)).toBe('SELECT')
    expect(await certificate.locator('option').allTextContents()).toEqual([
      '選んでください',
      'secrets/clinic.p12',
      'secrets/hub-ca.pem',
      'secrets/passphrase',
    ])
  })

  test('what a step found stands at the step, and a card is asked for in its turn', async () => {
    await show(scenes.firstRunMiddle)
    const step = page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: '3. PMH' }) })
    expect(await step.first().textContent()).toContain('PMHの名前 hub.example.jp が見つかりません。')
    expect(await step.first().textContent()).toContain('確認が必要')
    await show(scenes.firstRunCard)
    const status = page.getByRole('main').getByRole('status').filter({ hasText: '30秒以内' })
    await status.waitFor()
  })

  test('going live is one question that names what was not checked', async () => {
    await show(scenes.firstRun)
    expect(await button('本番に切り替える').isDisabled()).toBe(true)
    await page.getByText('PMHを設定しないと、本番に切り替えられません。').waitFor()
    await show(scenes.firstRunMiddle)
    await button('本番に切り替える').click()
    const question = page.getByRole('group', { name: /本物の患者さんの受付になります/ })
    expect(await question.textContent()).toContain(
      'まだ確かめていない項目：カードリーダー、PMH、資格確認端末、患者さんの画面、職員。',
    )
    await question.getByRole('button', { name: 'やめる' }).click()
    expect(stage.calls.filter(({ name }) => name === 'finishFirstRun')).toEqual([])
    await button('本番に切り替える').click()
    await settle()
    await question.getByRole('button', { name: '切り替える', exact: true }).click()
    expect(await called('finishFirstRun')).toEqual({})
    await show(scenes.firstRunOver)
    await page.getByText('窓口を終了して、もう一度起動すると、本番で始まります。').first().waitFor()
  })
})
