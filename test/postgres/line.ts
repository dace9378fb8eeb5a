// The line between a desk and its server, for tests that cut it or look at what goes over it.
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { PostgresPlace } from './server.ts'

interface Line {
  /** For ServerAccess. */
  readonly host: string
  readonly port: number
  /** Both ends are told, as when a program is killed. */
  cut(): void
  /** Nobody is told, and nothing goes through any more: a plug was pulled. */
  freeze(): void
  /** Whoever comes from now on is turned away. */
  close(): void
  /** The same for as long as it is so. */
  refuse(isRefused: boolean): void
}

interface LineOptions {
  /** Of a socket, so that what goes through is plain, or another address of this computer. */
  readonly from: 'socket' | '127.0.0.1' | '127.0.0.2'
  readonly to: 'socket' | 'tcp'
  /** What goes to the server; true: it does not arrive, and the line is cut. */
  readonly cutsBefore?: (sent: Buffer) => boolean
  /** What comes back after such a thing was sent is not heard, and the line is cut. */
  readonly cutsAfter?: (sent: Buffer) => boolean
  /** What comes back. */
  readonly hears?: (received: Buffer) => void
}

export async function openLine(
  { folder, port }: PostgresPlace,
  { from, to, cutsBefore, cutsAfter, hears }: LineOptions,
): Promise<Line> {
  const sockets = new Set<Socket>()
  let isFrozen = false
  let isRefused = false
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
    for (const socket of [desk, real]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        if (isFrozen) return
        desk.destroy()
        real.destroy()
      })
    }
    desk.on('data', (data) => {
      if (isFrozen) return
      if (cutsBefore?.(data)) return cut()
      isDeaf ||= cutsAfter?.(data) ?? false
      real.write(data)
    })
    real.on('data', (data) => {
      if (isFrozen) return
      if (isDeaf) return cut()
      hears?.(data)
      desk.write(data)
    })
  })
  const socketFolder = mkdtempSync(join(tmpdir(), 'madoguchi-line-'))
  const place = from === 'socket' ? { path: join(socketFolder, `.s.PGSQL.${port}`) } : { host: from, port: 0 }
  await new Promise<void>((resolve) => server.listen(place, resolve))
  const close = () => {
    server.close()
  }
  onTestFinished(() => {
    close()
    cut()
    rmSync(socketFolder, { recursive: true, force: true })
  })
  const address = server.address()
  return {
    host: from === 'socket' ? socketFolder : from,
    port: typeof address === 'object' && address ? address.port : port,
    cut,
    freeze: () => {
      isFrozen = true
    },
    close,
    refuse(isNow) {
      isRefused = isNow
    },
  }
}
