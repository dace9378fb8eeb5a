// A line between a desk and its server that can be cut, frozen, slowed down and looked into, wherever it is needed: tests have theirs
// by line.ts, the chaos run holds one for each of its desks.
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PostgresPlace } from './server.ts'

export interface Line {
  /** For ServerAccess. */
  readonly host: string
  readonly port: number
  /** Both ends are told, as when a program is killed. */
  cut(): void
  /** Nobody is told, and nothing goes through any more: a plug was pulled. */
  freeze(): void
  /** The plug is in again: what was sent meanwhile comes through. */
  thaw(): void
  /** In milliseconds: how much longer everything takes in either direction, from now on. */
  delay(ms: number): void
  /** Whoever comes from now on is turned away. */
  close(): void
  /** The same for as long as it is so. */
  refuse(isRefused: boolean): void
}

export interface LineOptions {
  /** Of a socket, so that what goes through is plain, or another address of this computer. */
  readonly from: 'socket' | '127.0.0.1' | '127.0.0.2'
  readonly to: 'socket' | 'tcp'
  /** What goes to the server; true: it does not arrive, and the line is cut. */
  readonly cutsBefore?: (sent: Buffer) => boolean
  /**
   * What comes back after such a thing was sent is not heard, and the line is cut once the server has said that its transaction has
   * ended. Any sooner, and a server that cannot say the first word of its answer would give up what it was told to write.
   */
  readonly cutsAfter?: (sent: Buffer) => boolean
  /** What comes back. */
  readonly hears?: (received: Buffer) => void
}

/** What goes in one direction arrives in its order, however slow the line has been meanwhile. */
function slowly(send: (data: Buffer) => void, slowMs: () => number) {
  const under: Buffer[] = []
  const arrive = () => {
    const data = under.shift()
    if (data) send(data)
  }
  return (data: Buffer) => {
    if (slowMs() === 0 && under.length === 0) return send(data)
    under.push(data)
    setTimeout(arrive, slowMs())
  }
}

const ends = ['COMMIT', 'ROLLBACK'].map((tag) => Buffer.from(`${tag}\0`))
const longestEnd = 'ROLLBACK'.length + 1

/** Looks at what comes in pieces: whether the end of a transaction has been in it. */
function endOfTransaction() {
  let last = Buffer.alloc(0)
  return (data: Buffer): boolean => {
    const seen = Buffer.concat([last, data])
    last = seen.subarray(-longestEnd)
    return ends.some((end) => seen.includes(end))
  }
}

/** `end` leaves nothing of it. */
export async function openWire(
  { folder, port }: PostgresPlace,
  { from, to, cutsBefore, cutsAfter, hears }: LineOptions,
): Promise<Line & { end(): void }> {
  const sockets = new Set<Socket>()
  let isFrozen = false
  let isRefused = false
  let slowMs = 0
  const cut = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  const server: Server = createServer((desk) => {
    if (isRefused) {
      desk.on('error', () => undefined)
      desk.destroy()
      return
    }
    const real = to === 'socket' ? connect(join(folder, `.s.PGSQL.${port}`)) : connect(port, '127.0.0.1')
    let isDeaf = false
    const hasEnded = endOfTransaction()
    for (const socket of [desk, real]) {
      sockets.add(socket)
      if (isFrozen) socket.pause()
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        desk.destroy()
        real.destroy()
      })
    }
    const toServer = slowly(
      (data) => real.write(data),
      () => slowMs,
    )
    const toDesk = slowly(
      (data) => desk.write(data),
      () => slowMs,
    )
    desk.on('data', (data) => {
      if (cutsBefore?.(data)) return cut()
      isDeaf ||= cutsAfter?.(data) ?? false
      toServer(data)
    })
    real.on('data', (data) => {
      if (isDeaf) return hasEnded(data) ? cut() : undefined
      hears?.(data)
      toDesk(data)
    })
  })
  const socketFolder = mkdtempSync(join(tmpdir(), 'madoguchi-line-'))
  const place = from === 'socket' ? { path: join(socketFolder, `.s.PGSQL.${port}`) } : { host: from, port: 0 }
  await new Promise<void>((resolve) => server.listen(place, resolve))
  const address = server.address()
  return {
    host: from === 'socket' ? socketFolder : from,
    port: typeof address === 'object' && address ? address.port : port,
    cut,
    freeze() {
      isFrozen = true
      for (const socket of sockets) socket.pause()
    },
    thaw() {
      isFrozen = false
      for (const socket of sockets) socket.resume()
    },
    delay(ms) {
      slowMs = ms
    },
    close: () => void server.close(),
    refuse(isNow) {
      isRefused = isNow
    },
    end() {
      server.close()
      cut()
      rmSync(socketFolder, { recursive: true, force: true })
    },
  }
}
