// What a test of the desktop program is given: a data folder, and the program when it starts it.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '../e2e/desk.ts'
import { type Desktop, ownFolder, type Start, startDesktop } from './desktop.ts'

export { expect } from '@playwright/test'

interface Fixtures {
  /** Holds training certificates and nothing else. */
  readonly folder: string
  /** Starts the program; it ends with the test. */
  readonly start: (more?: Partial<Start>) => Promise<Desktop>
}

export const test = base.extend<Fixtures>({
  folder: async ({ certificates }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'madoguchi-desktop-test-'))
    cpSync(certificates, join(ownFolder(folder), 'training'), { recursive: true })
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  start: async ({ folder, display }, use) => {
    const started: Desktop[] = []
    await use(async (more) => {
      if (!display) throw new Error('a test of the desktop program alone')
      const desktop = await startDesktop({ folder, display, ...more })
      started.push(desktop)
      return desktop
    })
    for (const { app } of started) await app.close()
  },
})
