// Runs one target in its thread until its time is over, and sees what the thread itself cannot tell: an input that never ends, and
// one that takes more memory than a desk has.
import { Worker } from 'node:worker_threads'
import type { Finding, LoopReport } from './loop.ts'
import type { TargetName } from './targets.ts'

export interface TargetReport extends LoopReport {
  readonly target: TargetName
  /** Without what its thread took to start. */
  readonly seconds: number
}

export interface FuzzOptions {
  readonly seed: number
  readonly seconds: number
  readonly mostCases?: number
}

/** An input that takes longer hangs: what is sound takes thousandths of it, on the slowest machine. */
const longestCaseMs = 30_000
const longestInput = 256 * 1024
const mostMegabytes = 1_024

export async function watchTarget(target: TargetName, options: FuzzOptions): Promise<TargetReport> {
  const { seed, seconds, mostCases = Number.MAX_SAFE_INTEGER } = options
  const shown = new SharedArrayBuffer(8 + longestInput)
  const state = new Int32Array(shown, 0, 2)
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData: { name: target, seed, seconds, mostCases, shown },
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  })
  const { promise, resolve } = Promise.withResolvers<Omit<TargetReport, 'target'>>()
  const endedBy = (what: string): void => {
    const cases = Atomics.load(state, 0)
    const input = Uint8Array.from(new Uint8Array(shown, 8, Atomics.load(state, 1)))
    const findings: readonly Finding[] = [{ what, input }]
    resolve({ cases, taken: 0, kept: [], coveredAtFirst: 0, covered: 0, findings, heapGrowth: 0, seconds })
  }
  worker.once('message', (report: Omit<TargetReport, 'target'>) => resolve(report))
  worker.once('error', (error: Error & { code?: string }) =>
    endedBy(`ended its thread: ${error.code ?? error.name} ${error.stack ?? ''}`),
  )
  worker.once('exit', () => endedBy('ended its thread without a word'))
  let last = { count: -1, at: 0 }
  const watch = setInterval(() => {
    const count = Atomics.load(state, 0)
    if (count !== last.count) last = { count, at: performance.now() }
    else if (count > 0 && performance.now() - last.at > longestCaseMs) endedBy('never ends')
  }, 1_000)
  const report = await promise
  clearInterval(watch)
  await worker.terminate()
  return { target, ...report }
}
