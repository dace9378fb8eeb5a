// The door of the headless shell against whoever else is on this computer: what it lets in, what it tells, and that nobody
// can fill it up. In process, with an agent that the test is.
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingMessage, ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { CallAnswer } from '../../src-main/contract/call-answer.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import type { Away } from '../../src-main/contract/told.ts'
import { ok } from '../../src-main/ground/result.ts'
import { deskDoor, patientDoor } from '../../src-main/shell/doors.ts'
import { type DoorLimits, startHeadlessServer } from '../../src-main/shell/headless-server.ts'
import { fault } from '../faults.ts'
import { scenes } from '../renderer/scenes.ts'
import { eventually, must, temporaryFolder } from '../support.ts'
import { onWindows } from '../system.ts'

async function open(limits: Partial<DoorLimits> = {}, first: Reception = scenes.result) {
  const rendererDir = temporaryFolder()
  mkdirSync(join(rendererDir, 'assets'))
  for (const name of ['index.html', 'patient.html']) writeFileSync(join(rendererDir, name), `<title>${name}</title>`)
  writeFileSync(join(rendererDir, 'assets/index-BlEOv5LX.js'), 'script')
  const listeners = new Set<(reception: Reception) => void>()
  const calls: string[] = []
  let now = first
  const absences = new Set<() => void>()
  let away: Away | null = null
  const server = must(
    await startHeadlessServer({
      pages: { rendererDir, packedDir: temporaryFolder() },
      port: 0,
      limits,
      agent: {
        reception: () => now,
        onReception(listener) {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
        absence: {
          now: () => away,
          onChange(listener) {
            absences.add(listener)
            return () => absences.delete(listener)
          },
        },
        async call(_by, name): Promise<CallAnswer> {
          calls.push(name)
          return ok(undefined)
        },
      },
    }),
  )
  onTestFinished(server.close)
  const desk = new URL(server.entrance(deskDoor))
  const patient = new URL(server.entrance(patientDoor))
  const port = Number(desk.port)

  const ask = (
    path: string,
    options: { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer } = {},
  ) =>
    new Promise<{ status: number; headers: IncomingMessage['headers']; text: string }>((resolve, reject) => {
      const { body, ...rest } = options
      const asked = httpRequest({ host: '127.0.0.1', port, path, agent: false, ...rest }, async (answer) => {
        let text = ''
        for await (const chunk of answer) text += chunk
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text })
      })
      asked.on('error', reject)
      asked.end(body)
    })
  const post = (path: string, key: string | null, content: unknown = {}, headers: Record<string, string> = {}) =>
    ask(path, {
      method: 'POST',
      headers: {
        origin: desk.origin,
        'content-type': 'application/json',
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...headers,
      },
      body: JSON.stringify(content),
    })
  const enter = (token: string) => post('/enter', null, { token })
  const keyOf = async (entrance: URL): Promise<string> => JSON.parse((await enter(entrance.hash.slice(1))).text).key
  return {
    server,
    desk,
    patient,
    port,
    calls,
    ask,
    post,
    enter,
    keyOf,
    goAway(next: Away | null) {
      away = next
      for (const listener of absences) listener()
    },
    show(reception: Reception) {
      now = reception
      for (const listener of listeners) listener(reception)
    },
  }
}

/** A connection on which the test says every byte itself. */
async function raw(port: number, text = ''): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  if (text) socket.write(text)
  return socket
}

/** Also when it ends in the middle of something. */
const closing = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()))

const call = '/api/call/reception'

describe('the key to a door', () => {
  test('is had once for a token; a wrong one leaves the right one valid', async () => {
    const { desk, enter } = await open()
    expect((await enter('guess')).status).toBe(403)
    const token = desk.hash.slice(1)
    expect((await enter(token)).status).toBe(200)
    expect((await enter(token)).status).toBe(403)
  })

  test('is asked for before every call and every state, and is no cookie', async () => {
    const { desk, ask, post, enter, calls } = await open()
    for (const key of [null, '', 'guess', 'あ'.repeat(43)]) {
      const latin = key === null ? null : Buffer.from(key).toString('latin1')
      expect((await post(call, latin)).status).toBe(403)
      expect((await ask('/api/events', { headers: { authorization: `Bearer ${latin}` } })).status).toBe(403)
      expect((await enter(key ?? '')).status).toBe(403)
    }
    expect(calls).toEqual([])
    const entered = await enter(desk.hash.slice(1))
    expect(entered.headers['set-cookie']).toBeUndefined()
    const { key } = JSON.parse(entered.text)
    expect((await post(call, key)).status).toBe(200)
    expect((await post(call, null, {}, { cookie: `madoguchi=${key}` })).status).toBe(403)
    expect(entered.text).not.toContain(desk.hash.slice(1))
  })

  test('of the patient’s page opens nothing of the desk’s, and the desk’s nothing of the patient’s', async () => {
    const { desk, patient, ask, post, keyOf, calls } = await open()
    const [atDesk, atPatient] = [await keyOf(desk), await keyOf(patient)]
    expect((await post(call, atPatient)).status).toBe(403)
    expect((await post('/api/patient-entrance', atPatient)).status).toBe(403)
    expect((await ask('/api/events', { headers: { authorization: `Bearer ${atPatient}` } })).status).toBe(403)
    expect((await post('/patient/api/patient-entrance', atPatient)).status).toBe(404)
    expect((await post('/patient/api/call/reception', atDesk)).status).toBe(403)
    expect(calls).toEqual([])
    const told = await post('/patient/api/call/reception', atPatient)
    expect(told.status).toBe(200)
    expect(told.text).not.toMatch(/佐藤/)
    // By design the desk can invite the patient's page.
    const { token } = JSON.parse((await post('/api/patient-entrance', atDesk)).text)
    const key = await keyOf(new URL(`${patient.origin}/patient#${token}`))
    expect((await post('/patient/api/call/reception', key)).status).toBe(200)
    expect((await post(call, key)).status).toBe(403)
  })
})

describe('a request', () => {
  const headersOfAll = [
    'content-security-policy',
    'permissions-policy',
    'x-content-type-options',
    'referrer-policy',
    'cross-origin-opener-policy',
    'cross-origin-resource-policy',
    'cache-control',
  ]

  test.each([
    '/',
    '/patient',
    '/%zz',
    '/../index.html',
    '/%2e%2e/x.html',
    '/nothing.html',
    '/api/events',
    '//etc/passwd',
  ])('for %s gets the page’s rules with its answer, and only under our own name', async (path) => {
    const { ask, port } = await open()
    for (const host of [`127.0.0.1:${port}`, 'clinic.example', `clinic.example:${port}`]) {
      const { status, headers } = await ask(path, { headers: { host } })
      expect(Object.keys(headers)).toEqual(expect.arrayContaining(headersOfAll))
      if (host.startsWith('clinic')) expect(status).toBe(421)
      else expect(status).not.toBe(421)
    }
    expect((await ask('/')).headers['content-security-policy']).not.toContain('unsafe')
  })

  test('for what the build has named by its content is kept by the browser, and no other answer is', async () => {
    const { desk, ask, post, keyOf } = await open()
    const cacheOf = async (answer: ReturnType<typeof ask>) => (await answer).headers['cache-control']
    expect(await cacheOf(ask('/assets/index-BlEOv5LX.js'))).toContain('immutable')
    const key = await keyOf(desk)
    for (const answer of [
      ask('/'),
      ask('/patient'),
      ask('/assets/gone-BlEOv5LX.js'),
      post(call, key),
      post(call, null),
    ]) {
      expect(await cacheOf(answer)).toBe('no-store')
    }
  })

  test('that names its host twice is refused, whichever is ours', async () => {
    const { port } = await open()
    const own = `127.0.0.1:${port}`
    for (const hosts of [
      [own, 'clinic.example'],
      ['clinic.example', own],
      [own, own],
    ]) {
      const socket = await raw(port, `GET / HTTP/1.1\r\n${hosts.map((host) => `Host: ${host}\r\n`).join('')}\r\n`)
      const [answer] = await once(socket, 'data')
      expect(String(answer)).toMatch(/^HTTP\/1\.1 4(21|00) /)
    }
  })

  fault('sessions', 'A page of the web calls the desk on this computer', {
    seen: 'nothing',
    class: 'permanent',
    data: 'No call is made, key or not.',
    recovery: 'Nothing is to be done.',
  })
  test('of another page is refused, key or not', async () => {
    const { desk, post, keyOf, ask, calls } = await open()
    const key = await keyOf(desk)
    for (const origin of ['null', 'http://127.0.0.1', 'http://evil.example', `${desk.origin}.evil.example`]) {
      expect((await post(call, key, {}, { origin })).status).toBe(403)
    }
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    expect((await ask(call, { method: 'POST', headers, body: '{}' })).status).toBe(403)
    expect(calls).toEqual([])
  })

  test('that does not fit is refused without harm', async () => {
    const { desk, post, keyOf, ask, calls } = await open()
    const headers = { origin: desk.origin, authorization: `Bearer ${await keyOf(desk)}` }
    const send = async (type: string, body: string | Buffer) =>
      (await ask(call, { method: 'POST', headers: { ...headers, 'content-type': type }, body })).status
    expect(await send('text/plain', '{}')).toBe(415)
    expect(await send('application/json', '{')).toBe(400)
    // Windows cuts a connection with what nobody has read, and the answer with it.
    const tooLarge = await send('application/json', Buffer.alloc(1_200_000, ' ')).catch(() => 'cut')
    expect(onWindows ? [413, 'cut'] : [413]).toContain(tooLarge)
    for (const path of ['/api/call/', '/api/call/reception/x', '/api/call/%72eception', '/api']) {
      expect((await post(path, headers.authorization.slice(7))).status).toBe(404)
    }
    expect(calls).toEqual([])
    expect((await post(call, headers.authorization.slice(7))).status).toBe(200)
  })
})

describe('nobody can fill the door up', () => {
  fault('huge', 'A program on the computer opens a thousand connections to the desk', {
    seen: 'nothing',
    class: 'transient',
    data: 'The desk goes on.',
    recovery: 'Those that say nothing are closed.',
  })
  test('1,100 connections that say nothing do not keep the desk from its answer, nor from what it has open', async () => {
    const { desk, port, post, keyOf, ask } = await open()
    const key = await keyOf(desk)
    const own = await raw(
      port,
      `GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${key}\r\n\r\n`,
    )
    await once(own, 'data')
    const idle: Socket[] = []
    // In parts: the system itself lets only so many knock at once.
    while (idle.length < 1100) idle.push(...(await Promise.all(Array.from({ length: 50 }, () => raw(port)))))
    for (const socket of idle) socket.resume()
    expect((await post(call, key)).status).toBe(200)
    expect((await ask('/')).status).toBe(200)
    await eventually('most are closed', () => idle.filter(({ closed }) => !closed).length <= 64)
    expect(own.closed).toBe(false)
  })

  test('a body that drips after the refusal has its connection closed', async () => {
    const { port, desk } = await open({ requestMs: 3_600_000 })
    const head = `POST ${call} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${desk.origin}\r\nContent-Length: 100000\r\n\r\n{`
    const socket = await raw(port, head)
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    const drip = setInterval(() => socket.write(' '), 20)
    await closing(socket)
    clearInterval(drip)
    // Windows resets a connection that is closed over what still comes; the answer may be lost with it.
    expect(text).toMatch(onWindows ? /^(HTTP\/1\.1 403 |$)/ : /^HTTP\/1\.1 403 /)
  })

  test.each([
    ['head', (port: number) => `POST ${call} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `],
    [
      'body',
      (port: number, key: string) =>
        `POST ${call} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n`,
    ],
  ])('a %s that drips for ever ends, whoever sends it', async (_, start) => {
    const { port, desk, keyOf } = await open({ requestMs: 100 })
    const socket = await raw(port, start(port, await keyOf(desk)))
    const drip = setInterval(() => socket.write('x'), 20)
    socket.resume()
    await closing(socket)
    clearInterval(drip)
  })

  fault('huge', 'A page stops reading on a busy day', {
    seen: 'nothing',
    class: 'transient',
    data: 'The program keeps one state for it, not thousands.',
    recovery: 'It gets the newest state when it reads again.',
  })
  test('pages that do not read are owed one state each, and get the newest when they do', async () => {
    const pages = 20
    const busy: Reception = {
      ...scenes.result,
      visits: Array.from({ length: 300 }, () => scenes.result.visits[0]).flatMap((visit) => visit ?? []),
    }
    const { desk, port, keyOf, show } = await open({ pages }, busy)
    const key = await keyOf(desk)
    const streams = new Set<ServerResponse>()
    const write = ServerResponse.prototype.write
    const spy = vi.spyOn(ServerResponse.prototype, 'write').mockImplementation(function (
      this: ServerResponse,
      ...what
    ) {
      streams.add(this)
      return Reflect.apply(write, this, what)
    })
    onTestFinished(() => spy.mockRestore())
    const sockets = await Promise.all(
      Array.from({ length: pages }, () =>
        raw(port, `GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${key}\r\n\r\n`),
      ),
    )
    for (const socket of sockets) socket.pause()
    await eventually('all are told', () => streams.size === pages)

    const changes = 1500
    for (let revision = 2; revision <= changes; revision++) {
      // Every row changes, so that much has to be told each time.
      show({ ...busy, revision, visits: busy.visits.map((visit) => ({ ...visit, name: String(revision) })) })
      if (revision % 50 === 0) await new Promise(setImmediate)
    }
    const line = Buffer.byteLength(JSON.stringify(busy))
    const buffered = [...streams].map((stream) => stream.writableLength)
    // One that the connection is at, and what it had begun before.
    for (const bytes of buffered) expect(bytes).toBeLessThan(3 * line)

    const [reader] = sockets
    let text = ''
    reader?.on('data', (chunk) => {
      text += chunk
    })
    reader?.resume()
    await eventually('the newest has come', () => text.includes(`"revision":${changes}`))
  })

  test('a page too many takes the place of the oldest, which is told', async () => {
    const { desk, port, keyOf } = await open({ pages: 2 })
    const key = await keyOf(desk)
    const follow = async () => {
      const socket = await raw(
        port,
        `GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${key}\r\n\r\n`,
      )
      const heard: string[] = []
      socket.on('data', (chunk) => heard.push(String(chunk)))
      await eventually('it is told', () => heard.join('').includes('"revision"'))
      return { socket, heard }
    }
    const [first, second, third] = [await follow(), await follow(), await follow()]
    await eventually('it is closed', () => first.heard.join('').includes('{"closed":true}'))
    expect([second.socket.closed, third.socket.closed]).toEqual([false, false])
  })

  test('is told that nobody is at work for a moment, and the whole again afterwards', async () => {
    const { port, desk, keyOf, goAway } = await open()
    const socket = await raw(
      port,
      `GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${await keyOf(desk)}\r\n\r\n`,
    )
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk
    })
    const hears = (what: string) => eventually(`it hears ${what}`, () => heard.includes(what))
    await hears('{"whole":')
    heard = ''
    goAway({ line: 'turning' })
    await hears('{"line":"turning"}')
    goAway(null)
    await hears('{"whole":')
  })

  test('every page hears that somebody is there', async () => {
    const { desk, port, keyOf } = await open({ beatMs: 20 })
    const socket = await raw(
      port,
      `GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${await keyOf(desk)}\r\n\r\n`,
    )
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    // Chunks of one byte, a line's end each.
    await eventually('it beats', () => (text.match(/\r\n1\r\n\n\r\n/g) ?? []).length >= 2)
  })
})
