// The calls of the pages while one agent ends and the next one begins: those that are under way are waited for, those that come
// wait, and go to whoever is there then. Each names the visit that it is about, so that none does something else there.

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
