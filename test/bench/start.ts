// From the start of the process to the printed address, as `npm start` runs it the second time.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type Figures, spreadOf } from './measure.ts'

const root = join(import.meta.dirname, '../..')
const runs = 30
const warmUp = 2

export async function benchStart(dataDir: string): Promise<Figures> {
  const ready = async () => {
    const start = performance.now()
    const agent = spawn(process.execPath, [join(root, 'dist/main/headless.js'), '--data', dataDir], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await once(agent.stdout, 'data')
    const time = performance.now() - start
    agent.kill('SIGTERM')
    await once(agent, 'exit')
    return time
  }
  const bare = async () => {
    const start = performance.now()
    await once(spawn(process.execPath, ['--eval', ''], { stdio: 'ignore' }), 'exit')
    return performance.now() - start
  }
  return {
    'start.agentReadyMs': await spreadOf(runs, warmUp, ready),
    'start.bareNodeMs': await spreadOf(runs, warmUp, bare),
  }
}
