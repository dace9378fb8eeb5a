// The terminal's folders as the agent sees them: results of the face reader as they come, how each folder is, and the
// door for requests. Every folder has its own thread; what comes out of them is told in the order it was found.
import type { Clock } from '../../ground/clock.ts'
import type { Encoding } from '../../ground/encodings.ts'
import { type Log, stackOf } from '../../ground/log.ts'
import type { Failure, Result } from '../../ground/result.ts'
import { type FileFlaw, usualTiming, type WatchEvent, type WatchTarget } from './folder-watch.ts'
import { openMappingFile } from './mapping.ts'
import { readMessage, type TerminalMessage } from './message.ts'
import { createTerminalRequests, type RequestLimits, type TerminalRequests } from './requests.ts'
import { watchInThread, writeInThread } from './threaded-folder.ts'

/** All paths absolute. */
export interface TerminalFolders {
  readonly face: string
  readonly trash: string
  /** Where results of the face reader are looked for. */
  readonly watch: readonly ('face' | 'trash')[]
  /** null: nothing is ever asked, results are only read. */
  readonly requests: {
    readonly req: string
    readonly res: string
    readonly staging: string
    readonly institutionCode: string
    readonly encoding: Encoding
  } | null
  readonly mappingFile: string | null
}

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

export interface TerminalStatus {
  readonly folders: readonly {
    readonly name: 'face' | 'trash' | 'res'
    readonly folder: string
    readonly failure: Failure | null
  }[]
  readonly mapping: { readonly version: number; readonly isAssumed: boolean; readonly failure: Failure | null }
}

export interface Terminal {
  status(): TerminalStatus
  /** For bulk re-query and 照会番号; null when the settings name no folders for requests. */
  readonly requests: TerminalRequests | null
  close(): void
}

export interface TerminalOptions {
  readonly folders: TerminalFolders
  /** Absolute path of folder-thread.ts, or of what it was built into. */
  readonly entry: string
  readonly training: boolean
  /** As RequestOptions.nextNumber. */
  readonly nextNumber: (day: string) => Promise<Result<number>>
  readonly clock: Clock
  readonly log: Log
  readonly onArrival: (arrival: Arrival) => void
  /** The status is another one. */
  readonly onChange: () => void
  readonly requestLimits?: RequestLimits | undefined
}

/** A file that left one folder may turn up in another; after this pause it is gone. In milliseconds. */
const movingMs = 5_000

/** Which of the terminal's settings makes it encrypted differs by folder. */
const unreadable = (flaw: FileFlaw, folder: 'face' | 'res'): Failure =>
  flaw === 'encrypted'
    ? { code: 'TERMINAL_FILE_ENCRYPTED', detail: { field: folder } }
    : { code: 'TERMINAL_FILE_INVALID', detail: { field: flaw } }

export function openTerminal(options: TerminalOptions): Terminal {
  const { folders, entry, training, clock, log, onArrival, onChange } = options
  const onFault = (error: unknown) => log.write({ event: 'fault', where: stackOf(error) })
  const failures = new Map<WatchTarget['name'], Failure | null>()
  /** Names that were gone before they counted, until they turn up elsewhere or their time is over. */
  const missing = new Map<string, NodeJS.Timeout>()

  /** By name: another program may have moved them between the folders since. */
  const leftOver = new Set<string>()

  const found = (name: string) => {
    clearTimeout(missing.get(name))
    missing.delete(name)
  }
  const refused = (name: string, sha256: string, failure: Failure) =>
    onArrival({ name, sha256, isLeftOver: leftOver.has(name), isAsked: false, message: { ok: false, error: failure } })

  const onFace = (event: Exclude<WatchEvent, { kind: 'beat' | 'state' | 'backlog' }>) => {
    const { name } = event
    found(name)
    switch (event.kind) {
      case 'file': {
        const rules = { mapping: mappingFile.mapping(), training }
        for (const document of event.documents) {
          const message = readMessage(document, rules)
          onArrival({ name, sha256: event.sha256, isLeftOver: leftOver.has(name), isAsked: false, message })
        }
        return
      }
      case 'refused':
        return refused(name, event.sha256, unreadable(event.flaw, 'face'))
      case 'gone': {
        const tell = () => {
          missing.delete(name)
          refused(name, '', { code: 'TERMINAL_FILE_GONE' })
        }
        missing.set(name, setTimeout(tell, movingMs).unref())
      }
    }
  }

  const watchFolder = (name: WatchTarget['name'], folder: string, prefixes: readonly string[]) => {
    const target: WatchTarget = { name, folder, prefixes, timing: usualTiming }
    const onEvent = (event: Exclude<WatchEvent, { kind: 'beat' }>) => {
      if (event.kind === 'state') {
        failures.set(name, event.failure)
        log.write({ event: 'terminalFolder', state: name, ...(event.failure && { code: event.failure.code }) })
        onChange()
      } else if (event.kind === 'backlog') {
        for (const known of event.names) leftOver.add(known)
      } else if (name !== 'res') onFace(event)
      else if (event.kind === 'file') requests?.answered(event.name, event.documents)
      else if (event.kind === 'refused') requests?.refused(event.name, unreadable(event.flaw, 'res'))
    }
    return watchInThread(target, onEvent, { entry, onFault })
  }

  const watchFaces = () =>
    folders.watch.map((name) => watchFolder(name, folders[name], mappingFile.mapping().faceFiles))
  const mappingFile = openMappingFile(folders.mappingFile, {
    onChange() {
      // Which files count may have changed too; what has been seen is known by name and content.
      for (const watch of faces) watch.close()
      faces = watchFaces()
      onChange()
    },
  })
  let faces = watchFaces()

  const doors = folders.requests && openDoors(folders.requests)
  const requests = doors && createTerminalRequests({ ...doors, limits: options.requestLimits })
  const answers = folders.requests && watchFolder('res', folders.requests.res, ['OQS'])

  function openDoors({ req, res, staging, institutionCode, encoding }: NonNullable<TerminalFolders['requests']>) {
    return {
      folder: writeInThread({ req, res, staging }, { entry, onFault }),
      mapping: () => mappingFile.mapping(),
      training,
      institutionCode,
      encoding,
      nextNumber: options.nextNumber,
      clock,
    }
  }

  return {
    status: () => ({
      folders: [
        ...folders.watch.map((name) => ({ name, folder: folders[name] })),
        ...(folders.requests ? [{ name: 'res' as const, folder: folders.requests.res }] : []),
      ].map((folder) => ({ ...folder, failure: failures.get(folder.name) ?? null })),
      mapping: {
        version: mappingFile.mapping().version,
        isAssumed: mappingFile.mapping().subsidies.status === 'assumed',
        failure: mappingFile.failure(),
      },
    }),
    requests,
    close() {
      for (const timer of missing.values()) clearTimeout(timer)
      for (const watch of faces) watch.close()
      answers?.close()
      doors?.folder.close()
      mappingFile.close()
    },
  }
}
