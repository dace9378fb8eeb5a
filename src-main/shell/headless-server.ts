// The headless shell's door to the screen: the same contract as Electron's IPC, over HTTP on loopback. The page itself is
// no secret and comes to whoever asks; every call and every state needs the key of its door, which a page gets for the
// one-time token in its address. The key travels in a header that the page adds itself, never in a cookie: those go to
// every port of this computer. The Host check keeps other web pages out that have made a name point here (DNS rebinding).
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Agent } from '../agent.ts'
import type { Away, Unsettled } from '../contract/told.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { boundConnections } from './connections.ts'
import { createDoorKeys, type KeptKeys } from './door-keys.ts'
import { awayAt, type Door, deskDoor, kioskDoor, patientDoor } from './doors.ts'
import { pageHeaders } from './page-files.ts'
import { type PagePlaces, pageOverHttp } from './page-over-http.ts'
import { createStateStream, type StateStream } from './state-stream.ts'

export interface HeadlessServer {
  /** A new address with a one-time token for this door. */
  entrance(door: Door): string
  readonly port: number
  close(): Promise<void>
}

const headers = {
  ...pageHeaders,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

/** The largest of the contract: a list of bookings. */
const bodyLimit = 1_100_000

const usualLimits = {
  /** Connections that nobody has shown a key on. */
  strangers: 64,
  /** For a request to arrive whole, in milliseconds. */
  requestMs: 15_000,
  /** Pages that are told the state at each door. A browser opens six connections to one server, for all its tabs. */
  pages: 2,
  /** Between two signs of life, in milliseconds; the page waits three times as long. */
  beatMs: 5_000,
}
export type DoorLimits = typeof usualLimits

/** What is told instead of an answer. */
const refusals = {
  host: { status: 421, text: 'このアドレスでは受け付けません。' },
  origin: { status: 403, text: '別のページからの操作は受け付けません。' },
  key: { status: 403, text: 'この画面を開くには、起動時に表示されたアドレスを使ってください。' },
  token: { status: 403, text: 'このアドレスはすでに使われています。新しいアドレスを開いてください。' },
  nothing: { status: 404, text: 'ページが見つかりません。' },
  tooLarge: { status: 413, text: '送られた内容が大きすぎます。' },
  noJson: { status: 415, text: 'この形式では受け付けません。' },
  unreadable: { status: 400, text: '送られた内容を読み取れません。' },
} as const
type Refused = keyof typeof refusals
/** What stands in the way, or nothing once it is answered. */
type Answered = Promise<Refused | undefined>

/** Where each door listens for its page. */
const doorPaths = new Map<string, Door>([
  ['/api', deskDoor],
  ['/patient/api', patientDoor],
  ['/kiosk/api', kioskDoor],
])
const pagePaths = new Map<string, Door>([
  ['/', deskDoor],
  ['/patient', patientDoor],
  ['/kiosk', kioskDoor],
])

/** In the place of an agent that does not begin with the settings as they are. */
export interface HeldStart {
  readonly unsettled: () => Unsettled
  /** Returns the unsubscriber. */
  readonly onUnsettled: (listener: () => void) => () => void
}

/** What the desk asks for to open one of the patients' pages. */
const entrances = new Map<string, Door>([
  ['patient-entrance', patientDoor],
  ['kiosk-entrance', kioskDoor],
])

/**
 * Serves the built renderer at `pages` and the agent's contract. `port` 0 takes any free one.
 * Errors: PORT_TAKEN (also where the system keeps it for others), LOOPBACK_UNAVAILABLE.
 */
export async function startHeadlessServer(options: {
  readonly agent: Pick<Agent, 'call' | 'reception' | 'onReception' | 'absence'> | HeldStart
  readonly pages: PagePlaces
  readonly port: number
  readonly limits?: Partial<DoorLimits>
  /** Of the agent before this one. */
  readonly keptKeys?: KeptKeys
  /** An address has been used; `keys` are all that are in use now. */
  readonly onEntered?: (door: Door, keys: KeptKeys) => void
}): Promise<Result<HeadlessServer>> {
  const { agent, pages } = options
  const limits = { ...usualLimits, ...options.limits }
  const keys = createDoorKeys(options.keptKeys)
  const streams = new Map<Door, StateStream[]>()
  let ownHosts: readonly string[] = []

  const server = createServer(
    {
      headersTimeout: limits.requestMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.ceil(limits.requestMs / 5),
      keepAliveTimeout: 72_000,
    },
    (request, response) => {
      void answer(request, response).then(
        (refused) => refused && refuse(response, refused),
        () => (response.headersSent ? response.destroy() : sendJson(response, fail('AGENT_FAULT'), 500)),
      )
    },
  )
  const connections = boundConnections(server, limits.strangers)

  const answer = async (request: IncomingMessage, response: ServerResponse): Answered => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    const stranger = senderRefused(request, ownHosts)
    if (stranger) return stranger
    const path = (request.url ?? '').replace(/\?.*$/s, '')
    if (request.method === 'POST' && path === '/enter') return enter(request, response)
    const [, prefix = '', rest = ''] = /^((?:\/patient|\/kiosk)?\/api)\/(.*)$/s.exec(path) ?? []
    const door = doorPaths.get(prefix)
    if (door) return atDoor(door, rest, request, response)
    if (request.method !== 'GET') return 'nothing'
    const page = pagePaths.get(path)
    const accepted = request.headers['accept-encoding'] ?? ''
    const file = await pageOverHttp(pages, page ? `/${page.page}` : path, accepted)
    if (!file) return 'nothing'
    response.writeHead(200, { ...file.headers, 'content-length': file.content.byteLength }).end(file.content)
    return undefined
  }

  /** The token opens the door once: it is exchanged for the key. */
  const enter = async (request: IncomingMessage, response: ServerResponse): Answered => {
    const body = await readJson(request)
    if (typeof body === 'string') return body
    const asked = z.object({ token: z.string().max(200) }).safeParse(body.content)
    const key = asked.success ? keys.enter(asked.data.token) : null
    const door = key === null ? undefined : keys.doorOf(key)
    if (!door) return 'token'
    options.onEntered?.(door, keys.kept())
    return sendJson(response, { key })
  }

  const atDoor = async (door: Door, what: string, request: IncomingMessage, response: ServerResponse): Answered => {
    const [, key = ''] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? []
    if (keys.doorOf(key) !== door) return 'key'
    connections.trust(request.socket)
    if (request.method === 'GET' && what === 'events') return follow(door, response)
    if (request.method !== 'POST') return 'nothing'
    const body = await readJson(request)
    if (typeof body === 'string') return body
    const [, name] = /^call\/([A-Za-z]+)$/.exec(what) ?? []
    if ('unsettled' in agent) {
      const told = ok(awayAt(door.name, agent.unsettled()))
      return name === undefined ? 'nothing' : sendJson(response, name === 'reception' ? told : fail('SETTINGS_INVALID'))
    }
    // The desk opens the patients' pages; the reverse is not to be had.
    const invited = door === deskDoor ? entrances.get(what) : undefined
    // Before somebody has signed in the desk opens nothing.
    if (invited && agent.reception().staff.state === 'signedOut') return 'key'
    if (invited) return sendJson(response, { token: keys.invite(invited) })
    return name === undefined ? 'nothing' : sendJson(response, await door.call(agent, name, body.content))
  }

  /** null: somebody is at work. */
  const awayNow = (): Away | null => ('unsettled' in agent ? agent.unsettled() : (agent.absence?.now() ?? null))

  /** The newest page wins; the oldest is told that it is not needed any more. */
  const follow = (door: Door, response: ServerResponse): undefined => {
    const open = streams.get(door) ?? []
    streams.set(door, open)
    if (open.length >= limits.pages) open.shift()?.end(JSON.stringify({ closed: true }))
    response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' })
    const stream = createStateStream(response)
    open.push(stream)
    const away = awayNow()
    if (away) stream.say(awayAt(door.name, away))
    else if (!('unsettled' in agent)) stream.send(door.view(agent.reception()))
    response.on('close', () => {
      const place = open.indexOf(stream)
      if (place >= 0) open.splice(place, 1)
    })
  }

  /** To every page: its own view, once for all pages of a door, or why there is none. */
  const tellAll = () => {
    for (const [door, open] of streams) {
      if (open.length === 0) continue
      const away = awayNow()
      const view = away || 'unsettled' in agent ? null : door.view(agent.reception())
      for (const stream of open) {
        if (view) stream.send(view)
        else if (away) stream.say(awayAt(door.name, away))
      }
    }
  }
  const unsubscribes =
    'unsettled' in agent
      ? [agent.onUnsettled(tellAll)]
      : [agent.onReception(tellAll), agent.absence?.onChange(tellAll) ?? (() => undefined)]
  const unsubscribe = () => {
    for (const each of unsubscribes) each()
  }
  const beats = setInterval(() => {
    for (const stream of [...streams.values()].flat()) stream.beat()
  }, limits.beatMs)

  const close = async () => {
    clearInterval(beats)
    unsubscribe()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }

  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ host: '127.0.0.1', port: options.port }, resolve)
    })
  } catch (error) {
    clearInterval(beats)
    unsubscribe()
    const code = error instanceof Error && 'code' in error ? error.code : null
    const isTaken = code === 'EADDRINUSE' || code === 'EACCES'
    return isTaken ? fail('PORT_TAKEN', { field: String(options.port) }) : fail('LOOPBACK_UNAVAILABLE')
  }
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const origin = `http://127.0.0.1:${address.port}`
  ownHosts = [`127.0.0.1:${address.port}`, `localhost:${address.port}`]
  return ok({
    // Behind the # it goes to no server and into no log, and the page takes it out of its address at once.
    entrance: (door) => `${origin}${pathOf(door)}#${keys.invite(door)}`,
    port: address.port,
    close,
  })
}

const pathOf = (door: Door) => [...pagePaths].find(([, at]) => at === door)?.[0] ?? '/'

/** Only our own names, said once, and only our own pages. */
function senderRefused(request: IncomingMessage, ownHosts: readonly string[]): Refused | undefined {
  const [host = '', ...others] = request.headersDistinct.host ?? []
  if (others.length > 0 || !ownHosts.includes(host)) return 'host'
  const { origin } = request.headers
  const isOwnOrigin = ownHosts.some((own) => origin === `http://${own}`)
  return (origin === undefined ? request.method === 'GET' : isOwnOrigin) ? undefined : 'origin'
}

async function readJson(request: IncomingMessage): Promise<{ readonly content: unknown } | Refused> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return 'noJson'
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) return 'tooLarge'
  const chunks: Buffer[] = []
  let length = 0
  // What is too large is still to be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length
    if (length > bodyLimit) return 'tooLarge'
    chunks.push(chunk)
  }
  try {
    return { content: JSON.parse(Buffer.concat(chunks).toString('utf8')) }
  } catch {
    return 'unreadable'
  }
}

function sendJson(response: ServerResponse, content: unknown, status = 200): undefined {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(content))
}

/** The connection ends with it: nobody has to read the rest of what was refused. */
function refuse(response: ServerResponse, refused: Refused): void {
  const { status, text } = refusals[refused]
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(text)
}
