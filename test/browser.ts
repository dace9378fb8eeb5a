// The system's Chromium, as a build machine has it; Playwright's own browser is never downloaded.
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright'

const installed = (...paths: readonly string[]) => paths.find((path) => existsSync(path))

/** undefined: none is installed, and the tests that need it are left out. */
export const chromiumPath = installed('/usr/bin/chromium', '/usr/bin/google-chrome')

export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The engine without the browser around it, where that is installed. */
export const enginePath = installed('/usr/bin/chromium-headless-shell') ?? chromiumPath

/**
 * The same engine for a page that a test draws: without the browser around it it is there in a quarter of the time. Where a person's
 * browser is meant, with its profile and its windows, `chromiumPath` is started.
 */
export const launchEngine = (): Promise<Browser> =>
  chromium.launch({
    executablePath: enginePath,
    args: chromiumArguments,
  })
