// A computer with voices, for a page in a real browser: what is said stands in `window.said`, with the tag of the voice, and
// what was being said and is over stands there as an empty line.
import type { Page } from 'playwright'

/** `local: false`: a voice that is fetched over the net. */
export interface Voice {
  readonly lang: string
  readonly local?: boolean
}

/** One of each language of the patients, as Windows names them. */
export const allVoices: readonly Voice[] = ['ja-JP', 'en-US', 'zh-CN', 'ko-KR', 'vi-VN'].map((lang) => ({ lang }))

/** Before the page is opened. */
export async function giveVoices(page: Page, voices: readonly Voice[]): Promise<void> {
  await page.addInitScript((given) => {
    const said: string[] = []
    Object.assign(window, { said })
    const found = given.map(({ lang, local = true }) => ({ lang, localService: local, voiceURI: lang, name: lang }))
    const chosen = new WeakMap<SpeechSynthesisUtterance, SpeechSynthesisVoice>()
    Object.defineProperty(SpeechSynthesisUtterance.prototype, 'voice', {
      get: () => null,
      set(this: SpeechSynthesisUtterance, voice: SpeechSynthesisVoice) {
        chosen.set(this, voice)
      },
    })
    const state = { voices: found as unknown as SpeechSynthesisVoice[] }
    Object.assign(window, {
      setVoices(langs: readonly string[]) {
        state.voices = found.filter(({ lang }) => langs.includes(lang)) as unknown as SpeechSynthesisVoice[]
        speechSynthesis.dispatchEvent(new Event('voiceschanged'))
      },
    })
    speechSynthesis.getVoices = () => state.voices
    speechSynthesis.speak = (words) => void said.push(`${chosen.get(words)?.lang} ${words.text}`)
    speechSynthesis.cancel = () => void (said.at(-1) === '' || said.push(''))
  }, voices)
}

/** As when the browser finds its voices later, or one is taken away. */
export const setVoices = (page: Page, langs: readonly string[]): Promise<void> =>
  page.evaluate((all) => (window as unknown as { setVoices: (langs: readonly string[]) => void }).setVoices(all), langs)

/** What was said since it was asked last. */
export const takeSaid = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { said: string[] }).said.splice(0))
