// The line to the hub: up, down, or not tried yet. Once it is down nobody at the counter waits for it any more: questions
// fail at once with what took it down, and only a probe in the background asks whether it is back, with a growing pause.
import type { Clock } from '../ground/clock.ts'
import type { FailureCode } from '../ground/failures.ts'
import { growingPause, type PauseMs } from '../ground/growing-pause.ts'
import { createListeners } from '../ground/listeners.ts'
import { fail, type Result } from '../ground/result.ts'

export interface LineState {
  readonly state: 'unknown' | 'up' | 'down'
  /** When it became so. */
  readonly since: Date
}

export interface Line {
  readonly now: () => LineState
  onChange(listener: () => void): () => void
  /** Runs one try on the line; while it is down, answers at once what the last try failed with. */
  attempt<T>(work: () => Promise<Result<T>>): Promise<Result<T>>
  /** The same for work that nobody at the counter waits for: how it ends tells nothing about the line. */
  attemptBehind<T>(work: () => Promise<Result<T>>): Promise<Result<T>>
  /** Asks now, because a person wants to know. */
  probe(): Promise<void>
  close(): void
}

/** With these no question gets through, whatever it asks. A hub that refuses one question is there for the next. */
const lost: readonly FailureCode[] = [
  'HUB_UNREACHABLE',
  'HUB_TIMEOUT',
  'HUB_ERROR',
  'HUB_PROXY_REFUSED',
  'HUB_UNTRUSTED',
  'HUB_CLIENT_REJECTED',
  'SETTINGS_INVALID',
]

export interface LinePorts {
  /** A question that changes nothing and is about nobody. */
  readonly probe: () => Promise<Result<unknown>>
  readonly clock: Clock
  /** How many failures in a row take the line down. */
  readonly threshold?: number
  readonly pauseMs?: PauseMs
}

export function createLine(ports: LinePorts): Line {
  const { clock, threshold = 2, pauseMs = { first: 1_000, longest: 30_000 } } = ports
  const listeners = createListeners()
  let current: LineState = { state: 'unknown', since: clock.now() }
  let failures = 0
  let lostBy: FailureCode = 'HUB_UNREACHABLE'
  const pause = growingPause(pauseMs)
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  const become = (state: LineState['state']) => {
    if (current.state === state) return
    current = { state, since: clock.now() }
    listeners.tell()
  }

  const note = (result: Result<unknown>) => {
    // A question that a person took back says nothing about the line.
    if (!result.ok && result.error.code === 'VISIT_CANCELLED') return
    if (result.ok || !lost.includes(result.error.code)) {
      failures = 0
      pause.reset()
      return become('up')
    }
    lostBy = result.error.code
    if (++failures < threshold || current.state === 'down' || isClosed) return
    become('down')
    probeLater()
  }

  const probe = async () => {
    clearTimeout(timer)
    note(await ports.probe())
    if (current.state === 'down' && !isClosed) probeLater()
  }
  const probeLater = () => {
    timer = setTimeout(probe, pause.next()).unref()
  }

  return {
    now: () => current,
    onChange: listeners.add,
    async attempt(work) {
      if (current.state === 'down') return fail(lostBy)
      const result = await work()
      note(result)
      return result
    },
    attemptBehind: async (work) => (current.state === 'down' ? fail(lostBy) : work()),
    probe,
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
