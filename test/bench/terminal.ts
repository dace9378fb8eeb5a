// From a complete file of the face reader to its result in what the screen is told, against the two waits that are meant
// (the scan, and the pause between two equal reads); and many files at once.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { usualTiming } from '../../src-main/hub/terminal/folder-watch.ts'
import { openAgent, until } from './agent.ts'
import { type Figures, round, spread } from './measure.ts'

const runs = 20
const atOnce = 200

export async function benchTerminal(): Promise<Figures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-bench-terminal-'))
  const agent = await openAgent(dataDir, 'training')
  try {
    const sandbox = agent.training?.terminal
    if (!sandbox) throw new Error('no sandbox terminal')
    const count = () => agent.reception().visits.length
    const times: number[] = []
    for (let run = -2; run < runs; run++) {
      const before = count()
      // At any moment between two looks.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * usualTiming.scanMs))
      const start = performance.now()
      await sandbox.drop('nanbyo')
      await until(agent, ({ visits }) => visits.length > before)
      if (run >= 0) times.push(performance.now() - start)
    }
    const delay = monitorEventLoopDelay({ resolution: 1 })
    const before = count()
    const start = performance.now()
    await Promise.all(Array.from({ length: atOnce }, () => sandbox.drop('nanbyo')))
    // Writing them is not what is measured, showing them is.
    delay.enable()
    await until(agent, ({ visits }) => visits.length >= before + atOnce)
    delay.disable()
    return {
      'terminal.fileToResultMs': spread(times),
      'terminal.fileToResultLongestMs': round(Math.max(...times)),
      'terminal.floor.scanAndStableMs': usualTiming.scanMs + usualTiming.stableMs,
      [`terminal.${atOnce}FilesMs`]: round(performance.now() - start),
      'terminal.agentLongestBlockMs': round(delay.max / 1e6),
    }
  } finally {
    await agent.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
