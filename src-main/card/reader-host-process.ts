// The reader host as a running process, seen from the agent. What kind of process it is depends on the shell: Electron
// with its fuses set cannot run a script as plain Node, so its main process forks a utility process (shell/agent-inside.ts
// asks for it).
import { fork } from 'node:child_process'
import type { HostRequest } from './reader-host-protocol.ts'

export interface HostProcess {
  /** Never throws. A request to a process that is ending gets no answer; its end is reported. */
  send(request: HostRequest): void
  /** Messages as they came, unchecked. */
  onMessage(listener: (message: unknown) => void): void
  /** Calls once, when the process has gone or could not be started. */
  onExit(listener: () => void): void
  /** Ends it at once, also when it is stuck in the smart card library: the system then gives its cards back. */
  kill(): void
}

/** Starts the host's entry file (absolute path). */
export type StartHost = (entry: string) => HostProcess

/** The host under plain Node. */
export const forkHost: StartHost = (entry) => {
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // As a background agent, Windows would open a console for it.
    windowsHide: true,
  })
  const gone = Promise.withResolvers<void>()
  child.once('exit', () => gone.resolve())
  child.on('error', () => {
    // Neither started nor running: there will be no exit. Other errors are followed by one.
    if (child.pid === undefined) gone.resolve()
  })
  return {
    send: (request) => void child.send(request, () => undefined),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void gone.promise.then(listener),
    kill: () => void child.kill('SIGKILL'),
  }
}
