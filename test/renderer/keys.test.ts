// The keys that stand on the screen: each does what it stands on, and no more. With the keyboard alone, in a real browser.
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from '../browser.ts'
import { onDesk } from './desk.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody pressed the keys')

describe.skipIf(!chromiumPath)('a key that stands on the screen', () => {
  const desk = onDesk()
  const { focused, focusIs, settle, called, show } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })

  const hint = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor()

  test.each([
    ['a question about what has changed', scenes.question, 'askAgain'],
    ['a failure that may pass', scenes.timeout, 'retryVisit'],
    ['an offline answer', scenes.offline, 'retryVisit'],
  ])('asks again by F4 at %s, once it has been seen', async (_, scene, call) => {
    await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000))
    await show(scene)
    await page.keyboard.press('F4')
    await hint('表示が変わった直後のため')
    expect(stage.calls).toEqual([])
    await settle()
    await page.clock.resume()
    await page.keyboard.press('F4')
    expect(await called(call)).toEqual({ visitId: scene.current?.id })
  })

  test('asks nothing by F4 where there is nothing to ask again, and nothing with another key held', async () => {
    await show(scenes.result)
    await settle()
    await page.keyboard.press('F4')
    await show(scenes.timeout)
    await settle()
    await page.keyboard.press('Shift+F4')
    await page.keyboard.press('F9')
    await page.getByRole('heading', { name: '画面を隠しています' }).waitFor()
    await page.keyboard.press('F4')
    expect(stage.calls).toEqual([])
    await page.getByRole('button', { name: '表示する' }).click()
  })

  test('goes back by Esc from a visit that was looked up', async () => {
    await show(scenes.lookedUp)
    await page.keyboard.press('Escape')
    expect(await called('showVisit')).toEqual({ visitId: null })
  })

  test('goes back by Esc one step at a time: a form, a question, and then the visit', async () => {
    await show({ ...scenes.lookedUp, shown: { ...scenes.lookedUp.shown, patientNumber: '77' } })
    await settle()
    await page.getByRole('button', { name: '変更', exact: true }).press('Enter')
    await page.getByLabel('診察券番号').waitFor()
    await page.keyboard.press('Escape')
    await page.getByLabel('診察券番号').waitFor({ state: 'detached' })
    await settle()
    await page.getByRole('button', { name: '外す', exact: true }).press('Enter')
    await page.getByRole('button', { name: 'やめる' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'やめる' }).waitFor({ state: 'detached' })
    expect(stage.calls).toEqual([])
    await page.keyboard.press('Escape')
    expect(await called('showVisit')).toEqual({ visitId: null })
  })

  test('closes nothing by Esc that is at the counter', async () => {
    for (const scene of [scenes.result, scenes.question, scenes.timeout]) {
      await show(scene)
      await settle()
      await page.keyboard.press('Escape')
    }
    expect(stage.calls).toEqual([])
  })

  test('opens the note of a visit by F6, keeps it by Enter and leaves it by Esc', async () => {
    for (const scene of [scenes.result, scenes.lookedUp]) {
      await show(scene)
      await settle()
      await page.keyboard.press('F6')
      const field = page.getByLabel('メモ')
      await field.fill('金曜日にお会計')
      await page.keyboard.press('Escape')
      await field.waitFor({ state: 'detached' })
      await page.keyboard.press('F6')
      expect(await field.inputValue()).toBe('')
      await field.pressSequentially('金曜日にお会計', { delay: 40 })
      await page.keyboard.press('Enter')
      const visitId = (scene.shown ?? scene.current)?.id
      expect(await called('noteVisit')).toEqual({ visitId, note: '金曜日にお会計' })
      await field.waitFor({ state: 'detached' })
      stage.calls.length = 0
    }
    await show(scenes.noted)
    await page.getByText('紙の受給者証を確認済み。').waitFor()
    await settle()
    await page.keyboard.press('F6')
    expect(await page.getByLabel('メモ').inputValue()).toContain('紙の受給者証を確認済み。')
  })

  const pages = [
    ['資格照会', 'terminalQuestion', scenes.terminalQuery],
    ['過去の受付', 'past', scenes.pastDay],
    ['予約', 'bookings', scenes.bookings],
    ['診察券', 'staleNumbers', scenes.staleNumbers],
    ['集計', 'report', scenes.reportDay],
    ['設定', 'settings', scenes.settings],
  ] as const

  test.each(pages)('leads to the page 「%s」 by Tab and Enter, and back by Esc', async (name, asked, scene) => {
    await page.keyboard.press('F2')
    for (let steps = 0; (await focused()) !== name && steps < 40; steps++) await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    expect(await called('openPage')).toEqual({ page: asked })
    await show(scene)
    const link = page.getByRole('banner').getByRole('button', { name })
    expect(await link.getAttribute('aria-current')).toBe('page')
    stage.calls.length = 0
    // In a field the first Esc ends the typing.
    await page.keyboard.press('Escape')
    if (stage.calls.length === 0) await page.keyboard.press('Escape')
    expect(await called('openPage')).toEqual({ page: 'counter' })
  })

  test.each([
    ['取り込み先', 'destinations', scenes.destinations],
    ['医院の決まり', 'clinicRules', scenes.clinicRules],
    ['音', 'signals', scenes.sounds],
    ['自己診断', 'selfTest', scenes.selfTest],
    ['操作の記録', 'audit', scenes.auditDay],
    ['設定', 'settings', scenes.settings],
  ] as const)('leads from each page of 設定 to 「%s」, and says which one it is', async (name, asked, scene) => {
    const among = page.getByRole('navigation', { name: '設定のページ' })
    for (const from of [
      scenes.settings,
      scenes.destinations,
      scenes.clinicRules,
      scenes.sounds,
      scenes.selfTest,
      scenes.auditDay,
    ]) {
      if (from === scene) continue
      await show(from)
      await settle()
      stage.calls.length = 0
      await among.getByRole('button', { name, exact: true }).press('Enter')
      expect(await called('openPage')).toEqual({ page: asked })
    }
    await show(scene)
    const current = page.locator('[aria-current="page"]')
    expect(await current.allTextContents()).toEqual(['設定', name])
  })

  test('in a field of a page Esc ends the typing before it goes back', async () => {
    await show(scenes.terminalQuery)
    await page.getByRole('main').getByRole('textbox').first().focus()
    await page.keyboard.press('Escape')
    await focusIs('資格確認端末に照会')
    expect(stage.calls).toEqual([])
    await page.keyboard.press('Escape')
    expect(await called('openPage')).toEqual({ page: 'counter' })
  })

  test('skips the head of the page: the first stop leads to what it is about', async () => {
    await page.reload()
    await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).waitFor()
    await show(scenes.result)
    await focusIs('佐藤　美咲')
    await page.getByRole('banner').getByRole('button', { name: '資格照会' }).focus()
    for (let steps = 0; (await focused()) !== '本文へ進む' && steps < 5; steps++) await page.keyboard.press('Shift+Tab')
    const skip = page.getByRole('button', { name: '本文へ進む' })
    expect(await skip.evaluate((link) => getComputedStyle(link).clipPath)).toBe('none')
    await page.keyboard.press('Enter')
    await focusIs('佐藤　美咲')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true)
  })
})
