// One process of the agent, seen from the main process: from its fork to its end. What it wants of the main process (the
// database's key, a reader host) it gets; a call that it can no longer answer is answered for it.
import type { Told } from '../contract/told.ts'
import type { Log } from '../ground/log.ts'
import { type Failure, fail } from '../ground/result.ts'
import type { KeyStore } from '../store/key-store.ts'
import { type AgentPlace, fromAgentSchema, type ToAgent } from './agent-border.ts'
import type { Outlook } from './agent-port.ts'
import type { Door, DoorAnswer } from './doors.ts'

/** The part of Electron's `UtilityProcess` that is used; `P`: its ports. */
export interface ChildProcess<P> {
  postMessage(message: unknown, transfer?: P[]): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  /** Also when it never came up. */
  once(event: 'exit', listener: () => void): unknown
  kill(): unknown
}

export interface OutsidePorts<P> {
  readonly forkAgent: () => ChildProcess<P>
  readonly forkReaderHost: () => ChildProcess<P>
  readonly openChannel: () => { readonly port1: P; readonly port2: P }
  readonly keyStore: KeyStore
  readonly place: AgentPlace
  readonly log: Log
}

/** What is heard of it. */
export interface AgentEvents {
  started(): void
  /** It does not start, and says why. */
  refused(failure: Failure): void
  told(door: Door['name'], told: Told): void
  outlook(outlook: Outlook): void
  /** Once, after which nothing is heard any more. */
  ended(): void
}

export interface AgentProcess {
  call(door: Door, name: string, request: unknown): Promise<DoorAnswer>
  follow(door: Door): void
  sayLocked(isLocked: boolean): void
  /** Asks it to end in order. */
  stop(): void
  kill(): void
}

export function startAgentProcess<P>(ports: OutsidePorts<P>, events: AgentEvents): AgentProcess {
  const child = ports.forkAgent()
  const calls = new Map<number, (answer: DoorAnswer) => void>()
  const hosts = new Map<number, ChildProcess<P>>()
  let lastId = 0
  let isOver = false
  const post = (message: ToAgent, ...transfer: P[]) => {
    if (!isOver) child.postMessage(message, transfer)
  }

  const giveKey = async (id: number, isNew: boolean) => {
    const answer = await (isNew ? ports.keyStore.create() : ports.keyStore.load())
    post({ kind: 'key', id, answer })
    if (answer.ok) answer.value?.fill(0)
  }
  const giveReaderHost = (id: number) => {
    const host = ports.forkReaderHost()
    const { port1, port2 } = ports.openChannel()
    hosts.set(id, host)
    host.once('exit', () => {
      hosts.delete(id)
      post({ kind: 'readerHostEnded', id })
    })
    host.postMessage({ kind: 'join' }, [port1])
    post({ kind: 'readerHost', id }, port2)
  }
  const hear = (message: ReturnType<typeof fromAgentSchema.parse>) => {
    switch (message.kind) {
      case 'keyWanted':
        return void giveKey(message.id, message.isNew)
      case 'started':
        return events.started()
      case 'refused':
        return events.refused(message.failure)
      case 'answer':
        calls.get(message.id)?.(message.answer)
        return void calls.delete(message.id)
      case 'told':
        return events.told(message.door, message.told)
      case 'outlook':
        return events.outlook(message.outlook)
      case 'readerHostWanted':
        return giveReaderHost(message.id)
      case 'readerHostUnwanted':
        return void hosts.get(message.id)?.kill()
    }
  }

  child.on('message', (said) => {
    const message = fromAgentSchema.safeParse(said)
    if (message.success) return hear(message.data)
    // It is not what it was: another one takes its place.
    ports.log.write({ event: 'fault', where: ['the agent’s process says what the border does not know'] })
    child.kill()
  })
  child.once('exit', () => {
    isOver = true
    // A card is let go of by its reader host's end; nobody else has a use for it.
    for (const host of hosts.values()) host.kill()
    for (const answer of calls.values()) answer(fail('AGENT_FAULT'))
    calls.clear()
    events.ended()
  })
  post({ kind: 'start', place: ports.place })

  return {
    call: (door, name, request) =>
      new Promise((resolve) => {
        if (isOver) return resolve(fail('AGENT_FAULT'))
        const id = ++lastId
        calls.set(id, resolve)
        post({ kind: 'call', id, door: door.name, name, request })
      }),
    follow: ({ name }) => post({ kind: 'follow', door: name }),
    sayLocked: (isLocked) => post({ kind: 'locked', isLocked }),
    stop: () => post({ kind: 'stop' }),
    kill: () => void child.kill(),
  }
}
