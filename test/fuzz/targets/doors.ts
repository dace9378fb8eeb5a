// What a page, or whoever pretends to be one, sends to the agent: calls through the port, and bytes to the door on loopback.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAgent } from '../../../src-main/agent.ts'
import { receptionSchema } from '../../../src-main/contract/reception.ts'
import { ok } from '../../../src-main/ground/result.ts'
import { openFileLog } from '../../../src-main/settings/file-log.ts'
import { loadSettings } from '../../../src-main/settings/settings.ts'
import { portOf } from '../../../src-main/shell/agent-port.ts'
import { deskDoor, doors } from '../../../src-main/shell/doors.ts'
import { openHeadlessKey } from '../../../src-main/shell/headless-key-store.ts'
import { startHeadlessServer } from '../../../src-main/shell/headless-server.ts'
import { entries } from '../../agent/entries.ts'
import { requestsAbout } from '../../agent/requests.ts'
import { atDesk } from '../../at-desk.ts'
import { testClock } from '../../clock.ts'
import { scenes } from '../../renderer/scenes.ts'
import { eventually, must, root } from '../../support.ts'
import { writeTrainingFolder } from '../../training-folder.ts'
import { mutateJson } from '../mutate-json.ts'
import { Broken, holds, markers, refused, type Target, taken } from '../target.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'madoguchi-fuzz-'))

/** What was written to the log, where something was told that may not be. */
function logsOf(dataDir: string): string {
  const logs = join(dataDir, 'logs')
  return readdirSync(logs)
    .map((name) => readFileSync(join(logs, name), 'utf8'))
    .join('')
}

/** Where the last fault happened, as the log has it. */
const faultIn = (log: string): string =>
  /"event":"fault".*?((?:src-main|native)\/[\w/.-]+:\d+)/.exec(
    log.split('\n').findLast((line) => line.includes('"fault"')) ?? '',
  )?.[1] ?? ''

export async function callsTarget(): Promise<Target> {
  const dataDir = folder()
  await writeTrainingFolder(join(dataDir, 'training'), testClock)
  const agent = must(
    await startAgent({
      dataDir,
      settings: must(await loadSettings(dataDir)),
      keyStore: openHeadlessKey(dataDir),
      migrationsDir: join(root, 'migrations'),
      entries,
      clock: testClock,
      log: openFileLog(join(dataDir, 'logs'), testClock),
      version: 'fuzz',
      takeBackMs: 0,
    }),
  )
  const port = portOf(agent)
  // Somebody who is checked in: calls are about a visit that is there.
  await agent.call(atDesk, 'insertTrainingCard', { persona: 'nanbyo' })
  await eventually('the PIN is asked for', () => agent.reception().current?.pin != null)
  const visitId = agent.reception().current?.id ?? ''
  await agent.call(atDesk, 'enterPin', { visitId, pin: '1234', lastTry: false })
  await eventually('the visit has its answer', () => agent.reception().current?.assessment != null)
  const requests = Object.entries(requestsAbout(visitId)).map(([name, request]) => ({ name, request }))
  let count = 0
  return {
    covers: ['src-main/'],
    seeds: requests.map((each) => Buffer.from(JSON.stringify(each), 'utf8')),
    words: [...Object.keys(requestsAbout('')), '"request"', '{}', '[]', 'null', visitId],
    isSlow: true,
    longest: 4_000,
    mutate: mutateJson([
      visitId,
      'nanbyo',
      'kodomo',
      '1234',
      'receipt',
      'csv',
      '2026-11-23',
      '../../x',
      ...requests.map(({ request }) => request),
    ]),
    async run(input) {
      let asked: { name?: unknown; request?: unknown } | null
      try {
        asked = Object(JSON.parse(Buffer.from(input).toString('utf8')))
      } catch {
        return refused(null)
      }
      const door = doors[count++ % 4] ?? deskDoor
      const answer = await port.call(door, String(asked?.name), asked?.request)
      if (count % 64 === 0) holds('the state fits its schema', receptionSchema.safeParse(agent.reception()).success)
      if (answer.ok) return taken
      if (answer.error.code === 'AGENT_FAULT')
        throw new Broken(`a call is no fault of the agent ${faultIn(logsOf(dataDir))}`)
      return refused({ ...answer.error, detail: { ...answer.error.detail, faults: undefined } })
    },
    async close() {
      await agent.stop()
      const log = logsOf(dataDir)
      for (const marker of markers) holds('the log has nothing of what was asked in it', !log.includes(marker))
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The bytes of a whole connection; `{HOST}` and `{KEY}` stand for what the door itself has given. */
const request = (line: string, body = '', more = '') =>
  Buffer.from(
    `${line} HTTP/1.1\r\nHost: {HOST}\r\nOrigin: http://{HOST}\r\nAuthorization: Bearer {KEY}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`,
    'utf8',
  )

/** Source addresses, so that no port is waited for: each connection is a new one. */
const sources = 200
const answerLimitMs = 20_000
/** For an answer to begin, where there is one. In milliseconds. */
const waitMs = 150

/** One answer to its end; where there are several, whoever waits a little longer sees them too. */
function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  const length = /^content-length: (\d+)/im.exec(answer.slice(0, end))?.[1]
  return end >= 0 && length !== undefined && answer.length >= end + 4 + Number(length)
}

export async function httpTarget(): Promise<Target> {
  const rendererDir = folder()
  const packedDir = folder()
  mkdirSync(join(rendererDir, 'assets'))
  for (const name of ['index.html', 'patient.html', 'kiosk.html', 'assets/index-BlEOv5LX.js'])
    writeFileSync(join(rendererDir, name), name)
  const called: unknown[] = []
  const server = must(
    await startHeadlessServer({
      pages: { rendererDir, packedDir },
      port: 0,
      limits: { requestMs: 2_000, beatMs: 100 },
      agent: {
        reception: () => scenes.result,
        onReception: () => () => undefined,
        absence: { now: () => null, onChange: () => () => undefined },
        async call(_by, name, asked) {
          called.push(name, asked)
          return ok(undefined)
        },
      },
    }),
  )
  const desk = new URL(server.entrance(deskDoor))
  const entered = await fetch(`${desk.origin}/enter`, {
    method: 'POST',
    headers: { origin: desk.origin, 'content-type': 'application/json' },
    body: JSON.stringify({ token: desk.hash.slice(1) }),
  })
  const { key } = Object(await entered.json())
  const token = '{"token":"秘匿花子"}'
  let count = 0

  const exchange = (bytes: Uint8Array): Promise<string> =>
    new Promise((resolve, reject) => {
      const source = `127.0.0.${1 + (count++ % sources)}`
      const socket = connect({ host: '127.0.0.1', port: server.port, localAddress: source })
      let answer = ''
      const limit = setTimeout(() => {
        socket.destroy()
        reject(new Broken('a connection that asks for nothing more comes to its end'))
      }, answerLimitMs)
      // An end before the answer is on its way would take it back.
      let patience = setTimeout(() => socket.end(), waitMs)
      socket.setEncoding('latin1')
      socket.on('data', (text) => {
        answer += text
        clearTimeout(patience)
        // A page that follows is told for ever.
        if (answer.includes('x-ndjson')) socket.destroy()
        else patience = setTimeout(() => socket.end(), isWhole(answer) ? 0 : waitMs)
      })
      socket.on('error', () => undefined)
      socket.once('close', () => {
        clearTimeout(limit)
        clearTimeout(patience)
        resolve(answer)
      })
      socket.write(bytes)
    })

  return {
    covers: ['src-main/shell/'],
    seeds: [
      request('POST /api/call/showVisit', '{"visitId":"QZHIMITSU"}'),
      request('POST /api/call/reception', '{}'),
      request('POST /enter', token),
      request('GET /api/events'),
      request('GET /assets/index-BlEOv5LX.js', '', 'Accept-Encoding: br, gzip;q=0\r\n'),
      request('GET /patient?秘匿花子'),
      request(
        'POST /api/call/enterPin',
        '{"visitId":"x","pin":"1234","lastTry":false}',
        'Transfer-Encoding: chunked\r\n',
      ),
      Buffer.concat([request('GET /'), request('GET /kiosk')]),
    ],
    words: [
      ...[
        ...markers,
        '\r\n',
        '\r\n\r\n',
        '{HOST}',
        '{KEY}',
        'HTTP/1.0',
        'CONNECT',
        'OPTIONS',
        'Upgrade: websocket\r\n',
        'Expect: 100-continue\r\n',
      ],
      ...[
        'Transfer-Encoding: chunked\r\n',
        '/../',
        '%2e%2e',
        '%00',
        '/api/call/',
        '//',
        'Host: evil\r\n',
        'Content-Length: 99\r\n',
        '0\r\n\r\n',
      ],
    ],
    isSlow: true,
    longest: 8_000,
    async run(input) {
      const text = Buffer.from(input)
        .toString('latin1')
        .replaceAll('{HOST}', desk.host)
        .replaceAll('{KEY}', String(key))
      const answer = await exchange(Buffer.from(text, 'latin1'))
      const heads = [...answer.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map(([, status]) => Number(status))
      holds(
        'the door has no fault',
        heads.every((status) => status < 500),
      )
      // What is not asked for with the key is answered without anybody's name.
      const isWithKey = text.includes(String(key))
      holds(
        'nobody is told of without the key',
        isWithKey || !answer.includes(Buffer.from('佐藤', 'utf8').toString('latin1')),
      )
      for (const marker of markers) {
        holds(
          'an answer repeats nothing of what was asked',
          !answer.includes(Buffer.from(marker, 'utf8').toString('latin1')),
        )
      }
      return heads.includes(200) ? taken : refused(null)
    },
    async close() {
      await server.close()
      for (const each of [rendererDir, packedDir]) rmSync(each, { recursive: true, force: true })
    },
  }
}
