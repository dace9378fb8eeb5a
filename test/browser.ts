// The system's Chromium, as a build machine has it; Playwright's own browser is never downloaded.
import { existsSync } from 'node:fs'

/** undefined: none is installed, and the tests that need it are left out. */
export const chromiumPath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))

export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
