// The line between a desk and its site's server is cut: whole agents, with cards, hub and files. In whatever state a check-in is
// then, the desk goes on alone, delivers, comes back, and nothing of it is doubled or lost.
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { startDeskAgent } from '../../src-main/agent/desk-agent.ts'
import { pageSchema } from '../../src-main/contract/pages.ts'
import { receptionSchema } from '../../src-main/contract/reception.ts'
import { numberText } from '../../src-main/contract/visit-number.ts'
import { ok } from '../../src-main/ground/result.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { openData } from '../../src-main/store/data-folder.ts'
import { joinSite } from '../../src-main/store/joining.ts'
import { makeSheet } from '../../src-main/store/recovery-key.ts'
import { testClock } from '../clock.ts'
import { fault } from '../faults.ts'
import { openLine } from '../postgres/line.ts'
import { newSite } from '../postgres/server.ts'
import { hasPostgres, postgres } from '../store/postgres-server.ts'
import { eventually, must, root } from '../support.ts'
import { aloneTiming } from './alone-timing.ts'
import { dataFolder, openDesk as openFixture } from './fixture.ts'

/** A desk of a site on a line of its own. */
async function openPlace(access = newSite(postgres())) {
  const line = await openLine(postgres(), { from: '127.0.0.1', to: 'tcp' })
  const dataDir = await dataFolder()
  const { host, port } = line
  const own = { ...access, host, port }
  const place = { dataDir, keyStore: openHeadlessKey(dataDir), migrationsDir: join(root, 'migrations') }
  return {
    ...place,
    access: own,
    site: async () => ok(own),
    clock: testClock,
    cut() {
      line.refuse(true)
      line.cut()
    },
    join: () => line.refuse(false),
    freeze: line.freeze,
    hasCopy: () => eventually('there is a copy', () => existsSync(join(dataDir, 'away/copy.db'))),
    /** What has been committed before this is in it. */
    async isCopied() {
      const before = Date.now()
      const folder = join(dataDir, 'away')
      const isLater = (name: string) => statSync(join(folder, name)).mtimeMs > before
      await eventually('the copy is of now', () => readdirSync(folder).some(isLater))
    },
    files: (kind: 'csv' | 'json') => {
      const folder = join(dataDir, 'import', kind)
      return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(kind)) : []
    },
  }
}
type Place = Awaited<ReturnType<typeof openPlace>>

async function openDesk(place: Place, siteTiming = aloneTiming) {
  const { dataDir, site } = place
  const desk = await openFixture(dataDir, { site }, (all) => startDeskAgent({ ...all, siteTiming }))
  const { agent } = desk
  const turns: string[] = []
  agent.absence?.onChange(() => {
    const { siteServer } = agent.reception()
    if (agent.absence?.now() === null && siteServer) turns.push(siteServer.state)
  })
  const stands = (state: string) =>
    eventually(`the server is ${state}`, () => {
      return agent.absence?.now() === null && agent.reception().siteServer?.state === state
    })
  return {
    ...desk,
    turns: () => turns,
    isAlone: () => stands('alone'),
    isBack: () => stands('up'),
    /** The newest first. */
    listed: () => {
      const { visits } = receptionSchema.parse(agent.reception())
      return visits.map(({ number, state, isCopy = false }) => ({ number: numberText(number), state, isCopy }))
    },
  }
}

/** What the site has, read by nobody who keeps anything: its trail is whole, and each file is some visit's. */
async function siteOf(place: Place) {
  const { store } = must(await openData(place))
  try {
    const visits = await store.visitsOfDay('2026-11-23')
    const { broken } = await store.verifyTrail()
    expect(broken).toBeNull()
    return visits.flatMap(({ visit, deliveries }) => deliveries.map(({ state }) => `${visit.state} ${state}`))
  } finally {
    store.close()
  }
}

describe.skipIf(!hasPostgres())('a desk whose line is cut', () => {
  fault('server', 'The line to the server is cut in the middle of a check-in', {
    seen: 'DESK_AWAY',
    data: 'No try of the PIN is lost; each visit and each file is there once.',
    recovery: 'The desk goes on alone, and merges by itself when the line is back.',
  })
  test('in whatever state a check-in is: it goes on alone, delivers, comes back, and all is there once', async () => {
    const place = await openPlace()
    const desk = await openDesk(place)
    const { agent } = desk
    await place.hasCopy()
    const checkedIn = async (persona: string) => {
      const { id } = await desk.checkIn(persona)
      await desk.takeAway()
      await desk.call('closeVisit', { visitId: id })
      return id
    }

    // Confirmed, and one of its files cannot get out.
    rmSync(join(place.dataDir, 'import/csv'), { recursive: true })
    await checkedIn('nanbyo')
    expect([place.files('csv').length, place.files('json').length]).toEqual([0, 1])
    await place.isCopied()
    place.cut()
    await desk.isAlone()
    expect(desk.listed()).toEqual([{ number: '1', state: 'confirmed', isCopy: true }])
    const before = agent.reception().visits[0]?.id ?? ''
    expect(await desk.call('noteVisit', { visitId: before, note: 'x' })).toMatchObject({ error: { code: 'DESK_AWAY' } })
    await checkedIn('kodomo')
    // Its own file alone: that of before may be another desk's by now.
    expect([place.files('csv').length, place.files('json').length]).toEqual([1, 2])
    expect(desk.listed()[0]).toEqual({ number: '1-1', state: 'handedOver', isCopy: false })
    place.join()
    await desk.isBack()
    await eventually('the file of before is out', () => place.files('csv').length === 2)
    await agent.settled()
    await place.hasCopy()

    // Asked for the PIN: the card begins anew, no try is spent.
    await desk.lay('nanbyo')
    await desk.asksForPin()
    place.cut()
    await desk.isAlone()
    const typed = await desk.checkIn('nanbyo')
    expect(typed).toMatchObject({ state: 'handedOver' })
    place.join()
    await desk.isBack()
    await agent.settled()
    await desk.takeAway()
    await desk.call('closeVisit', { visitId: typed.id })
    await place.hasCopy()

    // The hub is being asked.
    must(await desk.call('switchTrainingFault', { fault: 'hubSlow', isOn: true }))
    await desk.lay('kodomo')
    await desk.asksForPin()
    const asking = desk.enterPin('1234')
    place.cut()
    await asking
    await desk.isAlone()
    await desk.call('endTrainingFaults', {})
    await checkedIn('kodomo')
    place.join()
    await desk.isBack()
    await agent.settled()

    const handedOver = desk.listed().filter(({ state }) => state === 'handedOver')
    expect(handedOver.map(({ number }) => number).toSorted()).toEqual(['1', '1-1', '1-2', '1-3'])
    expect(new Set(desk.listed().map(({ number }) => number)).size).toBe(desk.listed().length)
    expect([place.files('csv').length, place.files('json').length]).toEqual([4, 4])
    // Three times alone, and each time back at once and for good.
    expect(desk.turns()).toEqual(Array.from({ length: 3 }, () => ['alone', 'up']).flat())
    await desk.stop()
    expect(await siteOf(place)).toEqual(Array.from({ length: 8 }, () => 'handedOver delivered'))
  })

  test('also where nobody is told: it does not wait for what was asked', async () => {
    const place = await openPlace()
    const desk = await openDesk(place)
    await place.hasCopy()
    place.freeze()
    await desk.isAlone()
    expect((await desk.checkIn('nanbyo')).state).toBe('handedOver')
  })

  test('what two desks have both changed is shown until somebody has looked at it', async () => {
    const access = newSite(postgres())
    const [place, otherPlace] = [await openPlace(access), await openPlace(access)]
    const sheet = must(await makeSheet({ ...place, backupFolder: null }))
    must(await joinSite({ ...otherPlace, backupFolder: null }, join(place.dataDir, 'backup/recovery.key'), sheet))
    const desk = await openDesk(place)
    const other = await openDesk(otherPlace, { ...aloneTiming, aloneAfterMs: 3_600_000 })
    await place.hasCopy()
    place.cut()
    await desk.isAlone()
    const link = { patientNumber: '0012345', isMoved: false }
    const { id: theirs } = await other.checkIn('kodomo')
    must(await other.call('linkPatientNumber', { visitId: theirs, ...link }))
    const { id: ours } = await desk.checkIn('nanbyo')
    must(await desk.call('linkPatientNumber', { visitId: ours, ...link }))
    await desk.takeAway()
    await desk.call('closeVisit', { visitId: ours })
    place.join()
    await desk.isBack()
    for (const each of [desk, other]) {
      await eventually('it is known', () => {
        const { siteServer } = each.agent.reception()
        return siteServer?.state === 'up' && siteServer.conflicts === 1
      })
    }
    must(await other.call('openPage', { page: 'conflicts' }))
    const page = pageSchema.parse(other.agent.reception().page)
    if (page.name !== 'conflicts') throw new Error('it is not shown')
    const [conflict] = page.conflicts
    expect(conflict).toMatchObject({
      visit: { id: ours, name: '佐藤　美咲' },
      content: { kind: 'number', here: { number: '0012345' }, site: null, holder: '田中　陽翔' },
    })
    must(await other.call('resolveConflict', { conflictId: conflict?.id ?? '', visitId: ours }))
    await eventually('nobody is asked any more', () => {
      const { siteServer } = desk.agent.reception()
      return siteServer?.state === 'up' && siteServer.conflicts === 0
    })
  })
})

const toldSchema = z.object({
  server: z.string().nullable(),
  visits: z.array(z.object({ number: z.number(), state: z.string() })),
  asksForPin: z.string().nullable(),
})

/** The same in a process of its own, which can be killed. */
function startProcess({ dataDir, access }: Place) {
  let told: z.infer<typeof toldSchema> | null = null
  const entry = join(import.meta.dirname, 'alone-process.ts')
  const child: ChildProcess = fork(entry, [dataDir, JSON.stringify(access)], { execArgv: ['--no-warnings'] })
  child.on('message', (message) => {
    told = toldSchema.parse(message)
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const gone = new Promise((resolve) => child.once('exit', resolve))
  return {
    stands: (state: string) => eventually(`the server is ${state}`, () => told?.server === state),
    visits: () => (told?.visits ?? []).map(({ number, state }) => `${numberText(number)} ${state}`),
    async checkIn(persona: string) {
      child.send({ name: 'insertTrainingCard', request: { persona } })
      await eventually('the PIN is asked for', () => told?.asksForPin != null)
      child.send({ name: 'enterPin', request: { visitId: told?.asksForPin, pin: '1234', lastTry: false } })
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}

describe.skipIf(!hasPostgres())('a desk that is alone', () => {
  test('and is killed goes on alone at its next start, and brings all of it once', async () => {
    const place = await openPlace()
    let desk = startProcess(place)
    await desk.stands('up')
    await place.hasCopy()
    place.cut()
    await desk.stands('alone')
    await desk.checkIn('nanbyo')
    await eventually('it is handed over', () => desk.visits().includes('1-1 handedOver'))
    await desk.kill()
    desk = startProcess(place)
    await desk.stands('alone')
    expect(desk.visits()).toEqual(['1-1 handedOver'])
    await desk.kill()
    place.join()
    desk = startProcess(place)
    await desk.stands('up')
    expect(desk.visits()).toEqual(['1-1 handedOver'])
    expect([place.files('csv').length, place.files('json').length]).toEqual([1, 1])
    await desk.kill()
    expect(await siteOf(place)).toEqual(['handedOver delivered', 'handedOver delivered'])
  })
})
