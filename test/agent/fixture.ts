// A whole agent for a test, in training mode, driven through the contract as the screen does it. The sandbox hub and the
// virtual reader are the real ones and can be told to misbehave. With TEST_STORE=postgres each data folder is a desk of a site of its
// own on the tests' server, and everything must be as it is without one (vitest.config.ts, `npm run test:postgres -- --suite`).

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Agent, type AgentOptions, startAgent } from '../../src-main/agent.ts'
import type { Reception, VisitView } from '../../src-main/contract/reception.ts'
import type { Clock } from '../../src-main/ground/clock.ts'
import type { Result } from '../../src-main/ground/result.ts'
import { isIn, passingVisitStates, underWayStates, type VisitState } from '../../src-main/ground/states.ts'
import { openFileLog } from '../../src-main/settings/file-log.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { openData } from '../../src-main/store/data-folder.ts'
import { schemaOf } from '../../src-main/store/postgres/access.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import type { Store } from '../../src-main/store/store.ts'
import { atDesk } from '../at-desk.ts'
import { testClock } from '../clock.ts'
import { administratorOf } from '../postgres/server.ts'
import { accessOf, siteOf, testServer } from '../site.ts'
import { eventually, must, root, temporaryFolder } from '../support.ts'
import { writeTrainingFolder } from '../training-folder.ts'
import { entries } from './entries.ts'

/**
 * A data folder with training certificates in it, gone after the test. `clock` is that of the agents that will use it;
 * the built product, in a process of its own, runs on the system's.
 */
export async function dataFolder(settings?: object, clock: Clock = testClock): Promise<string> {
  const folder = temporaryFolder()
  await writeTrainingFolder(join(folder, 'training'), clock)
  if (settings) writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings))
  return folder
}

/** The key of its database, as the headless shell keeps it on this system. */
export async function databaseKey(dataDir: string): Promise<Uint8Array> {
  const key = must(await openHeadlessKey(dataDir).load())
  if (!key) throw new Error('there is no key')
  return key
}

/** What an agent that is not running has left. */
export async function storeOf(dataDir: string): Promise<Store> {
  const place = { dataDir, keyStore: openHeadlessKey(dataDir), migrationsDir: join(root, 'migrations') }
  return must(await openData({ ...place, ...siteOf(dataDir) })).store
}

/** Its visits count as a live clinic's, where a test has made them in training. */
export async function countAsLive(dataDir: string): Promise<void> {
  const server = testServer()
  if (server) {
    const administrator = await administratorOf(server)
    await administrator.query(`UPDATE ${schemaOf(accessOf(dataDir, server))}.written_for SET mode = 'live'`)
    return administrator.end()
  }
  const database = openDatabase(join(dataDir, 'madoguchi.db'), await databaseKey(dataDir))
  database.prepare("UPDATE written_for SET mode = 'live'").run()
  database.close()
}

/** `start`: another way to start one. */
export async function tryAgent(
  dataDir: string,
  options: Partial<AgentOptions> = {},
  start: (options: AgentOptions) => Promise<Result<Agent>> = startAgent,
): Promise<Result<Agent>> {
  const settings = await loadSettings(dataDir)
  if (!settings.ok) return settings
  return start({
    dataDir,
    settings: settings.value,
    keyStore: openHeadlessKey(dataDir),
    migrationsDir: join(root, 'migrations'),
    entries,
    clock: testClock,
    log: openFileLog(join(dataDir, 'logs'), options.clock ?? testClock),
    version: 'test',
    ...siteOf(dataDir),
    // Files go out at once, but where a test is about taking a decision back.
    takeBackMs: 0,
    ...options,
  })
}

const passing = new Set<VisitState>(passingVisitStates)

/** A file of it is on its way, and nothing is known to be in its way. At a server the lane may just be getting its lease. */
const isUnderWay = ({ deliveries }: VisitView) =>
  deliveries.some(({ state, failure }) => isIn(underWayStates, state) && !failure)

/** The agent and what a test does with it. */
export async function openDesk(
  dataDir: string,
  options: Partial<AgentOptions> = {},
  start?: Parameters<typeof tryAgent>[2],
) {
  const agent = must(await tryAgent(dataDir, options, start))
  const filesWait = (options.takeBackMs ?? 0) > 0
  let isStopped = false
  const stop = async () => {
    if (!isStopped) await agent.stop()
    isStopped = true
  }
  onTestFinished(stop)
  const current = (): VisitView | null => agent.reception().current
  const reaches = async (what: string, fits: (visit: VisitView | null, reception: Reception) => boolean) => {
    await eventually(what, () => fits(current(), agent.reception()))
    const visit = current()
    if (!visit) throw new Error('no visit is at the counter')
    return visit
  }
  return {
    agent,
    stop,
    current,
    reaches,
    call: (name: string, request: unknown) => agent.call(atDesk, name, request),
    lay: (persona: string) => agent.call(atDesk, 'insertTrainingCard', { persona }),
    takeAway: () => agent.call(atDesk, 'removeTrainingCard', {}),
    asksForPin: () => reaches('the PIN is asked for', (visit) => visit?.pin != null),
    ends: () =>
      reaches(
        'the visit ends',
        (visit) => visit !== null && ['failed', 'offline', 'confirmed', 'handedOver'].includes(visit.state),
      ),
    /** A visit of the day's list in full. */
    async lookUp(visitId: string): Promise<VisitView> {
      must(await agent.call(atDesk, 'showVisit', { visitId }))
      const { shown } = agent.reception()
      if (!shown) throw new Error('no such visit is listed')
      return shown
    },
    async enterPin(pin: string, lastTry = false) {
      const visit = current()
      return agent.call(atDesk, 'enterPin', { visitId: visit?.id ?? '', pin, lastTry })
    },
    /**
     * A whole check-in up to its files; returns the visit as the screen shows it. Helps that come together are used
     * together, unless that question is what the test is about.
     */
    async checkIn(persona: string, isAskedAboutHelps = false): Promise<VisitView> {
      await agent.call(atDesk, 'removeTrainingCard', {})
      must(await agent.call(atDesk, 'insertTrainingCard', { persona }))
      const { id } = await reaches('the PIN is asked for', (visit) => visit?.pin != null)
      await agent.call(atDesk, 'enterPin', { visitId: id, pin: '1234', lastTry: false })
      await agent.settled()
      const isAtRest = (visit: VisitView) =>
        visit.pin === null && (visit.doubt !== null || !passing.has(visit.state)) && (filesWait || !isUnderWay(visit))
      const visit = await reaches('the visit is at rest', (visit) => visit !== null && isAtRest(visit))
      const { together } = visit.assessment?.order ?? {}
      if (isAskedAboutHelps || !together || together.used) return visit
      must(await agent.call(atDesk, 'chooseHelps', { visitId: id, used: together.benefits }))
      await agent.settled()
      const goesOn = (visit: VisitView) => visit.assessment?.order.together?.used != null && isAtRest(visit)
      return reaches('the visit goes on', (visit) => visit !== null && goesOn(visit))
    },
  }
}
