// How the desk ends on Windows when somebody presses Ctrl+C in its console: in order, though nobody there can send a signal
// to a child without killing it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../src-main/ground/clock.ts'
import { dataFolder } from '../agent/fixture.ts'
import { root } from '../support.ts'
import { onWindows } from '../system.ts'
import { openConsole } from './windows-console.ts'

const logged = (dataDir: string): string =>
  readdirSync(join(dataDir, 'logs'))
    .map((name) => readFileSync(join(dataDir, 'logs', name), 'utf8'))
    .join('')

describe.skipIf(!onWindows)('in a console of Windows', () => {
  test.each(['scripts/run.mjs start', 'dist/main/headless.js'])('Ctrl+C ends %s in order', async (program) => {
    const dataDir = await dataFolder({}, systemClock)
    const [script = '', ...task] = program.split(' ')
    const console = openConsole([join(root, script), ...task, '--data', dataDir])
    await console.says(/http:\S+/)
    console.pressCtrlC()
    expect(await console.end).toEqual({ code: 0, signal: null })
    expect(logged(dataDir)).toContain('"agentStopped"')
  })
})
