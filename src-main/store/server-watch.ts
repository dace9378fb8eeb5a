// For how long the site's server has not answered. It is asked with every sign of life of the desk (duties.ts), and counted from
// the first one that it leaves unanswered. A computer that slept has not waited: only time in which this process ran counts.
import type { ServerEar } from './duties.ts'

export interface ServerWatch {
  readonly ear: ServerEar
  /** Somebody begins to ask anew: what was before says nothing of now. */
  beginAnew(): void
  close(): void
}

/** How often the time is counted on, in milliseconds. */
const tickMs = 200

/** `onLook` is told at each tick for how long it has been silent, in milliseconds; null: it answers. */
export function createServerWatch(
  onLook: (silentMs: number | null) => void,
  /** Milliseconds that no setting of the clock moves. */
  steady: () => number = () => performance.now(),
): ServerWatch {
  let silentMs: number | null = null
  let last = steady()
  const timer = setInterval(() => {
    const now = steady()
    // Whoever is woken much too late slept, or was held up: the server had no chance to answer either.
    if (silentMs !== null) silentMs += Math.min(now - last, 2 * tickMs)
    last = now
    onLook(silentMs)
  }, tickMs)
  timer.unref()
  return {
    ear: {
      asked() {
        silentMs ??= 0
      },
      answered(isThere) {
        if (isThere) silentMs = null
      },
    },
    beginAnew() {
      silentMs = null
    },
    close: () => clearInterval(timer),
  }
}
