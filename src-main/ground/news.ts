// That something has changed, told by whoever changed it and heard by whoever shows it. It stands before all others: what is
// told while nobody listens yet is kept for the first who does.

export interface News {
  /** Something has changed, of this visit where one is given. */
  tell(visitId?: string): void
  /** The visits that have changed since they were taken last. */
  take(): readonly string[]
  /** One listener: who puts together what is shown. */
  onNews(listener: () => void): void
}

export function createNews(): News {
  const visits = new Set<string>()
  let told: () => void = () => undefined
  return {
    tell(visitId) {
      if (visitId !== undefined) visits.add(visitId)
      told()
    },
    take() {
      const taken = [...visits]
      visits.clear()
      return taken
    },
    onNews(listener) {
      told = listener
    },
  }
}
