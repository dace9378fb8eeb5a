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
  let turn: Promise<unknown> = Promise.resolve()

  const take = (name: string, sha256: string, messages: () => readonly Result<TerminalMessage>[]) => {
    turn = turn
      .then(async () => {
        if (!(await isOurs(name, sha256))) return
        for (const message of messages())
          onArrival({ name, sha256, isLeftOver: leftOver.has(name), isAsked: false, message })
      })
      .catch(onFault)
  }
  const refuse = (name: string, sha256: string, error: Failure) => take(name, sha256, () => [{ ok: false, error }])

  return {
    /** They lay there before anybody looked. */
    leftOver(names: readonly string[]) {
      for (const name of names) leftOver.add(name)
    },
    seen(event: Extract<WatchEvent, { readonly name: string }>) {
      const { name } = event
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
