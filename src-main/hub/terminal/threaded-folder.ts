// The agent's side of the folders' threads: what they say, and what it means when they say nothing. Each piece of work on
// a share has its limit here, because a thread that hangs in the system cannot measure it itself.
import type { Worker } from 'node:worker_threads'
import { fail, type Result } from '../../ground/result.ts'
import { startSmallThread } from '../../ground/small-thread.ts'
import type { DeskTarget } from './desk-watch.ts'
import type { WatchEvent, WatchTarget } from './folder-watch.ts'
import type { InspectedFolders, Inspection } from './inspection.ts'
import type { RequestFile, RequestTarget } from './request-folder.ts'

export type FolderTask =
  | { readonly kind: 'watch'; readonly target: WatchTarget }
  | { readonly kind: 'write'; readonly target: RequestTarget }
  | { readonly kind: 'inspect'; readonly folders: InspectedFolders; readonly now: number }
  | { readonly kind: 'desk'; readonly target: DeskTarget }

export interface ToFolder {
  readonly request: RequestFile
}

export type FromFolder =
  | WatchEvent
  | { readonly kind: 'put'; readonly result: Result<boolean> }
  | { readonly kind: 'inspected'; readonly result: Result<Inspection> }

/** How long one piece of work on a share may take before the folder counts as not answering, in milliseconds. */
export const answerLimitMs = 5_000

export interface ThreadOptions {
  /** Absolute path of folder-thread.ts, or of what it was built into. */
  readonly entry: string
  /** A bug ended a thread. */
  readonly onFault: (error: unknown) => void
  readonly limitMs?: number
}

/** A thread that ends of a bug is started again after this pause. */
const restartMs = 1_000

/** A thread that goes on until `end`, started again when it ends of a bug. `listen` gets what it says. */
export function keepThread<From, To>(
  task: FolderTask,
  { entry, onFault }: ThreadOptions,
  listen: (message: From) => void,
): { say(message: To): void; end(): void } {
  let worker: Worker | null = null
  let isOver = false
  const start = () => {
    if (isOver) return
    worker = startSmallThread(entry, task)
    worker.unref()
    worker.on('message', listen)
    worker.on('error', onFault)
    worker.once('exit', () => setTimeout(start, restartMs).unref())
  }
  start()
  return {
    say: (message) => worker?.postMessage(message),
    end() {
      isOver = true
      // Not waited for: it may hang in its share.
      void worker?.terminate()
    },
  }
}

/** Watches one folder until `close`. TERMINAL_FOLDER_SLOW is told here, and taken back when the folder answers again. */
export function watchInThread(
  target: WatchTarget,
  onEvent: (event: Exclude<WatchEvent, { kind: 'beat' }>) => void,
  options: ThreadOptions,
): { close(): void } {
  const { limitMs = answerLimitMs } = options
  let state: Extract<WatchEvent, { kind: 'state' }> = { kind: 'state', failure: null }
  let heardAt = performance.now()
  let isSlow = false

  const thread = keepThread<WatchEvent, never>({ kind: 'watch', target }, options, (event) => {
    heardAt = performance.now()
    if (event.kind === 'state') state = event
    else if (event.kind !== 'beat') return onEvent(event)
    if (isSlow || event.kind === 'state') onEvent(state)
    isSlow = false
  })
  const patience = setInterval(() => {
    if (isSlow || performance.now() - heardAt < limitMs) return
    isSlow = true
    onEvent({ kind: 'state', failure: { code: 'TERMINAL_FOLDER_SLOW', detail: { field: target.name } } })
  }, limitMs / 5)
  patience.unref()

  return {
    close() {
      clearInterval(patience)
      thread.end()
    },
  }
}

export interface RequestFolder {
  /** As putRequest. Errors: TERMINAL_FOLDER_ codes; after TERMINAL_FOLDER_SLOW it may still be written. */
  put(request: RequestFile): Promise<Result<boolean>>
  close(): void
}

export function writeInThread(
  target: RequestTarget,
  { entry, onFault, limitMs = answerLimitMs }: ThreadOptions,
): RequestFolder {
  let worker: Worker | null = null
  /** The thread has one request at a time; one that hangs holds up those behind it, each for its own limit. */
  let before: Promise<unknown> = Promise.resolve()

  const start = (): Worker => {
    const task: FolderTask = { kind: 'write', target }
    const started = startSmallThread(entry, task)
    started.unref()
    started.on('error', onFault)
    started.once('exit', () => {
      if (worker === started) worker = null
    })
    worker = started
    return started
  }
  const slow = () => fail('TERMINAL_FOLDER_SLOW', { field: 'req' })
  const run = (request: RequestFile): Promise<Result<boolean>> => {
    const thread = worker ?? start()
    const { promise: done, resolve } = Promise.withResolvers<Result<boolean>>()
    const onMessage = (message: FromFolder) => message.kind === 'put' && resolve(message.result)
    const onExit = () => resolve(slow())
    thread.on('message', onMessage).once('exit', onExit)
    const say: ToFolder = { request }
    thread.postMessage(say)
    return done.finally(() => thread.off('message', onMessage).off('exit', onExit))
  }

  return {
    put(request) {
      const written = before.then(() => run(request))
      before = written
      const { promise: limit, resolve } = Promise.withResolvers<Result<boolean>>()
      const timer = setTimeout(() => resolve(slow()), limitMs)
      return Promise.race([written, limit]).finally(() => clearTimeout(timer))
    },
    close: () => void worker?.terminate(),
  }
}

/** One look at all of the folders, `now` in milliseconds since 1970. Errors: TERMINAL_FOLDER_ codes, of the first that fails. */
export async function inspectInThread(
  folders: InspectedFolders,
  now: number,
  { entry, limitMs = answerLimitMs }: Omit<ThreadOptions, 'onFault'>,
): Promise<Result<Inspection>> {
  const task: FolderTask = { kind: 'inspect', folders, now }
  const thread = startSmallThread(entry, task)
  const { promise: inspected, resolve, reject } = Promise.withResolvers<Result<Inspection>>()
  const timer = setTimeout(() => resolve(fail('TERMINAL_FOLDER_SLOW')), limitMs)
  thread.once('error', reject)
  thread.on('message', (message: FromFolder) => message.kind === 'inspected' && resolve(message.result))
  return inspected.finally(() => {
    clearTimeout(timer)
    // Not waited for: it may hang in its share.
    void thread.terminate()
  })
}
