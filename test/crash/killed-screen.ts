// The browser at the desk, or the process in it that draws the page, is killed while somebody is checked in: the check-in comes to its
// end without it, and the page stands there again.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { type Browser, chromium, type Page } from '@playwright/test'
import { chromiumArguments, chromiumPath } from '../browser.ts'
import { enter, openClient, startHeadless } from '../headless.ts'
import type { Share } from './share-of-time.ts'
import { checkIn } from './taken-once.ts'

/** However short the time is. */
const atLeast = 2

/** The processes that draw pages, below a browser. */
function renderersOf(browser: number): readonly number[] {
  const processes = readdirSync('/proc').flatMap((name) => {
    try {
      const parent = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1])
      return [{ id: Number(name), parent, line: readFileSync(`/proc/${name}/cmdline`, 'utf8') }]
    } catch {
      // No process, or gone meanwhile.
      return []
    }
  })
  const isBelow = (id: number): boolean => {
    const found = processes.find((each) => each.id === id)
    return id === browser || (found !== undefined && found.parent > 1 && isBelow(found.parent))
  }
  return processes.filter(({ id, line }) => line.includes('--type=renderer') && isBelow(id)).map(({ id }) => id)
}

function end(id: number): void {
  try {
    process.kill(id, 'SIGKILL')
  } catch {
    // It has gone by itself since.
  }
}

const isDrawn = (page: Page) =>
  page.waitForFunction(() => (document.querySelector('#root')?.childElementCount ?? 0) > 0)

/** null: there is no Chromium. */
export async function killScreens(
  dataDir: string,
  share: Share,
): Promise<{ readonly chromium: number; readonly renderer: number } | null> {
  if (!chromiumPath) {
    share.say('!! LEFT OUT: the browser, because there is no Chromium')
    return null
  }
  const kills = { chromium: 0, renderer: 0 }
  const agent = await startHeadless(dataDir)
  const { origin } = new URL(agent.address)
  const key = await enter(agent.address)
  const call = await openClient(agent.address, key)
  const visits = async () => {
    const answer = await call('reception', {})
    assert.ok(answer.ok, 'the agent does not answer')
    return answer.value.visits.length
  }
  /** The page as it stands in a tab that is in. */
  const open = async (browser: Browser): Promise<Page> => {
    const page = await browser.newPage()
    const kept = JSON.stringify({ door: '/api', key })
    await page.addInitScript((text) => sessionStorage.setItem('madoguchi', text), kept)
    await page.goto(origin)
    await isDrawn(page)
    return page
  }
  try {
    for (let count = 0; count < atLeast || !share.isOver(); count++) {
      const server = await chromium.launchServer({ executablePath: chromiumPath, args: chromiumArguments })
      const browser = await chromium.connect(server.wsEndpoint())
      const page = await open(browser)
      const before = await visits()
      const work = checkIn(call)
      // It is awaited below, whatever becomes of the page.
      work.catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, share.random() * 500))
      // One of them is kept in store for the next page.
      const renderers = renderersOf(server.process().pid ?? 0)
      if (renderers.length > 0 && share.random() < 0.5) {
        const crashed = page.waitForEvent('crash')
        for (const renderer of renderers) end(renderer)
        await crashed
        kills.renderer += 1
        await open(browser)
      } else {
        server.process().kill('SIGKILL')
        kills.chromium += 1
      }
      await work
      assert.equal(await visits(), before + 1, 'the check-in did not come to its end without its screen')
      assert.equal(agent.process.exitCode, null, 'the agent has gone with its screen')
      await server.kill()
      share.say(`Chromium was killed ${kills.chromium} times, its renderer ${kills.renderer} times`)
    }
  } finally {
    await agent.stop()
  }
  return kills
}
