// What has been, in the whole product: the visit of this morning as a count, as a share, and as a record, by the keyboard.
import type { Page } from '@playwright/test'
import { expect, pressEnter, test, type } from './desk.ts'

async function pressButton(desk: Page, name: string | RegExp) {
  await desk.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).focus()
  await pressEnter(desk)
}

test('a day is counted, a month is set against its claims, and a past visit is read as it was known', async ({
  desk,
}) => {
  await expect(desk.getByRole('heading', { name: '佐藤　美咲' })).toBeVisible()
  await pressButton(desk, '集計')
  await expect(desk.getByRole('heading', { name: '日報' })).toBeFocused()
  const main = desk.getByRole('main')
  await expect(main.getByRole('table', { name: '受付の結果' })).toContainText('合計1件')
  await expect(main.getByRole('table', { name: 'レセコンに渡した公費' })).toContainText(/^54 .*1件$/)
  await expect(main).not.toContainText('佐藤')

  await pressButton(desk, '月次報告')
  await expect(desk.getByRole('heading', { name: '月次報告' })).toBeFocused()
  await expect(main.getByText('カードを使った方').first()).toBeVisible()
  await desk.getByLabel('レセプト件数（数字のみ）').focus()
  await type(desk, '3')
  await pressEnter(desk)
  await expect(main.getByRole('table', { name: '月ごとの利用率' })).toContainText('1人3件33.3%')

  await pressButton(desk, '過去の受付')
  await expect(desk.getByRole('heading', { name: '過去の受付' })).toBeFocused()
  await pressButton(desk, /過去.*佐藤/)
  await expect(desk.getByRole('heading', { name: '佐藤　美咲' })).toBeFocused()
  await expect(main.getByText('今日の受付ではありません。')).toBeVisible()
  await expect(main.getByRole('table', { name: '送った先' })).toContainText('送信済み')
  await desk.keyboard.press('Escape')
  await expect(desk.getByRole('heading', { name: '過去の受付' })).toBeFocused()
  await desk.keyboard.press('Escape')
  await expect(desk.getByRole('heading', { name: '佐藤　美咲' })).toBeVisible()
})
