// What the patient pays, worked out on the screen by the keyboard alone: asked is what nobody has said, the amount stands
// under its steps, and nothing that was typed is sent anywhere.
import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Reception } from '../../src-main/contract/reception.ts'
import { chromiumPath } from '../browser.ts'
import { eventually } from '../support.ts'
import { drawn } from './drawn.ts'
import { inspect } from './inspect.ts'
import { type OnStage, openOnStage } from './on-stage.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, the patient’s share was not looked at')

describe.skipIf(!chromiumPath)('the patient’s share on the screen', () => {
  let stage: Stage
  let on: OnStage<Reception> | undefined
  let page: Page

  beforeAll(async () => {
    on = await openOnStage(scenes.result)
    ;({ stage, page } = on)
  })
  afterAll(() => on?.close())
  beforeEach(async () => {
    stage.show(scenes.result)
    await page.goto(stage.address)
    await page.getByRole('heading', { name: '佐藤　美咲' }).waitFor()
    // What stands there has been seen.
    await page.clock.fastForward(1500)
    stage.calls.length = 0
  })

  const type = (text: string) => page.keyboard.type(text, { delay: 50 })
  const steps = () => page.getByRole('list', { name: '計算の段' }).getByRole('listitem').allTextContents()
  const open = async () => {
    await page.getByText('お会計の目安', { exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await type('900')
  }

  /** The scene with this certificate as the only one on the claim. */
  const alone = (scene: Reception, name: string): Reception => {
    const { current } = scene
    const { handed } = current ?? {}
    const at = handed?.items.findIndex(({ benefit }) => benefit.certificateName === name) ?? -1
    const [item, assessed] = [handed?.items[at], handed?.assessed[at]]
    if (!current || !handed || !item || !assessed) throw new Error(`${name} is not in the scene`)
    return { ...scene, current: { ...current, handed: { ...handed, items: [item], assessed: [assessed], onClaim: 1 } } }
  }

  test('the certificate says its rule before anything is typed', async () => {
    await page.getByText('外来 医療費の2割まで、薬局などと合わせて月10,000円まで').waitFor()
  })

  test('takes what was paid from the sheet once that was compared with the paper, and not before', async () => {
    const paid = () => page.getByLabel('管理票の今月の累計（円）').inputValue()
    const shown = async (scene: Reception) => {
      await drawn(page, stage.show(scene))
      await page.getByText('今月の支払い（この受診の前まで）').waitFor()
    }
    await page.getByText('お会計の目安', { exact: true }).click()
    await shown(scenes.resultPaidHere)
    await page.getByRole('article').getByText('2,400円').waitFor()
    await page.getByRole('article').getByText('記入した分だけ').waitFor()
    expect(await paid()).toBe('')
    // Whatever else has been typed meanwhile.
    await page.getByLabel(/^うち /).fill('900')
    await shown(scenes.resultPaidEverywhere)
    await page.getByRole('article').getByText('管理票のとおり').waitFor()
    expect(await paid()).toBe('8800')
    await page.getByLabel('点数（今日の合計）').fill('900')
    await page.getByText('残り1,200円').waitFor()
  })

  test('is a range with what is still to be said, and an amount once that is typed', async () => {
    await open()
    await page.getByText('窓口でいただく額は決まりません（0円〜2,700円の間）').waitFor()
    await page.getByText('保険の負担割合を選んでください。').waitFor()

    await page.keyboard.press('Tab')
    await type('3')
    await page.keyboard.press('Tab')
    await type('800')
    await page.keyboard.press('Tab')
    await type('9000')
    await page.getByText('窓口でいただく額 1,300円', { exact: true }).waitFor()
    expect(await steps()).toEqual([
      '900点 × 10円 ＝ 医療費9,000円',
      '保険の自己負担 3割 ＝ 2,700円',
      '特定医療費（指定難病）受給者証の対象 800点: 保険の自己負担分は2,400円',
      '特定医療費（指定難病）受給者証: 医療費の2割まで ＝ 1,600円',
      '特定医療費（指定難病）受給者証: 月額上限10,000円 − 今月の支払い済み9,000円 ＝ 残り1,000円。今日は1,000円',
      '対象外の100点: 保険の自己負担分 ＝ 300円',
    ])
    expect(await page.getByText('あと、次のことが分かると額が決まります。').count()).toBe(0)
    expect(stage.calls).toEqual([])
  })

  test('begins with the 負担割合 that the source has said', async () => {
    const { current } = scenes.result
    if (!current) throw new Error('nobody is at the counter in the scene')
    stage.show({
      ...scenes.result,
      current: { ...current, id: '6a1d5b60-5a47-4a2a-9a3c-0a4d1f1f7afe', sharePercent: 20 },
    })
    await page.getByText('お会計の目安', { exact: true }).click()
    await eventually('2割', async () => (await page.getByLabel('保険の負担割合').inputValue()) === '20')
  })

  test('of a local number with several conditions waits for a person to name one', async () => {
    await drawn(page, stage.show(alone(scenes.localSchemes, 'ひとり親家庭等医療費受給者証')))
    const condition = page.getByLabel('ひとり親家庭等医療費受給者証の条件')
    await eventually('the certificate', async () => (await condition.count()) === 1)
    await open()
    await page.getByLabel('保険の負担割合').selectOption('3割')
    await page.getByText('窓口でいただく額は決まりません（0円〜2,700円の間）').waitFor()
    expect(await condition.locator('option').allTextContents()).toEqual([
      '受給者証と見比べて選択',
      '1　ひとり親等、住民税課税世帯、10%、1か月18,000円',
      '2　18歳未満（年度で数えます）、ひとり親等、住民税非課税世帯の児童、なし',
    ])

    await condition.selectOption({ index: 1 })
    await page.getByLabel('月額の上限に数える今月の支払い済み（円）', { exact: false }).fill('17500')
    await page.getByText('窓口でいただく額 500円', { exact: true }).waitFor()
    await condition.selectOption({ index: 2 })
    await page.getByText('窓口でいただく額 0円', { exact: true }).waitFor()
  })

  test('is worked out for this patient only: the next one starts empty', async () => {
    await open()
    await page.getByText(/窓口でいただく額は決まりません/).waitFor()
    const { current } = scenes.result
    if (!current) throw new Error('nobody is at the counter in the scene')
    await drawn(
      page,
      stage.show({ ...scenes.result, current: { ...current, id: '6a1d5b60-5a47-4a2a-9a3c-0a4d1f1f7aff' } }),
    )
    await eventually(
      'the panel of the next',
      async () =>
        (await page.getByLabel('点数（今日の合計）').count()) === 0 ||
        !(await page.getByLabel('点数（今日の合計）').isVisible()),
    )
    await page.getByText('お会計の目安', { exact: true }).click()
    expect(await page.getByLabel('点数（今日の合計）').inputValue()).toBe('')
  })

  test.each([
    { name: 'text of 125 percent', width: 1280, height: 800, text: 125 },
    { name: 'twice the text', width: 1280, height: 800, text: 200 },
    { name: '320 px', width: 320, height: 800, text: 100 },
  ])('opened, with $name, nothing is cut off, too pale, too small or silent', async ({ width, height, text }) => {
    await page.setViewportSize({ width, height })
    const protocol = await page.context().newCDPSession(page)
    await protocol.send('Page.setFontSizes', { fontSizes: { standard: (16 * text) / 100 } })
    await page.reload()
    await page.getByRole('heading', { name: '佐藤　美咲' }).waitFor()
    await page.clock.fastForward(1500)
    expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe(`${(16 * text) / 100}px`)
    await open()
    await page.getByText(/窓口でいただく額は決まりません/).waitFor()
    expect(await page.evaluate(inspect)).toEqual([])
    await protocol.send('Page.setFontSizes', { fontSizes: { standard: 16 } })
    await page.setViewportSize({ width: 1280, height: 800 })
  })
})
