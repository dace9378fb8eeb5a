// One picture of a page: small enough that all of them can be kept beside the code, large enough to be read.
import { writeFileSync } from 'node:fs'
import type { Page } from 'playwright'

const usual = { scale: 0.7, quality: 15 }

/** `file`: absolute path of a .webp, which only Chromium's own protocol takes. */
export async function savePicture(page: Page, file: string, { scale, quality } = usual): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 }
  const protocol = await page.context().newCDPSession(page)
  const clip = { x: 0, y: 0, width, height, scale }
  const { data } = await protocol.send('Page.captureScreenshot', { format: 'webp', quality, clip })
  writeFileSync(file, Buffer.from(data, 'base64'))
  await protocol.detach()
}

/** What the page says first of all; in the guide, what that is about. */
export const headline = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const places = ['[data-help] h2', 'main h2', 'h1']
    const heading = places.map((place) => document.querySelector(place)).find((element) => element !== null)
    return heading?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? ''
  })
