// The process of a line to the hub as it is in life: `node life-line.ts <port of the hub> <one way in ms>`. Whatever goes over it
// takes that long in each direction, the making of a connection once there and back. Tells its port at first; asked for its `waits` it
// tells when something was on it since the last time, and cuts all connections: the next patient comes minutes later.
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { steadyMs } from '../steady-clock.ts'

const [port = 0, oneWayMs = 0] = process.argv.slice(2).map(Number)
let waits: [from: number, to: number][] = []
const sockets = new Set<Socket>()

/** In order, each piece for itself: the line is long, not narrow. */
function carry(from: Socket, to: Socket, open: Promise<unknown>): void {
  let last: Promise<unknown> = open
  from.on('data', (piece) => {
    const began = steadyMs()
    const before = last
    const over = sleep(oneWayMs)
    last = Promise.all([before, over]).then(() => {
      waits.push([began, steadyMs()])
      if (!to.destroyed) to.write(piece)
    })
  })
  from.on('error', () => undefined)
  from.on('close', () => void last.then(() => to.destroy()))
}

const server = createServer({ noDelay: true }, (client) => {
  const hub = connect({ port, host: '127.0.0.1', noDelay: true })
  const open = sleep(2 * oneWayMs)
  for (const socket of [client, hub]) {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  }
  carry(client, hub, open)
  carry(hub, client, open)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : null })
})
process.on('message', () => {
  process.send?.({ waits })
  waits = []
  for (const socket of sockets) socket.destroy()
})
process.on('disconnect', () => process.exit())
