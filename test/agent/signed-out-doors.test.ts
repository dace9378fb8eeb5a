// A signed-out desk over its real doors: whatever there is to tell, no line that any of them sends says anything of anybody, and
// no call that anybody posts changes anything.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { calls } from '../../src-main/contract/calls.ts'
import { portOf } from '../../src-main/shell/agent-port.ts'
import { type Door, deskDoor, kioskDoor, patientDoor } from '../../src-main/shell/doors.ts'
import { startHeadlessServer } from '../../src-main/shell/headless-server.ts'
import { testClock } from '../clock.ts'
import { eventually, must, temporaryFolder } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'
import { enrol } from './staff.ts'

/** A desk with a patient at the counter and one on the list, over HTTP, that somebody has just left. */
async function leftDesk() {
  const dataDir = await dataFolder()
  await enrol(dataDir, 'it', 'it')
  const shows = await enrol(dataDir, '1', 'reception')
  const { agent, call, checkIn, lay, asksForPin, takeAway } = await openDesk(dataDir, { account: null })
  must(await call('signIn', { code: '1', oneTimeCode: shows(testClock) }))
  const visit = await checkIn('nanbyo')
  must(await call('closeVisit', { visitId: visit.id }))
  must(await takeAway())
  must(await lay('kodomo'))
  const waiting = await asksForPin()
  const rendererDir = temporaryFolder()
  mkdirSync(join(rendererDir, 'assets'))
  writeFileSync(join(rendererDir, 'index.html'), '')
  const server = must(
    await startHeadlessServer({ agent, pages: { rendererDir, packedDir: temporaryFolder() }, port: 0 }),
  )
  onTestFinished(server.close)
  const origin = `http://127.0.0.1:${server.port}`
  const post = (path: string, content: unknown, key?: string) =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
      body: JSON.stringify(content),
    })
  const keyFor = async (door: Door): Promise<string> => {
    const token = new URL(server.entrance(door)).hash.slice(1)
    const { key } = await (await post('/enter', { token })).json()
    return key
  }
  /** What a page hears from its beginning on. */
  const listen = async (path: string, key: string) => {
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
  }
  const secrets = [visit.id, visit.patient?.name, visit.patient?.nameKana, visit.patient?.birthDate, waiting.id]
  return { agent, call, post, keyFor, listen, secrets: secrets.filter((each) => each != null), current: waiting, shows }
}

const paths = [
  [deskDoor, '/api'],
  [patientDoor, '/patient/api'],
  [kioskDoor, '/kiosk/api'],
] as const

test('over HTTP no door tells anything of anybody, and none changes anything', async () => {
  const { agent, call, post, keyFor, listen, secrets, current } = await leftDesk()
  const desk = await keyFor(deskDoor)
  const before = await listen('/api', desk)
  for (const secret of secrets) expect(before()).toContain(secret)
  must(await call('signOut', {}))
  const begun = { inserted: agent.training?.inserted(), id: agent.reception().current?.id }
  for (const [door, path] of paths) {
    const key = door === deskDoor ? desk : await keyFor(door)
    const heard = await listen(path, key)
    for (const name of Object.keys(calls)) {
      const answer = await post(`${path}/call/${name}`, {}, key)
      const text = await answer.text()
      for (const secret of secrets) expect({ name, says: text.includes(secret) }).toEqual({ name, says: false })
      if (door === deskDoor && !['reception', 'signIn', 'signInByAccount', 'computerLocked'].includes(name)) {
        expect({ name, text }).toEqual({ name, text: expect.stringContaining('SIGN_IN_REQUIRED') })
      }
    }
    for (const secret of secrets) expect({ path, says: heard().includes(secret) }).toEqual({ path, says: false })
  }
  // Nor does the desk open a page for patients.
  for (const entrance of ['patient-entrance', 'kiosk-entrance']) {
    expect((await post(`/api/${entrance}`, {}, desk)).status).toBe(403)
  }
  expect({ inserted: agent.training?.inserted(), id: agent.reception().current?.id }).toEqual(begun)
  expect(begun.id).toBe(current.id)
})

test('over IPC the windows are told as little, and what is shown beside them is nothing', async () => {
  const { agent, call, secrets } = await leftDesk()
  const port = portOf(agent)
  const told: string[] = []
  for (const [door] of paths) port.follow(door, (what) => told.push(JSON.stringify(what)))
  const outlooks: { asksForPin: boolean; waiting: readonly string[] }[] = []
  port.onOutlook((outlook) => outlooks.push(outlook))
  expect(outlooks.at(-1)).toMatchObject({ asksForPin: true })
  must(await call('signOut', {}))
  expect(outlooks.at(-1)).toMatchObject({ asksForPin: false, waiting: [] })
  const later = told.length
  const [first] = paths
  port.follow(first[0], (what) => told.push(JSON.stringify(what)))
  for (const secret of secrets) expect(told.slice(later).join()).not.toContain(secret)
  expect(await port.call(deskDoor, 'showVisit', { visitId: secrets[0] })).toMatchObject({
    ok: false,
    error: { code: 'SIGN_IN_REQUIRED' },
  })
})
