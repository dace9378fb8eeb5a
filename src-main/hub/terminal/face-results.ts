// What the threads have seen in the folders of the face reader, as results: one after the other, in the order in which they
// came, and only those that are this desk's to take.
import type { Failure, Result } from '../../ground/result.ts'
import type { FileFlaw, WatchEvent } from './folder-watch.ts'
import { type ReadingRules, readMessage, type TerminalMessage } from './message.ts'

/** A result of the face reader, or what is wrong with it. */
export interface Arrival {
  readonly name: string
  /** Lower-case hex over the file; empty when it was gone before it could be read twice. */
  readonly sha256: string
  /** It lay there before anybody looked: it need not be about somebody who stands here now. */
  readonly isLeftOver: boolean
  /** The answer to a question of our own, and no result of the face reader. */
  readonly isAsked: boolean
  /** Errors: TERMINAL_FILE_INVALID, TERMINAL_FILE_ENCRYPTED, TERMINAL_FILE_GONE. */
  readonly message: Result<TerminalMessage>
}

export interface FaceResultPorts {
  /** Whether a result is this desk's to take. */
  readonly isOurs: (name: string, sha256: string) => Promise<boolean>
  /** How a file is read now. */
  readonly rules: () => ReadingRules
  readonly onArrival: (arrival: Arrival) => void
  readonly onFault: (error: unknown) => void
}

/**
 * How long a result that is another desk's to take is kept, in milliseconds: should that one be gone, it is taken from here and
 * nothing of the moment in between is missed. What is older is read from the folder once more.
 */
const leftMs = 120_000

type Messages = () => readonly Result<TerminalMessage>[]

/** A file that left one folder may turn up in another; after this pause it is gone. In milliseconds. */
const movingMs = 5_000

/** Which of the terminal's settings makes it encrypted differs by folder. */
export const unreadable = (flaw: FileFlaw, folder: 'face' | 'res'): Failure =>
  flaw === 'encrypted'
    ? { code: 'TERMINAL_FILE_ENCRYPTED', detail: { field: folder } }
    : { code: 'TERMINAL_FILE_INVALID', detail: { field: flaw } }

export function createFaceResults({ isOurs, rules, onArrival, onFault }: FaceResultPorts) {
  /** Names that were gone before they counted, until they turn up elsewhere or their time is over. */
  const missing = new Map<string, NodeJS.Timeout>()
  /** By name: another program may have moved them between the folders since. */
  const leftOver = new Set<string>()
  /** These came while somebody looked here, also where they were another desk's to take then. */
  const seenComing = new Set<string>()
  /** Lately left to another desk, oldest first. */
  let left: { readonly name: string; readonly sha256: string; readonly messages: Messages; readonly at: number }[] = []
  let wasMoreLeft = false
  /** How often it has become this desk's turn: what was asked before may be answered otherwise now. */
  let turns = 0
  let turn: Promise<unknown> = Promise.resolve()

  const leave = (name: string, sha256: string, messages: Messages) => {
    const now = performance.now()
    const kept = left.filter(({ at }) => now - at < leftMs)
    wasMoreLeft ||= kept.length < left.length
    left = [...kept, { name, sha256, messages, at: now }]
  }

  const take = (name: string, sha256: string, messages: Messages) => {
    turn = turn
      .then(async () => {
        const asked = turns
        if (!(await isOurs(name, sha256))) {
          return asked === turns ? leave(name, sha256, messages) : take(name, sha256, messages)
        }
        for (const message of messages())
          onArrival({ name, sha256, isLeftOver: leftOver.has(name), isAsked: false, message })
      })
      .catch(onFault)
  }
  const refuse = (name: string, sha256: string, error: Failure) => take(name, sha256, () => [{ ok: false, error }])

  return {
    /** They lay there before anybody looked. */
    leftOver(names: readonly string[]) {
      for (const name of names) if (!seenComing.has(name)) leftOver.add(name)
    },
    /** What was left to another desk may be this one's now. Returns whether the folder has to be read once more for what is older. */
    again(): boolean {
      turns++
      const before = left
      const isMore = wasMoreLeft
      left = []
      wasMoreLeft = false
      for (const { name, sha256, messages } of before) take(name, sha256, messages)
      return isMore
    },
    seen(event: Extract<WatchEvent, { readonly name: string }>) {
      const { name } = event
      if (!leftOver.has(name)) seenComing.add(name)
      clearTimeout(missing.get(name))
      missing.delete(name)
      switch (event.kind) {
        case 'file':
          return take(name, event.sha256, () => event.documents.map((document) => readMessage(document, rules())))
        case 'refused':
          return refuse(name, event.sha256, unreadable(event.flaw, 'face'))
        case 'gone': {
          const tell = () => {
            missing.delete(name)
            refuse(name, '', { code: 'TERMINAL_FILE_GONE' })
          }
          missing.set(name, setTimeout(tell, movingMs).unref())
        }
      }
    },
    close() {
      for (const timer of missing.values()) clearTimeout(timer)
    },
  }
}
