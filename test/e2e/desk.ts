// Opens the product for a test: the headless agent with Chromium, or the desktop program. Both give the same page.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type Browser, test as base, chromium, type Page } from '@playwright/test'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { chromiumArguments, chromiumPath } from '../browser.ts'
import { startHeadless } from '../headless.ts'

const root = join(import.meta.dirname, '../..')

const electronPath = join(
  root,
  'node_modules/electron/dist',
  process.platform === 'win32' ? 'electron.exe' : 'electron',
)

interface Fixtures {
  readonly dataDir: string
  readonly desk: Page
}

interface WorkerFixtures {
  readonly systemBrowser: Browser | null
  /** Training certificates, made once: they take half a second. */
  readonly certificates: string
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  systemBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
    async ({}, use) => {
      const browser = chromiumPath
        ? await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
        : null
      await use(browser)
      await browser?.close()
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
  dataDir: async ({ certificates }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'madoguchi-e2e-'))
    cpSync(certificates, join(folder, 'training'), { recursive: true })
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  desk: async ({ dataDir, systemBrowser }, use, info) => {
    const problems: string[] = []
    const watch = (page: Page) => {
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
      page.on('pageerror', (error) => problems.push(error.message))
    }
    if (info.project.name === 'electron') {
      info.skip(!existsSync(electronPath), "LEFT OUT: Electron's binary is not present")
      const app = await _electron.launch({ executablePath: electronPath, args: [root, `--user-data-dir=${dataDir}`] })
      const page = await app.firstWindow()
      watch(page)
      await page.clock.install()
      await use(page)
      await app.close()
    } else {
      if (!systemBrowser) return info.skip(true, 'LEFT OUT: Chromium is not installed')
      const agent = await startHeadless(dataDir)
      const context = await systemBrowser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
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

export const { expect } = test
