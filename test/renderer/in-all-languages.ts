// A page for patients in every language and every step: what lies over something else, is cut off, too small or too pale.
import type { Browser, Page } from 'playwright'
import { type Language, languages } from '../../src-main/words/patient.ts'
import { inspect } from './inspect.ts'
import { overlaps } from './overlaps.ts'
import type { Stage } from './stage.ts'
import { allVoices, giveVoices } from './voices.ts'

export const allLanguages = Object.keys(languages) as readonly Language[]

/** `text`: the size that the browser is set to, in percent of the usual one. `isWhole`: all of it in sight without scrolling. */
export const rooms = [
  { name: '1280 × 800', width: 1280, height: 800, text: 100, isWhole: true },
  { name: 'a tablet upright', width: 768, height: 1024, text: 100, isWhole: true },
  { name: '320 px wide', width: 320, height: 640, text: 100, isWhole: false },
  { name: 'twice the text at 1280 × 800', width: 1280, height: 800, text: 200, isWhole: false },
  { name: 'twice the text on a tablet upright', width: 768, height: 1024, text: 200, isWhole: false },
  { name: 'twice the zoom at 1280 × 800', width: 640, height: 400, text: 100, isWhole: false },
]

export const chooseLanguage = (page: Page, language: Language) =>
  page.getByRole('button', { name: languages[language].name, exact: true }).click()

/** `between`: a scene after which the page is Japanese again; `markOf`: what is only there in this scene, in this language. */
export async function faultsInAllLanguages<V extends object>(options: {
  readonly browser: Browser
  readonly stage: Stage<V>
  readonly room: (typeof rooms)[number]
  readonly scenes: Readonly<Record<string, V>>
  readonly between: V
  readonly markOf: (scene: V, language: Language) => string
}): Promise<string[]> {
  const { browser, stage, room, scenes, between, markOf } = options
  const found: string[] = []
  const page = await browser.newPage({ viewport: room, locale: 'ja-JP' })
  page.setDefaultTimeout(5000)
  const protocol = await page.context().newCDPSession(page)
  await protocol.send('Page.setFontSizes', { fontSizes: { standard: (16 * room.text) / 100 } })
  const seen = (scene: V, language: Language) => page.getByText(markOf(scene, language), { exact: true }).waitFor()
  // The button for reading aloud needs its room too.
  await giveVoices(page, allVoices)
  stage.show(between)
  await page.goto(stage.address)
  for (const [name, scene] of Object.entries(scenes)) {
    stage.show(between)
    await seen(between, 'japanese')
    stage.show(scene)
    await seen(scene, 'japanese')
    for (const language of allLanguages) {
      await chooseLanguage(page, language)
      await seen(scene, language)
      const place = `${language} ${name}`
      for (const fault of await page.evaluate(inspect)) found.push(`${place}: ${fault}`)
      for (const pair of await page.evaluate(overlaps)) found.push(`${place}: ${pair} overlap`)
      const below = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)
      if (room.isWhole && below > 0) found.push(`${place}: ${below} px are out of sight`)
    }
    await chooseLanguage(page, 'japanese')
  }
  await page.close()
  return found
}
