// 自己負担上限額管理 in the whole product: from the certificate to the paper's line, and into the next visit.
import type { Page } from '@playwright/test'
import { expect, pressEnter, test, type } from './desk.ts'

/** By the keyboard. */
async function pressButton(desk: Page, name: string) {
  await desk.getByRole('button', { name, exact: true }).focus()
  await pressEnter(desk)
}

test('what was paid is entered by the keyboard, checked against the paper, and known at the next visit', async ({
  desk,
}) => {
  // The first visit is at the counter.
  await expect(desk.getByRole('heading', { name: '佐藤　美咲' })).toBeVisible()
  await pressButton(desk, '上限額管理')
  await expect(desk.getByRole('heading', { name: '自己負担上限額管理' })).toBeFocused()
  await expect(desk.getByText('まだ何も記入していません')).toBeVisible()

  await pressButton(desk, 'この受診の分を記入')
  await expect(desk.getByLabel('医療費総額（10割）')).toBeFocused()
  await type(desk, '15000')
  await desk.keyboard.press('Tab')
  await type(desk, '3000')
  await pressEnter(desk)
  await expect(desk.getByText('この医院の分だけ', { exact: true })).toBeVisible()
  await expect(desk.getByText('最大 7,000円')).toBeVisible()

  await pressButton(desk, '管理票の行をすべて記入した')
  await expect(desk.getByText('管理票のとおり', { exact: true })).toBeVisible()
  const line = desk.getByRole('region', { name: '管理票に書く行' })
  await expect(line).toContainText('まどぐち内科クリニック')
  await expect(line).toContainText('自己負担の累積額（月額）3,000円')

  await pressButton(desk, '受付に戻る Esc')
  await expect(desk.getByRole('heading', { name: '佐藤　美咲' })).toBeVisible()
  await pressButton(desk, '次の患者へ')
  await desk.getByRole('button', { name: '難病（月額上限あり） 暗証番号' }).click()
  await expect(desk.getByLabel('暗証番号（4桁）')).toBeFocused()
  await type(desk, '1234')
  await pressEnter(desk)
  await expect(desk.getByText('今月の支払い（この受診の前まで）')).toContainText('3,000円')
})
