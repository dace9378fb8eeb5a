// The screen as its users meet it: the built product, headless, in the system's Chromium. `npm run test:desktop` runs the same
// tests on the desktop program instead, with those that are about it alone.
import { defineConfig } from '@playwright/test'
import { sessionVariable } from './test/desktop/session.ts'

/** Those of the headless shell's own doors. */
const headlessOnly = ['**/door.spec.ts', '**/kiosk.spec.ts', '**/patient.spec.ts', '**/e2e/staff.spec.ts']
const desktop = { name: 'desktop', testDir: 'test', testIgnore: headlessOnly, fullyParallel: true }

export default defineConfig({
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  workers: 2,
  // For what hangs: how long a machine takes is no matter of these tests.
  timeout: 120_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  ...(process.env.TEST_STORE === 'postgres' && { globalSetup: './test/postgres/for-browser.ts' }),
  forbidOnly: true,
  use: { locale: 'ja-JP' },
  projects: process.env[sessionVariable] ? [desktop] : [{ name: 'chromium', testDir: 'test/e2e' }],
})
