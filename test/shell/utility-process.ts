// Electron's utility processes and channels under plain Node: a child of Node finds `process.parentPort` and ports that speak
// Electron's way (parent-port.ts), and whatever goes through a port given to it is carried over the child's own channel.
import { type ChildProcess as Child, fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { z } from 'zod'
import type { ChannelPort } from '../../src-main/shell/agent-border.ts'
import type { ChildProcess } from '../../src-main/shell/agent-outside.ts'

/** What goes between the two processes: to the parent's port, or through one that was given. */
export const carriedSchema = z.object({
  /** None: the parent's. */
  port: z.int().optional(),
  isClosed: z.boolean().optional(),
  data: z.unknown(),
  /** Those that come with it. */
  ports: z.array(z.int()).optional(),
})

export class StandInPort extends EventEmitter implements ChannelPort {
  readonly port: MessagePort
  constructor(port: MessagePort) {
    super()
    this.port = port
    port.on('close', () => this.emit('close'))
  }
  postMessage(message: unknown): void {
    this.port.postMessage(message)
  }
  start(): void {
    this.port.on('message', (data) => this.emit('message', { data, ports: [] }))
  }
}

export function openChannel(): { readonly port1: StandInPort; readonly port2: StandInPort } {
  const { port1, port2 } = new MessageChannel()
  return { port1: new StandInPort(port1), port2: new StandInPort(port2) }
}

export interface Forked extends ChildProcess<StandInPort> {
  readonly child: Child
}

export function forkUtility(entry: string, execArgv: readonly string[] = []): Forked {
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [...execArgv, '--import', pathToFileURL(join(import.meta.dirname, 'parent-port.ts')).href],
  })
  const events = new EventEmitter()
  const given = new Map<number, MessagePort>()
  let lastPort = 0
  const send = (message: z.infer<typeof carriedSchema>) => void child.send(message, () => undefined)
  child.on('message', (message) => {
    const { port, data } = carriedSchema.parse(message)
    if (port === undefined) events.emit('message', data)
    else given.get(port)?.postMessage(data)
  })
  child.once('exit', (code) => {
    for (const port of given.values()) port.close()
    events.emit('exit', code)
  })
  /** A port that goes to the child: what comes through it here is carried there, and back. */
  const give = ({ port }: StandInPort): number => {
    const id = ++lastPort
    given.set(id, port)
    port.on('message', (data: unknown) => send({ port: id, data }))
    port.on('close', () => send({ port: id, isClosed: true, data: null }))
    return id
  }
  return {
    child,
    postMessage: (data, transfer = []) => send({ data, ports: transfer.map(give) }),
    on: (event, listener) => events.on(event, listener),
    once: (event, listener) => events.once(event, listener),
    kill: () => child.kill('SIGKILL'),
  }
}
