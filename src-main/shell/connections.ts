// How many connections there may be. Anybody on this computer can open some and say nothing, whoever's they are; where
// they reach the limit, the oldest that nobody with a key has used makes room for the newest. So the desk always gets in,
// and what it has opened is never closed for others.
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

export interface Connections {
  /** Somebody with a key speaks on it. */
  trust(socket: Socket): void
}

/** `limit`: of those that nobody has shown a key on. */
export function boundConnections(server: Server, limit: number): Connections {
  const strangers = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    strangers.add(socket)
    socket.once('close', () => strangers.delete(socket))
    if (strangers.size <= limit) return
    const [oldest] = strangers
    oldest?.destroy()
    if (oldest) strangers.delete(oldest)
  })
  return { trust: (socket) => void strangers.delete(socket) }
}
