// The agent's process of a test: the inside of the border with an agent that holds nothing and does what its calls say.
import { z } from 'zod'
import { createPcscReaders } from '../../src-main/card/pcsc-readers.ts'
import type { CallAnswer } from '../../src-main/contract/call-answer.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { createListeners } from '../../src-main/ground/listeners.ts'
import { fail, ok } from '../../src-main/ground/result.ts'
import { serveAgent } from '../../src-main/shell/agent-inside.ts'
import { reception } from './reception.ts'

const { parentPort } = process
serveAgent({
  border: {
    post: (message) => parentPort.postMessage(message),
    onMessage: (listener) => void parentPort.on('message', ({ data, ports }) => listener(data, ports[0])),
  },
  openLog: () => ({ write: () => undefined }),
  async start(_place, { keyStore, startReaderHost, log }) {
    const key = await keyStore.load()
    if (!key.ok) return key
    const listeners = createListeners<[reception: Reception]>()
    const readers = createPcscReaders({ hostEntry: 'of the main process', startHost: startReaderHost, log })
    let state = reception
    let hangs = false
    const calls: Record<string, (request: unknown) => Promise<CallAnswer>> = {
      reception: async () => ok(undefined),
      async computerLocked(request) {
        const { isLocked } = z.object({ isLocked: z.boolean() }).parse(request)
        state = { ...state, revision: state.revision + 1, isLocked }
        listeners.tell(state)
        return ok(undefined)
      },
      async change() {
        state = { ...state, revision: state.revision + 1, hideAfterMin: 9 }
        listeners.tell(state)
        return ok(undefined)
      },
      fail: async () => fail('PIN_WRONG', { triesLeft: 2 }),
      'say something odd': async () => JSON.parse('{"ok":"perhaps"}'),
      'never answer': () => new Promise(() => undefined),
      async 'be busy for ever'() {
        setImmediate(() => {
          for (;;);
        })
        return ok(undefined)
      },
      async throw() {
        setImmediate(() => {
          throw new Error('a bug')
        })
        return ok(undefined)
      },
      'has the key of sevens': async () =>
        key.value?.length === 32 && key.value.every((byte) => byte === 7) ? ok(undefined) : fail('STORE_KEY_WRONG'),
      async 'make a key'() {
        const made = await keyStore.create()
        return made.ok ? ok(undefined) : made
      },
      async 'hang at the end'() {
        hangs = true
        return ok(undefined)
      },
      async connect() {
        await readers.ready()
        const connected = await readers.connect('no such reader')
        return connected.ok ? ok(undefined) : connected
      },
      async 'close readers'() {
        await readers.close()
        return ok(undefined)
      },
    }
    return ok({
      firstStart: false,
      reception: () => state,
      onReception: listeners.add,
      call: async (_by, name, request) => (await calls[name]?.(request)) ?? fail('REQUEST_INVALID'),
      settled: async () => undefined,
      timings: () => null,
      training: null,
      stop: () => (hangs ? new Promise(() => undefined) : readers.close()),
    })
  },
  end: (code) => process.exit(code),
})
