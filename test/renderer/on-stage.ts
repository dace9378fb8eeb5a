// A page in a real browser with a stage behind it, as the tests of the screen begin: usual size, Japanese, its time the test's
// own, nothing opened yet.
import type { Browser, Page } from 'playwright'
import { launchEngine } from '../browser.ts'
import { hangMs } from '../support.ts'
import { openStage, type Stage } from './stage.ts'

export interface OnStage<V extends object> {
  readonly stage: Stage<V>
  readonly browser: Browser
  readonly page: Page
  close(): Promise<void>
}

/** `first`: what the page is told when it is opened at `stage.address`; `file`: which page it is. */
export async function openOnStage<V extends object>(first: V, file?: string): Promise<OnStage<V>> {
  const stage = await openStage<V>(first, file)
  const browser = await launchEngine()
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
  page.setDefaultTimeout(hangMs)
  await page.clock.install()
  return {
    stage,
    browser,
    page,
    async close() {
      await browser.close()
      await stage.close()
    },
  }
}
