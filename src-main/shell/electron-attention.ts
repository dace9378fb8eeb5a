// What waits for a person, told outside the window: on the tray icon and the task bar all the time, and once in a
// notification when something new has come while nobody looks at the desk. Only how many, never whom it is about: a
// notification also shows over a locked screen.
import { tray as words } from '../words/tray.ts'
import type { Outlook } from './agent-port.ts'

/** What of Electron this needs. */
export interface AttentionPorts {
  /** The icon at the clock: what it says, and a sign on it that is seen without pointing at it. */
  readonly setTray: (text: string, isWaiting: boolean) => void
  /** On the task bar or the dock, where the system has such a thing. */
  readonly setBadge: (count: number) => void
  readonly notify: (title: string, text: string) => void
  /** Somebody has the desk's window before them. */
  readonly isLookedAt: () => boolean
}

export function createAttention(ports: AttentionPorts): (outlook: Pick<Outlook, 'waiting'>) => void {
  let known: ReadonlySet<string> = new Set()
  return ({ waiting }) => {
    const now = new Set(waiting)
    const isNew = [...now].some((id) => !known.has(id))
    if (isNew || now.size !== known.size) {
      ports.setTray(now.size === 0 ? words.name : words.waiting(now.size), now.size > 0)
      ports.setBadge(now.size)
    }
    if (isNew && !ports.isLookedAt()) ports.notify(words.name, words.waitingNote(now.size))
    known = now
  }
}
