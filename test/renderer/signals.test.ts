// The desk makes itself heard: which change asks for which sound, once, in one of its pages; and says in its title how much
// waits. What sounds is read from the browser's own loudspeaker, what is said from its voice.
import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ListedVisit, Reception, VisitView } from '../../src-main/contract/reception.ts'
import { type SignalKind, signalsSchema } from '../../src-main/contract/signals.ts'
import { signalsScreen } from '../../src-main/words/signals.ts'
import { signalOf } from '../../src-renderer/signals/occasions.ts'
import { chromiumPath } from '../browser.ts'
import { eventually } from '../support.ts'
import { builtPages } from './built-pages.ts'
import { firstLoad } from './first-load.ts'
import { type OnStage, openOnStage } from './on-stage.ts'
import { patientScenes } from './patient-scenes.ts'
import { scenes } from './scenes.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody listened to the desk')

const current = (scene: Reception): VisitView => {
  if (!scene.current) throw new Error('nobody is at the counter in the scene')
  return scene.current
}
const listed = (more: Partial<ListedVisit>): ListedVisit => {
  const [visit] = scenes.waiting.visits
  if (!visit) throw new Error('the list is empty in the scene')
  return { ...visit, ...more }
}
const withVisits = (...visits: ListedVisit[]): Reception => ({ ...scenes.waiting, visits })

describe('a sound is asked for', () => {
  const done = listed({ state: 'handedOver' })
  test.each<[string, Reception, Reception, SignalKind | null]>([
    ['when an answer leaves nothing to do', scenes.asking, scenes.delivering, 'done'],
    ['once: not again when its file has arrived', scenes.delivering, scenes.result, null],
    ['when a person has to decide', scenes.asking, scenes.question, 'attention'],
    ['when something is left to be typed', scenes.question, scenes.decidedByHand, 'attention'],
    ['when a PIN was wrong', scenes.pin, scenes.wrongPin, 'error'],
    ['when it was wrong once more', scenes.wrongPin, scenes.lastTry, 'error'],
    ['when a check-in has failed', scenes.reading, scenes.expired, 'error'],
    ['when the hub cannot be reached', scenes.asking, scenes.offline, 'error'],
    ['when another program has the card', scenes.reading, scenes.busy, 'attention'],
    ['when a card is left behind', scenes.result, scenes.cardLeft, 'cardLeft'],
    ['when no reader can be used', scenes.waiting, scenes.noReader, 'error'],
    [
      'when a file cannot get out',
      withVisits(done),
      withVisits(listed({ state: 'handedOver', isHeldUp: true })),
      'error',
    ],
    [
      'when a result comes that waits for a person',
      withVisits(),
      withVisits(listed({ state: 'choosing' })),
      'attention',
    ],
    ['when a result comes that waits for nobody', withVisits(), withVisits(done), 'done'],
    ['not while one types, looks something up or turns a page', scenes.result, scenes.lookedUp, null],
    ['not when a visit leaves the list', withVisits(done), withVisits(), null],
    ['not when a card is laid and read', scenes.waiting, scenes.reading, null],
    ['not when the PIN is to be typed', scenes.reading, scenes.pin, null],
    ['not for what was there before', scenes.question, scenes.question, null],
  ])('%s', (_when, before, now, signal) => {
    expect(signalOf(before, now)).toBe(signal)
  })

  test('for the most pressing of what has come together', () => {
    const visits = [listed({ state: 'handedOver' }), listed({ id: current(scenes.result).id, isHeldUp: true })]
    expect(signalOf(withVisits(), withVisits(...visits))).toBe('error')
  })
})

describe.skipIf(!chromiumPath)('the desk’s page', () => {
  let on: OnStage<Reception>
  let page: Page
  const signals = signalsSchema.parse({ voice: true })
  const loud = (scene: Reception): Reception => ({ ...scene, signals })

  /** Notes what the page lets be heard, in words: each tone's pitch, each sentence. */
  const listenIn = () => {
    const heard: string[] = []
    Object.assign(window, { heard })
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
      heard.push(String(this.frequency.value))
      start.call(this, when)
    }
    const voice = { lang: 'ja-JP', localService: true } as SpeechSynthesisVoice
    speechSynthesis.getVoices = () => [{ ...voice, lang: 'en-US' }, voice]
    speechSynthesis.speak = ({ text }) => void heard.push(text)
    Object.defineProperty(SpeechSynthesisUtterance.prototype, 'voice', { set: () => undefined, get: () => null })
  }
  const heardOn = (where: Page) => where.evaluate(() => (window as unknown as { heard: string[] }).heard.splice(0))
  /** What was heard up to this scene, with it. */
  async function show(scene: Reception, ...where: Page[]) {
    on.stage.show(loud(scene))
    const marks = where.length > 0 ? where : [page]
    for (const each of marks) {
      await each.waitForFunction(
        (name) => document.querySelector('main')?.textContent?.includes(name),
        headings.get(scene) ?? '',
      )
    }
  }
  const headings = new Map<Reception, string>([
    [scenes.waiting, 'カードをリーダーに置いてください'],
    [scenes.pin, '暗証番号を入力してください'],
    [scenes.wrongPin, '暗証番号が違います'],
    [scenes.asking, 'PMHに照会しています'],
    [scenes.result, '佐藤　美咲'],
  ])
  const hears = (what: string[], where: Page = page) => {
    const all: string[] = []
    return eventually(`to hear ${what.join(' ')}`, async () => {
      all.push(...(await heardOn(where)))
      return JSON.stringify(all) === JSON.stringify(what)
    })
  }
  const done = ['659', '988']
  const error = ['440', '311']

  beforeAll(async () => {
    on = await openOnStage<Reception>(loud(scenes.waiting))
    await on.page.close()
    // Pages of one context are tabs of one browser.
    const context = await on.browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
    page = await context.newPage()
    await page.clock.install()
    await page.addInitScript(listenIn)
    await page.goto(on.stage.address)
  })
  afterAll(() => on?.close())
  beforeEach(async () => {
    await show(scenes.waiting)
    // A browser is silent until somebody has touched its page.
    await page.locator('main').click({ position: { x: 5, y: 5 } })
    await heardOn(page)
  })

  test('sounds and speaks once for each event, without a name', async () => {
    await show(scenes.pin)
    await show(scenes.wrongPin)
    await hears([signalsScreen.spoken.error, ...error])
    await show(scenes.asking)
    await show(scenes.result)
    await hears([signalsScreen.spoken.done, ...done])
    for (const text of Object.values(signalsScreen.spoken)) expect(text).toMatch(/^[ぁ-んァ-ヶー一-龠]+$/)
  })

  test('sounds without words while the screen is hidden', async () => {
    await show(scenes.pin)
    await page.keyboard.press('F9')
    await page.getByRole('heading', { name: '画面を隠しています' }).waitFor()
    on.stage.show(loud(scenes.wrongPin))
    await hears(error)
    await page.clock.fastForward(1000)
    await page.getByRole('button', { name: '表示する' }).click()
  })

  test('is silent about what was there when it was loaded', async () => {
    await show(scenes.wrongPin)
    await page.reload()
    await page.getByText('暗証番号が違います').first().waitFor()
    await page.locator('main').click({ position: { x: 5, y: 5 } })
    expect(await heardOn(page)).toEqual([])
    await show(scenes.asking)
    await show(scenes.result)
    await hears([signalsScreen.spoken.done, ...done])
  })

  test('is the only one that sounds, until it is closed', async () => {
    const second = await page.context().newPage()
    await second.addInitScript(listenIn)
    await second.goto(on.stage.address)
    await show(scenes.pin, page, second)
    await second.locator('main').click({ position: { x: 5, y: 5 } })
    await show(scenes.wrongPin, page, second)
    await hears([signalsScreen.spoken.error, ...error])
    expect(await heardOn(second)).toEqual([])
    await page.close()
    page = second
    const holder = () => page.evaluate(async () => (await navigator.locks.query()).pending?.length)
    await eventually('the second page has its turn', async () => (await holder()) === 0)
    await show(scenes.asking)
    await show(scenes.result)
    await hears([signalsScreen.spoken.done, ...done])
  })

  test('leaves out what the clinic does not want to hear', async () => {
    await show(scenes.pin)
    on.stage.show({ ...scenes.wrongPin, signals: signalsSchema.parse({ sounds: { error: false } }) })
    await page.getByText('暗証番号が違います').first().waitFor()
    await show(scenes.asking)
    on.stage.show({ ...scenes.result, signals: signalsSchema.parse({ volume: 'off', voice: true }) })
    await page.getByRole('heading', { name: '佐藤　美咲' }).waitFor()
    await show(scenes.pin)
    await show(scenes.wrongPin)
    await hears([signalsScreen.spoken.error, ...error])
  })

  test('says in its title how many visits wait for a person, and never whose', async () => {
    expect(await page.title()).toBe('窓口')
    const waiting = [listed({ state: 'choosing' }), listed({ id: current(scenes.result).id, byHand: 2 })]
    on.stage.show(loud({ ...scenes.waiting, visits: waiting }))
    await eventually('the title', async () => (await page.title()) === '●2件 要確認 - 窓口')
    await page.getByRole('radio', { name: /要確認\s*2/ }).waitFor({ state: 'attached' })
    on.stage.show(loud(scenes.waiting))
    await eventually('the title', async () => (await page.title()) === '窓口')
  })

  test('is set on a page of its own, where each sound can be heard', async () => {
    on.stage.show(loud(scenes.sounds))
    await page.getByRole('heading', { name: '音と読み上げ' }).waitFor()
    await page.clock.fastForward(1000)
    await heardOn(page)
    await page.getByRole('button', { name: '終わりました 鳴らしてみる' }).click()
    await hears([signalsScreen.spoken.done, ...done])
    on.stage.calls.length = 0
    await page.getByRole('checkbox', { name: '進めません' }).click()
    await page.getByRole('radio', { name: '小' }).click({ force: true })
    await page.getByRole('checkbox', { name: '患者さんの画面を読み上げる' }).click()
    await eventually('all are set', () => on.stage.calls.length === 3)
    expect(on.stage.calls.map(({ request }) => request)).toEqual([
      { signals: { ...signals, sounds: { ...signals.sounds, error: false } } },
      { signals: { ...signals, volume: 'low' } },
      { signals: { ...signals, readsToPatients: true } },
    ])
  })
})

describe.skipIf(!chromiumPath)('the patient’s page', () => {
  test('makes no sound in any of its states, and holds nothing that could make one of these', async () => {
    const pages = await builtPages()
    const { files } = await firstLoad('patient.html')
    expect(files.length).toBeGreaterThan(1)
    for (const path of files)
      expect([path, String(pages.get(path)).includes('createOscillator')]).toEqual([path, false])
    const on = await openOnStage<object>(patientScenes.waiting, 'patient.html')
    await on.page.addInitScript(() => {
      const opened: string[] = []
      Object.assign(window, {
        opened,
        AudioContext: class {
          constructor() {
            opened.push('a loudspeaker')
          }
        },
      })
    })
    await on.page.goto(on.stage.address)
    await on.page.locator('main').click()
    for (const scene of Object.values(patientScenes)) on.stage.show(scene)
    await on.page.getByRole('heading', { name: 'この画面は使っていません' }).waitFor()
    expect(await on.page.evaluate(() => (window as unknown as { opened: string[] }).opened)).toEqual([])
    await on.close()
  })
})
