// On whose behalf something is done: said once, where a call comes in, and read where a row of the audit trail is written, so
// that nothing between the two has to carry it. What the agent does by itself, later or in a queue, is done on nobody's.
import { AsyncLocalStorage } from 'node:async_hooks'
import { userInfo } from 'node:os'
import { typedBy } from './typist.ts'

export interface Actor {
  /** The id of whoever is signed in; null: nobody has to sign in here, or it was a page for patients. Of a command: `typedBy`. */
  readonly staffId: string | null
  /** Of the clinic's desks, from 1; null: it was typed as a command. */
  readonly desk: number | null
}

const acting = new AsyncLocalStorage<Actor>()
/** What is known of whoever has called, and left behind where something goes on by itself. */
const contexts: AsyncLocalStorage<unknown>[] = [acting]

export function contextOfCaller<T>(): AsyncLocalStorage<T> {
  const context = new AsyncLocalStorage<T>()
  contexts.push(context)
  return context
}

/** null: the agent itself. */
export const actor = (): Actor | null => acting.getStore() ?? null

/** Whatever `work` begins is done for them, also after it has returned. */
export const actingFor = <T>(who: Actor, work: () => T): T => acting.run(who, work)

/** For queues that serve everybody: whoever happens to wake one does not do all of its work. */
export const byItself = <T>(work: () => T): T =>
  contexts.reduce<() => T>((inner, context) => () => context.exit(inner), work)()

/** What a command does is done by whoever has typed it: nobody is signed in there. */
export const actingByCommand = <T>(work: () => T): T => actingFor({ staffId: typedBy(userName()), desk: null }, work)

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A service may run as somebody whom the system's list does not have.
    return ''
  }
}
