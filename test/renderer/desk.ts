// What the tests of the desk's screen begin with and do in common: each test finds the waiting screen, and a page under a
// strict policy must not even try what is forbidden.
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { Reception } from '../../src-main/contract/reception.ts'
import { eventually } from '../support.ts'
import { drawn } from './drawn.ts'
import { type OnStage, openOnStage } from './on-stage.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

/** Says to the surrounding `describe` what comes before and after its tests; `stage` and `page` are there from its hooks on. */
export function onDesk() {
  let on: OnStage<Reception> | undefined
  let stage: Stage
  let page: Page
  /** What the page has complained about; a test that makes it complain empties the list. */
  const problems: string[] = []

  beforeAll(async () => {
    on = await openOnStage(scenes.waiting)
    ;({ stage, page } = on)
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        console.error(`policy: ${violatedDirective} ${blockedURI}`),
      )
    })
    await page.goto(stage.address)
    // A visit is a part that is fetched after the first sight: where a test holds the time still, React would never draw it.
    stage.show(scenes.result)
    await page.getByRole('button', { name: '次の患者へ' }).waitFor()
  })
  afterAll(() => on?.close())
  beforeEach(async () => {
    stage.answer = { ok: true, value: scenes.waiting }
    await drawn(page, stage.show(scenes.waiting))
    await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).waitFor()
    stage.calls.length = 0
  })
  afterEach(() => expect(problems).toEqual([]))

  const focused = () => page.evaluate(() => document.activeElement?.textContent || document.activeElement?.id)
  /** What stands there has been seen. */
  const settle = () => page.clock.fastForward(1000)
  return {
    get stage() {
      return stage
    },
    get page() {
      return page
    },
    problems,
    focused,
    focusIs: (what: string) => eventually(`focus on ${what}`, async () => (await focused()) === what),
    /** As a person presses keys; a scanner is faster. */
    type: (text: string) => page.keyboard.type(text, { delay: 50 }),
    /** From here on time stands still until it is moved, or `resume`. */
    freeze: async () => page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000)),
    settle,
    /** Enter, after what stands there has been seen. */
    async enter() {
      await settle()
      await page.keyboard.press('Enter')
    },
    async called(name: string) {
      await eventually(`call ${name}`, () => stage.calls.some((call) => call.name === name))
      return stage.calls.find((call) => call.name === name)?.request
    },
    /** Shows a scene and waits until the page has it: each state of a visit is announced in its own words. */
    async show(scene: Reception) {
      const content = () => page.evaluate(() => document.querySelector('#root')?.innerHTML)
      const before = await content()
      await drawn(page, stage.show(scene))
      expect(await content()).not.toBe(before)
    },
  }
}
