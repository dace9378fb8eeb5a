// 自己診断 on the screen: begun by keyboard, told as it goes on, the cause first in words, and printed without anything else.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkNames } from '../../src-main/contract/self-test.ts'
import { chromiumPath } from '../browser.ts'
import { onDesk } from './desk.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, the self-test on the screen was not looked at')

describe.skipIf(!chromiumPath)('the self-test', () => {
  const desk = onDesk()
  const { called, show, focusIs, settle } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  test('is opened and begun by keyboard, with and without a card', async () => {
    await show(scenes.settings)
    await settle()
    await button('自己診断').press('Enter')
    expect(await called('openPage')).toEqual({ page: 'selfTest' })
    await show(scenes.selfTest)
    await focusIs('自己診断')
    await settle()
    await button('診断を始める').press('Enter')
    expect(await called('startSelfTest')).toEqual({ withCard: false })
    stage.calls.length = 0
    await button('カードも確かめる').press('Enter')
    expect(await called('startSelfTest')).toEqual({ withCard: true })
  })

  test('tells how far it is, asks for the card in its turn, and cannot be begun twice', async () => {
    await show(scenes.selfTestRunning)
    const status = page.getByRole('main').getByRole('status').filter({ hasText: '置いてください' })
    expect(await status.textContent()).toContain('30秒以内にリーダーに置いてください')
    expect(await button('もう一度診断する').isDisabled()).toBe(true)
    expect(await page.getByRole('main').getByRole('listitem').count()).toBe(
      checkNames.filter((name) => !name.startsWith('server')).length,
    )
  })

  test('leads to the file for support, which is shown as a whole and saved as it is shown', async () => {
    await show(scenes.selfTestBroken)
    await settle()
    await button('サポート用の情報').press('Enter')
    expect(await called('openPage')).toEqual({ page: 'supportBundle' })
    await show(scenes.supportBundle)
    await focusIs('サポート用の情報')
    const { text, file } = scenes.supportBundle.page
    // The browser draws one line end for the two characters of it.
    const shown = await page.getByRole('region', { name: 'ファイルの内容' }).textContent()
    expect(shown?.replaceAll('\r\n', '\n')).toBe(text.replaceAll('\r\n', '\n'))
    await settle()
    const saving = page.waitForEvent('download')
    await button('ファイルに保存').press('Enter')
    const download = await saving
    expect(download.suggestedFilename()).toBe(file)
    expect(readFileSync(await download.path(), 'utf8')).toBe(text)
    await page.getByText('選んだ場所に保存しました').first().waitFor()
  })

  test('names the first cause, its repair, and what cannot be said because of it', async () => {
    await show(scenes.selfTestBroken)
    await page.getByText('異常が3件あります。まず「カードリーダー」を直してください。').first().waitFor()
    const line = (name: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: name })
    const reader = await line('Sony RC-S380/P').textContent()
    expect(reader).toContain('異常')
    expect(reader).toContain('直し方：メーカーのサイトから')
    expect(await line('カードの読み取り').textContent()).toContain('「カードリーダー」が直るまで、確かめられません。')
    await show(scenes.selfTestWell)
    await page.getByText('異常はありません。', { exact: true }).first().waitFor()
  })

  test('prints its lines and nothing else of the screen, marked in training', async () => {
    const { page: lines } = scenes.selfTestBroken
    await show({ ...scenes.result, page: lines })
    await page.getByRole('button', { name: '印刷' }).waitFor()
    await settle()
    await page.keyboard.press('F8')
    await page.getByRole('region', { name: '印刷の見本' }).getByText('カードリーダー').first().waitFor()
    await page.emulateMedia({ media: 'print' })
    const sheet = page.locator('[data-papers] [data-sheet]').last()
    await sheet.waitFor()
    expect(await sheet.textContent()).toContain('トレーニング')
    expect(await sheet.textContent()).toContain('直し方：')
    expect(await page.locator('#root').isVisible()).toBe(false)
    expect(await sheet.textContent()).not.toContain('佐藤')
    await page.emulateMedia({ media: null })
    await page.keyboard.press('Escape')
  })
})
