// What a person reads of an answer and decides about it.
import type { Locator, Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import { referenceOf } from '../../src-main/ground/reference.ts'
import { referenceText } from '../../src-main/words/failures.ts'
import { chromiumPath } from '../browser.ts'
import { eventually } from '../support.ts'
import { onDesk } from './desk.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody looked at answers')

describe.skipIf(!chromiumPath)('an answer on the screen', () => {
  const desk = onDesk()
  const { focusIs, freeze, enter, called, show } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })

  /** What stands in each cell. */
  const rowsOf = (table: Locator) =>
    table
      .getByRole('row')
      .evaluateAll((rows) => rows.map((row) => [...row.children].map(({ textContent }) => textContent)))

  describe('a decision', () => {
    const numbers = () =>
      page
        .locator('article dd')
        .filter({ hasText: /^[0-9]+$/ })
        .allTextContents()

    test('says of each choice what it does to the receipt computer, before it is made', async () => {
      await show(scenes.question)
      const choices = await page
        .getByRole('main')
        .getByRole('radio')
        .evaluateAll((radios) => radios.map((radio) => radio.closest('label')?.textContent))
      expect(choices).toEqual([
        '今回の内容を使うレセコンには今回の内容が入ります。',
        '前回の内容を使うレセコンには前回の内容が入ります。今回の内容は入りません。',
        'まだ使わないレセコンには入りません。手で入力してください。',
        '紙で前回と同じ内容を確認したレセコンには前回の内容が「紙で確認」として入ります。',
        '今回は保留（次回また確認）レセコンには入りません。使うときは、手で入力してください。',
      ])
    })

    test('about a certificate without an answer shows what was confirmed of it, to compare with the paper', async () => {
      await show(scenes.question)
      const table = page.getByRole('table').filter({ hasText: '紙と見比べてください' })
      expect(await rowsOf(table)).toEqual([
        ['', '前回確認した内容（紙と見比べてください）'],
        ['公費負担者番号', '81136244'],
        ['公費受給者番号', '0613042'],
        ['有効期間の開始', '令和8年10月1日'],
        ['有効期間の終了', '期限の定めなし'],
      ])
    })

    test('shows both versions side by side, and marks what has changed by a word and a sign', async () => {
      await show(scenes.changedNumbers)
      const table = page.getByRole('table').first()
      expect(await rowsOf(table)).toEqual([
        ['', '前回', '今回'],
        ['公費負担者番号', '54136015', '54136015'],
        ['公費受給者番号変更', '5401602', '5401610'],
        ['有効期間の開始', '令和8年1月1日', '令和8年1月1日'],
        ['有効期間の終了変更', '令和8年12月31日', '令和9年12月31日'],
        ['不開示変更', 'なし', 'あり'],
        ['券面の記載変更', '前回 内容を見る疾病名 潰瘍性大腸炎', '今回 内容を見る疾病名 クローン病'],
      ])
      for (const row of await table.getByRole('row').filter({ hasText: '変更' }).all()) {
        expect(await row.locator('svg').count()).toBe(1)
      }
      // The parts that differ are underlined, so that nobody has to compare seven digits.
      const marked = await table
        .locator('span')
        .evaluateAll((spans) =>
          spans
            .filter((span) => getComputedStyle(span).textDecorationLine === 'underline' && !span.closest('summary'))
            .map(({ textContent }) => textContent),
        )
      expect(marked).toEqual(['160', '2', '161', '0'])
      await page.getByText('不開示は、どれを選んでもすぐに有効になります。').waitFor()
    })

    test('names no illness on the screen before somebody wants to see it', async () => {
      await show(scenes.changedNumbers)
      const illness = page.getByText('クローン病').first()
      expect(await illness.isVisible()).toBe(false)
      await page.getByRole('table').getByText('内容を見る').last().click()
      expect(await page.getByRole('table').getByText('クローン病').isVisible()).toBe(true)
    })

    test('says what the receipt computer will hold as it is chosen so far, before it is sent', async () => {
      await show(scenes.question)
      const told = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor()
      await told('あと2件を選んでください。選ぶまで、レセコンには届けません。')
      await page.getByText('今回の内容を使う').click()
      await told('あと1件を選んでください。')
      await page.getByText('今回は保留（次回また確認）').click()
      await told('確定すると、レセコンに1件が入ります。1件は手入力が必要です。')
      await page.getByText('紙で前回と同じ内容を確認した').click()
      await told('確定すると、レセコンに2件が入ります。手入力は必要ありません。')
    })

    test('to leave something out is never green: above, beside the patient, and in the list', async () => {
      await show(scenes.decidedByHand)
      expect(await page.getByRole('status').first().textContent()).toContain('2件は手入力が必要です')
      const panel = page.getByRole('region', { name: '2件は手入力が必要です' })
      expect(await panel.getByRole('listitem').count()).toBe(2)
      // Numbers that nobody accepted are not for copying; those to look for on the paper are.
      expect(await panel.textContent()).toContain('81136244')
      expect(await panel.textContent()).not.toContain('54136015')
      expect(await numbers()).toEqual(['88138243', '1234566'])
      expect(await page.getByText('要対応').filter({ visible: true }).count()).toBe(2)
      const row = page.locator('ol button').filter({ hasText: '要対応' })
      expect(await row.textContent()).toContain('2件は手入力')
      expect(await row.textContent()).not.toContain('送信済み')
    })

    test('to leave something out is settled by whoever has entered it, and can be taken back', async () => {
      await show(scenes.decidedByHand)
      await page.getByRole('button', { name: '手で入力した' }).click()
      const visitId = scenes.decidedByHand.current?.id
      expect(await called('enteredByHand')).toEqual({ visitId, isEntered: true })
      await show(scenes.enteredByHand)
      await page.getByRole('region', { name: '1件は9:20に手で入力しました' }).waitFor()
      expect(await page.getByText('要対応').filter({ visible: true }).count()).toBe(0)
      stage.calls.length = 0
      await page.getByRole('button', { name: '入力していない' }).click()
      expect(await called('enteredByHand')).toEqual({ visitId, isEntered: false })
    })

    test('shows exactly what was handed over: the numbers kept, not the numbers refused', async () => {
      await show(scenes.decidedAsBefore)
      expect(await numbers()).toEqual(['54136015', '5401602', '81136244', '0613042'])
      expect(await page.locator('article').first().textContent()).toContain('前回の内容')
      expect(await page.locator('article').last().textContent()).toContain('紙で確認')
      // The new 不開示 counts although the rest was kept as before.
      expect(await page.getByText('不開示の対象です').first().isVisible()).toBe(true)
    })

    test('that takes over nothing shows no certificate as one that was sent', async () => {
      await show(scenes.nothingAccepted)
      expect(await page.locator('article').count()).toBe(0)
      expect(await page.getByText('回答を使っていません').isVisible()).toBe(true)
    })

    test('about the order that comes after the file leaves the cards as the file is, and says so', async () => {
      await show(scenes.orderedLater)
      expect(await numbers()).toEqual(['81136244', '0613042', '88138243', '1234566'])
      expect(await page.locator('article').first().textContent()).toContain('第1公費')
      await page.getByRole('heading', { name: '次回からの請求での順序' }).waitFor()
      const sent = 'この受付は、第1公費 ひとり親家庭等医療費受給者証、第2公費 子ども医療費受給者証の順で送っています。'
      await page.getByText(sent).waitFor()
    })
  })

  describe('the answer', () => {
    test('keeps the name in sight however far one reads, and the page itself never scrolls', async () => {
      await show(scenes.question)
      await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight))
      const top = () =>
        page.getByRole('heading', { name: '佐藤　美咲' }).evaluate((node) => node.getBoundingClientRect().top)
      expect(await top()).toBeGreaterThanOrEqual(0)
      expect(await page.locator('main').evaluate((main) => main.scrollTop)).toBeGreaterThan(0)
      await page.getByRole('heading', { name: '佐藤　美咲' }).and(page.locator(':visible')).waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight)).toBe(true)
    })

    test('numbers are grouped for the eye and whole when copied', async () => {
      await show(scenes.result)
      const copied = await page.evaluate(() => {
        const number = [...document.querySelectorAll('dd')].find(({ textContent }) => textContent === '54136015')
        if (number) getSelection()?.selectAllChildren(number)
        return [getSelection()?.toString(), number?.querySelectorAll('span span').length]
      })
      expect(copied).toEqual(['54136015', 4])
    })

    test('only today is anything called valid', async () => {
      await show(scenes.result)
      expect(await page.getByText('有効', { exact: true }).count()).toBe(1)
      await show(scenes.offline)
      expect(await page.getByText('有効', { exact: true }).count()).toBe(0)
      await page.getByText('11月2日 10:05（21日前）に照会した内容です。今回の回答ではありません。').first().waitFor()
    })

    test('of a protected person says so before the cards', async () => {
      await show(scenes.undisclosed)
      const tops = await page
        .getByText('不開示の対象です。')
        .or(page.getByRole('article').first())
        .evaluateAll((elements) => elements.map((element) => [element.tagName, element.getBoundingClientRect().top]))
      const [first] = tops.toSorted(([, a], [, b]) => Number(a) - Number(b))
      expect(first?.[0]).toBe('P')
      await show(scenes.result)
      expect(await page.getByText('不開示の対象です。').count()).toBe(0)
    })

    test('that could not be had can be asked for again', async () => {
      await show(scenes.offline)
      await page.getByRole('button', { name: 'もう一度' }).click()
      expect(await called('retryVisit')).toEqual({ visitId: scenes.offline.current?.id })
    })

    test('a file that cannot get out stands above the answer, with a way on only where trying again can help', async () => {
      await show(scenes.heldUp)
      const order = await page.locator('h3').allTextContents()
      expect(order[0]).toBe('レセコンへの送信')
      const again = page.getByRole('listitem').filter({ hasText: 'JSON' }).getByRole('button', { name: 'もう一度送る' })
      expect(await again.count()).toBe(1)
      await again.click()
      expect(await called('retryDelivery')).toEqual({ deliveryId: scenes.heldUp.current?.deliveries[1]?.id })
      // What is being read stays where it is; the next look finds it below.
      await show(scenes.waiting)
      await show(scenes.result)
      expect((await page.locator('h3').allTextContents()).at(-1)).toBe('レセコンへの送信')
    })

    test('a file that was refused or is not taken says so, and a person can settle it', async () => {
      await show(scenes.refused)
      await page.getByText('受け付けられず').waitFor()
      await page.getByText('未取り込み').waitFor()
      const [refused, untaken] = scenes.refused.current?.deliveries ?? []
      await page.getByRole('button', { name: 'もう一度送る' }).click()
      expect(await called('retryDelivery')).toEqual({ deliveryId: refused?.id })
      await page.getByRole('button', { name: '送らない' }).click()
      expect(await called('cancelDelivery')).toEqual({ deliveryId: refused?.id })
      await page.getByRole('button', { name: '手で入力した' }).last().click()
      expect(await called('markDeliveryImported')).toEqual({ deliveryId: untaken?.id })
    })

    test('a call that is refused says why, and under which number, as the visit that failed does', async () => {
      stage.answer = { ok: false, error: { code: 'CARD_NOT_PRESENT', detail: { reference: '482-163' } } }
      await show(scenes.timeout)
      await page.getByText(referenceText(referenceOf(scenes.timeout.current?.id ?? ''))).waitFor()
      await page.getByRole('button', { name: 'もう一度' }).click()
      await page.getByRole('alert').filter({ hasText: 'お問い合わせ番号 482-163' }).waitFor()
      await page.getByRole('alert').filter({ hasText: 'カードが置かれていません。' }).waitFor()
    })
  })

  test('two helps of municipalities are asked about with nothing chosen, by the keyboard alone', async () => {
    await show(scenes.helps)
    await focusIs('市区町村の助成が重なっています確認が必要です')
    const goOn = page.getByRole('button', { name: 'この内容で進む' })
    expect(await goOn.isDisabled()).toBe(true)
    await freeze()
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await eventually('a help is chosen', () => goOn.isEnabled())
    await page.keyboard.press('Tab')
    await enter()
    const visitId = scenes.helps.current?.id
    expect(await called('chooseHelps')).toEqual({ visitId, used: [expect.any(Number)] })
    await page.clock.resume()
  })

  test('a decision waits until it is said which of several helps is used, and says so', async () => {
    await show(scenes.helpsAndQuestion)
    await focusIs('市区町村の助成が重なっています確認が必要です')
    await page.getByText('今回の内容を使う').click()
    await page.getByRole('status').filter({ hasText: '先に、上の「市区町村の助成が重なっています」に答え' }).waitFor()
    expect(await page.getByRole('button', { name: '確定してレセコンに送る' }).isDisabled()).toBe(true)
  })

  test.each([
    ['ends soon', scenes.certificateEnds, '令和9年1月12日です'],
    [
      'is in its grace',
      scenes.certificateGrace,
      '令和8年10月12日に切れました。保険証として使えるのは令和9年1月31日までです。',
    ],
  ])('a certificate that %s is told with its date beside the answer', async (_, scene, text) => {
    await show(scene)
    await page.getByText(text).waitFor()
  })
})
