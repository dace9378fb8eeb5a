// The pages that patients look at, read aloud: whose wish it is, in which language, for how long, and what is never said.
import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { KioskView } from '../../src-main/contract/kiosk-view.ts'
import type { PatientView } from '../../src-main/contract/patient-view.ts'
import { type Language, languages, type PatientWords } from '../../src-main/words/patient.ts'
import { chromiumPath } from '../browser.ts'
import { eventually } from '../support.ts'
import { allLanguages, chooseLanguage } from './in-all-languages.ts'
import { kioskScenes } from './kiosk-scenes.ts'
import { type OnStage, openOnStage } from './on-stage.ts'
import { patientScenes } from './patient-scenes.ts'
import { allVoices, giveVoices, setVoices, takeSaid } from './voices.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody listened to the patient’s pages')

const tags: Readonly<Record<Language, string>> = {
  japanese: 'ja-JP',
  easyJapanese: 'ja-JP',
  english: 'en-US',
  chinese: 'zh-CN',
  korean: 'ko-KR',
  vietnamese: 'vi-VN',
}
const button = (page: Page, language: Language) =>
  page.getByRole('button', { name: languages[language].words.readAloud, exact: true })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor()

describe.skipIf(!chromiumPath)('the patient’s screen', () => {
  let on: OnStage<PatientView>
  let page: Page

  beforeAll(async () => {
    on = await openOnStage<PatientView>(patientScenes.waiting, 'patient.html')
    page = on.page
    await giveVoices(page, [...allVoices.map(({ lang }) => ({ lang, local: false })), ...allVoices, { lang: 'zh-HK' }])
    await page.goto(on.stage.address)
  })
  afterAll(() => on?.close())
  beforeEach(async () => {
    await setVoices(
      page,
      allVoices.map(({ lang }) => lang),
    )
    await chooseLanguage(page, 'japanese')
    await show(patientScenes.done, languages.japanese.words.steps.done.title)
    await show(patientScenes.waiting, languages.japanese.words.steps.waiting.title)
    await takeSaid(page)
  })
  const show = async (scene: PatientView, title: string) => {
    on.stage.show(scene)
    await heading(page, title)
  }
  /** Exactly this, with the tag of the voice. */
  const hears = async (language: Language, ...sentences: string[]) => {
    const all: string[] = []
    const wanted = sentences.map((sentence) => `${tags[language]} ${sentence}`)
    await eventually(`to hear ${sentences.join(' / ')}`, async () => {
      all.push(...(await takeSaid(page)).filter((said) => said !== ''))
      return all.length >= wanted.length
    })
    expect(all).toEqual(wanted)
  }
  const isSilent = async () => expect((await takeSaid(page)).filter((said) => said !== '')).toEqual([])

  test.each(allLanguages)('%s: is read in its own voice, from when the patient asks for it', async (language) => {
    const { words } = languages[language]
    await chooseLanguage(page, language)
    await heading(page, words.steps.waiting.title)
    await isSilent()
    await button(page, language).click()
    await hears(language, words.steps.waiting.title, words.steps.waiting.note)
    await show(patientScenes.reading, words.steps.reading.title)
    await hears(language, words.steps.reading.title, words.steps.reading.note)
    await show(patientScenes.pin, words.pin.title)
    await hears(language, words.pin.title, words.pin.note)
    await show(patientScenes.working, words.steps.working.title)
    await hears(language, words.steps.working.title, words.steps.working.note)
    await show(patientScenes.done, words.steps.done.title)
    await hears(language, words.steps.done.title, words.steps.done.note)
    await show(patientScenes.cardLeft, words.steps.cardLeft.title)
    await hears(language, words.steps.cardLeft.title, words.steps.cardLeft.note)
    expect(await button(page, language).getAttribute('aria-pressed')).toBe('true')
  })

  test('is read again in the language that is chosen meanwhile', async () => {
    const { words } = languages.english
    await show(patientScenes.pin, languages.japanese.words.pin.title)
    await button(page, 'japanese').click()
    await hears('japanese', languages.japanese.words.pin.title, languages.japanese.words.pin.note)
    await chooseLanguage(page, 'english')
    await hears('english', words.pin.title, words.pin.note)
    await page.locator('#pin').focus()
    await page.keyboard.type('19', { delay: 50 })
    await isSilent()
  })

  test('says to nobody that a PIN was wrong, and leads nobody into the last try', async () => {
    const { pin, steps } = languages.japanese.words
    await show(patientScenes.pin, pin.title)
    await button(page, 'japanese').click()
    await hears('japanese', pin.title, pin.note)
    on.stage.show(patientScenes.wrongPin)
    await hears('japanese', pin.title)
    on.stage.show(patientScenes.lastTry)
    await hears('japanese', steps.desk.title, steps.desk.note)
    await show(patientScenes.working, steps.working.title)
    await hears('japanese', steps.working.title, steps.working.note)
    await show(patientScenes.pinBlocked, steps.pinBlocked.title)
    await hears('japanese', steps.desk.title, steps.desk.note)
  })

  test('stops in the middle of a sentence when it is switched off, and when the page goes on or loses its line', async () => {
    const stopped = async () => (await takeSaid(page)).at(-1) === ''
    const { steps } = languages.japanese.words
    await show(patientScenes.reading, steps.reading.title)
    await button(page, 'japanese').click()
    await hears('japanese', steps.reading.title, steps.reading.note)
    await button(page, 'japanese').click()
    await eventually('silence', stopped)
    await button(page, 'japanese').click()
    await hears('japanese', steps.reading.title, steps.reading.note)
    on.stage.disconnect()
    await heading(page, languages.japanese.words.lost.title)
    await eventually('silence', stopped)
    on.stage.connect()
    await heading(page, steps.reading.title)
    await takeSaid(page)
    await show(patientScenes.desk, steps.desk.title)
    await takeSaid(page)
    await show(patientScenes.waiting, steps.waiting.title)
    await eventually('silence', stopped)
  })

  test('is silent again for the next patient', async () => {
    const { steps } = languages.japanese.words
    await show(patientScenes.reading, steps.reading.title)
    await button(page, 'japanese').click()
    await show(patientScenes.done, steps.done.title)
    await hears('japanese', steps.reading.title, steps.reading.note, steps.done.title, steps.done.note)
    await show(patientScenes.reading, steps.reading.title)
    await isSilent()
    expect(await button(page, 'japanese').getAttribute('aria-pressed')).toBe('false')
  })

  test('has no button where no voice of this computer speaks the language', async () => {
    await setVoices(page, ['en-US', 'zh-HK'])
    await button(page, 'japanese').waitFor({ state: 'detached' })
    await chooseLanguage(page, 'chinese')
    await heading(page, languages.chinese.words.steps.waiting.title)
    expect(await button(page, 'chinese').count()).toBe(0)
    await chooseLanguage(page, 'english')
    await button(page, 'english').click()
    await hears('english', languages.english.words.steps.waiting.title, languages.english.words.steps.waiting.note)
    await chooseLanguage(page, 'vietnamese')
    await heading(page, languages.vietnamese.words.steps.waiting.title)
    await isSilent()
    expect(await button(page, 'vietnamese').count()).toBe(0)
    // The system finds its voices late.
    await setVoices(page, ['vi-VN'])
    await button(page, 'vietnamese').waitFor()
  })

  test('is read to whoever comes where the clinic wants it, but not to an empty room, and the patient may stop it', async () => {
    const read = (scene: PatientView): PatientView => ({ ...scene, isReadAloud: true })
    const { steps, pin } = languages.japanese.words
    await show(read(patientScenes.waiting), steps.waiting.title)
    await eventually('the button', async () => (await button(page, 'japanese').getAttribute('aria-pressed')) === 'true')
    await isSilent()
    await show(read(patientScenes.reading), steps.reading.title)
    await hears('japanese', steps.reading.title, steps.reading.note)
    await button(page, 'japanese').click()
    await takeSaid(page)
    await show(read(patientScenes.pin), pin.title)
    await show(read(patientScenes.done), steps.done.title)
    await isSilent()
    await show(read(patientScenes.reading), steps.reading.title)
    await hears('japanese', steps.reading.title, steps.reading.note)
  })
})

describe.skipIf(!chromiumPath)('the kiosk', () => {
  let on: OnStage<KioskView>

  beforeAll(async () => {
    on = await openOnStage<KioskView>(kioskScenes.waiting, 'kiosk.html')
    await giveVoices(on.page, allVoices)
    await on.page.goto(on.stage.address)
  })
  afterAll(() => on?.close())

  /** A sentence each. */
  const sentences = ({ step }: KioskView, { steps, pin, kiosk }: PatientWords): string[] => {
    const { off, slip, called } = kiosk
    switch (step.kind) {
      case 'off':
        return [off.title, off.note]
      case 'pin':
        return step.wrong ? [pin.title] : [pin.title, pin.note]
      case 'slip':
        return [slip.title, step.isCardThere ? slip.takeCard : slip.waitForNumber]
      case 'called':
        return step.why === 'again' ? [called.againTitle, called.notes.again] : [called.title, called.notes.staff]
      default:
        return [steps[step.kind].title, steps[step.kind].note]
    }
  }
  const { waiting: _waiting, off: _off, working: start, ...others } = kioskScenes

  test.each<Language>(['japanese', 'english'])(
    '%s: reads every step, and of a slip and of a call no number and no reason',
    async (language) => {
      const { page, stage } = on
      const { words } = languages[language]
      for (const [name, scene] of Object.entries<KioskView>(others)) {
        stage.show(kioskScenes.slipLifted)
        await page.getByText('12', { exact: true }).waitFor()
        stage.show(start)
        await heading(page, languages.japanese.words.steps.working.title)
        await chooseLanguage(page, language)
        await heading(page, words.steps.working.title)
        await button(page, language).click()
        await eventually('it is read', async () => (await takeSaid(page)).length > 0)
        stage.show(scene)
        const wanted = sentences(scene, words).map((sentence) => `${tags[language]} ${sentence}`)
        const all: string[] = []
        await eventually(`what is said of ${name}`, async () => {
          all.push(...(await takeSaid(page)).filter((said) => said !== ''))
          return all.length >= wanted.length
        })
        expect(all).toEqual(wanted)
        expect(all.join()).not.toContain('12')
      }
    },
  )
})
