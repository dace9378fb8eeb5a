// The sheet of a monthly cap by the keyboard alone, in a real browser: what is entered, corrected, said of the paper, and
// what is never claimed.
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Reception } from '../../src-main/contract/reception.ts'
import { chromiumPath } from '../browser.ts'
import { eventually } from '../support.ts'
import { onDesk } from './desk.ts'
import { drawn } from './drawn.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, the sheet of a cap was not looked at')

const sheetOf = ({ page }: Reception) => {
  if (page.name !== 'capSheet' || !page.sheet) throw new Error('no sheet in this scene')
  const { visitId, certificate, month, seen } = page.sheet
  const { payerNumber, recipientNumber } = certificate
  return { visitId, certificate: { payerNumber, recipientNumber }, month, seen }
}

describe.skipIf(!chromiumPath)('the sheet of a monthly cap', () => {
  const desk = onDesk()
  const { type, called } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })
  const show = async (scene: Reception) => {
    await drawn(page, stage.show(scene))
    await page.getByRole('heading', { name: '自己負担上限額管理' }).waitFor()
  }
  /** What stands there has been seen. */
  const press = async (key: string) => {
    await page.clock.fastForward(1000)
    await page.keyboard.press(key)
  }
  const pressButton = async (name: string | RegExp) => {
    await page.getByRole('button', { name }).focus()
    await press('Enter')
  }
  const total = () => page.getByRole('region', { name: '11月の累計' }).textContent()
  const isFocused = (label: string) =>
    eventually(`focus on ${label}`, () => page.getByLabel(label).evaluate((field) => field === document.activeElement))

  test('is opened from the certificate of a visit', async () => {
    await drawn(page, stage.show(scenes.result))
    await page.getByRole('heading', { name: '佐藤　美咲' }).waitFor()
    await pressButton('上限額管理')
    expect(await called('openCapSheet')).toEqual({
      visitId: scenes.result.current?.id,
      certificate: { payerNumber: '54136015', recipientNumber: '5401602' },
      month: '2026-11',
    })
  })

  test('takes what was paid here in two amounts, whatever the keyboard makes of them', async () => {
    await show(scenes.capUnknown)
    await pressButton('この受診の分を記入')
    await isFocused('医療費総額（10割）')
    await type('15,000')
    await page.keyboard.press('Tab')
    await type('３０００')
    await press('Enter')
    expect(await called('enterCapLine')).toEqual({
      ...sheetOf(scenes.capUnknown),
      content: { day: '2026-11-23', institution: null, totalCostYen: 15_000, paidYen: 3_000 },
    })
    // The form has done its work.
    await page.getByRole('form', { name: 'この受診の分' }).waitFor({ state: 'detached' })
  })

  test('takes a line of the paper by its day of the month, with or without the cost', async () => {
    await show(scenes.capHere)
    await pressButton('管理票の行を記入')
    await isFocused('11月の日')
    await type('5')
    await page.keyboard.press('Tab')
    await type('みどり薬局')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await type('2400')
    await press('Enter')
    expect(await called('enterCapLine')).toEqual({
      ...sheetOf(scenes.capHere),
      content: { day: '2026-11-05', institution: 'みどり薬局', totalCostYen: null, paidYen: 2_400 },
    })
  })

  test('sends nothing for a day that is none, or without an amount', async () => {
    await show(scenes.capHere)
    await pressButton('管理票の行を記入')
    await type('31')
    await page.keyboard.press('Tab')
    await type('みどり薬局')
    const save = page.getByRole('button', { name: '記入する' })
    await page.getByLabel('自己負担額', { exact: true }).fill('100')
    expect(await save.isDisabled()).toBe(true)
    await page.getByLabel('11月の日').fill('30')
    expect(await save.isDisabled()).toBe(false)
    await page.getByLabel('自己負担額', { exact: true }).fill('百円')
    expect(await save.isDisabled()).toBe(true)
    await press('Escape')
    await save.waitFor({ state: 'detached' })
    expect(stage.calls).toEqual([])
  })

  test('tells a refusal beside the fields, and keeps what was typed', async () => {
    await show(scenes.capHere)
    await pressButton('管理票の行を記入')
    stage.answer = { ok: false, error: { code: 'CAP_ENTRY_OVER' } }
    await type('5')
    await page.getByLabel('指定医療機関名').fill('みどり薬局')
    await page.getByLabel('自己負担額', { exact: true }).fill('24000')
    await page.getByLabel('自己負担額', { exact: true }).focus()
    await press('Enter')
    const form = page.getByRole('form', { name: '紙の管理票の行' })
    await form.getByRole('alert').filter({ hasText: '月額自己負担上限額を超えています' }).waitFor()
    expect(await page.getByLabel('指定医療機関名').inputValue()).toBe('みどり薬局')
    expect(await page.getByRole('alert').count()).toBe(1)
  })

  test('corrects a line only with who and why, and strikes it out only after asking', async () => {
    await show(scenes.capEverywhere)
    await pressButton('2026/11/05 みどり薬局 訂正')
    const save = page.getByRole('button', { name: '訂正する' })
    await page.getByLabel('自己負担額', { exact: true }).fill('240')
    expect(await save.isDisabled()).toBe(true)
    await page.getByLabel('訂正する人').fill('受付 田村')
    await page.getByLabel('理由').fill('桁の読み違い')
    await page.getByLabel('理由').focus()
    await press('Enter')
    const line = { day: '2026-11-05', institution: 'みどり薬局', totalCostYen: 12_000 }
    expect(await called('correctCapLine')).toMatchObject({
      ...sheetOf(scenes.capEverywhere),
      content: { ...line, paidYen: 240 },
      by: '受付 田村',
      why: '桁の読み違い',
    })
    await save.waitFor({ state: 'detached' })
    stage.calls.length = 0

    await pressButton('2026/11/05 みどり薬局 訂正')
    await page.getByLabel('訂正する人').fill('受付 田村')
    await page.getByLabel('理由').fill('二重')
    await pressButton('この行を取り消す')
    expect(stage.calls).toEqual([])
    await pressButton('この行を取り消す')
    expect(await called('correctCapLine')).toMatchObject({ content: null, why: '二重' })
  })

  test('says what is struck out or corrected, by whom, from what and why', async () => {
    await show(scenes.capCorrected)
    const rows = await page.getByRole('row').allTextContents()
    expect(rows[1]).toContain('受付 田村が訂正')
    expect(rows[1]).toContain('2026/11/05・みどり薬局・12,000円・2,400円（桁の読み違い）')
    expect(rows[3]).toContain('受付 田村が取消（二重に記入した）')
    expect(await page.getByRole('button', { name: '2026/11/14 みどり薬局 訂正' }).count()).toBe(0)
  })

  test('calls the total what it is', async () => {
    const told: string[] = []
    for (const scene of [scenes.capUnknown, scenes.capHere, scenes.capCorrected, scenes.capEverywhere]) {
      await drawn(page, stage.show(scenes.waiting))
      await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).waitFor()
      await show(scene)
      told.push((await total()) ?? '')
    }
    const [unknown, here, entered, everywhere] = told
    expect(unknown).toContain('不明')
    expect(unknown).not.toMatch(/累計0円|残り/)
    expect(here).toContain('3,000円この医院の分だけ')
    expect(here).toContain('残り最大 7,000円')
    expect(entered).toContain('5,200円記入した分だけ')
    expect(everywhere).toContain('5,400円管理票のとおり')
    expect(everywhere).toContain('残り4,600円')
  })

  test('gives the running total for the paper only where it is that of the paper', async () => {
    const line = () => page.getByRole('region', { name: '管理票に書く行' }).textContent()
    await show(scenes.capHere)
    expect(await line()).toContain('紙の直前の累積額に3,000円を足して記入')
    await show(scenes.capEverywhere)
    await eventually('the total', async () => `${await line()}`.includes('自己負担の累積額（月額）5,400円'))
  })

  test.each([
    ['reached', scenes.capReached, '上限額に達しています'],
    ['exceeded', scenes.capExceeded, '上限額を1,000円超えています'],
    ['nothing', scenes.capZero, '上限額は0円です'],
    ['not said', scenes.capNotSaid, '上限額が登録されていません'],
  ])('says what a cap that is %s means', async (_, scene, sentence) => {
    await show(scene)
    await page.getByRole('region', { name: '11月の累計' }).getByText(sentence).waitFor()
    expect(await total()).not.toContain('残り')
  })

  test('says of the visit that reaches the cap where else the paper wants it', async () => {
    await show(scenes.capReached)
    await page.getByText('「月額自己負担上限額に達しました」の欄にも').waitFor()
    await show(scenes.capEverywhere)
    await page.getByText('「月額自己負担上限額に達しました」の欄にも').waitFor({ state: 'detached' })
  })

  test('takes the word of whoever has looked at the paper, and takes it back', async () => {
    await show(scenes.capHere)
    await pressButton('管理票の行をすべて記入した')
    expect(await called('sayCapPaperSeen')).toEqual({ ...sheetOf(scenes.capHere), isSeen: true })
    stage.calls.length = 0
    await show(scenes.capEverywhere)
    await pressButton('確認を取り消す')
    expect(await called('sayCapPaperSeen')).toEqual({ ...sheetOf(scenes.capEverywhere), isSeen: false })
  })

  test('turns to other months, not to those to come; a visit has its line in its own', async () => {
    await show(scenes.capHere)
    expect(await page.getByRole('button', { name: '次の月' }).isDisabled()).toBe(true)
    await pressButton('前の月')
    expect(await called('openCapSheet')).toMatchObject({ month: '2026-10' })
    stage.calls.length = 0
    await show(scenes.capEarlierMonth)
    await page.getByRole('region', { name: '10月の累計' }).waitFor()
    expect(await page.getByRole('button', { name: 'この受診の分を記入' }).count()).toBe(0)
    await pressButton('次の月')
    expect(await called('openCapSheet')).toMatchObject({ month: '2026-11' })
  })

  test('goes to the printer in the form of the official sheet, and nothing else does', async () => {
    await show(scenes.capCorrected)
    await pressButton(/^印刷/)
    await page.getByLabel('上限額管理票の控え').check()
    await page.getByRole('region', { name: '印刷の見本' }).getByText('徴収印').waitFor()
    await page.emulateMedia({ media: 'print' })
    const isSeen = async (text: string) => (await page.getByText(text).filter({ visible: true }).count()) > 0
    for (const printed of [
      '令和8年11月分　自己負担上限額管理票',
      '下記のとおり月額自己負担上限額に達しました。',
      '医療費総額（10割）',
      '自己負担の累積額（月額）',
      '徴収印',
      'みどり薬局 元本郷町店',
      '5,200円',
      'この医院で記入した分だけの控えです。',
    ]) {
      expect([printed, await isSeen(printed)]).toEqual([printed, true])
    }
    // Struck lines, other patients and the way back stay on the screen.
    for (const other of ['2026/11/14', '田中', '印刷をやめる'])
      expect([other, await isSeen(other)]).toEqual([other, false])
    await page.emulateMedia({ media: 'screen' })
    await press('Escape')
    for (const other of ['2026/11/14', '田中', '受付に戻る'])
      expect([other, await isSeen(other)]).toEqual([other, true])
  })
})
