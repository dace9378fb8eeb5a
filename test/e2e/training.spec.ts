// One lesson of the first day from its page to its end, with the keyboard alone: the agent sees what has been done.
import type { Page } from '@playwright/test'
import { expect, pressEnter, test, type } from './desk.ts'

/** Tab after Tab to the button of that name. */
async function tabTo(desk: Page, name: string) {
  const button = desk.getByRole('button', { name, exact: true })
  // A page that is still being drawn has nothing to go through.
  await button.waitFor()
  const isThere = () => button.evaluateAll((all) => all.some((each) => each === document.activeElement))
  for (let presses = 0; presses < 120 && !(await isThere()); presses++) await desk.keyboard.press('Tab')
  await expect(button).toBeFocused()
}

async function press(desk: Page, name: string) {
  await tabTo(desk, name)
  await pressEnter(desk)
}

test('a lesson is found, done and finished without the mouse, with the guide at hand', async ({ desk }) => {
  await press(desk, '練習')
  await expect(desk.getByRole('heading', { name: '練習（トレーニング）' })).toBeFocused()
  await desk.keyboard.press('F1')
  await expect(desk.getByRole('heading', { name: 'トレーニング（練習）' })).toBeFocused()
  await desk.keyboard.press('Escape')
  await expect(desk.getByRole('heading', { name: '練習（トレーニング）' })).toBeFocused()
  await press(desk, 'カードで受け付ける: 始める')

  const lesson = desk.getByRole('region', { name: 'カードで受け付ける' })
  const task = (place: number) => lesson.getByRole('list', { name: 'すること' }).getByRole('listitem').nth(place)
  await expect(task(0)).toContainText('まだ')
  await press(desk, '更生医療とひとり親の併用を置く')
  await expect(desk.getByLabel('暗証番号（4桁）')).toBeFocused()
  await desk.keyboard.press('F1')
  await expect(desk.getByRole('heading', { name: '暗証番号の入力' })).toBeFocused()
  await desk.keyboard.press('Escape')
  await expect(desk.getByLabel('暗証番号（4桁）')).toBeFocused()
  await type(desk, '1234')
  await pressEnter(desk)
  await expect(desk.getByRole('heading', { name: '鈴木　恵子' })).toBeFocused()
  await expect(task(0)).toContainText('済み')

  await press(desk, '次の患者へ')
  await expect(task(1)).toContainText('済み')
  await press(desk, 'カードを外す')
  await expect(lesson.getByText('できました。')).toBeVisible()
  await press(desk, '練習を終える')
  await expect(lesson).toHaveCount(0)

  await press(desk, '練習')
  await expect(desk.getByText('練習11個のうち、1個が終わりました。')).toBeVisible()
})

test('a fault is switched on, met at the counter, and ended from there', async ({ desk }) => {
  await press(desk, '練習')
  await press(desk, 'リーダーが外れた: 故障させる')
  await expect(desk.getByText('練習用の故障: リーダーが外れた')).toBeVisible()
  await desk.keyboard.press('Escape')
  await press(desk, '次の患者へ')
  await expect(desk.getByRole('heading', { name: 'カードリーダーが見つかりません。' })).toBeFocused()
  await press(desk, 'すべて直す')
  await expect(desk.getByRole('heading', { name: 'カードをリーダーに置いてください' })).toBeVisible()
  await expect(desk.getByText('練習用の故障')).toHaveCount(0)
})
