// The reader host where the main process itself wants one, for a self-test by command: a utility process, joined by a channel
// of its own as the agent's is.
import { MessageChannelMain } from 'electron'
import type { StartHost } from '../agent.ts'
import type { ChildProcess } from './agent-outside.ts'

export const hostInUtility =
  (fork: () => ChildProcess<Electron.MessagePortMain>): StartHost =>
  () => {
    const child = fork()
    const { port1: ours, port2: theirs } = new MessageChannelMain()
    child.postMessage(null, [theirs])
    ours.start()
    return {
      send: (request) => ours.postMessage(request),
      onMessage: (listener) => void ours.on('message', ({ data }) => listener(data)),
      onExit: (listener) => void child.once('exit', listener),
      kill: () => void child.kill(),
    }
  }
