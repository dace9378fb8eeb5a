// A server with the training hub's certificate that answers whatever the test wants, byte for byte, and writes down
// what it was asked. For answers that no working hub gives.
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { createServer } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TLSSocket } from 'node:tls'
import type { TrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'

export interface ScriptedAnswer {
  readonly status?: number
  readonly headers?: OutgoingHttpHeaders
  /** A list is sent piece by piece, each on its way before the next. */
  readonly body: string | Uint8Array | readonly Uint8Array[]
}

export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** `answer` gets the question; null leaves it without an answer for ever. */
export async function startScriptedHub(pki: TrainingPki, answer: (asked: Asked) => ScriptedAnswer | null) {
  const asked: Asked[] = []
  const protocols: string[] = []
  const server = createServer(
    {
      ca: pki.hub.ca,
      cert: pki.hub.serverCertificate,
      key: pki.hub.serverKey,
      requestCert: true,
      rejectUnauthorized: true,
      ALPNProtocols: ['h2', 'http/1.1'],
    },
    async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part)
      const { method = '', url = '', headers } = request
      const question = { method, url, headers, body: Buffer.concat(parts).toString() }
      asked.push(question)
      const given = answer(question)
      if (!given) return
      response.writeHead(given.status ?? 200, { 'content-type': 'application/json', ...given.headers })
      if (!Array.isArray(given.body)) return response.end(given.body)
      for (const piece of given.body) {
        await new Promise((sent) => response.write(piece, sent))
        await sleep(10)
      }
      response.end()
    },
  )
  server.on('secureConnection', (socket: TLSSocket) => protocols.push(`${socket.getProtocol()} ${socket.alpnProtocol}`))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `https://127.0.0.1:${address.port}`,
    asked,
    /** One entry per connection: its TLS version and the protocol it agreed on. */
    protocols,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
