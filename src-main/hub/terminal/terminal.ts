// The terminal's folders as the agent sees them: results of the face reader as they come, how each folder is, and the
// door for requests. Every folder has its own thread; what comes out of them is told in the order it was found.
import { createHash } from 'node:crypto'
import type { Clock } from '../../ground/clock.ts'
import type { Encoding } from '../../ground/encodings.ts'
import { type Log, stackOf } from '../../ground/log.ts'
import { type Failure, ok, type Result } from '../../ground/result.ts'
import type { DeskStanding, DeskTarget } from './desk-watch.ts'
import { type Arrival, createFaceResults, unreadable } from './face-results.ts'
import { usualTiming, type WatchEvent, type WatchTarget } from './folder-watch.ts'
import { openMappingFile } from './mapping.ts'
import { createTerminalRequests, type RequestLimits, type TerminalRequests } from './requests.ts'
import { standAmongDesks } from './threaded-desk.ts'
import { watchInThread, writeInThread } from './threaded-folder.ts'

/** All paths absolute. */
export interface TerminalFolders {
  /** The shared folder of the linking application, and ours in it. */
  readonly root: string
  readonly own: string
  readonly face: string
  readonly trash: string
  /** Where results of the face reader are looked for. */
  readonly watch: readonly ('face' | 'trash')[]
  /** null: nothing is ever asked, results are only read. */
  readonly requests: {
    readonly req: string
    readonly res: string
    readonly institutionCode: string
    readonly encoding: Encoding
  } | null
  readonly mappingFile: string | null
}

export interface TerminalStatus {
  /** Which desk takes the results. */
  readonly desks: DeskStanding
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
  /** Staff have said that this desk takes the results from now on. Errors: TERMINAL_FOLDER_ codes. */
  takeOver(): Promise<Result<void>>
  close(): Promise<void>
}

/** Whose turn it is to take the results, among the desks of a site. */
export interface FolderTurn {
  /** By what name they all know the folder; null: it cannot be read here, or not yet, and another desk may. */
  at(folder: string | null): void
  isOurs(): Promise<boolean>
  /** Staff have said that it is this desk's. Errors: TERMINAL_FOLDER_MISSING, STORE_ codes. */
  seize(): Promise<Result<void>>
  /** Told again and again while it is ours, and when it is not any more. */
  onTurn(listener: (isOurs: boolean) => void): void
}

export interface TerminalOptions {
  readonly folders: TerminalFolders
  /** Absolute path of folder-thread.ts, or of what it was built into. */
  readonly entry: string
  readonly training: boolean
  /** Which of several desks beside the terminal this is. */
  readonly among: Pick<DeskTarget, 'desk' | 'timing'>
  /** null: this desk has its store to itself. */
  readonly turn: FolderTurn | null
  /** As RequestOptions.nextNumber. */
  readonly nextNumber: (day: string) => Promise<Result<number>>
  readonly clock: Clock
  readonly log: Log
  readonly onArrival: (arrival: Arrival) => void
  /** The status is another one. */
  readonly onChange: () => void
  readonly requestLimits?: RequestLimits | undefined
}

export function openTerminal(options: TerminalOptions): Terminal {
  const { folders, entry, training, clock, log, turn, onArrival, onChange } = options
  const onFault = (error: unknown) => log.write({ event: 'fault', where: stackOf(error) })
  const failures = new Map<WatchTarget['name'], Failure | null>()
  const watchFolder = (name: WatchTarget['name'], folder: string, prefixes: readonly string[]) => {
    const target: WatchTarget = { name, folder, prefixes, timing: usualTiming }
    const onEvent = (event: Exclude<WatchEvent, { kind: 'beat' }>) => {
      if (event.kind === 'state') {
        failures.set(name, event.failure)
        log.write({ event: 'terminalFolder', state: name, ...(event.failure && { code: event.failure.code }) })
        turn?.at(nameNow())
        onChange()
      } else if (event.kind === 'backlog') {
        results.leftOver(event.names)
      } else if (name !== 'res') results.seen(event)
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
      watchAnew()
      onChange()
    },
  })
  let faces = watchFaces()
  const watchAnew = () => {
    for (const watch of faces) watch.close()
    faces = watchFaces()
  }
  const { root, own } = folders
  let isElsewhere = false
  const desks = standAmongDesks(
    { root, own, ...options.among },
    () => {
      const { state, failure } = desks.standing()
      log.write({ event: 'terminalDesk', state: state.kind, ...(failure && { code: failure.code }) })
      turn?.at(nameNow())
      // What was left to the other desk and is not taken yet is found again.
      if (isElsewhere && state.kind !== 'elsewhere') watchAnew()
      isElsewhere = state.kind === 'elsewhere'
      onChange()
    },
    { entry, onFault },
  )
  let isOurTurn = false
  turn?.onTurn((isOurs) => {
    desks.turn(isOurs)
    // What was left to the desk before and is not taken yet is found again.
    if (isOurs && !isOurTurn && results.again()) watchAnew()
    isOurTurn = isOurs
  })
  /** Where this account can keep nothing in the folder, desks that call it alike are still told apart. */
  const nameNow = (): string | null => {
    const { state, failure, folder } = desks.standing()
    const isAway = failure !== null || folders.watch.every((name) => isGone(failures.get(name) ?? null))
    if (isAway || (state.kind === 'unknown' && folder === null)) return null
    return folder ?? createHash('sha256').update(root).digest('hex').slice(0, 32)
  }
  const isOurs = async (name: string, sha256: string) =>
    (turn === null || (await turn.isOurs())) && desks.isOurs(name, sha256)
  const rules = () => ({ mapping: mappingFile.mapping(), training })
  const results = createFaceResults({ isOurs, rules, onArrival, onFault })

  const doors = folders.requests && openDoors(folders.requests)
  const requests = doors && createTerminalRequests({ ...doors, limits: options.requestLimits })
  const answers = folders.requests && watchFolder('res', folders.requests.res, ['OQS'])

  function openDoors({ req, res, institutionCode, encoding }: NonNullable<TerminalFolders['requests']>) {
    return {
      folder: writeInThread({ req, res, staging: folders.own }, { entry, onFault }),
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
      desks: desks.standing(),
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
    async takeOver() {
      const seized = turn ? await turn.seize() : ok(undefined)
      return seized.ok ? desks.takeOver() : seized
    },
    async close() {
      for (const watch of faces) watch.close()
      results.close()
      answers?.close()
      doors?.folder.close()
      mappingFile.close()
      await desks.close()
    },
  }
}

/** A clock that differs keeps nobody from reading. */
const isGone = (failure: Failure | null) => failure !== null && failure.code !== 'TERMINAL_CLOCK_DIFFERS'
