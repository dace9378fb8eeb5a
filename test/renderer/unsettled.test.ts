// The page of a start that waits for its settings: every fault with its place, what to do meanwhile, and nothing of the desk
// until the desk is there. For everybody, with little room and on a dark screen too.
import axe from 'axe-core'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, launchEngine } from '../browser.ts'
import { inspect } from './inspect.ts'
import { scenes } from './scenes.ts'
import { openStage, type Stage } from './stage.ts'
import { faults, unsettled } from './unsettled.ts'

if (!chromiumPath)
  console.warn('LEFT OUT: Chromium is not installed, the page of a start without settings was not looked at')

describe.skipIf(!chromiumPath)('a start that waits for its settings', () => {
  let browser: Browser
  let stage: Stage
  beforeAll(async () => {
    browser = await launchEngine()
    stage = await openStage(scenes.waiting)
  })
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
  })

  async function open({ width = 1280, text = 100, dark = false } = {}): Promise<Page> {
    const page = await browser.newPage({
      viewport: { width, height: 800 },
      locale: 'ja-JP',
      colorScheme: dark ? 'dark' : 'light',
    })
    const protocol = await page.context().newCDPSession(page)
    await protocol.send('Page.setFontSizes', { fontSizes: { standard: (16 * text) / 100 } })
    await page.goto(stage.address)
    await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).waitFor()
    stage.sendRaw(JSON.stringify(unsettled))
    await page.getByRole('heading', { level: 1, name: '設定に誤りがあるため、窓口を始められません' }).waitFor()
    return page
  }

  test('says each fault with its place, reason and choices, the files, the ways out and the number', async () => {
    const page = await open()
    const texts = await page.getByRole('listitem').allTextContents()
    expect(texts.slice(0, 5)).toEqual([
      'settings.json の2行目 3文字目、hub：本番（live）では、この項目が必要です。',
      'settings.json の9行目 17文字目、destinations.0.format：この値は使えません。「csv」ではありませんか。使える値：csv、json、fhir、orca。',
      'パソコン全体の settings.json の3行目 20文字目、retentionDays：1〜366の整数を指定してください。',
      ...unsettled.files,
    ])
    const all = await page.getByRole('main').textContent()
    for (const said of ['3か所あります。', 'madoguchi settings check', '自己診断', '紙の受給者証', '123-456']) {
      expect(all).toContain(said)
    }
    expect(await page.getByRole('button').count()).toBe(0)
    await page.close()
  })

  test('says of a server that cannot be used what it is, that it is tried again, and what to do meanwhile', async () => {
    const page = await open()
    stage.sendRaw(JSON.stringify({ ...unsettled, failure: { code: 'STORE_REFUSED', detail: { field: 'user' } } }))
    await page
      .getByRole('heading', { level: 1, name: '院内の保存サーバーを使えないため、窓口を始められません' })
      .waitFor()
    const all = await page.getByRole('main').textContent()
    for (const said of ['利用者名とパスワード', '10秒ごと', '自己診断', '紙の受給者証']) expect(all).toContain(said)
    for (const not of ['直すところ', 'settings check']) expect(all).not.toContain(not)
    await page.close()
  })

  test('says something else when something else is wrong, and gives way to the desk when that begins', async () => {
    const page = await open()
    const [, second] = faults
    const failure = { ...unsettled.failure, detail: { ...unsettled.failure.detail, faults: [second] } }
    stage.sendRaw(JSON.stringify({ ...unsettled, failure }))
    await page.getByRole('status').filter({ hasText: '1か所あります。' }).waitFor()
    stage.sendRaw(JSON.stringify({ whole: { ...scenes.waiting, revision: 9_999 } }))
    await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).waitFor()
    await page.close()
  })

  test.each([
    ['as usual', {}],
    ['with twice the text', { text: 200 }],
    ['320 px wide', { width: 320 }],
    ['on a dark screen', { dark: true }],
  ])('can be read by everybody %s', async (_how, look) => {
    const page = await open(look)
    expect(await page.evaluate(inspect)).toEqual([])
    await page.evaluate(axe.source)
    const violations = await page.evaluate(async () => {
      const run: typeof axe.run = (window as unknown as { axe: typeof axe }).axe.run
      return (await run(document, { resultTypes: ['violations'] })).violations.map(({ id }) => id)
    })
    expect(violations).toEqual([])
    await page.close()
  })
})
