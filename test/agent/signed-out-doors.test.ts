// A signed-out desk over its real doors: whatever there is to tell, no line that any of them sends says anything of anybody, and
// no call that anybody makes changes anything. Tried with every call and every command, each with a request that would do
// something at a desk where somebody is.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runDeliveries } from '../../src-main/agent/deliveries.ts'
import { calls } from '../../src-main/contract/calls.ts'
import { fail } from '../../src-main/ground/result.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { portOf } from '../../src-main/shell/agent-port.ts'
import { carryOut, commands } from '../../src-main/shell/commands/commands.ts'
import { type Door, deskDoor, kioskDoor, patientDoor } from '../../src-main/shell/doors.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { startHeadlessServer } from '../../src-main/shell/headless-server.ts'
import { testClock } from '../clock.ts'
import { eventually, must, root, silentLog, temporaryFolder } from '../support.ts'
import { worldOf } from '../world.ts'
import { entries } from './entries.ts'
import { dataFolder, openDesk, storeOf, tryAgent } from './fixture.ts'
import { requestsAbout } from './requests.ts'
import { enrol } from './staff.ts'

const migrationsDir = join(root, 'migrations')

/** One with a kiosk and a screen for the patient, who is asked for the PIN there; another patient is on the list. */
async function busyDesk() {
  const dataDir = await dataFolder({ pinEntry: { side: 'patient' }, kiosk: { reader: '再来受付機のリーダー' } })
  await enrol(dataDir, 'it', 'it')
  const shows = await enrol(dataDir, '1', 'reception')
  const desk = await openDesk(dataDir, { account: null })
  const { call, checkIn, lay, asksForPin, takeAway } = desk
  must(await call('signIn', { code: '1', oneTimeCode: shows(testClock) }))
  const visit = await checkIn('nanbyo')
  must(await call('closeVisit', { visitId: visit.id }))
  must(await takeAway())
  must(await lay('kodomo'))
  const waiting = await asksForPin()
  await desk.agent.settled()
  const secrets = [visit.id, visit.patient?.name, visit.patient?.nameKana, visit.patient?.birthDate, waiting.id]
  return { ...desk, dataDir, visit, waiting, secrets: secrets.filter((each) => each != null) }
}
type Busy = Awaited<ReturnType<typeof busyDesk>>

/** Nothing of the desk is another one than when it was left. */
async function nothingHasChanged({ agent, dataDir, waiting, visit, stop }: Busy, act: () => Promise<void>) {
  const state = () => {
    const { current, visits } = agent.reception()
    return { current, visits, inserted: agent.training?.inserted() }
  }
  const before = structuredClone(state())
  expect(before).toMatchObject({ current: { id: waiting.id, pin: { triesLeft: 3 } } })
  expect(before.visits.map(({ id }) => id)).toContain(visit.id)
  await act()
  expect(state()).toEqual(before)
  await stop()
  const store = await storeOf(dataDir)
  const rows = await store.auditTrail({ after: 0, limit: 1_000 })
  store.close()
  const since = rows.slice(rows.findLastIndex(({ event }) => event === 'signedOut'))
  // What nobody got in by is written down, and nothing else was done or looked at by a page.
  expect(new Set(since.flatMap(({ event, desk }) => (desk === null ? [] : [event])))).toEqual(
    new Set(['signedOut', 'signInFailed']),
  )
}

/** What the desk's page may still ask for. */
const wayIn = ['reception', 'signIn', 'signInByAccount']
const names = Object.keys(calls) as (keyof typeof calls)[]
const paths = [
  [deskDoor, '/api'],
  [patientDoor, '/patient/api'],
  [kioskDoor, '/kiosk/api'],
] as const

/** The desk's real doors on loopback. */
async function openDoors({ agent }: Busy) {
  const rendererDir = temporaryFolder()
  mkdirSync(join(rendererDir, 'assets'))
  writeFileSync(join(rendererDir, 'index.html'), '')
  const server = must(
    await startHeadlessServer({ agent, pages: { rendererDir, packedDir: temporaryFolder() }, port: 0 }),
  )
  onTestFinished(server.close)
  const origin = `http://127.0.0.1:${server.port}`
  const send = (method: 'GET' | 'POST', path: string, content: unknown, key?: string) =>
    fetch(`${origin}${path}`, {
      method,
      headers: { origin, 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
      ...(method === 'POST' && { body: JSON.stringify(content) }),
    })
  const post = (path: string, content: unknown, key?: string) => send('POST', path, content, key)
  return {
    send,
    post,
    async keyFor(door: Door): Promise<string> {
      const token = new URL(server.entrance(door)).hash.slice(1)
      const { key } = await (await post('/enter', { token })).json()
      return key
    },
    /** What a page hears from its beginning on. */
    async listen(path: string, key: string) {
      const stop = new AbortController()
      onTestFinished(() => stop.abort())
      const { body } = await fetch(`${origin}${path}/events`, {
        headers: { authorization: `Bearer ${key}` },
        signal: stop.signal,
      })
      let heard = ''
      void (async () => {
        const decoder = new TextDecoder()
        for await (const chunk of body ?? []) heard += decoder.decode(chunk, { stream: true })
      })().catch(() => undefined)
      await eventually('the page hears something', () => heard.includes('revision'))
      return () => heard
    },
  }
}

test('over HTTP no door tells anything of anybody, and none changes anything', async () => {
  const desk = await busyDesk()
  const { call, secrets, waiting } = desk
  const { post, keyFor, listen } = await openDoors(desk)
  const pages = await Promise.all(
    paths.map(async ([door, path]) => {
      const key = await keyFor(door)
      return { door, path, key, heard: await listen(path, key) }
    }),
  )
  const [own, patient] = pages
  for (const secret of secrets) expect(own?.heard()).toContain(secret)
  expect(patient?.heard()).toContain(waiting.id)
  must(await call('signOut', {}))
  await eventually('every page is told', () => pages.every(({ heard }) => heard().split('\n').length > 2))
  const left = pages.map(({ heard }) => heard().length)
  const requests = requestsAbout(waiting.id)
  await nothingHasChanged(desk, async () => {
    for (const { door, path, key } of pages) {
      // One that comes now, too.
      const heard = await listen(path, key)
      for (const name of names) {
        const text = await (await post(`${path}/call/${name}`, requests[name], key)).text()
        for (const secret of secrets) expect({ name, says: text.includes(secret) }).toEqual({ name, says: false })
        if (door === deskDoor && ![...wayIn, 'computerLocked'].includes(name)) {
          expect({ name, text }).toEqual({ name, text: expect.stringContaining('SIGN_IN_REQUIRED') })
        }
      }
      for (const secret of secrets) expect({ path, says: heard().includes(secret) }).toEqual({ path, says: false })
    }
    // Nor does the desk open a page for patients.
    for (const entrance of ['patient-entrance', 'kiosk-entrance']) {
      expect((await post(`/api/${entrance}`, {}, own?.key)).status).toBe(403)
    }
  })
  // What the pages that had been open before were told since.
  for (const [at, { path, heard }] of pages.entries()) {
    const since = heard().slice(left[at])
    for (const secret of secrets) expect({ path, says: since.includes(secret) }).toEqual({ path, says: false })
  }
})

test('without the key of a door nothing but the empty page comes, whatever address is asked for', async () => {
  const desk = await busyDesk()
  const { call, secrets, visit } = desk
  const { send, keyFor } = await openDoors(desk)
  const ofPatient = await keyFor(patientDoor)
  must(await call('signOut', {}))
  const data = ['face', 'photo', 'picture', 'print', 'export', 'audit.csv', 'report.csv', 'logs', 'madoguchi.db']
  const addresses = [
    ...paths.flatMap(([, path]) => [`${path}/events`, `${path}/call/reception`, `${path}/patient-entrance`]),
    ...data.flatMap((name) => [`/${name}`, `/${name}/${visit.id}`, `/api/${name}/${visit.id}`, `/assets/${name}`]),
    '/assets/..%2f..%2fmadoguchi.db',
  ]
  for (const address of addresses) {
    for (const method of ['GET', 'POST'] as const) {
      const isOfPatient = address.startsWith('/patient/')
      for (const key of isOfPatient ? [undefined, 'x'] : [undefined, 'x', ofPatient]) {
        const answer = await send(method, address, {}, key)
        const text = await answer.text()
        expect({ address, method, status: answer.status }).toEqual({
          address,
          method,
          status: /^(\/patient|\/kiosk)?\/api\//.test(address) ? 403 : 404,
        })
        for (const secret of secrets) expect(text).not.toContain(secret)
      }
    }
  }
  expect(await (await send('GET', '/', undefined)).text()).toBe('')
})

test('over IPC the windows are told as little, and what is shown beside them is nothing', async () => {
  const desk = await busyDesk()
  const { agent, call, secrets, waiting } = desk
  const port = portOf(agent)
  const told: string[] = []
  for (const [door] of paths) port.follow(door, (what) => told.push(JSON.stringify(what)))
  const outlooks: { asksForPin: boolean; waiting: readonly string[] }[] = []
  port.onOutlook((outlook) => outlooks.push(outlook))
  expect(outlooks.at(-1)).toMatchObject({ asksForPin: true })
  must(await call('signOut', {}))
  expect(outlooks.at(-1)).toMatchObject({ asksForPin: false, waiting: [] })
  const later = told.length
  for (const [door] of paths) port.follow(door, (what) => told.push(JSON.stringify(what)))
  const requests = requestsAbout(waiting.id)
  await nothingHasChanged(desk, async () => {
    for (const [door] of paths) {
      for (const name of names) {
        const answer = await port.call(door, name, requests[name])
        told.push(JSON.stringify(answer))
        const isWayIn = door !== deskDoor || wayIn.includes(name)
        if (isWayIn || name === 'computerLocked') continue
        expect({ name, answer }).toMatchObject({ name, answer: { ok: false, error: { code: 'SIGN_IN_REQUIRED' } } })
      }
    }
  })
  for (const secret of secrets) expect(told.slice(later).join()).not.toContain(secret)
  expect(outlooks.at(-1)).toMatchObject({ asksForPin: false, waiting: [] })
})

/** What is typed behind each command; FILE becomes a new one each time. */
const typed: Readonly<Record<string, readonly string[]>> = {
  doctor: [],
  'settings check': [],
  'settings show': [],
  'settings export': ['FILE'],
  'settings import': ['FILE'],
  check: [],
  backup: [],
  restore: ['--from', 'FILE'],
  'accept-loss': [],
  wipe: ['--confirm', 'ERASE'],
  'key rotate': [],
  'key sheet': [],
  'store join': ['--from', 'FILE'],
  'store move': ['--to', 'site'],
  'audit verify': [],
  'audit list': [],
  'audit export': ['--out', 'FILE'],
  'masters import': ['FILE'],
  'masters lookup': ['80138012'],
  'masters sample': ['FILE'],
  'doses check': ['FILE'],
  'support-bundle': ['--out', 'FILE'],
  'log find': ['482-163'],
  'staff add': ['9', '--name', '新人', '--role', 'it'],
  'staff list': [],
  'staff lock': ['1'],
  'staff unlock': ['1'],
  'staff reset': ['1'],
}

test('beside it no command tells anything of anybody, and none gets at the data that the desk holds', async () => {
  const desk = await busyDesk()
  const { call, dataDir, secrets, waiting } = desk
  must(await call('signOut', {}))
  const folder = temporaryFolder()
  const world = { ...worldOf(dataDir), typedIn: () => '' }
  expect(Object.keys(typed)).toEqual(commands.map(({ name }) => name))
  await nothingHasChanged(desk, async () => {
    // Refused as any other wrong code.
    await call('signIn', { code: '1', oneTimeCode: '000000' })
    const carriedOut = commands.map(async ({ name }) => {
      const file = join(folder, name.replace(' ', '-'))
      const words = (typed[name] ?? []).map((word) => (word === 'FILE' ? file : word))
      const { said } = await carryOut([...name.split(' '), ...words], world)
      return { name, all: JSON.stringify(said) + (words.includes(file) ? read(file) : '') }
    })
    // What a start without a screen does, of one check-in and of deliveries.
    const settings = must(await loadSettings(dataDir))
    const place = { dataDir, settings, keyStore: openHeadlessKey(dataDir), migrationsDir, entries, log: silentLog }
    const held = fail('AGENT_ALREADY_RUNNING')
    expect(
      await Promise.all([
        tryAgent(dataDir, { isCommand: true }),
        runDeliveries({ ...place, clock: testClock }, { act: null }),
        runDeliveries({ ...place, clock: testClock }, { act: { what: 'retry', deliveryId: waiting.id } }),
      ]),
    ).toMatchObject([held, held, held])
    for (const { name, all } of await Promise.all(carriedOut)) {
      for (const secret of secrets) expect({ name, says: all.includes(secret) }).toEqual({ name, says: false })
    }
  })
})

/** Of a bundle all that is in it lies there readable: it is one text. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
