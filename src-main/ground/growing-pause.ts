// The pause before something is tried again: twice as long after each failure, up to a longest one, so that what stays
// away costs ever less, and short again as soon as something has worked.

/** Both in milliseconds. */
export interface PauseMs {
  readonly first: number
  readonly longest: number
}

export interface GrowingPause {
  /** How long to wait this time; the next time it is longer. */
  next(): number
  reset(): void
}

export function growingPause({ first, longest }: PauseMs): GrowingPause {
  let pause = first
  return {
    next() {
      const now = pause
      pause = Math.min(pause * 2, longest)
      return now
    },
    reset() {
      pause = first
    },
  }
}
