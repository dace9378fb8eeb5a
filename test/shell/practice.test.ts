// The built product takes a wish to practise along: one start of the desk, and no command of clinic IT.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../../src-main/ground/clock.ts'
import { openClient, startHeadless } from '../headless.ts'
import { liveSettings } from '../live-settings.ts'
import { must, root, temporaryFolder } from '../support.ts'
import { writeTrainingFolder } from '../training-folder.ts'
import { startEntry } from './electron-entry.ts'

async function liveFolder(dataDir: string) {
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(liveSettings))
  await writeTrainingFolder(join(dataDir, 'practice/training'), systemClock)
  writeFileSync(join(dataDir, 'practice-next'), '')
}

test('headless', { timeout: 120_000 }, async () => {
  const dataDir = temporaryFolder()
  await liveFolder(dataDir)
  for (const mode of ['training', 'live']) {
    const desk = await startHeadless(dataDir)
    const call = await openClient(desk.address)
    expect(must(await call('reception', {})).mode).toBe(mode)
    await desk.stop()
  }
})

test('in the desktop program', { timeout: 120_000 }, async () => {
  const place = temporaryFolder()
  const dataDir = join(place, 'desktop')
  await liveFolder(dataDir)
  const page = { url: 'app://madoguchi/index.html', parent: null }
  for (const mode of ['training', 'live']) {
    const entry = startEntry(join(root, 'dist/main/electron.js'), place)
    expect(await entry.ready).toBe(true)
    expect(await entry.tell('call', page, 'reception', {})).toMatchObject({ value: { whole: { mode } } })
    entry.process.kill()
    await entry.ended
    expect(existsSync(join(dataDir, 'practice-next'))).toBe(false)
  }
})
