// The headless shell's door to the screen: the same contract as Electron's IPC, over HTTP on loopback. A page gets in
// with the one-time token from the printed address; after that only its own cookie, from its own origin, counts. The
// Host check keeps other web pages out that have made a name point here (DNS rebinding).
import { randomBytes, timingSafeEqual } from 'node:crypto'
import fastifyCookie from '@fastify/cookie'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import type { Agent } from '../agent.ts'
import type { Reception } from '../contract/reception.ts'
import { fail, ok, type Result } from '../contract/result.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { type Door, deskDoor, patientDoor } from './doors.ts'

export interface HeadlessServer {
  /** Address with the one-time token, for the first page that opens it. */
  readonly entrance: string
  close(): Promise<void>
}

const cookieName = 'madoguchi'

const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

const sameText = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/**
 * Serves the built renderer in `rendererDir` and the agent's contract. `port` 0 takes any free one.
 * Errors: PORT_TAKEN (also where the system keeps it for others), LOOPBACK_UNAVAILABLE.
 */
export async function startHeadlessServer(options: {
  readonly agent: Agent
  readonly rendererDir: string
  readonly port: number
}): Promise<Result<HeadlessServer>> {
  const { agent } = options
  const session = randomBytes(32).toString('base64url')
  let token: string | null = randomBytes(32).toString('base64url')

  // The largest of the contract: a list of bookings.
  const server = fastify({ bodyLimit: 1_100_000, forceCloseConnections: true })
  await server.register(fastifyCookie)

  let ownHosts: readonly string[] = []
  const refuse = (reply: FastifyReply, status: number, text: string) =>
    reply.code(status).type('text/plain; charset=utf-8').send(text)

  server.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders)
    if (!ownHosts.includes(request.headers.host ?? '')) return refuse(reply, 421, 'このアドレスでは受け付けません。')
    const { origin } = request.headers
    const isOwnOrigin = ownHosts.some((host) => origin === `http://${host}`)
    if (origin !== undefined ? !isOwnOrigin : request.method !== 'GET') {
      return refuse(reply, 403, '別のページからの操作は受け付けません。')
    }
    if (isEntrance(request)) return
    if (!sameText(request.cookies[cookieName] ?? '', session)) {
      return refuse(
        reply,
        403,
        'この画面を開くには、起動時に表示されたアドレスを使ってください。一度使ったアドレスは別のブラウザーでは開けません。その場合は、窓口を起動し直してください。',
      )
    }
  })

  /** The token opens the door once: it is exchanged for a cookie that scripts cannot read. */
  const isEntrance = (request: FastifyRequest) => request.method === 'GET' && request.url.startsWith('/enter?')
  server.get<{ Querystring: { token?: string } }>('/enter', async (request, reply) => {
    const known = sameText(request.cookies[cookieName] ?? '', session)
    if (!known && (token === null || !sameText(request.query.token ?? '', token))) {
      return refuse(
        reply,
        403,
        'このアドレスはすでに使われています。窓口を起動し直し、新しいアドレスを開いてください。',
      )
    }
    token = null
    return reply.setCookie(cookieName, session, { httpOnly: true, sameSite: 'strict', path: '/' }).redirect('/', 303)
  })

  const open = (prefix: string, door: Door) => {
    server.post<{ Params: { name: string } }>(`${prefix}/call/:name`, async (request) =>
      door.call(agent, request.params.name, request.body),
    )
    server.get(`${prefix}/events`, (_request, reply) => {
      reply.hijack()
      const stream = reply.raw
      stream.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream; charset=utf-8' })
      const send = (reception: Reception) =>
        stream.write(`event: reception\ndata: ${JSON.stringify(door.view(reception))}\n\n`)
      send(agent.reception())
      const unsubscribe = agent.onReception(send)
      stream.on('close', unsubscribe)
    })
  }
  open('/api', deskDoor)
  open('/patient/api', patientDoor)
  server.get('/patient', (_request, reply) => reply.sendFile(patientDoor.page))

  await server.register(fastifyStatic, { root: options.rendererDir, cacheControl: false })
  try {
    await server.listen({ host: '127.0.0.1', port: options.port })
  } catch (error) {
    await server.close()
    const code = error instanceof Error && 'code' in error ? error.code : null
    const isTaken = code === 'EADDRINUSE' || code === 'EACCES'
    return isTaken ? fail('PORT_TAKEN', { field: String(options.port) }) : fail('LOOPBACK_UNAVAILABLE')
  }
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  ownHosts = [`127.0.0.1:${address.port}`, `localhost:${address.port}`]
  return ok({
    entrance: `http://127.0.0.1:${address.port}/enter?token=${token}`,
    close: () => server.close(),
  })
}
