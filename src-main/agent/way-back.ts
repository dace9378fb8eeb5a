// When a desk that is alone goes back to its site's server: once that has been there for a while, and nobody is at the counter in
// the middle of something. A card that is being read is waited for as long as it takes; a person who decides, for a while.
import { growingPause, type PauseMs } from '../ground/growing-pause.ts'
import type { Result } from '../ground/result.ts'
import type { StandingAgent } from './terms.ts'

export interface WayBackTiming {
  /** For how long the server has to be there again. */
  readonly backAfterMs: number
  /** Between two looks whether it is. */
  readonly lookMs: number
  /** For how long a person is waited for who decides something at the counter. */
  readonly patienceMs: number
  /** After a merge that failed for another reason than the line. */
  readonly mergePauseMs: PauseMs
}

export interface WayBackPorts {
  readonly timing: WayBackTiming
  readonly isWanted: () => boolean
  readonly reach: () => Promise<Result<void>>
  readonly atCounter: StandingAgent['atCounter']
  readonly hasMergeFailed: () => boolean
  readonly goBack: () => void
}

export function createWayBack({ timing, isWanted, reach, atCounter, hasMergeFailed, goBack }: WayBackPorts) {
  const { backAfterMs, lookMs, patienceMs } = timing
  const steady = () => performance.now()
  const pause = growingPause(timing.mergePauseMs)
  /** Since when the server has been there, and before when it is not gone back to; steady milliseconds. */
  let since: number | null = null
  let notBefore = 0
  let isLooking = false

  const look = async () => {
    const reached = await reach()
    if (!isWanted()) return
    if (!reached.ok) {
      since = null
      return
    }
    const now = steady()
    since ??= now
    if (now - since < backAfterMs || now < notBefore) return
    const busy = atCounter()
    if (busy === 'card' || (busy === 'decision' && now - since < backAfterMs + patienceMs)) return
    since = null
    goBack()
  }
  const timer = setInterval(() => {
    if (isLooking || !isWanted()) return
    isLooking = true
    look()
      // What cannot be looked at is looked at again.
      .catch(() => undefined)
      .finally(() => {
        isLooking = false
      })
  }, lookMs)
  timer.unref()
  return {
    /** It has been tried. */
    tried() {
      if (hasMergeFailed()) notBefore = steady() + pause.next()
      else pause.reset()
    },
    close: () => clearInterval(timer),
  }
}
