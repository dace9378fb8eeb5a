// What has been, on the screen: past days and people, which nobody can take for today's, and the counts of a day or a month.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from '../browser.ts'
import { onDesk } from './desk.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody looked at what has been')

describe.skipIf(!chromiumPath)('what has been', () => {
  const desk = onDesk()
  const { settle, called, show, focusIs } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })

  describe('a past day', () => {
    test('is asked for by its date, and says so in its title, its date and every row', async () => {
      await show(scenes.pastDay)
      await focusIs('過去の受付')
      await page.getByRole('status').getByText('令和8年11月20日（2026年、金曜日）の受付は5件です。').waitFor()
      const rows = page.getByRole('list', { name: '令和8年11月20日（2026年、金曜日）' }).getByRole('listitem')
      expect(await rows.count()).toBe(5)
      for (const row of await rows.all()) expect(await row.textContent()).toContain('過去')
      await settle()
      await page.getByLabel('日付（西暦）').fill('2026-11-12')
      await page.getByLabel('日付（西暦）').press('Enter')
      expect(await called('lookBack')).toEqual({ kind: 'day', day: '2026-11-12' })
    })

    test('of 1,000 visits draws those in sight, and the arrows go through them', async () => {
      await show(scenes.pastDayBusy)
      await settle()
      const rows = page.getByRole('main').locator('ol > li')
      expect(await rows.count()).toBeLessThan(60)
      await rows.first().getByRole('button').focus()
      await page.keyboard.press('End')
      await page.keyboard.press('Enter')
      expect(await called('showPast')).toEqual({ visitId: '5b1d5b60-5a47-4a2a-9a3c-000000000001' })
    })

    test('says why there is nothing', async () => {
      await show(scenes.pastDayExpired)
      await page.getByText('令和8年10月2日（2026年、金曜日）の受付は、保存期間を過ぎたため削除しました。').waitFor()
      await show(scenes.pastDayBefore)
      await page.getByText('令和7年10月2日（2025年、木曜日）は、窓口を使い始める前です。').waitFor()
    })
  })

  describe('a person’s visits', () => {
    test('are asked for from a visit that is shown', async () => {
      await show(scenes.lookedUp)
      await settle()
      await page.getByRole('button', { name: '来院歴' }).press('Enter')
      expect(await called('lookBack')).toEqual({ kind: 'visit', visitId: scenes.lookedUp.shown?.id })
    })

    test('are asked for from the search of today, by a number at once', async () => {
      await page.keyboard.press('F2')
      await page.locator('#search-visits:focus').fill('００１２３４５')
      await settle()
      await page.getByRole('button', { name: '過去の受付で探す' }).press('Enter')
      expect(await called('lookBack')).toEqual({ kind: 'number', patientNumber: '0012345' })
    })

    test('are found by kana and birth date, with the era', async () => {
      await show(scenes.pastNobody)
      await page.getByText('当てはまる方は見つかりません。').first().waitFor()
      await settle()
      await page.getByLabel('フリガナ', { exact: true }).fill('さとう みさき')
      await page.getByRole('button', { name: 'フリガナと生年月日で探す' }).click()
      await page.getByRole('alert').getByText('フリガナと生年月日を、正しく入れてください。').waitFor()
      expect(stage.calls.filter(({ name }) => name === 'lookBack')).toEqual([])
      const born = page.getByLabel('生年月日', { exact: true })
      await born.fill('Ｓ５４．４．１２')
      await page.getByText('昭和54年4月12日（1979年）').waitFor()
      await born.press('Enter')
      expect(await called('lookBack')).toEqual({ kind: 'name', nameKana: 'さとう みさき', birthDate: '1979-04-12' })
    })

    test('are nobody’s before somebody has been chosen among several', async () => {
      await show(scenes.pastFound)
      await page.getByText('当てはまる方が複数います。どなたか選んでください。').first().waitFor()
      await settle()
      await page.getByRole('button', { name: /この方を見る.*11月2日/ }).press('Enter')
      expect(await called('lookBack')).toEqual({ kind: 'person', patientRef: 'p-8' })
    })
  })

  describe('a record', () => {
    test('says that it is past, stays a record, and goes back to the list', async () => {
      await show(scenes.pastRecord)
      await focusIs('佐藤　美咲')
      await page.getByText('令和8年11月20日（2026年、金曜日）の記録です。今日の受付ではありません。').waitFor()
      const record = page.getByRole('main').getByRole('article')
      const actions = record.getByRole('button')
      expect(await actions.allInnerTexts()).toEqual([expect.stringContaining('一覧に戻る')])
      await settle()
      await page.keyboard.press('Escape')
      expect(await called('showPast')).toEqual({ visitId: null })
    })
  })

  describe('the counts', () => {
    test('of a day turn to others, and to the month', async () => {
      await show(scenes.reportDay)
      await focusIs('日報')
      const cells = page.getByRole('main').getByRole('table', { name: '待ち時間' }).getByRole('cell')
      expect(await cells.allInnerTexts()).toEqual(['21秒', '12分34秒', '51件'])
      await settle()
      await page.getByRole('button', { name: '前の日' }).press('Enter')
      expect(await called('openReport')).toEqual({ kind: 'day', day: '2026-11-19' })
      stage.calls.length = 0
      await page.getByRole('button', { name: '月次報告' }).press('Enter')
      expect(await called('openReport')).toEqual({ kind: 'month', month: '2026-11' })
    })

    test('of a month show what the chart shows in a table too', async () => {
      await show(scenes.reportMonth)
      await page.getByRole('img', { name: 'マイナ保険証の利用率の推移' }).waitFor()
      const rows = page.getByRole('main').getByRole('table', { name: '月ごとの利用率' }).getByRole('row')
      expect(await rows.count()).toBe(14)
      expect(await rows.last().textContent()).toBe('令和8年11月（2026年）の見込み237人704件33.6%')
      await page.getByRole('main').getByText('このままなら30%以上の見込みです').waitFor()
      await show(scenes.reportMonthZeroClaims)
      await page.getByRole('main').getByText('レセプト件数が0件のため、利用率は計算できません。').waitFor()
    })

    test('take the claims of the month as they are typed, and say what is wrong with them', async () => {
      await show(scenes.reportMonth)
      await settle()
      const claims = page.getByLabel('レセプト件数（数字のみ）')
      await claims.fill('多い')
      await claims.press('Enter')
      await page.getByRole('alert').getByText('0から999,999までの数字を入れてください。').waitFor()
      await claims.fill('７０２')
      await claims.press('Enter')
      expect(await called('enterClaims')).toEqual({ month: '2026-11', count: 702 })
      await page.getByText('令和8年11月（2026年）のレセプト件数を702件にしました。').waitFor()
    })

    test('are saved as CSV that Excel opens, and hold no name', async () => {
      await show(scenes.reportMonth)
      await settle()
      const saved = page.waitForEvent('download')
      await page.getByRole('button', { name: 'CSVに保存' }).press('Enter')
      const file = await saved
      expect(file.suggestedFilename()).toBe('月次報告_2026-11.csv')
      const bytes = readFileSync(await file.path())
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
      const lines = bytes.toString('utf8').slice(1).split('\r\n')
      expect(lines).toContain('区分,項目,値,単位')
      expect(lines).toContain('カードを使った方,2026-11,182,人')
      expect(lines).toContain('利用率,2026-11の見込み,33.6,%')
      expect(lines).toContain('受付の結果,合計,57,件')
      expect(lines).toContain('待ち時間（カードを置いてから確定まで）,中央値,21,秒')
      expect(lines).toContain('レセコンに渡した公費,54 難病の患者に対する医療等に関する法律による特定医療,11,件')
      await page.getByText('CSVを保存しました。').waitFor()
    })

    test('are looked at before they are printed, by F8', async () => {
      await show(scenes.reportDay)
      await settle()
      await page.keyboard.press('F8')
      const sheet = page.getByRole('region', { name: '印刷の見本' }).locator('[data-sheet]').first()
      expect(await sheet.textContent()).toContain('トレーニング')
      expect(await sheet.textContent()).toContain('日報令和8年11月20日（2026年、金曜日）')
      await page.keyboard.press('Escape')
      await page.getByRole('heading', { name: '日報' }).waitFor()
    })
  })
})
