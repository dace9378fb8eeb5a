// The reader host as Electron's utility process. The packed program has the fuse that lets its binary run scripts as
// plain Node switched off, so the way of the headless shell (child_process.fork) does not exist there.
import type { ForkOptions } from 'electron'
import type { StartHost } from '../agent.ts'

/** The part of `utilityProcess` that is used. */
export interface UtilityProcessPort {
  fork(
    entry: string,
    args: string[],
    options: ForkOptions,
  ): {
    postMessage(message: unknown): void
    on(event: 'message', listener: (message: unknown) => void): unknown
    once(event: 'exit', listener: () => void): unknown
    kill(): boolean
  }
}

/** Only after the app is ready. The other end is `process.parentPort` in native/reader-host.ts. */
export const utilityHost =
  (utilityProcess: UtilityProcessPort): StartHost =>
  (entry) => {
    const child = utilityProcess.fork(entry, [], { serviceName: 'Madoguchi reader host', stdio: 'ignore' })
    return {
      send: (request) => child.postMessage(request),
      onMessage: (listener) => void child.on('message', listener),
      // Electron reports the exit of a process that never came up, too.
      onExit: (listener) => void child.once('exit', listener),
      kill: () => void child.kill(),
    }
  }
