// `npm run screenshots`: pictures of every screen that a user meets, for docs/screens, its page, the guide and the README. Of
// the scenes of the tests, and of a check-in with the real product. By hand: pictures are looked at before they are kept.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { chromiumArguments, chromiumPath } from '../browser.ts'
import { openStage, type Stage } from '../renderer/stage.ts'
import { root } from '../support.ts'
import { indexPage, type Taken } from './index-page.ts'
import { deskPictures, kioskPictures, type Picture, patientPictures } from './pictures.ts'
import { takeProduct } from './product.ts'
import { headline, savePicture } from './save.ts'

const folder = join(root, 'docs/screens')
if (!chromiumPath) throw new Error('Chromium is not installed')

async function takeScenes(browser: Browser, pictures: readonly Picture[], file: string): Promise<Taken[]> {
  const [first] = pictures
  if (!first) return []
  const stage: Stage<object> = await openStage<object>(first.view, file)
  const taken: Taken[] = []
  const open = async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(stage.address)
    return page
  }
  let page: Page = await open()
  for (const { name, section, about, view, act } of pictures) {
    stage.show(view)
    await page.waitForTimeout(250)
    await act?.(page, stage as Stage)
    await page.waitForTimeout(act ? 400 : 100)
    await savePicture(page, join(folder, `${name}.webp`))
    taken.push({ name, section, says: [await headline(page), about].filter(Boolean).join('：') })
    if (!act) continue
    // What was done to it may stand in the way of the next one.
    await page.close()
    page = await open()
  }
  await page.close()
  await stage.close()
  return taken
}

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
const taken = [
  ...(await takeScenes(browser, deskPictures, 'index.html')),
  ...(await takeScenes(browser, patientPictures, 'patient.html')),
  ...(await takeScenes(browser, kioskPictures, 'kiosk.html')),
  ...(await takeProduct(browser, folder)),
]
await browser.close()
writeFileSync(join(folder, 'README.md'), indexPage(taken))
