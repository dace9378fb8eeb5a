// `npm run screenshots`: the pictures of the README, taken of the real screen in training mode, at 1280×800 and at 125 %
// text. Names and numbers are those of the sample patients.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { chromiumArguments, chromiumPath } from '../browser.ts'
import { startHeadless } from '../headless.ts'
import { pressEnter, type } from './desk.ts'

const folder = join(import.meta.dirname, '../../docs/screenshots')
if (!chromiumPath) throw new Error('Chromium is not installed')

mkdirSync(folder, { recursive: true })
for (const textSize of [100, 125]) {
  const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-screenshots-'))
  const agent = await startHeadless(dataDir)
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.clock.install()
  await page.goto(agent.address)
  await page.evaluate((size) => {
    document.documentElement.style.fontSize = `${size}%`
  }, textSize)
  const picture = async (name: string) => {
    await page.evaluate(() => document.fonts.ready)
    await page.screenshot({ path: join(folder, `${name}-${textSize}.png`) })
  }
  const lay = (label: string) => page.getByRole('button', { name: `${label} 暗証番号` }).click()
  const typePin = async () => {
    await page.getByLabel('暗証番号（4桁）').waitFor()
    await type(page, '1234')
    await pressEnter(page)
    await page.getByText('送信済み').first().waitFor()
  }

  await page.getByRole('button', { name: '次の患者へ' }).click()
  await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).waitFor()
  await picture('waiting')
  await lay('更生医療とひとり親の併用')
  await page.getByLabel('暗証番号（4桁）').waitFor()
  await type(page, '12')
  await picture('pin')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'もう一度' }).click()
  await typePin()
  await picture('result')
  await lay('こども医療費（八王子市）')
  await typePin()
  await picture('vouchers')
  await lay('電子証明書の期限切れ')
  await page.getByRole('heading', { name: 'カードの電子証明書の有効期限が切れています。' }).waitFor()
  await picture('failure')
  await page.getByRole('button', { name: '取り込み先' }).click()
  await page.getByRole('button', { name: 'receipt-csv 設定を見る' }).click()
  await page.getByText('12人の見本のうち').waitFor()
  await picture('destination')

  await browser.close()
  await agent.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
