// Work for the source that nobody at the counter waits for: done as soon as the line is there, put off when it is not, and
// taken up again by the line's return, by whoever adds to it, or after a growing pause.
import { byItself } from '../ground/acting.ts'
import { growingPause, type PauseMs } from '../ground/growing-pause.ts'
import { type Log, stackOf } from '../ground/log.ts'
import type { Result } from '../ground/result.ts'
import type { EligibilitySource } from '../hub/source.ts'
import type { Duty } from '../store/duties.ts'
import type { Lease, SharedWork } from '../store/leases.ts'

export interface BackgroundPorts {
  readonly source: Pick<EligibilitySource, 'line' | 'onLineChange'>
  readonly log: Log
  /** One desk of a site at a time does it. */
  readonly dutyOf: (what: SharedWork) => Duty
  /** First and longest pause after a failure, in milliseconds. */
  readonly pauseMs?: PauseMs | undefined
}

export interface BackgroundWork {
  /** There may be something to do. */
  wake(): void
  close(): Promise<void>
}

/**
 * `event`: under which name a failure is logged. `work` does everything there is, under the lease; what it could not do it fails
 * with.
 */
export function createBackgroundWork(
  { source, log, dutyOf, pauseMs = { first: 5_000, longest: 300_000 } }: BackgroundPorts,
  what: SharedWork,
  event: 'askedLater' | 'registrationSent',
  work: (signal: AbortSignal, lease: Lease) => Promise<Result<void>>,
): BackgroundWork {
  const duty = dutyOf(what)
  const stop = new AbortController()
  let running = Promise.resolve()
  let isRunning = false
  let isWanted = false
  const pause = growingPause(pauseMs)
  let timer: NodeJS.Timeout | undefined

  const run = async () => {
    try {
      while (isWanted && !stop.signal.aborted && source.line().state !== 'down') {
        isWanted = false
        const lease = await duty.take()
        if (!lease) continue
        const done = await work(stop.signal, lease)
        if (done.ok) {
          pause.reset()
          continue
        }
        log.write({ event, code: done.error.code })
        if (done.error.code === 'LEASE_LOST') duty.lost(lease)
        // The line of another desk may be up.
        else await duty.pass()
        const seconds = done.error.detail?.retryAfterS
        const usual = pause.next()
        timer = setTimeout(wake, seconds === undefined ? usual : seconds * 1_000).unref()
      }
    } catch (error) {
      log.write({ event: 'fault', where: stackOf(error) })
    } finally {
      isRunning = false
    }
  }

  const wake = () => {
    clearTimeout(timer)
    timer = undefined
    isWanted = true
    if (isRunning || stop.signal.aborted) return
    isRunning = true
    running = byItself(run)
  }
  const unsubscribe = source.onLineChange(() => {
    if (source.line().state === 'up') wake()
  })

  duty.onTurn(() => {
    if (!timer && !isRunning) wake()
  })

  return {
    wake,
    async close() {
      unsubscribe()
      clearTimeout(timer)
      stop.abort()
      await running
    },
  }
}
