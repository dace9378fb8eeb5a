// The desk's screen in Chromium: what a press and a change of the state cost with 20 and with 1,000 visits in the list, in turns
// on the same machine, up to the end of the frame that shows them; how soon a PIN can be typed; the longest piece of work
// of a check-in, in which no key is heard; what a change sends, in bytes, by the line itself; and what is loaded before the first sight.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright'
import { z } from 'zod'
import type { ListedVisit, Reception } from '../../src-main/contract/reception.ts'
import { chromiumArguments, chromiumPath } from '../browser.ts'
import { randomFrom } from '../random.ts'
import { firstLoad } from '../renderer/first-load.ts'
import { scenes } from '../renderer/scenes.ts'
import { openStage, type Stage } from '../renderer/stage.ts'
import { type Figures, median, spread } from './measure.ts'

const runs = 60
const warmUp = 3

/** What the page's own clock says, asked for in the page: from a key, or from a state's coming, to the end of the next frame. */
const measureInPage = () => {
  const times: number[] = []
  const tasks: number[] = []
  const shown = (since: number) =>
    // The frame has been drawn when a task that was put behind it runs.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => times.push(performance.now() - since)
      port2.postMessage(null)
    })
  addEventListener('keydown', ({ timeStamp }) => shown(timeStamp), true)
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration)
  }).observe({ type: 'longtask' })
  Object.assign(window, { bench: { times, tasks, shown } })
}

interface Measures {
  readonly times: number[]
  readonly tasks: number[]
  readonly shown: (since: number) => void
}
declare global {
  interface Window {
    readonly bench: Measures
  }
}

const take = (page: Page, what: 'times' | 'tasks') => page.evaluate((name) => window.bench[name].splice(0), what)

/** Of a screen that is drawn sixty times a second. */
const frameMs = 1_000 / 60
const random = randomFrom(1)

/** Each begins at another moment of a frame: otherwise what is compared is when a frame happened to come. */
async function timed(page: Page, act: () => Promise<unknown>): Promise<number> {
  await take(page, 'times')
  await sleep(random() * frameMs)
  await act()
  await page.waitForFunction(() => window.bench.times.length > 0)
  return (await take(page, 'times'))[0] ?? Number.NaN
}

const visitsOf = (count: number): readonly ListedVisit[] => {
  const [row] = scenes.result.visits
  if (!row) throw new Error('the scene has no visit')
  return Array.from({ length: count }, (_, place) => ({
    ...row,
    id: `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`,
    number: count - place,
  }))
}

interface Desk {
  readonly stage: Stage
  readonly page: Page
  readonly visits: readonly ListedVisit[]
  readonly times: Record<'arrow' | 'typing' | 'change', number[]>
  /** Of a row's change. */
  readonly bytes: number[]
  /** Longer than 50 ms, outside the check-ins. */
  readonly tasks: number[]
  readonly paints: readonly number[]
}

const paintSchema = z.number()

/** From the call of the page to the first thing in sight, each time on a page of its own. */
async function firstPaints(browser: Browser, stage: Stage): Promise<readonly number[]> {
  const times: number[] = []
  for (let run = -1; run < 7; run++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
    await page.goto(stage.address)
    await page.locator('ol [tabindex="0"]').waitFor()
    const time = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime)
    if (run >= 0) times.push(paintSchema.parse(time))
    await page.close()
  }
  return times
}

async function openDesk(browser: Browser, count: number): Promise<Desk> {
  const visits = visitsOf(count)
  const stage = await openStage<Reception>({ ...scenes.waiting, visits: [...visits] })
  const paints = await firstPaints(browser, stage)
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
  await page.addInitScript(measureInPage)
  await page.goto(stage.address)
  await page.locator('ol [tabindex="0"]').waitFor()
  return { stage, page, visits, times: { arrow: [], typing: [], change: [] }, bytes: [], tasks: [], paints }
}

/** One of each: a row further, a letter typed, a row that changes. */
async function workAt({ stage, page, visits, times, bytes, tasks }: Desk, run: number): Promise<void> {
  await take(page, 'tasks')
  const note = (what: keyof Desk['times'], ms: number) => run >= 0 && times[what].push(ms)
  await page.locator('ol [tabindex="0"]').focus()
  note('arrow', await timed(page, () => page.keyboard.press('ArrowDown')))
  await page.locator('#search-visits').fill('')
  note('typing', await timed(page, () => page.keyboard.press('1')))
  await page.locator('#search-visits').fill('')
  // There and back again: the next run begins as this one did.
  for (const isHeldUp of [true, false]) {
    const changed = visits.map((visit, place) => (place === 2 ? { ...visit, isHeldUp } : visit))
    const before = stage.bytesTold()
    note('change', await timed(page, () => change(stage, page, changed)))
    bytes.push(stage.bytesTold() - before)
  }
  const long = await take(page, 'tasks')
  if (run >= 0) tasks.push(...long)
}

async function change(stage: Stage, page: Page, visits: ListedVisit[]): Promise<void> {
  await page.evaluate(() => {
    const since = performance.now()
    const observer = new MutationObserver(() => {
      observer.disconnect()
      window.bench.shown(since)
    })
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  })
  stage.show({ ...scenes.waiting, visits })
}

/** From the state that asks for the PIN to its field on the screen; and the longest task of a whole check-in. */
async function checkIn(desk: Desk): Promise<{ readonly pinMs: number; readonly longestMs: number }> {
  const { stage, page, visits } = desk
  const at = (scene: Reception): Reception => ({ ...scene, visits: [...visits] })
  await take(page, 'tasks')
  stage.show(at(scenes.reading))
  await page.getByRole('heading', { name: 'カードを読み取っています' }).waitFor()
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector('#pin')) return
      observer.disconnect()
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => window.bench.times.push(performance.timeOrigin + performance.now())
        port2.postMessage(null)
      })
    })
    observer.observe(document.body, { subtree: true, childList: true })
  })
  await take(page, 'times')
  const sentAt = performance.timeOrigin + performance.now()
  stage.show(at(scenes.pin))
  await page.waitForFunction(() => window.bench.times.length > 0)
  const shownAt = (await take(page, 'times'))[0] ?? Number.NaN
  for (const scene of [scenes.asking, scenes.delivering, scenes.result]) {
    stage.show(at(scene))
    await page.getByRole('heading', { name: scene === scenes.asking ? 'PMHに照会しています' : '佐藤　美咲' }).waitFor()
  }
  stage.show(at(scenes.waiting))
  await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).waitFor()
  return { pinMs: shownAt - sentAt, longestMs: Math.max(0, ...(await take(page, 'tasks'))) }
}

export async function benchScreen(): Promise<Figures> {
  if (!chromiumPath) return { 'screen.leftOut': 'no Chromium' }
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
  const few = await openDesk(browser, 20)
  const many = await openDesk(browser, 1000)
  const pins: number[] = []
  const tasks: number[] = []
  try {
    for (let run = -warmUp; run < runs; run++) {
      for (const desk of [few, many]) {
        await desk.page.bringToFront()
        await workAt(desk, run)
      }
      const { pinMs, longestMs } = await checkIn(many)
      if (run >= 0) {
        pins.push(pinMs)
        tasks.push(longestMs)
      }
    }
  } finally {
    await browser.close()
    for (const { stage } of [few, many]) await stage.close()
  }
  const kinds = ['arrow', 'typing', 'change'] as const
  const slowest = (desk: Desk) => kinds.map((kind) => spread(desk.times[kind])).toSorted(byMedian)[0] ?? spread([])
  const ratios = kinds.map((kind) => median(many.times[kind]) / median(few.times[kind]))
  return {
    'screen.interactionAt20Ms': slowest(few),
    'screen.interactionAt1000Ms': slowest(many),
    'screen.interactionAt1000To20': Math.max(...ratios),
    'screen.bytesPerChangeAt20': spread(few.bytes),
    'screen.bytesPerChangeAt1000': spread(many.bytes),
    'screen.bytesPerChangeAt1000To20': median(many.bytes) / median(few.bytes),
    'screen.longTasksAt1000': many.tasks.length,
    'screen.longestTaskAt1000Ms': Math.max(0, ...many.tasks),
    'screen.firstPaintAt20Ms': spread(few.paints),
    'screen.firstPaintAt1000Ms': spread(many.paints),
    // Of the page: the card's own time and the agent's come before it.
    'screen.pinShownMs': spread(pins),
    'screen.longestTaskMs': spread(tasks),
    'screen.javascriptGzipBytes': (await firstLoad('index.html')).bytes,
  }
}

const byMedian = (one: { readonly median: number }, other: { readonly median: number }) => other.median - one.median
