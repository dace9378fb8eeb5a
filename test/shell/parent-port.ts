// What a utility process of Electron finds, put into a child of plain Node before its entry runs: `process.parentPort`, on
// which messages wait until somebody listens, ports that come with them, and nothing of Node's own channel.
import { EventEmitter } from 'node:events'
import { carriedSchema } from './utility-process.ts'

const channel = process.send?.bind(process)
if (!channel) throw new Error('started without a channel')

class Port extends EventEmitter {
  readonly #id: number
  readonly #early: unknown[] = []
  #isStarted = false
  constructor(id: number) {
    super()
    this.#id = id
  }
  postMessage(data: unknown): void {
    channel?.({ port: this.#id, data })
  }
  start(): void {
    this.#isStarted = true
    for (const data of this.#early.splice(0)) this.hear(data)
  }
  hear(data: unknown): void {
    if (this.#isStarted) this.emit('message', { data, ports: [] })
    else this.#early.push(data)
  }
}

const ports = new Map<number, Port>()
const early: object[] = []
const parentPort = Object.assign(new EventEmitter(), { postMessage: (data: unknown) => void channel({ data }) })
parentPort.on('newListener', (name) => {
  if (name === 'message')
    queueMicrotask(() => early.splice(0).forEach((event) => void parentPort.emit('message', event)))
})
process.on('message', (message) => {
  const { port, isClosed, data, ports: given = [] } = carriedSchema.parse(message)
  if (port !== undefined) {
    if (isClosed) ports.get(port)?.emit('close')
    else ports.get(port)?.hear(data)
    return
  }
  const event = {
    data,
    ports: given.map((id) => {
      const opened = new Port(id)
      ports.set(id, opened)
      return opened
    }),
  }
  if (parentPort.listenerCount('message') > 0) parentPort.emit('message', event)
  else early.push(event)
})
Object.assign(process, { parentPort, send: undefined })
