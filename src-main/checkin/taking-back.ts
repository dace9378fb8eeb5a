// What a person has just decided about a visit can be taken back for a few seconds: until then its files wait in the outbox,
// so that nothing of it has left the house. Only these files wait; a stop or a kill ends the wait, never the decision.
import { fail, type Result } from '../ground/result.ts'

export interface TakingBackPorts {
  /** For how long, in milliseconds; 0: nothing can be taken back, and nothing waits. */
  readonly forMs: number
  /** The files of a visit wait no longer. */
  readonly isOver: () => void
}

export interface TakingBack {
  /** From now on `back` undoes what was decided; said before it is saved, so that no file of it is ahead. */
  offer(visitId: string, back: () => Promise<Result<void>>): void
  /** It came to nothing, or the visit has gone on. */
  withdraw(visitId: string): void
  /** The files of this visit still wait. */
  isOpen(visitId: string): boolean
  /** Errors: VISIT_NOT_CURRENT (too late, or something else was done with the visit since), STORE_ codes. */
  takeBack(visitId: string): Promise<Result<void>>
  close(): void
}

export function createTakingBack({ forMs, isOver }: TakingBackPorts): TakingBack {
  const open = new Map<string, { readonly back: () => Promise<Result<void>>; readonly timer: NodeJS.Timeout }>()

  const withdraw = (visitId: string): void => {
    const offered = open.get(visitId)
    if (!offered) return
    clearTimeout(offered.timer)
    open.delete(visitId)
    isOver()
  }

  return {
    offer(visitId, back) {
      if (forMs === 0) return
      withdraw(visitId)
      open.set(visitId, { back, timer: setTimeout(withdraw, forMs, visitId).unref() })
    },
    withdraw,
    isOpen: (visitId) => open.has(visitId),
    async takeBack(visitId) {
      const offered = open.get(visitId)
      if (!offered) return fail('VISIT_NOT_CURRENT')
      const taken = await offered.back()
      if (taken.ok) withdraw(visitId)
      return taken
    },
    close() {
      for (const { timer } of open.values()) clearTimeout(timer)
      open.clear()
    },
  }
}
