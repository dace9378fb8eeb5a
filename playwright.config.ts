// The screen as its users meet it: the built product, headless, in the system's Chromium. Where Electron's binary is
// present the same suite runs against the desktop program as well (project `electron`).
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  workers: 2,
  // For what hangs: how long a machine takes is no matter of these tests.
  timeout: 120_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  forbidOnly: true,
  use: { locale: 'ja-JP' },
  projects: [{ name: 'chromium' }, { name: 'electron', testIgnore: 'door.spec.ts' }],
})
