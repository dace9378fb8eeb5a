// Time as the page meets it. It comes in from outside, so that a test can own it.
export interface Time {
  /** Milliseconds that only go forward. */
  now(): number
  /** Runs once after `ms`; returns what calls it off. */
  after(ms: number, run: () => void): () => void
}

export const systemTime: Time = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
