// A page for patients in every language and every step: what lies over something else, is cut off, too small or too pale.
import type { Browser, Page } from 'playwright'
import { type Language, languages } from '../../src-main/words/patient.ts'
import { hangMs } from '../support.ts'
import { drawn } from './drawn.ts'
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
  page.setDefaultTimeout(hangMs)
  const protocol = await page.context().newCDPSession(page)
  await protocol.send('Page.setFontSizes', { fontSizes: { standard: (16 * room.text) / 100 } })
  // The button for reading aloud needs its room too.
  await giveVoices(page, allVoices)
  await page.addInitScript({
    content: `Object.assign(window, { looks: { inspect: ${inspect}, overlaps: ${overlaps} } })`,
  })
  stage.show(between)
  await page.goto(stage.address)
  for (const [name, scene] of Object.entries(scenes)) {
    await drawn(page, stage.show(between))
    await drawn(page, stage.show(scene))
    const marks = allLanguages.map((language) => ({
      language,
      button: languages[language].name,
      mark: markOf(scene, language),
    }))
    // The page begins in Japanese, and is left in it.
    const [japanese] = marks
    const faults = await page.evaluate(lookInEveryLanguage, { marks, last: japanese, isWhole: room.isWhole })
    found.push(...faults.map(([language, fault]) => `${language} ${name}: ${fault}`))
  }
  await page.close()
  return found
}

interface Mark {
  readonly language: string
  readonly button: string
  readonly mark: string
}

/**
 * Chooses one language after the other where a pointer would, and looks at each. Runs inside the page, all at once: what a
 * look costs is the looking, and no way between two processes.
 */
async function lookInEveryLanguage(todo: {
  readonly marks: readonly Mark[]
  readonly last: Mark | undefined
  readonly isWhole: boolean
}): Promise<[language: string, fault: string][]> {
  const { looks } = window as unknown as { looks: { inspect(): string[]; overlaps(): string[] } }
  const found: [string, string][] = []
  const withText = (text: string) =>
    [...document.querySelectorAll('body *')].filter(
      (element) => element.textContent?.replace(/\s+/g, ' ').trim() === text && element.checkVisibility(),
    )
  const isThere = async (what: string) => {
    const end = performance.now() + 60_000
    while (withText(what).length === 0) {
      if (performance.now() > end) throw new Error(`never happened: ${what} on the page`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const choose = async ({ language, button, mark }: Mark) => {
    const target = withText(button)
      .find((element) => element.closest('button'))
      ?.closest('button')
    if (!target) throw new Error(`no button says ${button}`)
    target.scrollIntoView({ block: 'nearest' })
    const { left, top, width, height } = target.getBoundingClientRect()
    const hit = document.elementFromPoint(left + width / 2, top + height / 2)
    if (hit === null || !target.contains(hit)) found.push([language, 'its button is out of reach'])
    target.click()
    // React draws what a click asked for as soon as this script pauses.
    await null
    await isThere(mark)
  }
  for (const each of todo.marks) {
    await choose(each)
    const { language } = each
    for (const fault of looks.inspect()) found.push([language, fault])
    for (const pair of looks.overlaps()) found.push([language, `${pair} overlap`])
    const below = document.documentElement.scrollHeight - window.innerHeight
    if (todo.isWhole && below > 0) found.push([language, `${below} px are out of sight`])
  }
  if (todo.last) await choose(todo.last)
  return found
}
