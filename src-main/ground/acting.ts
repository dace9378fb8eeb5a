// On whose behalf something is done: said once, where a call comes in, and read where a row of the audit trail is written, so
// that nothing between the two has to carry it. What the agent does by itself, later or in a queue, is done on nobody's.
import { AsyncLocalStorage } from 'node:async_hooks'

export interface Actor {
  /** The id of whoever is signed in; null: nobody has to sign in here, or it was a page for patients. */
  readonly staffId: string | null
  /** Of the clinic's desks, from 1. */
  readonly desk: number
}

const acting = new AsyncLocalStorage<Actor>()
const counting = new AsyncLocalStorage<{ rows: number }>()

/** null: the agent itself, or a command on this computer. */
export const actor = (): Actor | null => acting.getStore() ?? null

/** Whatever `work` begins is done for them, also after it has returned. */
export const actingFor = <T>(who: Actor, work: () => T): T => acting.run(who, work)

/** For queues that serve everybody: whoever happens to wake one does not do all of its work. */
export const byItself = <T>(work: () => T): T => acting.exit(work)

/** `rowsSoFar`: how many rows of the trail have been written for what `work` does. */
export function countingRows<T>(work: (rowsSoFar: () => number) => T): T {
  const count = { rows: 0 }
  return counting.run(count, () => work(() => count.rows))
}

/** Told by whoever writes one. */
export function rowWritten(): void {
  const count = counting.getStore()
  if (count) count.rows++
}
