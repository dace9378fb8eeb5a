// The built screen behind a server whose agent is the test: it says what the state is, breaks the connection when it
// likes, and keeps every call. The page runs under the product's own policy.
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { extname } from 'node:path'
import type { Reception } from '../../src-main/contract/reception.ts'
import { createTeller } from '../../src-main/contract/told.ts'
import type { Result } from '../../src-main/ground/result.ts'
import { contentSecurityPolicy } from '../../src-main/shell/content-security-policy.ts'
import { builtPages } from './built-pages.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
}

const key = 'the-key-of-this-page'

interface Call {
  readonly name: string
  readonly request: unknown
}

export interface Stage<V = Reception> {
  readonly address: string
  readonly calls: Call[]
  /** What all pages have been told until now, in bytes. */
  bytesTold(): number
  /** Sends the next state to every open page; the revision counts up by itself, and is the answer: for `drawn`. */
  show(reception: V): number
  /** Sends this text as a state, whatever it is. */
  sendRaw(text: string): void
  /** What the next calls answer, when it is there; the one for the whole state answers that. */
  answer: Result<unknown> | Promise<Result<unknown>>
  /** Breaks every stream and refuses new ones until `connect`. */
  disconnect(): void
  /** From now on the page's key opens nothing; streams are broken. */
  shut(): void
  /** Another page has come in the place of those that are open. */
  take(): void
  connect(): void
  close(): Promise<void>
}

/** `file`: which of the built pages stands there. */
export async function openStage<V extends object = Reception>(first: V, file = 'index.html'): Promise<Stage<V>> {
  const pages = await builtPages()
  const streams = new Map<ServerResponse, ReturnType<typeof createTeller>>()
  let isConnected = true
  let isShut = false
  let revision = 1
  let now = first
  let bytes = 0
  const send = (stream: ServerResponse, text: string) => {
    bytes += Buffer.byteLength(text) + 1
    stream.write(`${text}\n`)
  }
  const tell = (stream: ServerResponse) => send(stream, JSON.stringify(streams.get(stream)?.({ ...now, revision })))

  const server = createServer(async (request, response) => {
    const path = request.url ?? '/'
    response.setHeader('content-security-policy', contentSecurityPolicy)
    if (path.endsWith('/api/events')) {
      if (isShut || request.headers.authorization !== `Bearer ${key}`) return response.writeHead(403).end()
      if (!isConnected) return response.writeHead(503).end()
      response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' })
      streams.set(response, createTeller())
      response.on('close', () => streams.delete(response))
      return tell(response)
    }
    if (path === '/enter') return response.setHeader('content-type', 'application/json').end(JSON.stringify({ key }))
    const [, call] = /\/api\/call\/(.*)$/.exec(path) ?? []
    if (call !== undefined) {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      stage.calls.push({ name: call, request: JSON.parse(Buffer.concat(chunks).toString()) })
      const answer =
        call === 'reception' ? { ok: true, value: createTeller()({ ...now, revision }) } : await stage.answer
      return response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
    }
    const asked = path === '/' ? file : path
    response.setHeader('content-type', types[extname(asked)] ?? 'text/plain')
    return response.end(pages.get(asked.replace(/^\//, '')))
  })
  // As the agent does: however long a test looks at one state, its line is not silent.
  const beats = setInterval(() => {
    for (const stream of streams.keys()) stream.write('\n')
  }, 5_000)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the stage has no port')

  const stage: Stage<V> = {
    address: `http://127.0.0.1:${address.port}/#invitation`,
    calls: [],
    bytesTold: () => bytes,
    answer: { ok: true, value: null },
    show(reception) {
      now = reception
      revision++
      for (const stream of streams.keys()) tell(stream)
      return revision
    },
    sendRaw(text) {
      for (const stream of streams.keys()) send(stream, text)
    },
    disconnect() {
      isConnected = false
      for (const stream of streams.keys()) stream.destroy()
    },
    connect() {
      isConnected = true
    },
    shut() {
      isShut = true
      for (const stream of streams.keys()) stream.destroy()
    },
    take() {
      for (const stream of streams.keys()) send(stream, '{"closed":true}')
    },
    async close() {
      clearInterval(beats)
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return stage
}
