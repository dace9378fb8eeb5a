// Whoever wants to hear of something, in the order they came; who has gone off hears nothing more.

type Listener<T extends readonly unknown[]> = (...what: T) => void

export interface Listeners<T extends readonly unknown[]> {
  /** Returns what ends it. */
  readonly add: (listener: Listener<T>) => () => void
  readonly tell: Listener<T>
  /** From now on nobody hears anything. */
  readonly clear: () => void
}

export function createListeners<T extends readonly unknown[] = []>(): Listeners<T> {
  const all = new Set<Listener<T>>()
  return {
    add(listener) {
      all.add(listener)
      return () => all.delete(listener)
    },
    tell(...what) {
      for (const listener of all) listener(...what)
    },
    clear: () => all.clear(),
  }
}
