// Doses and checkups: registering them, looking through earlier ones, and what is half typed.
import type { Page } from 'playwright'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Reception } from '../../src-main/contract/reception.ts'
import { registrationContentSchema } from '../../src-main/eligibility/registrations.ts'
import { chromiumPath } from '../browser.ts'
import { onDesk } from './desk.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath)
  console.warn('LEFT OUT: Chromium is not installed, nobody looked at how doses and checkups are registered')

describe.skipIf(!chromiumPath)('registering', () => {
  const desk = onDesk()
  const { type, settle, called, show } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })

  describe('a dose', () => {
    test('is registered with the keyboard and the scanner', async () => {
      await show(scenes.vouchersToRegister)
      await settle()
      await page.getByRole('button', { name: '接種を登録する' }).first().press('Enter')
      await type('0104987123456786172712311012X45')
      await page.getByText('バーコードから読み取り: 12X45').waitFor()
      await page.keyboard.press('Tab')
      await page.getByLabel('接種部位').selectOption('左上腕')
      await settle()
      await page.getByRole('button', { name: '登録する', exact: true }).press('Enter')
      expect(await called('register')).toMatchObject({
        name: '麻しん・風しん（MR）第2期',
        content: { dose: { lotNumber: '12X45', site: 'leftUpperArm', doseNumber: 2, givenOn: '2026-11-23' } },
      })
    })

    test('outside its rule is registered only with a reason', async () => {
      await show(scenes.vouchersToRegister)
      const card = page.getByRole('article').filter({ hasText: '日本脳炎 第1期追加' })
      expect(await card.getByRole('button', { name: '接種を登録する' }).count()).toBe(0)
      await card.getByRole('button', { name: '対象外・時期外のまま登録する…' }).click()
      await card.getByLabel('製造番号（ロット）').fill('12X45')
      await card.getByLabel('接種部位').selectOption('左上腕')
      const send = card.getByRole('button', { name: '登録する', exact: true })
      expect(await send.isDisabled()).toBe(true)
      await card.getByLabel(/登録する理由/).selectOption('医師が必要と判断した')
      await send.click()
      expect(await called('register')).toMatchObject({ name: '日本脳炎 第1期追加', reason: 'doctor' })
    })

    test('that was registered says so on its card, and cannot be registered there again', async () => {
      await show(scenes.vouchers)
      const card = page.getByRole('article').filter({ hasText: '麻しん・風しん（MR）第2期' })
      expect(await card.getByRole('status').textContent()).toMatch(/登録済み訂正と取り消しは/)
      expect(await card.getByRole('button').count()).toBe(0)
    })

    test('whose record was cancelled does not stand there as registered', async () => {
      await show(scenes.vouchersCancelled)
      const lines = page.getByRole('region', { name: 'この受付で登録した記録' }).locator('p')
      const [first, cancelled] = await lines.allInnerTexts()
      expect(first).toMatch(/^変更・取り消し前の記録/)
      expect(cancelled).toMatch(/^取り消しました/)
      await page
        .getByRole('article')
        .filter({ hasText: '麻しん・風しん（MR）第2期' })
        .getByRole('button', { name: '接種を登録する' })
        .waitFor()
    })

    test('that is refused says so in view, wherever the form stands', async () => {
      await show(scenes.vouchersToRegister)
      stage.answer = { ok: false, error: { code: 'HUB_RECORD_DUPLICATE' } }
      const card = page.getByRole('article').filter({ hasText: '麻しん・風しん（MR）第2期' })
      await card.getByRole('button', { name: '接種を登録する' }).click()
      await card.getByLabel('製造番号（ロット）').fill('12X45')
      await card.getByLabel('接種部位').selectOption('左上腕')
      await card.getByRole('button', { name: '登録する', exact: true }).click()
      const refusal = page.getByRole('alert').filter({ hasText: '登録' })
      await refusal.waitFor()
      const scrolled = await page.getByRole('main').evaluate((main) => {
        main.scrollTo(0, main.scrollHeight)
        return main.scrollTop
      })
      expect(scrolled).toBeGreaterThan(200)
      const box = await refusal.boundingBox()
      expect(box && box.y >= 0 && box.y + box.height <= 800).toBe(true)
      await card.getByRole('button', { name: 'やめる' }).click()
    })

    test('is cancelled only after the question', async () => {
      await show(scenes.vouchers)
      await page.getByRole('button', { name: '登録を取り消す' }).click()
      expect(stage.calls.map(({ name }) => name)).not.toContain('changeRegistration')
      await page.getByRole('button', { name: '取り消す', exact: true }).click()
      expect(await called('changeRegistration')).toMatchObject({ content: null })
    })
  })

  test('every dose that was ever given is looked through at one click, with the rule behind what is found', async () => {
    await show(scenes.vouchers)
    await page.getByText('接種歴を確かめる（気になる記録1件）').click()
    await page.getByText('1期初回1回目の接種記録がありません。母子健康手帳で確認してください。').last().waitFor()
    await page.getByRole('heading', { name: 'これから受ける接種' }).waitFor()
  })

  describe('a checkup after a birth', () => {
    const items = ['問診', '診察', '体重測定', '血圧測定', '尿蛋白', '尿糖']
    const open = async () => {
      await show(scenes.postpartumToRegister)
      await settle()
      await page.getByRole('button', { name: '健診の結果を登録する' }).press('Enter')
      await page.getByRole('combobox', { name: /^結果/ }).selectOption('異常なし')
    }
    const send = () => page.getByRole('button', { name: '登録する', exact: true })

    test('is registered when all is done that the subsidy asks for, and staff have judged', async () => {
      await open()
      await page.getByText(/^未記入の項目: 問診、診察、/).waitFor()
      for (const item of items) await page.getByLabel(item, { exact: true }).check()
      await page.getByLabel('EPDSの合計').fill('9')
      await page.getByLabel('EPDSの質問10').fill('0')
      await page.getByText(/市区町村へ、速やかに情報提供してください。理由: EPDSの合計が9点（9点以上）/).waitFor()
      expect(await send().isDisabled()).toBe(true)
      await page.getByLabel('支援の判断（医師など）').selectOption('支援が必要')
      await settle()
      await send().press('Enter')
      const { content } = z.object({ content: registrationContentSchema }).parse(await called('register'))
      const measured = 'checkup' in content ? content.checkup.measurements : []
      expect(Object.fromEntries(measured.map(({ item, value }) => [item, value]))).toEqual({
        ...Object.fromEntries(items.map((item) => [item, '実施'])),
        ...{ EPDSの合計: '9', EPDSの質問10: '0', 支援の判断: '必要' },
      })
    })

    test('is registered with something missing only when staff say that it is not paid for', async () => {
      await open()
      await page.getByLabel('支援の判断（医師など）').selectOption('今は必要ない')
      expect(await send().isDisabled()).toBe(true)
      await page.getByLabel('助成の対象にならないことを承知して登録する').check()
      expect(await send().isDisabled()).toBe(false)
    })

    test('that was registered still says whom to tell', async () => {
      await show(scenes.postpartum)
      await page.getByText(/市区町村へ、速やかに情報提供してください。/).waitFor()
    })
  })

  describe('what is half typed when a card takes its form away', () => {
    const visit = scenes.vouchersToRegister.current
    const lookedUp: Reception = {
      ...scenes.vouchersToRegister,
      current: null,
      shown: visit,
    }
    const card = () => page.getByRole('article').filter({ hasText: '麻しん・風しん（MR）第2期' })

    // What other tests have left half typed is none of this.
    beforeEach(async () => {
      await page.reload()
      await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).waitFor()
    })

    test('is told once the patient does not look any more, and stands there again', async () => {
      await show(lookedUp)
      await card().getByRole('button', { name: '接種を登録する' }).click()
      await card().getByLabel('製造番号（ロット）').fill('12X45')
      await card().getByLabel('接種部位').selectOption('左上腕')
      await show(scenes.pin)
      expect(await page.getByText('書きかけの入力があります。').count()).toBe(0)
      await show({ ...lookedUp, shown: null })
      await page.getByText('書きかけの入力があります。').waitFor()
      await page.getByRole('button', { name: /^受付 \d+番に戻る$/ }).click()
      expect(await called('showVisit')).toEqual({ visitId: visit?.id })
      await show(lookedUp)
      expect(await card().getByLabel('製造番号（ロット）').inputValue()).toBe('12X45')
      expect(await card().getByLabel('接種部位').inputValue()).toBe('leftUpperArm')
      expect(await page.getByText('書きかけの入力があります。').count()).toBe(0)
      await card().getByRole('button', { name: 'やめる' }).click()
      await show({ ...lookedUp, shown: null })
      expect(await page.getByText('書きかけの入力があります。').count()).toBe(0)
    })

    test('is a note on the visit, over a broken line too, and gone once it was given up', async () => {
      await show(lookedUp)
      await desk.settle()
      await page.keyboard.press('F6')
      await page.getByLabel('メモ').fill('金曜日にお会')
      stage.disconnect()
      await page.getByRole('heading', { name: '窓口プログラムとの接続が切れました' }).waitFor()
      expect(await page.content()).not.toContain('金曜日')
      stage.connect()
      await page.clock.runFor(2000)
      expect(await page.getByLabel('メモ').inputValue()).toBe('金曜日にお会')
      desk.problems.length = 0
      await show(scenes.pin)
      await show(lookedUp)
      expect(await page.getByLabel('メモ').inputValue()).toBe('金曜日にお会')
      await page.getByLabel('メモ').press('Escape')
      await show({ ...lookedUp, shown: null })
      expect(await page.getByText('書きかけの入力があります。').count()).toBe(0)
    })

    test('is a line on the sheet of a cap, with the way back to that sheet', async () => {
      await show(scenes.capHere)
      await page.getByRole('button', { name: '管理票の行を記入' }).click()
      await page.getByLabel('11月の日').fill('5')
      await page.getByLabel('指定医療機関名').fill('みどり薬')
      await show({ ...lookedUp, shown: null })
      await page.getByRole('button', { name: /の上限額管理に戻る$/ }).click()
      const { page: place } = scenes.capHere
      expect(await called('openCapSheet')).toMatchObject({
        visitId: place.name === 'capSheet' ? place.sheet?.visitId : undefined,
        month: '2026-11',
      })
      await show(scenes.capHere)
      expect(await page.getByLabel('指定医療機関名').inputValue()).toBe('みどり薬')
      expect(await page.getByLabel('11月の日').inputValue()).toBe('5')
      await page.getByLabel('指定医療機関名').press('Escape')
      await show({ ...lookedUp, shown: null })
      expect(await page.getByText('書きかけの入力があります。').count()).toBe(0)
    })

    test('is a question to the terminal and a 診察券番号, too', async () => {
      await show(scenes.terminalQuery)
      await page.getByLabel('番号', { exact: true }).fill('1234567')
      await show(lookedUp)
      await page.getByRole('button', { name: '登録', exact: true }).click()
      await page.getByLabel('診察券番号').fill('00123')
      await show({ ...scenes.terminalQuery, visits: lookedUp.visits })
      expect(await page.getByLabel('番号', { exact: true }).inputValue()).toBe('1234567')
      await page.getByRole('button', { name: /^受付 \d+番に戻る$/ }).waitFor()
      await show(lookedUp)
      expect(await page.getByLabel('診察券番号').inputValue()).toBe('00123')
      await page.getByRole('button', { name: 'やめる' }).click()
      await page.getByRole('button', { name: '資格照会に戻る' }).waitFor()
      await show(scenes.terminalQuery)
      await page.getByLabel('番号', { exact: true }).fill('')
    })
  })
})
