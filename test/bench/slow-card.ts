// Whether anything stutters while a slow card is read: the built product with a page in Chromium, a card that takes 20 ms
// for every answer, check-ins by PIN and by the face. Measured in both main threads.
import { chromium, type Page } from 'playwright'
import { type CallAnswer, callAnswerSchema } from '../../src-main/contract/call-answer.ts'
import type { CallName, CallRequest } from '../../src-main/contract/calls.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { chromiumArguments, chromiumPath } from '../browser.ts'
import type { SeparateCard } from '../card/separate-card.ts'
import { firstSchema, measure, startHeadless, startIdle } from '../headless.ts'
import { type Figures, round, spread } from './measure.ts'

const runs = 10
const delayMs = 20

/** As the page itself would, with its key, so that the page shows every step. */
const post = <N extends CallName>(page: Page, name: N, request: CallRequest<N>): Promise<unknown> =>
  page.evaluate(
    async ([path, body]) => {
      const { key } = JSON.parse(sessionStorage.getItem('madoguchi') ?? '{}')
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
      return (await fetch(path, { method: 'POST', body, headers })).json()
    },
    [`/api/call/${name}`, JSON.stringify(request)] as const,
  )

async function call<N extends CallName>(page: Page, name: N, request: CallRequest<N>): Promise<CallAnswer> {
  return callAnswerSchema.parse(await post(page, name, request))
}

async function until(page: Page, fits: (reception: Reception) => boolean): Promise<Reception> {
  for (;;) {
    const { value } = firstSchema.parse(await post(page, 'reception', {}))
    if (fits(value.whole)) return value.whole
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const front = { birthDate: '1979-04-12', printedYear: 'era', expiryYear: '2031', securityCode: '4821' } as const

/** `dataDir` is set to readers of the system and knows the card's certificates. */
export async function benchSlowCard(card: SeparateCard, dataDir: string): Promise<Figures> {
  if (!chromiumPath) return { 'slowCard.leftOut': 'Chromium is not installed' }
  const agent = await startHeadless(dataDir, true)
  const idle = startIdle()
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
    await page.goto(agent.address)
    await until(page, ({ readers }) => readers.length > 0)
    // Long tasks are those over 50 ms (W3C Long Tasks API). Loading the page is not what is measured.
    await page.evaluate(() => {
      const observer = new PerformanceObserver((list) => {
        for (const task of list.getEntries()) performance.mark('long', { detail: task.duration })
      })
      observer.observe({ type: 'longtask' })
    })

    const blocks: { readonly agent: number; readonly idle: number }[] = []
    for (let index = -1; index < runs; index++) {
      await measure(agent.process)
      await measure(idle)
      await card.lay(delayMs)
      const { current } = await until(page, ({ current: now }) => now?.pin != null)
      const visitId = current?.id ?? ''
      if (index % 2 === 0) await call(page, 'enterPin', { visitId, pin: '1234', lastTry: false })
      else {
        await call(page, 'readFace', { visitId, ...front, lastTry: false })
        await call(page, 'confirmFace', { visitId, isSame: true })
      }
      await until(page, ({ current: now }) => now?.state === 'handedOver')
      await card.takeAway()
      await until(page, ({ readers }) => readers.every(({ state }) => state === 'empty'))
      await call(page, 'closeVisit', { visitId })
      const block = { agent: (await measure(agent.process)).longestBlockMs, idle: (await measure(idle)).longestBlockMs }
      // The first time the code is compiled: it counts for the page alone.
      if (index >= 0) blocks.push(block)
    }
    const tasks = await page.evaluate(() => performance.getEntriesByName('long').length)
    return {
      'slowCard.agentLongestBlockMs': round(Math.max(...blocks.map(({ agent: ms }) => ms))),
      'slowCard.agentUsualBlockMs': spread(blocks.map(({ agent: ms }) => ms)),
      // What the machine does to a process that does nothing.
      'slowCard.floor.idleLongestBlockMs': round(Math.max(...blocks.map(({ idle: ms }) => ms))),
      'slowCard.pageTasksOver50Ms': tasks,
    }
  } finally {
    await browser.close()
    idle.kill()
    await agent.stop()
  }
}
