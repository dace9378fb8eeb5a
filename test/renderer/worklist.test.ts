// The list beside the counter as the work of the day, with the keyboard alone and in a real browser.
import type { Page } from 'playwright'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ListedVisit, Reception } from '../../src-main/contract/reception.ts'
import { matching, ofPile, withNumber } from '../../src-renderer/worklist/wanted.ts'
import { chromiumPath } from '../browser.ts'
import { eventually } from '../support.ts'
import { onDesk } from './desk.ts'
import { drawn } from './drawn.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const row = (number: number, more: Partial<ListedVisit> = {}): ListedVisit => ({
  id: id(number),
  number,
  day: '2026-11-23',
  state: 'handedOver',
  desk: null,
  startedAt: '2026-11-23T09:00:00.000+09:00',
  name: `練習　${number}`,
  nameKana: 'レンシュウ　ハナコ',
  birthDate: '1990-05-05',
  patientNumber: String(number).padStart(7, '0'),
  nth: 1,
  hasNote: false,
  isHeldUp: false,
  byHand: 0,
  ...more,
})

const harada = row(5, { name: '原田　京子', nameKana: 'ハラダ　キョウコ', patientNumber: 'A-77', state: 'choosing' })
const watanabe = row(4, { name: '渡辺　学', nameKana: 'ﾜﾀﾅﾍﾞ ｶﾞｸ', patientNumber: null, state: 'offline' })
const again = row(3, { name: '田中　陽翔', nameKana: 'タナカ　ハルト', birthDate: '2025-02-28', nth: 2, byHand: 2 })
const heldUp = row(2, { name: null, nameKana: null, birthDate: null, patientNumber: null, isHeldUp: true })
const first = row(1, {
  name: '田中　陽翔',
  nameKana: 'タナカ　ハルト',
  birthDate: '2025-02-28',
  patientNumber: '0000003',
})
const few = [harada, watanabe, again, heldUp, first]
const thousand = Array.from({ length: 1000 }, (_, at) => row(1000 - at))

describe('what is wanted of the list', () => {
  const numbers = (visits: readonly ListedVisit[]) => visits.map(({ number }) => number)

  test.each([
    ['はらだ', [5]],
    ['ｷｮｳｺ', [5]],
    ['キヨウコ', [5]],
    ['わたなべ　がく', [4]],
    ['渡辺', [4]],
    ['たなか', [3, 1]],
    ['a77', []],
    ['Ａ－７７', [5]],
    ['0000003', [3, 1]],
    ['2', [2]],
    ['', [5, 4, 3, 2, 1]],
    ['いません', []],
  ])('「%s」 finds it by its sound, its number or the name', (typed, found) => {
    expect(numbers(matching(few, typed))).toEqual(found)
  })

  test('stands in the pile of what a person has to settle, or of what has not got out', () => {
    expect(numbers(ofPile(few, 'all'))).toEqual([5, 4, 3, 2, 1])
    expect(numbers(ofPile(few, 'needsPerson'))).toEqual([5, 3])
    expect(numbers(ofPile(few, 'unsent'))).toEqual([4, 2])
  })

  test('is by its 診察券番号 the newest visit of exactly that number', () => {
    expect(withNumber(few, '0000003')?.number).toBe(3)
    expect(withNumber(few, '000003')).toBeUndefined()
    expect(withNumber(few, 'Ａ－７７')?.number).toBe(5)
  })
})

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody looked at the list')

describe.skipIf(!chromiumPath)('the worklist', () => {
  const desk = onDesk()
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })

  const list = () => page.getByRole('region', { name: '本日の受付' })
  const rows = () => list().getByRole('listitem')
  const focusedRow = () => page.evaluate(() => document.activeElement?.closest('li')?.getAttribute('aria-posinset'))
  const focusIsOn = (place: number) =>
    eventually(`focus on row ${place}`, async () => (await focusedRow()) === String(place))
  const shown = async () => {
    await eventually('a visit is asked for', () => stage.calls.some(({ name }) => name === 'showVisit'))
    return stage.calls.find(({ name }) => name === 'showVisit')?.request
  }
  const see = async (visits: readonly ListedVisit[], more: Partial<Reception> = {}) => {
    await drawn(page, stage.show({ ...scenes.waiting, ...more, visits: [...visits] }))
    const [top] = visits
    if (top) await rows().first().getByText(String(top.number), { exact: true }).waitFor()
  }
  const scan = async (text: string) => {
    await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000))
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
    await page.clock.resume()
  }

  beforeEach(async () => {
    // Whatever was typed goes with a list that is hidden.
    await drawn(page, stage.show(scenes.reading))
    await list().getByText('ほかの受付を表示しません').waitFor()
    await see(few)
    stage.calls.length = 0
  })

  test('tells of each who it is, and marks the second visit of a day', async () => {
    const texts = await rows().allTextContents()
    expect(texts[0]).toContain('原田　京子どなたか確認ハラダ　キョウコ36歳　診察券 A-77')
    expect(texts[2]).toMatch(/2回目生後20か月.*2件は手入力/)
    expect(texts[4]).not.toContain('回目')
  })

  test('counts its piles, and shows one of them by the arrow keys', async () => {
    await page.keyboard.press('F2')
    await page.keyboard.press('Tab')
    expect(await list().getByText('すべて').textContent()).toBe('すべて5')
    await page.keyboard.press('ArrowRight')
    await eventually('those that need a person', async () => (await rows().count()) === 2)
    expect(await list().getByRole('radio', { name: '要確認 2' }).isChecked()).toBe(true)
    await page.keyboard.press('ArrowRight')
    await eventually('those that have not got out', async () => (await rows().count()) === 2)
    expect(await rows().first().textContent()).toContain('渡辺　学')
    await page.keyboard.press('ArrowRight')
    await eventually('all again', async () => (await rows().count()) === 5)
  })

  test('is searched from anywhere by F2, and Enter opens the only one', async () => {
    await page.keyboard.press('F2')
    await page.keyboard.type('はらだ', { delay: 40 })
    await list().getByText('1件見つかりました。').waitFor({ state: 'attached' })
    await page.keyboard.press('Enter')
    expect(await shown()).toEqual({ visitId: harada.id })
  })

  test('leaves several that are found to the arrow keys, and Esc ends the search', async () => {
    await page.keyboard.press('F2')
    await page.keyboard.type('タナカ', { delay: 40 })
    await eventually('both', async () => (await rows().count()) === 2)
    await page.keyboard.press('Enter')
    await focusIsOn(1)
    expect(stage.calls).toEqual([])
    await page.keyboard.press('ArrowDown')
    await focusIsOn(2)
    await page.keyboard.press('Enter')
    expect(await shown()).toEqual({ visitId: first.id })
    await page.keyboard.press('F2')
    await page.keyboard.press('Escape')
    await eventually('all again', async () => (await rows().count()) === 5)
  })

  test('says when nobody is meant', async () => {
    await page.keyboard.press('F2')
    await page.keyboard.type('いません', { delay: 40 })
    await list().getByText('当てはまる受付はありません。').waitFor()
    await page.keyboard.press('Enter')
    expect(stage.calls).toEqual([])
  })

  test('opens the patient whose 診察券 is scanned, wherever the focus is', async () => {
    await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).focus()
    await scan('0000003')
    expect(await shown()).toEqual({ visitId: again.id })
    await page.getByText('診察券番号から受付を開きました。').waitFor()
    stage.calls.length = 0
    await page.keyboard.press('F2')
    await scan('0000003')
    expect(await shown()).toEqual({ visitId: again.id })
    stage.calls.length = 0
    await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).focus()
    await scan('9999999')
    await page.getByText('この診察券番号の受付は、本日の一覧にありません。').waitFor()
    expect(stage.calls).toEqual([])
  })

  test('is not searched while a patient looks, and what was typed is gone afterwards', async () => {
    await page.keyboard.press('F2')
    await page.keyboard.type('タナカ', { delay: 40 })
    await drawn(page, stage.show({ ...scenes.asking, visits: few }))
    await list().getByText('ほかの受付を表示しません').waitFor()
    expect(await page.locator('#root').textContent()).not.toContain('タナカ')
    await scan('0000003')
    await page.getByText('入れる欄がないため').waitFor()
    expect(stage.calls).toEqual([])
    await see(few)
    expect(await list().getByRole('textbox').inputValue()).toBe('')
  })

  describe('of 1,000 visits', () => {
    beforeEach(() => see(thousand))

    test('draws what is in sight, and is one stop for Tab', async () => {
      expect(await rows().count()).toBeLessThan(60)
      expect(await list().locator('ol [tabindex="0"]').count()).toBe(1)
      expect(await rows().first().getAttribute('aria-setsize')).toBe('1000')
      await page.keyboard.press('F2')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Tab')
      await focusIsOn(1)
      await page.keyboard.press('Tab')
      expect(await focusedRow()).toBeFalsy()
    })

    test('is walked through by the arrows, to both of its ends', async () => {
      await page.keyboard.press('F2')
      await page.keyboard.press('ArrowDown')
      await focusIsOn(1)
      await page.keyboard.press('ArrowUp')
      await focusIsOn(1)
      await page.keyboard.press('PageDown')
      await focusIsOn(9)
      await page.keyboard.press('End')
      await focusIsOn(1000)
      const last = rows().last()
      expect(await last.textContent()).toContain('練習　1')
      expect(await last.evaluate((item) => item.getBoundingClientRect().bottom <= window.innerHeight)).toBe(true)
      // Its neighbours are there as well, and the row far away that was left is not.
      expect(await rows().count()).toBeLessThan(60)
      await page.keyboard.press('ArrowUp')
      await focusIsOn(999)
      await page.keyboard.press('Enter')
      expect(await shown()).toEqual({ visitId: id(2) })
      await page.keyboard.press('Home')
      await focusIsOn(1)
    })

    test('stays at the same row when a visit comes before it', async () => {
      await page.keyboard.press('F2')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await focusIsOn(2)
      await see([row(1001), ...thousand])
      await focusIsOn(3)
      await page.keyboard.press('ArrowUp')
      await focusIsOn(2)
    })

    test('shows the rows to which one scrolls, in a narrow window too', async () => {
      for (const size of [
        { width: 1280, height: 800 },
        { width: 320, height: 640 },
      ]) {
        await page.setViewportSize(size)
        await list()
          .locator('ol')
          .evaluate((rows) => {
            const scrolls = [...document.querySelectorAll('aside, html')].filter(
              (each) => each.scrollHeight > each.clientHeight + 9,
            )
            for (const each of scrolls) each.scrollTop = rows.scrollHeight / 2
          })
        await eventually('rows of the middle', async () => {
          const places = await rows().evaluateAll((items) =>
            items
              .filter((item) => {
                const { top, bottom } = item.getBoundingClientRect()
                return bottom > 0 && top < window.innerHeight
              })
              .map((item) => Number(item.getAttribute('aria-posinset'))),
          )
          return places.length > 3 && places.every((place) => place > 300 && place < 700)
        })
        await page.evaluate(() => {
          for (const each of document.querySelectorAll('aside, html')) each.scrollTop = 0
        })
      }
      await page.setViewportSize({ width: 1280, height: 800 })
    })
  })
})
