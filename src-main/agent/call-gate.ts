// The calls of the pages while one agent ends and the next one begins: those that are under way are waited for, those that come
// wait, and go to whoever is there then. What is about a visit, a file or a person names it, so that it does nothing else there; what
// names nothing (a setting, a page, who signs in) is done there as it would be a moment later, or refused where that store refuses it.

export function createCallGate() {
  let opened: PromiseWithResolvers<void> | null = null
  const underWay = new Set<Promise<unknown>>()
  return {
    async pass<T>(call: () => Promise<T>): Promise<T> {
      while (opened) await opened.promise
      const answer = call()
      underWay.add(answer)
      return answer.finally(() => underWay.delete(answer))
    },
    shut() {
      opened ??= Promise.withResolvers()
    },
    open() {
      opened?.resolve()
      opened = null
    },
    /** Resolves when none is under way any more, or after so many milliseconds. */
    async ended(limitMs: number): Promise<void> {
      const limit = Promise.withResolvers<void>()
      const timer = setTimeout(limit.resolve, limitMs)
      await Promise.race([Promise.allSettled(underWay), limit.promise])
      clearTimeout(timer)
    },
  }
}
