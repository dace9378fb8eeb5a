// The reader host of a computer on which Windows or Linux knows no reader: for live desks, which would ask the real system.
import type { StartHost } from '../../src-main/agent.ts'

export const noReaders: StartHost = () => {
  let exit = () => {}
  return {
    send: () => undefined,
    onMessage: (listener) => listener({ kind: 'readers', readers: [], service: 'up' }),
    onExit(listener) {
      exit = listener
    },
    kill: () => exit(),
  }
}
