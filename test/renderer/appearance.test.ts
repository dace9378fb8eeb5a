// The screen as the computer asks for it: colours that the system sets, no movement, a dark screen; and that nothing jumps when
// an answer arrives, whatever comes with it.
import type { BrowserContextOptions, Page } from 'playwright'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Reception } from '../../src-main/contract/reception.ts'
import { chromiumPath, launchEngine } from '../browser.ts'
import { eventually } from '../support.ts'
import { scenes } from './scenes.ts'
import { openStage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody looked at forced colours and movement')

async function openDesk(options: BrowserContextOptions, first: Reception = scenes.waiting) {
  const stage = await openStage<Reception>(first)
  const browser = await launchEngine()
  onTestFinished(async () => {
    await browser.close()
    await stage.close()
  })
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP', ...options })
  await page.goto(stage.address)
  return { stage, page }
}

/** How the pixels in the middle of an element differ from those of another place on the page. */
const picture = async (page: Page, selector: string) =>
  (await page.locator(selector).first().screenshot()).toString('base64')

describe.skipIf(!chromiumPath)('where the system sets the colours', () => {
  test('each digit of a PIN is seen, and the field itself shows nothing', async () => {
    const { page } = await openDesk({ forcedColors: 'active' }, scenes.pin)
    await page.locator('#pin').waitFor()
    const boxes = '#pin + [aria-hidden="true"]'
    const empty = await picture(page, boxes)
    await page.keyboard.type('1')
    const one = await picture(page, boxes)
    expect(one).not.toBe(empty)
    await page.keyboard.type('2')
    expect(await picture(page, boxes)).not.toBe(one)
    // Which digits they are is not.
    await page.keyboard.press('Backspace')
    await page.keyboard.type('9')
    const other = await picture(page, boxes)
    await page.keyboard.press('Backspace')
    await page.keyboard.type('2')
    expect(await picture(page, boxes)).toBe(other)
  })

  test('the row that is shown is marked, and what has the focus has a ring', async () => {
    const { page } = await openDesk({ forcedColors: 'active' }, scenes.result)
    const styleOf = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => {
          const { borderLeftWidth, outlineStyle, outlineWidth } = getComputedStyle(element)
          return {
            bar: Number.parseFloat(borderLeftWidth),
            ring: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth),
          }
        })
    await page.locator('ol button[aria-current="true"]').waitFor()
    expect((await styleOf('ol button[aria-current="true"]')).bar).toBeGreaterThanOrEqual(4)
    expect((await styleOf('ol button[aria-current="false"]')).bar).toBe(0)
    await eventually('the name has the focus', () => page.evaluate(() => document.activeElement?.tagName === 'H2'))
    expect((await styleOf('main h2')).ring).toBeGreaterThanOrEqual(2)
    await page.keyboard.press('Tab')
    expect((await styleOf(':focus')).ring).toBeGreaterThanOrEqual(2)
  })
})

describe.skipIf(!chromiumPath)('the look that the computer is set to', () => {
  test('without movement nothing moves, and with it only what waits', async () => {
    const moving = (page: Page) => page.evaluate(() => document.getAnimations().length)
    const { page: still } = await openDesk({ reducedMotion: 'reduce' }, scenes.asking)
    await still.getByRole('heading', { name: 'PMHに照会しています' }).waitFor()
    expect(await moving(still)).toBe(0)
    const { page } = await openDesk({ reducedMotion: 'no-preference' }, scenes.asking)
    await page.getByRole('heading', { name: 'PMHに照会しています' }).waitFor()
    expect(await moving(page)).toBe(1)
  })

  test('is dark on a dark screen, and light on paper', async () => {
    const { page } = await openDesk({ colorScheme: 'dark' }, scenes.result)
    const brightness = () =>
      page.evaluate(() => (getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []).map(Number)[0] ?? -1)
    await page.getByRole('heading', { name: '佐藤　美咲' }).waitFor()
    expect(await brightness()).toBeLessThan(40)
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await brightness()).toBeGreaterThan(200)
  })
})

describe.skipIf(!chromiumPath)('when an answer arrives', () => {
  test.each<[string, readonly (readonly [Reception, string])[]]>([
    [
      'and its file after it',
      [
        [scenes.delivering, '佐藤　美咲'],
        [scenes.result, '送信済み'],
      ],
    ],
    [
      'and a file is held up',
      [
        [scenes.delivering, '佐藤　美咲'],
        [scenes.heldUp, '届いていません'],
      ],
    ],
    ['with a question', [[scenes.question, '前回確認した内容との違い']]],
  ])('nothing that is read jumps, %s', async (_with, arrives) => {
    const { stage, page } = await openDesk({}, scenes.waiting)
    await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).waitFor()
    await page.evaluate(() => document.fonts.ready)
    // What was left for later is there.
    stage.show(scenes.result)
    await page.getByRole('heading', { name: '佐藤　美咲' }).waitFor()
    stage.show(scenes.asking)
    await page.getByRole('heading', { name: 'PMHに照会しています' }).waitFor()
    await page.evaluate(() => {
      const shifts: string[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & {
          value: number
          sources: { node: Node | null }[]
        })[]) {
          // In the list a word of another length stands in its row's end.
          const moved = entry.sources.flatMap(({ node }) => {
            const element = node instanceof Element ? node : node?.parentElement
            return element?.closest('main') ? [element.textContent?.slice(0, 40)] : []
          })
          if (moved.length > 0) shifts.push(`${entry.value.toFixed(4)} ${moved.join(' | ')}`)
        }
      }).observe({ type: 'layout-shift' })
    })
    for (const [scene, text] of arrives) {
      stage.show(scene)
      await page.getByText(text).first().waitFor()
      // Two frames, so that what has moved in the first is told.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    }
    expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([])
  })
})
