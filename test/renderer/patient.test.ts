// The patient's screen in a real browser, in each of its steps.
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PatientView } from '../../src-main/contract/patient-view.ts'
import type { Result } from '../../src-main/ground/result.ts'
import { chromiumPath } from '../browser.ts'
import { eventually } from '../support.ts'
import { inspect } from './inspect.ts'
import { type OnStage, openOnStage } from './on-stage.ts'
import { patientScenes } from './patient-scenes.ts'
import type { Stage } from './stage.ts'

describe.skipIf(!chromiumPath)('the patient’s screen', () => {
  let stage: Stage<PatientView>
  let on: OnStage<PatientView> | undefined
  let page: Page
  const problems: string[] = []

  beforeAll(async () => {
    on = await openOnStage(patientScenes.waiting, 'patient.html')
    ;({ stage, page } = on)
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))
    await page.goto(stage.address)
  })
  afterAll(() => on?.close())
  beforeEach(async () => {
    stage.show(patientScenes.waiting)
    await page.getByRole('heading', { name: 'マイナンバーカードを置いてください' }).waitFor()
    stage.calls.length = 0
  })
  afterEach(() => expect(problems).toEqual([]))

  const focusIs = (what: string) =>
    eventually(`focus on ${what}`, async () => (await page.evaluate(() => document.activeElement?.id)) === what)
  const type = (text: string) => page.keyboard.type(text, { delay: 50 })
  /** Enter, after what stands there has been seen. */
  const enter = async () => {
    await page.clock.fastForward(1000)
    await page.keyboard.press('Enter')
  }
  const called = async (name: string) => {
    await eventually(`call ${name}`, () => stage.calls.some((call) => call.name === name))
    return stage.calls.find((call) => call.name === name)?.request
  }

  test.each([
    [1280, 800, 100],
    [1280, 800, 125],
    [1024, 600, 100],
  ])('at %i × %i with text of %i percent nothing is cut off, too pale or too small', async (width, height, percent) => {
    await page.setViewportSize({ width, height })
    await page.evaluate((size) => {
      document.documentElement.style.fontSize = `${size}%`
    }, percent)
    const found: string[] = []
    for (const [name, scene] of Object.entries(patientScenes)) {
      stage.show(scene)
      await page.waitForTimeout(50)
      for (const fault of await page.evaluate(inspect)) found.push(`${name}: ${fault}`)
      const below = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)
      if (below > 0) found.push(`${name}: ${below} px are out of sight`)
    }
    await page.evaluate(() => document.documentElement.removeAttribute('style'))
    await page.setViewportSize({ width: 1280, height: 800 })
    expect(found).toEqual([])
  })

  test('takes the PIN from the keys by touch, wherever they stand, and sends it once', async () => {
    stage.show(patientScenes.pin)
    await focusIs('pin')
    for (const digit of '1934') await page.getByRole('button', { name: digit, exact: true }).click()
    await page.getByRole('button', { name: '確認する' }).click()
    expect(await called('enterPin')).toEqual({ visitId: patientScenes.pin.step.visitId, pin: '1934', lastTry: false })
    expect(await page.locator('#pin').inputValue()).toBe('')
    expect(stage.calls).toHaveLength(1)
  })

  test('keeps the order of the keys while one PIN is typed, and all ten are there', async () => {
    stage.show(patientScenes.pin)
    await focusIs('pin')
    const keypad = page.getByRole('group', { name: '数字キー' }).getByRole('button')
    const keys = async () => (await keypad.allTextContents()).filter((text) => /^\d$/.test(text)).join('')
    const before = await keys()
    expect([...before].sort().join('')).toBe('0123456789')
    await page.getByRole('button', { name: '1', exact: true }).click()
    await page.getByRole('button', { name: '1字消す' }).click()
    expect(await keys()).toBe(before)
  })

  test('shuffles the keys for each patient, and leaves them alone where that is not wanted', async () => {
    const orders = new Set<string>()
    const keypad = page.getByRole('group', { name: '数字キー' }).getByRole('button')
    for (let patient = 0; patient < 6; patient++) {
      stage.show(patientScenes.waiting)
      await page.getByRole('heading', { name: 'マイナンバーカードを置いてください' }).waitFor()
      stage.show(patientScenes.pin)
      await focusIs('pin')
      orders.add((await keypad.allTextContents()).join(''))
    }
    expect(orders.size).toBeGreaterThan(1)
    stage.show({ ...patientScenes.lastTry, isShuffled: false })
    await page.getByText('最後の1回です。').waitFor()
    expect((await keypad.allTextContents()).slice(0, 9).join('')).toBe('123456789')
  })

  test('spends the last try only after the patient agreed to it', async () => {
    stage.show(patientScenes.lastTry)
    await focusIs('pin')
    await type('1234')
    await enter()
    expect(await page.getByRole('button', { name: '確認する' }).isDisabled()).toBe(true)
    expect(stage.calls).toEqual([])
    await page.getByText('最後の1回とわかったうえで入力します').click()
    await page.getByRole('button', { name: '確認する' }).click()
    expect(await called('enterPin')).toMatchObject({ lastTry: true })
  })

  test('takes no digits while a PIN is on its way, and says so', async () => {
    const answer = Promise.withResolvers<Result<unknown>>()
    stage.answer = answer.promise
    stage.show(patientScenes.pin)
    await focusIs('pin')
    await type('1934')
    await enter()
    await page.getByRole('button', { name: '確認しています' }).waitFor()
    await page.getByRole('button', { name: '5', exact: true }).click()
    await page.keyboard.type('6')
    expect(await page.locator('#pin').inputValue()).toBe('')
    stage.answer = { ok: true, value: patientScenes.pin }
    answer.resolve(stage.answer)
    await page.getByRole('button', { name: '確認する' }).waitFor()
    await page.keyboard.type('6')
    expect(await page.locator('#pin').inputValue()).toBe('6')
  })

  test('lets no other keys of a tablet lie over its own', async () => {
    stage.show(patientScenes.pin)
    await focusIs('pin')
    expect(await page.locator('#pin').getAttribute('inputmode')).toBe('none')
  })

  test('stops when the patient wants to', async () => {
    stage.show(patientScenes.pin)
    await focusIs('pin')
    await page.getByRole('button', { name: 'やめる' }).click()
    expect(await called('cancelVisit')).toEqual({ visitId: patientScenes.pin.step.visitId })
  })

  test('shows nothing that may no longer be true', async () => {
    stage.show(patientScenes.pin)
    await focusIs('pin')
    stage.disconnect()
    await page.getByRole('heading', { name: 'しばらくお待ちください' }).waitFor()
    expect(await page.locator('#pin').count()).toBe(0)
    stage.connect()
    await focusIs('pin')
    // The browser itself notes a refused stream.
    problems.length = 0
  })
})
