// The agent's side of the watch between desks: which one takes, and whose a result is. The looks are made in a thread of
// their own, because a share may hang; what it has not answered in time is asked again, which changes nothing.
import { fail, ok, type Result } from '../../ground/result.ts'
import { claimKey } from './desk-claims.ts'
import type { ClaimAnswer, DeskStanding, DeskTarget } from './desk-watch.ts'
import { answerLimitMs, keepThread, type ThreadOptions } from './threaded-folder.ts'

export type ToDesk =
  | { readonly kind: 'claim'; readonly id: number; readonly key: string }
  | { readonly kind: 'turn'; readonly isOurs: boolean }
  | { readonly kind: 'takeOver'; readonly id: number }
  | { readonly kind: 'leave' }

export type FromDesk =
  | { readonly kind: 'standing'; readonly standing: DeskStanding }
  | { readonly kind: 'claimed'; readonly id: number; readonly answer: ClaimAnswer }
  | { readonly kind: 'tookOver'; readonly id: number; readonly standing: DeskStanding }
  | { readonly kind: 'left' }

/** Between two questions whose a result is, while the share does not say; in milliseconds. */
const askAgainMs = 1_000
/** A share that hangs does not hold up the end of the agent for longer. */
const leaveMs = 1_000

export interface Desks {
  standing(): DeskStanding
  /** Whether a result is this desk's to take. Waits until the share says it; `false` also once it was closed. */
  isOurs(name: string, sha256: string): Promise<boolean>
  /** Of the desks of its site it is this one's turn, or not any more. */
  turn(isOurs: boolean): void
  /** Staff have said that it is this desk's. Errors: TERMINAL_FOLDER_ codes. */
  takeOver(): Promise<Result<void>>
  close(): Promise<void>
}

export function standAmongDesks(target: DeskTarget, onChange: () => void, options: ThreadOptions): Desks {
  const { limitMs = answerLimitMs } = options
  let standing: DeskStanding = { state: { kind: 'unknown' }, failure: null, folder: null }
  let isClosed = false
  let lastId = 0
  const asked = new Map<number, (message: FromDesk) => void>()
  const left = Promise.withResolvers<void>()

  const thread = keepThread<FromDesk, ToDesk>({ kind: 'desk', target }, options, (message) => {
    if (message.kind === 'left') return left.resolve()
    if (message.kind === 'standing') {
      standing = message.standing
      return onChange()
    }
    asked.get(message.id)?.(message)
    asked.delete(message.id)
  })

  /** null: not answered in time. */
  const ask = (question: (id: number) => ToDesk): Promise<FromDesk | null> => {
    lastId++
    const id = lastId
    const { promise, resolve } = Promise.withResolvers<FromDesk | null>()
    const timer = setTimeout(() => {
      asked.delete(id)
      resolve(null)
    }, limitMs)
    asked.set(id, resolve)
    thread.say(question(id))
    return promise.finally(() => clearTimeout(timer))
  }

  return {
    standing: () => standing,
    async isOurs(name, sha256) {
      const key = claimKey(name, sha256)
      for (;;) {
        const answer = await ask((id) => ({ kind: 'claim', id, key }))
        if (isClosed) return false
        if (answer?.kind === 'claimed' && answer.answer !== 'later') return answer.answer === 'ours'
        await new Promise((resolve) => setTimeout(resolve, askAgainMs).unref())
        if (isClosed) return false
      }
    },
    turn: (isOurs) => thread.say({ kind: 'turn', isOurs }),
    async takeOver() {
      const answer = await ask((id) => ({ kind: 'takeOver', id }))
      if (answer?.kind !== 'tookOver') return fail('TERMINAL_FOLDER_SLOW', { field: 'madoguchi' })
      const { failure } = answer.standing
      return failure ? { ok: false, error: failure } : ok(undefined)
    },
    async close() {
      isClosed = true
      thread.say({ kind: 'leave' })
      const limit = setTimeout(() => left.resolve(), leaveMs)
      await left.promise
      clearTimeout(limit)
      thread.end()
    },
  }
}
