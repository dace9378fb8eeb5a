// The kiosk (再来受付機) headless: opened from the desk, used by patients with the keyboard and by touch, while the desk sees
// only where it stands and who comes.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { test as base, expect } from './desk.ts'

const test = base.extend({
  dataDir: async ({ dataDir }, use) => {
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ kiosk: { reader: '再来受付機のリーダー' } }))
    await use(dataDir)
  },
})
test.use({ hasTouch: true })

async function openKiosk(desk: Page): Promise<Page> {
  const opening = desk.context().waitForEvent('page')
  await desk.getByRole('button', { name: '再来受付機の画面を開く' }).click()
  const kiosk = await opening
  await expect(kiosk.getByRole('heading', { name: 'マイナンバーカードを置いてください' })).toBeVisible()
  await desk.getByRole('button', { name: '再来受付機', exact: true }).click()
  return kiosk
}

const lay = (desk: Page, card: string) => desk.getByRole('button', { name: card }).click()
const lift = (desk: Page) => desk.getByRole('button', { name: 'カードを外す' }).click()

test('two patients check in, one with the keyboard in Japanese, one by touch in English, and it never learns who they are', async ({
  desk,
}) => {
  const kiosk = await openKiosk(desk)
  await lay(desk, '更生医療とひとり親の併用')
  await expect(kiosk.getByLabel('暗証番号（4桁）')).toBeFocused()
  await expect(desk.getByText('暗証番号を入力しています')).toBeVisible()
  // What stands there has been seen.
  await kiosk.keyboard.type('1234', { delay: 300 })
  await kiosk.keyboard.press('Enter')
  await expect(kiosk.getByRole('heading', { name: '受付しました' })).toBeVisible()
  await expect(kiosk.getByText('カードをお取りください')).toBeVisible()
  await lift(desk)
  await expect(kiosk.getByText('この番号でお呼びします。お待ちください。')).toBeVisible()
  expect(await kiosk.content()).not.toMatch(/鈴木|スズキ/)

  await kiosk.getByRole('button', { name: 'English' }).tap()
  await expect(kiosk.getByRole('heading', { name: 'You are checked in' })).toBeVisible()
  await lay(desk, 'こども医療費')
  // The next patient's page is Japanese again.
  await expect(kiosk.getByRole('heading', { name: '暗証番号を入力してください' })).toBeVisible()
  await kiosk.getByRole('button', { name: 'English' }).tap()
  await expect(kiosk.getByRole('heading', { name: 'Enter your 4-digit PIN' })).toBeVisible()
  for (const digit of '1234') await kiosk.getByRole('button', { name: digit, exact: true }).tap()
  await kiosk.getByRole('button', { name: 'Confirm' }).tap()
  await expect(kiosk.getByText('Please take your card')).toBeVisible()
  await lift(desk)
  await expect(kiosk.getByText('We will call this number. Please wait.')).toBeVisible()
})

test('whom it cannot attend to waits at the desk under the number of the slip, and the desk switches it off', async ({
  desk,
}) => {
  const kiosk = await openKiosk(desk)
  await lay(desk, '暗証番号がロックされている')
  await expect(kiosk.getByRole('heading', { name: '受付までお越しください' })).toBeVisible()
  await expect(kiosk.getByText('今日は暗証番号が使えません。受付で続きをご案内します。')).toBeVisible()
  await expect(desk.getByText('受付にご案内した方')).toBeVisible()
  await lift(desk)
  await desk.getByRole('button', { name: '対応済み' }).click()
  await expect(desk.getByText('受付にご案内した方')).toHaveCount(0)
  await desk.getByRole('button', { name: '停止する' }).click()
  await expect(kiosk.getByRole('heading', { name: 'この機械は、今は使えません' })).toBeVisible()
  await desk.getByRole('button', { name: '再開する' }).click()
  await expect(kiosk.getByRole('heading', { name: 'マイナンバーカードを置いてください' })).toBeVisible()
})
