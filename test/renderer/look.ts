// Takes a picture of every scene, at the usual text size and at 125 %, for people to look at:
// `node test/renderer/look.ts <folder> [scene]`.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import type { Reception } from '../../src-main/contract/reception.ts'
import { chromiumArguments, chromiumPath } from '../browser.ts'
import { scenes } from './scenes.ts'
import { openStage } from './stage.ts'

const [folder = 'screens', only] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const stage = await openStage(scenes.waiting)
const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
await page.goto(stage.address)
for (const size of [100, 125]) {
  await page.evaluate((percent) => {
    document.documentElement.style.fontSize = `${percent}%`
  }, size)
  for (const [name, scene] of Object.entries<Reception>(scenes)) {
    if (only && name !== only) continue
    stage.show(scene)
    await page.waitForTimeout(200)
    await page.screenshot({ path: join(folder, `${name}-${size}.png`) })
  }
}
await browser.close()
await stage.close()
