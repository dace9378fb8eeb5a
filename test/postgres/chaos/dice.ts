// Dice that fall the same way for the same seed: which disturbance comes next, which desk it hits, what kind of visit is begun. What
// they say is the same in every run; how it meets the work that is going on is not, for the processes are real.

export interface Dice {
  /** From 0 to below 1. */
  next(): number
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number
  of<T>(things: readonly [T, ...T[]]): T
  /** By what stands beside each of them: twice as much, twice as often. */
  weighed<T extends string>(weights: Readonly<Record<T, number>>): T
}

/** mulberry32 */
export function createDice(seed: number): Dice {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    of: (things) => things[Math.floor(next() * things.length)] ?? things[0],
    weighed<T extends string>(weights: Readonly<Record<T, number>>) {
      const names = Object.keys(weights) as T[]
      let left = next() * names.reduce((sum, name) => sum + weights[name], 0)
      for (const name of names) {
        left -= weights[name]
        if (left < 0) return name
      }
      throw new Error('nothing has a weight')
    },
  }
}
