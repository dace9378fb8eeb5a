// The screen in a real browser, in every state that the agent can send, under the product's own policy; and what stands
// around a visit: head, notices, list.
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Reception } from '../../src-main/contract/reception.ts'
import { chromiumPath } from '../browser.ts'
import { fault } from '../faults.ts'
import { onDesk } from './desk.ts'
import { drawn } from './drawn.ts'
import { inspect } from './inspect.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, the screen was not looked at')

describe.skipIf(!chromiumPath)('the reception screen', () => {
  const desk = onDesk()
  const { focused, focusIs, freeze, settle, called, show } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })

  test.each([100, 125])(
    'with text of %i percent no state is cut off, too pale, too small or silent',
    async (percent) => {
      await page.evaluate((size) => {
        document.documentElement.style.fontSize = `${size}%`
      }, percent)
      const found: string[] = []
      for (const [name, scene] of Object.entries<Reception>(scenes)) {
        if (name !== 'waiting') await show(scene)
        for (const fault of await page.evaluate(inspect)) found.push(`${name}: ${fault}`)
        if (!(await page.getByRole('status').first().textContent())) found.push(`${name}: nothing announced`)
        const isMarked = await page.getByRole('banner').getByText('トレーニング', { exact: true }).isVisible()
        if (isMarked !== (scene.mode === 'training')) found.push(`${name}: wrong mode`)
      }
      await page.evaluate(() => document.documentElement.removeAttribute('style'))
      expect(found).toEqual([])
    },
  )

  test('the page says which state it shows once every part of it is there, and not before', async () => {
    const other = await page.context().browser()?.newPage()
    if (!other) throw new Error('the page has no browser')
    const mayCome = Promise.withResolvers<void>()
    await other.route(/\/audit-page-[^/]*\.js$/, async (route) => {
      await mayCome.promise
      await route.continue()
    })
    await other.goto(stage.address)
    await drawn(other, stage.show(scenes.waiting))
    const revision = stage.show(scenes.auditDay)
    const heading = other.getByRole('heading', { name: '操作の記録' })
    const isDrawn = drawn(other, revision).then(() => heading.count())
    await other.locator('[data-coming]').waitFor({ state: 'attached' })
    expect(await other.evaluate(() => document.documentElement.dataset.revision)).toBe(String(revision))
    expect(await heading.count()).toBe(0)
    mayCome.resolve()
    expect(await isDrawn).toBe(1)
    await other.close()
  })

  test('the page speaks Japanese and has its landmarks', async () => {
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('ja')
    for (const role of ['banner', 'main', 'complementary'] as const) expect(await page.getByRole(role).count()).toBe(1)
  })

  test('the focus follows the visit', async () => {
    await focusIs('カードをリーダーに置いてください')
    stage.show(scenes.reading)
    await focusIs('カードを読み取っています')
    stage.show(scenes.pin)
    await focusIs('pin')
    stage.show(scenes.wrongPin)
    await focusIs('pin')
    stage.show(scenes.asking)
    await focusIs('PMHに照会しています')
    stage.show(scenes.delivering)
    await focusIs('佐藤　美咲')
    await page.keyboard.press('Tab')
    const elsewhere = await focused()
    // The file arrives: nothing is taken away from under the hands.
    await show(scenes.result)
    expect(await focused()).toBe(elsewhere)
    stage.show(scenes.timeout)
    await focusIs('PMH（公費等の照会先）から時間内に返事がありませんでした。')
    stage.show(scenes.reading)
    await focusIs('カードを読み取っています')
    stage.show(scenes.expired)
    await focusIs('カードの電子証明書の有効期限が切れています。')
    stage.show(scenes.question)
    await focusIs('前回確認した内容との違い確認が必要です')
    stage.show(scenes.choosing)
    await focusIs('この結果は、どの患者さんのものですか？確認が必要です')
  })

  test('the reader that reception uses is chosen with the keyboard', async () => {
    await show(scenes.twoReaders)
    await page.getByLabel('受付に使うリーダー').focus()
    await page.keyboard.press('ArrowDown')
    expect(await called('chooseReader')).toEqual({ reader: 'Sony FeliCa Port/PaSoRi 4.0 00 00' })
    await show(scenes.manyReaders)
    expect(await page.getByLabel('受付に使うリーダー').inputValue()).toBe('Sony FeliCa Port/PaSoRi 4.0 00 00')
  })

  test('a card that another program holds says so and that reading goes on by itself', async () => {
    await show(scenes.busy)
    await focusIs('ほかのソフトがカードを使っています。')
    await page.getByText('空くと自動で読み取ります。').first().waitFor()
  })

  fault('clock', 'The computer’s clock is some minutes off', {
    seen: 'words/desk screen.hub.clock',
    values: [7, true],
    class: 'transient',
    data: 'Nothing waits: it is the same day.',
    recovery: 'The clock is set, and the notice goes by itself.',
  })
  fault('tls', 'The clinic’s certificate for the hub ends soon', {
    seen: 'words/desk screen.hub.certificateEnds',
    values: ['令和8年11月28日', 5],
    class: 'permanent',
    data: 'Everything works until then.',
    recovery: 'Clinic IT puts in the new certificate; the notice becomes more pressing.',
  })
  test('what clinic IT should know stands above, calm at first and pressing later', async () => {
    await show(scenes.hubCertificate)
    await page.getByText('令和9年1月15日です（あと53日）').waitFor()
    await show(scenes.hubDown)
    await page.getByText('令和8年11月28日です（あと5日）').waitFor()
    await page.getByText('このパソコンの時計が約7分遅れています。').waitFor()
    await page.getByRole('banner').getByText('つながりません').waitFor()
  })

  test('a clock in doubt says what contradicts it, what waits meanwhile, and takes the word of a person for today only', async () => {
    await show(scenes.clockOff)
    const notice = page.locator('section section', { hasText: 'PMHの時刻は' })
    expect(await notice.textContent()).toContain('令和8年11月23日 9:00ですが、PMHの時刻は令和8年11月24日 9:00です。')
    expect(await notice.textContent()).toContain('レセコンへの受け渡し')
    await show(scenes.clockAhead)
    await page.getByText('前回使ったとき（令和8年10月2日 18:00）').waitFor()
    expect(await page.getByText('レセコンへの受け渡し').count()).toBe(0)
    await page.getByRole('button', { name: '今日は令和8年11月23日で合っています' }).click()
    expect(await called('confirmClock')).toEqual({ today: '2026-11-23' })
  })

  test('a notice that goes with its button leaves the focus on what the page is about', async () => {
    await show({ ...scenes.result, clockDoubt: scenes.clockOff.clockDoubt })
    await settle()
    await page.getByRole('button', { name: '今日は令和8年11月23日で合っています' }).focus()
    await focusIs('今日は令和8年11月23日で合っています')
    // Else the line, silent in this test, would be made anew, and the page with it.
    await freeze()
    await show(scenes.result)
    await focusIs('佐藤　美咲')
    await page.clock.resume()
  })

  test('the day of a file is a question once the clock is certain, and points to the clock before', async () => {
    const doubtful = (state: 'queued' | 'conflict'): Reception => {
      const { current } = scenes.result
      if (!current) throw new Error('nobody is at the counter')
      const deliveries = current.deliveries.map((each) => ({
        ...each,
        state,
        failure: { code: 'VISIT_DAY_WRONG' as const },
      }))
      return { ...scenes.result, current: { ...current, deliveries } }
    }
    const question = page.getByText('正しければ「もう一度送る」')
    await show(doubtful('queued'))
    await page.getByText('画面の上のお知らせで日付を確認してください。').first().waitFor()
    expect(await question.count()).toBe(0)
    await show(doubtful('conflict'))
    await question.first().waitFor()
  })

  test('a number of four digits leaves the name in the list readable', async () => {
    const visits = scenes.result.visits.map((each) => ({ ...each, number: 1003 }))
    await show({ ...scenes.result, visits })
    const row = page.getByRole('region', { name: '本日の受付' }).getByRole('listitem').first()
    await row.getByText('1003', { exact: true }).waitFor()
    const [number, name] = await row.evaluate((item) => {
      const range = document.createRange()
      return [...item.querySelectorAll('button > span:nth-child(-n+2)')].map((part) => {
        range.selectNodeContents(part)
        return range.getBoundingClientRect()
      })
    })
    expect(number?.right).toBeLessThan(name?.left ?? 0)
  })

  describe('an earlier visit', () => {
    test('is asked for from the list, and left with the keyboard', async () => {
      await page.getByRole('button', { name: /田中/ }).click()
      expect(await called('showVisit')).toEqual({ visitId: scenes.lookedUp.shown.id })
      await show(scenes.lookedUp)
      await page.getByText('受付 1番の記録を表示しています').waitFor()
      await focusIs('田中　陽翔')
      stage.calls.length = 0
      await settle()
      await page.getByRole('button', { name: '受付画面に戻る' }).press('Enter')
      expect(await called('showVisit')).toEqual({ visitId: null })
      await show(scenes.waiting)
      await focusIs('カードをリーダーに置いてください')
    })

    test('that waits for a person is taken up from there', async () => {
      await show(scenes.waitsForPerson)
      await page.getByRole('listitem').getByText('11/21').waitFor()
      await focusIs('佐藤　美咲')
      await settle()
      await page.getByRole('button', { name: '確認に進む' }).press('Enter')
      expect(await called('takeUpVisit')).toEqual({ visitId: scenes.waitsForPerson.shown.id })
    })

    test('is not taken up in the middle of another one', async () => {
      await show({ ...scenes.question, shown: { ...scenes.waitsForPerson.shown, id: scenes.lookedUp.shown.id } })
      await page.getByText('ほかの受付の途中です。').waitFor()
      expect(await page.getByRole('button', { name: '確認に進む' }).count()).toBe(0)
    })
  })

  test('the way back from a looked-up visit names who is at the counter, and is no next patient then', async () => {
    await show({ ...scenes.choosing, current: scenes.result.current })
    await page.getByRole('button', { name: '佐藤　美咲さんの受付に戻る' }).waitFor()
    expect(await page.getByRole('button', { name: '次の患者へ' }).count()).toBe(0)
    await show(scenes.choosing)
    await page.getByRole('button', { name: '次の患者へ' }).waitFor()
  })

  test('what has come in the place of something long begins at its top', async () => {
    const topOf = () => page.locator('main').evaluate((main) => main.scrollTop)
    const scrollDown = () => page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight))
    await show(scenes.question)
    await scrollDown()
    await show(scenes.decidedByHand)
    await focusIs('佐藤　美咲')
    expect(await topOf()).toBe(0)
    await scrollDown()
    await show(scenes.lookedUp)
    await focusIs('田中　陽翔')
    expect(await topOf()).toBe(0)
  })
})
