// A desk runs for weeks. How much memory all of its processes hold stands in the log once an hour, so that what grows
// shows before it hurts.
import type { Log } from '../ground/log.ts'

/** What of Electron's `app.getAppMetrics()` is used: the working set of each process, in kilobytes. */
export interface ProcessMemory {
  readonly memory: { readonly workingSetSize: number }
}

const hourMs = 3_600_000

/** Returns what ends it. */
export function watchMemory(processes: () => readonly ProcessMemory[], log: Log): () => void {
  const look = () => {
    const kilobytes = processes().reduce((sum, { memory }) => sum + memory.workingSetSize, 0)
    log.write({ event: 'memory', count: Math.round(kilobytes / 1024) })
  }
  look()
  const timer = setInterval(look, hourMs)
  timer.unref()
  return () => clearInterval(timer)
}
