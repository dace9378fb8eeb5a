// The patient's screen in every language, where there is little room and where there is much; which language it is in, and for
// how long.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PatientView } from '../../src-main/contract/patient-view.ts'
import { type Language, languages } from '../../src-main/words/patient.ts'
import { chromiumPath, launchEngine } from '../browser.ts'
import { eventually, hangMs } from '../support.ts'
import { allLanguages, chooseLanguage, faultsInAllLanguages, rooms } from './in-all-languages.ts'
import { patientScenes } from './patient-scenes.ts'
import { openStage, type Stage } from './stage.ts'
import { allVoices, giveVoices } from './voices.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody looked at the patient’s languages')

describe.skipIf(!chromiumPath)('the languages of the patient’s screen', () => {
  let browser: Browser
  let stage: Stage<PatientView>
  let page: Page

  beforeAll(async () => {
    browser = await launchEngine()
    stage = await openStage<PatientView>(patientScenes.waiting, 'patient.html')
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
    page.setDefaultTimeout(hangMs)
    await page.clock.install()
    await page.goto(stage.address)
  })
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
  })
  beforeEach(async () => {
    await choose('japanese')
    await showStep(patientScenes.done, 'japanese')
    await showStep(patientScenes.waiting, 'japanese')
  })

  /** What is only there in this scene, in this language. */
  const markOf = ({ step }: PatientView, language: Language) => {
    const { words } = languages[language]
    return step.kind === 'pin' ? words.pin.tries(step.triesLeft) : words.steps[step.kind].title
  }
  const seen = (scene: PatientView, language: Language, on = page) =>
    on.getByText(markOf(scene, language), { exact: true }).waitFor()
  const showStep = async (scene: PatientView, language: Language, on = page) => {
    stage.show(scene)
    await seen(scene, language, on)
  }
  const choose = (language: Language, on = page) => chooseLanguage(on, language)
  const pageLanguage = () => page.evaluate(() => document.documentElement.lang)

  test.each(rooms)('$name: no word lies over another, and nothing is cut off', async (room) => {
    const between = patientScenes.done
    expect(await faultsInAllLanguages({ browser, stage, room, scenes: patientScenes, between, markOf })).toEqual([])
  })

  test.each(allLanguages)(
    '%s: the page says which language it is in, and so does every button of the choice',
    async (language) => {
      await choose(language)
      await seen(patientScenes.waiting, language)
      const { tag, name, words } = languages[language]
      await eventually('the language of the page', async () => (await pageLanguage()) === tag)
      expect(await page.title()).toBe(words.page)
      const pressed = page.getByRole('group', { name: words.languages }).getByRole('button', { pressed: true })
      expect(await pressed.allTextContents()).toEqual([name])
      for (const one of allLanguages) {
        expect(await page.getByText(languages[one].name, { exact: true }).getAttribute('lang')).toBe(languages[one].tag)
      }
    },
  )

  test('is chosen before the card is laid, or at any time after', async () => {
    await choose('vietnamese')
    await showStep(patientScenes.reading, 'vietnamese')
    await showStep(patientScenes.pin, 'vietnamese')
    await choose('english')
    await seen(patientScenes.pin, 'english')
    await showStep(patientScenes.wrongPin, 'english')
    await showStep(patientScenes.working, 'english')
    await showStep(patientScenes.done, 'english')
  })

  test('is Japanese again for the next patient', async () => {
    await choose('korean')
    await showStep(patientScenes.pin, 'korean')
    await showStep(patientScenes.done, 'korean')
    // The next card is laid before anybody has closed the visit.
    await showStep(patientScenes.reading, 'japanese')
    await choose('chinese')
    await showStep(patientScenes.desk, 'chinese')
    // Whoever has left their card there is the one who chose.
    await showStep(patientScenes.cardLeft, 'chinese')
    await showStep(patientScenes.waiting, 'japanese')
  })

  test('is Japanese again, and not read aloud any more, where nobody lays a card', async () => {
    // Told once, as by the desktop program: no line goes quiet while the clock runs.
    const alone = await browser.newPage({ locale: 'ja-JP' })
    alone.setDefaultTimeout(hangMs)
    await alone.clock.install()
    await giveVoices(alone, allVoices)
    await alone.addInitScript((view) => {
      const outside = {
        call: async () => ({ ok: true }),
        onReception: (hear: (told: object) => void) => hear({ whole: view }),
      }
      Object.assign(window, { madoguchi: outside })
    }, patientScenes.waiting)
    await alone.goto(stage.address)
    await choose('english', alone)
    const isRead = (language: Language) =>
      alone.getByRole('button', { name: languages[language].words.readAloud, pressed: true }).count()
    await alone.getByRole('button', { name: 'Read aloud' }).click()
    await seen(patientScenes.waiting, 'english', alone)
    await alone.clock.fastForward(59_000)
    await seen(patientScenes.waiting, 'english', alone)
    expect(await isRead('english')).toBe(1)
    await alone.clock.fastForward(1_000)
    await seen(patientScenes.waiting, 'japanese', alone)
    expect(await isRead('japanese')).toBe(0)
    await alone.close()
  })

  test('is chosen with the keyboard, also in the first second, and takes nothing of the PIN away', async () => {
    await showStep(patientScenes.pin, 'japanese')
    await page.keyboard.type('12', { delay: 50 })
    const button = page.getByRole('button', { name: 'English', exact: true })
    await button.focus()
    await page.keyboard.press('Enter')
    await seen(patientScenes.pin, 'english')
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await page.locator('#pin').inputValue()).toBe('12')
  })

  test('with forced colours the dots of the PIN are seen, one in each box that is filled', async () => {
    await page.emulateMedia({ forcedColors: 'active' })
    await showStep(patientScenes.pin, 'japanese')
    const isDotted = async (place: number) => {
      const box = page.locator('#pin + div > span').nth(place)
      const png = (await box.screenshot()).toString('base64')
      return page.evaluate(async (image) => {
        const bytes = Uint8Array.from(atob(image), (sign) => sign.charCodeAt(0))
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
        const context = canvas.getContext('2d')
        context?.drawImage(bitmap, 0, 0)
        const at = (x: number, y: number) => [...(context?.getImageData(x, y, 1, 1).data ?? [])].join()
        const [middle, corner] = [at(bitmap.width / 2, bitmap.height / 2), at(bitmap.width / 2, bitmap.height / 5)]
        return middle !== corner
      }, png)
    }
    await page.keyboard.type('12', { delay: 50 })
    expect([await isDotted(0), await isDotted(1), await isDotted(2), await isDotted(3)]).toEqual([
      true,
      true,
      false,
      false,
    ])
    await page.emulateMedia({ forcedColors: 'none' })
  })

  test('what the page is about is its one heading of the first level, in every step', async () => {
    for (const scene of Object.values<PatientView>(patientScenes)) {
      stage.show(scene)
      await eventually('the step', () => page.getByText(markOf(scene, 'japanese')).first().isVisible())
      expect(await page.getByRole('heading').evaluateAll((all) => all.map(({ tagName }) => tagName))).toEqual(['H1'])
    }
  })
})
