// Opens the product for a test: the headless agent with Chromium, or the desktop program. Both give the same page.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Browser, test as base, chromium, type Page } from '@playwright/test'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { chromiumArguments, chromiumPath } from '../browser.ts'
import type { Display } from '../desktop/display.ts'
import { startHeadless } from '../headless.ts'

/** The desktop program, where it runs; the headless agent in Chromium otherwise. */
const isDesktop = ({ project }: { readonly project: { readonly name: string } }) => project.name === 'desktop'

interface Fixtures {
  /** Where the program under test keeps its data. */
  readonly dataDir: string
  readonly desk: Page
}

interface WorkerFixtures {
  readonly systemBrowser: Browser | null
  /** The desktop program's. */
  readonly display: Display | null
  /** Training certificates, made once: they take half a second. */
  readonly certificates: string
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  systemBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
    async ({}, use, info) => {
      const isUsed = chromiumPath && !isDesktop(info)
      const browser = isUsed ? await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments }) : null
      await use(browser)
      await browser?.close()
    },
    { scope: 'worker' },
  ],
  display: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use, info) => {
      const display = isDesktop(info) ? await (await import('../desktop/display.ts')).openDisplay() : null
      await use(display)
      display?.close()
    },
    { scope: 'worker' },
  ],
  certificates: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'madoguchi-e2e-pki-'))
      await openTrainingPki(folder, new Date())
      await use(folder)
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  dataDir: async ({ certificates }, use, info) => {
    const folder = mkdtempSync(join(tmpdir(), 'madoguchi-e2e-'))
    const dataDir = isDesktop(info) ? join(folder, 'desktop') : folder
    cpSync(certificates, join(dataDir, 'training'), { recursive: true })
    await use(dataDir)
    rmSync(folder, { recursive: true, force: true })
  },
  desk: async ({ dataDir, systemBrowser, display, hasTouch }, use, info) => {
    const problems: string[] = []
    const watch = (page: Page) => {
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
      page.on('pageerror', (error) => problems.push(error.message))
    }
    if (display) {
      const { startDesktop } = await import('../desktop/desktop.ts')
      const { app, desk } = await startDesktop({ folder: dirname(dataDir), display })
      watch(desk)
      await desk.clock.install()
      // Not of its own accord, as the headless shell does it.
      await firstCheckIn(desk)
      await use(desk)
      await app.close()
    } else {
      if (!systemBrowser) return info.skip(true, 'LEFT OUT: Chromium is not installed')
      const agent = await startHeadless(dataDir)
      const context = await systemBrowser.newContext({
        viewport: { width: 1280, height: 800 },
        locale: 'ja-JP',
        hasTouch,
      })
      const page = await context.newPage()
      watch(page)
      await page.clock.install()
      await page.goto(agent.address)
      await use(page)
      await context.close()
      await agent.stop()
    }
    // A page under a strict policy must not even try what is forbidden.
    base.expect(problems).toEqual([])
  },
})

/** What stands there has been seen: Enter counts from one second after something new has appeared. */
export const settle = (page: Page) => page.clock.fastForward(1000)

/** From here on time stands still until `page.clock.resume()`. */
export const freeze = async (page: Page) => page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000))

/** As a person presses keys; what comes faster is taken for a scanner. */
export const type = (page: Page, text: string) => page.keyboard.type(text, { delay: 50 })

/** Enter, by somebody who has seen what stands there. */
export async function pressEnter(page: Page) {
  await settle(page)
  await page.keyboard.press('Enter')
}

/** What the headless shell does by itself on new data: one check-in of a sample patient, with its files. */
export async function firstCheckIn(desk: Page, outcome = '送信済み'): Promise<void> {
  await desk.getByRole('button', { name: '難病（月額上限あり） 暗証番号' }).click()
  await base.expect(desk.getByLabel('暗証番号（4桁）')).toBeFocused()
  await type(desk, '1234')
  await pressEnter(desk)
  await base.expect(desk.getByText(outcome).first()).toBeVisible()
  await desk.getByRole('button', { name: 'カードを外す' }).click()
}

export const { expect } = test
