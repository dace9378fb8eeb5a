// Starting, as `npm start` runs it the second time: the built product without Electron, from the start of its process to the
// printed address, and to the first paint of its page in a Chromium that is open already. The desktop program's start is measured
// in desktop.ts.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chromium } from 'playwright'
import { chromiumArguments, chromiumPath } from '../browser.ts'
import { startHeadless } from '../headless.ts'
import { type Figures, spread, spreadOf } from './measure.ts'

const runs = 30
const warmUp = 2

async function bare(): Promise<number> {
  const start = performance.now()
  await once(spawn(process.execPath, ['--eval', ''], { stdio: 'ignore' }), 'exit')
  return performance.now() - start
}

/** With a page that is opened as soon as its address is known, where there is a Chromium. */
export async function benchStart(dataDir: string): Promise<Figures> {
  const browser = chromiumPath ? await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments }) : null
  const rounds: { readonly ready: number; readonly paint: number | null }[] = []
  try {
    for (let index = -warmUp; index < runs; index++) {
      const start = performance.timeOrigin + performance.now()
      const agent = await startHeadless(dataDir)
      const ready = performance.timeOrigin + performance.now() - start
      const page = await browser?.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
      await page?.goto(agent.address)
      const painted = await page?.evaluate(firstPaint)
      await page?.close()
      await agent.stop()
      if (index >= 0) rounds.push({ ready, paint: painted === undefined ? null : painted - start })
    }
  } finally {
    await browser?.close()
  }
  const paints = rounds.flatMap(({ paint }) => (paint === null ? [] : [paint]))
  return {
    'start.agentReadyMs': spread(rounds.map(({ ready }) => ready)),
    'start.bareNodeMs': await spreadOf(runs, warmUp, bare),
    ...(paints.length > 0 && { 'start.firstPaintMs': spread(paints) }),
  }
}

/** In the page: the moment, in milliseconds of the epoch, in which something of it was seen first. */
export async function firstPaint(): Promise<number> {
  for (;;) {
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    if (paint) return performance.timeOrigin + paint.startTime
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
}
