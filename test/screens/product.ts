// The pictures of the real product: a morning in training mode, from the card to the file.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import type { SectionId } from '../../src-main/words/guide/sections.ts'
import { pressEnter, type } from '../e2e/desk.ts'
import { startHeadless } from '../headless.ts'
import type { Taken } from './index-page.ts'
import { headline, savePicture } from './save.ts'

/** They stand in the README. */
const clear = { scale: 1, quality: 50 }

export async function takeProduct(browser: Browser, folder: string): Promise<Taken[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-screens-'))
  const agent = await startHeadless(dataDir)
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.clock.install()
  await page.goto(agent.address)
  const taken: Taken[] = []
  const picture = async (name: string, section: SectionId) => {
    await savePicture(page, join(folder, `product-${name}.webp`), clear)
    taken.push({ name: `product-${name}`, section, says: await headline(page) })
  }
  await walk(page, picture)
  await page.close()
  await agent.stop()
  rmSync(dataDir, { recursive: true, force: true })
  return taken
}

async function walk(page: Page, picture: (name: string, section: SectionId) => Promise<void>): Promise<void> {
  const lay = (label: string) => page.getByRole('button', { name: `${label} 暗証番号` }).click()
  const typePin = async () => {
    await page.getByLabel('暗証番号（4桁）').waitFor()
    await type(page, '1234')
    await pressEnter(page)
    await page.getByText('送信済み').first().waitFor()
  }
  await page.getByRole('button', { name: '次の患者へ' }).click()
  await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).waitFor()
  await picture('waiting', 'card')
  await lay('更生医療とひとり親の併用')
  await page.getByLabel('暗証番号（4桁）').waitFor()
  await type(page, '12')
  await picture('pin', 'pin')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'もう一度' }).click()
  await typePin()
  await picture('result', 'result')
  await lay('こども医療費（八王子市）')
  await typePin()
  await picture('vouchers', 'vouchers')
  await lay('電子証明書の期限切れ')
  await page.getByRole('heading', { name: 'カードの電子証明書の有効期限が切れています。' }).waitFor()
  await picture('failure', 'cardTrouble')
  await page.getByRole('button', { name: '設定', exact: true }).click()
  await page.getByRole('button', { name: '取り込み先' }).click()
  await page.getByRole('button', { name: 'receipt-csv 設定を見る' }).click()
  await page.getByText('12人の見本のうち').waitFor()
  await picture('destination', 'destinations')
}
