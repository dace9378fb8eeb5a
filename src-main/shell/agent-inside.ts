// The agent in a process of its own, seen from inside: it is started when the main process says where, gets the database's
// key and its reader hosts from there, and answers over the border. The end of this process is the end of the agent.
import type { Agent, AgentOptions, StartHost } from '../agent.ts'
import { type Log, stackOf } from '../ground/log.ts'
import { fail, failureOf, ok, type Result } from '../ground/result.ts'
import type { KeyStore } from '../store/key-store.ts'
import { type AgentPlace, type ChannelPort, type FromAgent, type ToAgent, toAgentSchema } from './agent-border.ts'
import { type AgentPort, portOf } from './agent-port.ts'
import { doors } from './doors.ts'

/** The way to the main process. */
interface Border {
  post(message: FromAgent): void
  onMessage(listener: (message: unknown, port: ChannelPort | undefined) => void): void
}

export interface InsidePorts {
  readonly border: Border
  readonly start: (
    place: AgentPlace,
    more: Pick<AgentOptions, 'keyStore' | 'startReaderHost' | 'log'>,
  ) => Promise<Result<Agent>>
  readonly openLog: (place: AgentPlace) => Log
  /** Ends this process. */
  readonly end: (code: number) => void
}

/** Throws at what the border does not know: that is a bug on one of its sides. */
export function serveAgent({ border, start, openLog, end }: InsidePorts): void {
  const keys = keysOverBorder(border)
  const hosts = hostsOverBorder(border)
  let running: Promise<AgentPort | null> = Promise.resolve(null)

  const begin = async (place: AgentPlace): Promise<AgentPort | null> => {
    const log = openLog(place)
    try {
      const started = await start(place, { keyStore: keys.store, startReaderHost: hosts.start, log })
      if (!started.ok) border.post({ kind: 'refused', failure: started.error })
      else {
        const port = portOf(started.value)
        port.onOutlook((outlook) => border.post({ kind: 'outlook', outlook }))
        border.post({ kind: 'started' })
        return port
      }
    } catch (error) {
      const failure = failureOf(error)
      // A bug: another start may do better, and the main process counts them.
      if (failure.code === 'AGENT_FAULT') {
        log.write({ event: 'fault', where: stackOf(error) })
        end(1)
      } else border.post({ kind: 'refused', failure })
    }
    return null
  }

  const call = async ({ id, door, name, request }: Extract<ToAgent, { kind: 'call' }>) => {
    const port = await running
    const at = doors.find((one) => one.name === door)
    // An answer that does not fit the contract goes no further.
    const answer = at && (await port?.call(at, name, request).catch(() => undefined))
    border.post({ kind: 'answer', id, answer: answer ?? fail('AGENT_FAULT') })
  }

  const follow = async (name: Extract<ToAgent, { kind: 'follow' }>['door']) => {
    const port = await running
    const door = doors.find((one) => one.name === name)
    if (door) port?.follow(door, (told) => border.post({ kind: 'told', door: name, told }))
  }

  const stop = async () => {
    const port = await running
    await port?.stop()
    end(0)
  }

  border.onMessage((said, port) => {
    const message = toAgentSchema.parse(said)
    if (message.kind === 'start') running = begin(message.place)
    else if (message.kind === 'key') keys.take(message)
    else if (message.kind === 'call') void call(message)
    else if (message.kind === 'follow') void follow(message.door)
    else if (message.kind === 'locked') void running.then((agent) => agent?.sayLocked(message.isLocked))
    else if (message.kind === 'readerHost') port && hosts.join(message.id, port)
    else if (message.kind === 'readerHostEnded') hosts.ended(message.id)
    else void stop()
  })
}

/** The key's place at rest is the main process's: only there does the system unwrap it. */
function keysOverBorder(border: Border) {
  const waiting = new Map<number, (answer: Extract<ToAgent, { kind: 'key' }>['answer']) => void>()
  let lastId = 0
  const ask = (isNew: boolean) =>
    new Promise<Extract<ToAgent, { kind: 'key' }>['answer']>((resolve) => {
      const id = ++lastId
      waiting.set(id, resolve)
      border.post({ kind: 'keyWanted', id, isNew })
    })
  const store: KeyStore = {
    load: () => ask(false),
    async create() {
      const answer = await ask(true)
      if (!answer.ok) return answer
      return answer.value ? ok(answer.value) : fail('STORE_UNWRITABLE')
    },
  }
  return {
    store,
    take({ id, answer }: Extract<ToAgent, { kind: 'key' }>) {
      waiting.get(id)?.(answer)
      waiting.delete(id)
    },
  }
}

/**
 * The reader host is a process of the main one's, and speaks with the agent over a port of its own: PINs pass the main
 * process by, and whichever of the two ends takes the other one not with it.
 */
function hostsOverBorder(border: Border) {
  interface Joining {
    readonly join: (port: ChannelPort) => void
    readonly ended: () => void
  }
  const hosts = new Map<number, Joining>()
  let lastId = 0
  const start: StartHost = () => {
    const id = ++lastId
    const joined = Promise.withResolvers<ChannelPort>()
    const ended = Promise.withResolvers<void>()
    hosts.set(id, { join: joined.resolve, ended: ended.resolve })
    border.post({ kind: 'readerHostWanted', id })
    return {
      send: (request) => void joined.promise.then((port) => port.postMessage(request)),
      onMessage: (listener) =>
        void joined.promise.then((port) => {
          port.on('message', ({ data }) => listener(data))
          port.start()
        }),
      onExit: (listener) => void ended.promise.then(listener),
      kill: () => border.post({ kind: 'readerHostUnwanted', id }),
    }
  }
  return {
    start,
    join: (id: number, port: ChannelPort) => hosts.get(id)?.join(port),
    ended(id: number) {
      hosts.get(id)?.ended()
      hosts.delete(id)
    },
  }
}
