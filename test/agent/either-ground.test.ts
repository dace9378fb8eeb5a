// One agent to its shells, on two grounds: when it goes over to the desk's own records, when it comes back, and what becomes
// meanwhile of calls, of who is signed in, and of what could not be begun.
import { expect, onTestFinished, test } from 'vitest'
import { startOnEitherGround } from '../../src-main/agent/either-ground.ts'
import type { AgentOptions, HandedOn, StandingAgent } from '../../src-main/agent/terms.ts'
import type { Away } from '../../src-main/contract/told.ts'
import type { LogEntry } from '../../src-main/ground/log.ts'
import { type Failure, fail, ok, type Result } from '../../src-main/ground/result.ts'
import { atDesk } from '../at-desk.ts'
import { testClock } from '../clock.ts'
import { emptyReception } from '../empty-reception.ts'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'

type Begun = Pick<AgentOptions, 'siteServer' | 'handedOn'> & { readonly isAlone: boolean }
const gone: Failure = { code: 'STORE_UNREACHABLE' }

/** A desk whose line, records and counter a test has in its hand. `ground`: where it stands after its start. */
async function openGrounds() {
  const world = {
    isThere: true,
    hasCopy: true,
    isUnmerged: false,
    /** What was written alone is of a day before. */
    isOfBefore: false,
    atCounter: null as ReturnType<StandingAgent['atCounter']>,
    mergeFailure: null as Failure | null,
    /** The line goes once all of it has come. */
    breaksAfterMerge: false,
    mayStart: null as Failure | null,
    merges: 0,
    looks: 0,
    stops: [] as boolean[],
    /** Thrown at an end. */
    bug: null as Error | null,
    calls: [] as string[],
    begun: [] as Begun[],
    answering: null as Promise<void> | null,
    /** What a start waits for. */
    starting: null as Promise<void> | null,
    /** What each agent has to say, also when it ends. */
    say: [] as (() => void)[],
  }
  const handOn = (): HandedOn => ({
    staff: { session: { staffId: 'somebody', seenAt: 0, glassUntil: null }, isAccountFresh: false },
    isLocked: true,
    asking: { told: [], ours: [['visit', 'desk']] },
  })
  const start = async (isAlone: boolean, more: Omit<Begun, 'isAlone'>): Promise<Result<StandingAgent>> => {
    await world.starting
    if (!isAlone && !world.isThere) return { ok: false, error: gone }
    if (isAlone && (world.isOfBefore || (!world.hasCopy && !world.isUnmerged))) return fail('AWAY_NOT_READY')
    if (world.mayStart) return { ok: false, error: world.mayStart }
    world.begun.push({ ...more, isAlone })
    world.isUnmerged ||= isAlone
    const beats = setInterval(() => {
      more.siteServer?.ear.asked()
      if (!isAlone && world.isThere) more.siteServer?.ear.answered(true)
    }, 20)
    onTestFinished(() => clearInterval(beats))
    const nth = world.begun.length
    return ok({
      firstStart: false,
      reception: () => ({ ...emptyReception, revision: nth }),
      onReception(listener) {
        world.say.push(() => listener({ ...emptyReception, revision: 100 * nth }))
        return () => undefined
      },
      async call(_by, name) {
        world.calls.push(`${name} ${nth}`)
        await world.answering
        return ok(undefined)
      },
      settled: async () => undefined,
      timings: () => null,
      training: null,
      atCounter: () => world.atCounter,
      hasCopy: () => world.hasCopy,
      handOn,
      async stop(isCutOff = false) {
        clearInterval(beats)
        world.say[nth - 1]?.()
        world.stops.push(isCutOff)
        if (world.bug) throw world.bug
      },
    })
  }
  const events: LogEntry[] = []
  const open = async ({ mergeAgainMs = 3_600_000 } = {}) => {
    const agent = must(
      await startOnEitherGround({
        grounds: {
          start,
          isUnmerged: () => world.isUnmerged,
          async reach() {
            world.looks++
            return world.isThere ? ok(undefined) : { ok: false, error: gone }
          },
          async merge() {
            if (!world.isThere) return { ok: false, error: gone }
            world.merges++
            if (world.mergeFailure) return { ok: false, error: world.mergeFailure }
            world.isUnmerged = false
            return world.breaksAfterMerge ? { ok: false, error: gone } : ok(undefined)
          },
        },
        timing: {
          aloneAfterMs: 500,
          backAfterMs: 0,
          lookMs: 20,
          patienceMs: 3_600_000,
          mergePauseMs: { first: mergeAgainMs, longest: mergeAgainMs },
        },
        clock: testClock,
        log: { write: (entry) => void events.push(entry) },
      }),
    )
    onTestFinished(agent.stop)
    const told: (Away | null)[] = []
    agent.absence?.onChange(() => told.push(agent.absence?.now() ?? null))
    return { agent, told }
  }
  const last = () => world.begun.at(-1)
  return {
    world,
    open,
    events,
    isAlone: () => last()?.isAlone,
    silence: () => last()?.siteServer?.silence() ?? null,
    goesAlone: () => eventually('it is alone', () => last()?.isAlone === true),
    comesBack: () => eventually('it is back', () => last()?.isAlone === false && world.begun.length > 1),
  }
}

fault('server', 'The server is gone for long', {
  seen: 'words/desk screen.line.turning',
  class: 'transient',
  data: 'The desk goes on with today’s copy, under numbers of its own.',
  recovery: 'What was written alone is merged once the server is there, before anything else.',
})
test('the server is gone for long enough: the desk goes on alone, and back once it is there again', async () => {
  const { world, open, goesAlone, comesBack } = await openGrounds()
  const { told } = await open()
  world.isThere = false
  await goesAlone()
  await eventually('the pages have it', () => told.at(-1) === null)
  expect(told).toEqual([{ line: 'turning' }, null])
  // Nobody waits for a server that does not answer.
  expect(world.stops).toEqual([true])
  expect(world.merges).toBe(0)
  world.isThere = true
  await comesBack()
  expect(world.merges).toBe(1)
  expect(world.stops).toEqual([true, false])
})

test('a start may take as long as it does', async () => {
  const { world, open, isAlone } = await openGrounds()
  // Longer than it takes to look twice whether the server answers.
  let ticks = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  const ticking = setInterval(() => ++ticks > 2 && resolve(), 200)
  onTestFinished(() => clearInterval(ticking))
  world.starting = promise
  await open()
  expect(isAlone()).toBe(false)
})

test('a server that answers again in time is said to be silent, and nothing else', async () => {
  const { world, open, silence, isAlone } = await openGrounds()
  world.hasCopy = false
  await open()
  world.isThere = false
  await eventually('it is said', () => silence() !== null)
  // Without a copy the desk waits for it, however long.
  expect(silence()).toMatchObject({ goesOn: false })
  world.isThere = true
  await eventually('it is taken back', () => silence() === null)
  expect([isAlone(), world.begun.length]).toEqual([false, 1])
})

fault('server', 'A desk is started while the server is away', {
  seen: 'STORE_UNREACHABLE',
  data: 'With today’s copy it goes on alone; without one nothing is begun.',
  recovery: 'It begins by itself once the server is there.',
})
test('a desk that starts without the server goes on with its copy, and without one says why it does not start', async () => {
  const { world, open, isAlone } = await openGrounds()
  world.isThere = false
  world.hasCopy = false
  await expect(open()).rejects.toThrow('STORE_UNREACHABLE')
  world.hasCopy = true
  await open()
  expect(isAlone()).toBe(true)
})

test('what was written alone is merged at the next start, before anything else', async () => {
  const { world, open, isAlone } = await openGrounds()
  world.isUnmerged = true
  await open()
  expect([world.merges, isAlone()]).toEqual([1, false])
})

fault('server', 'What was written alone cannot be merged', {
  seen: 'STORE_FULL',
  data: 'It is kept here, and the desk goes on with it.',
  recovery: 'The reason is said; it is merged when that is mended.',
})
test('what cannot be merged is gone on with, and why is said; it is not tried again and again', async () => {
  const { world, open, isAlone } = await openGrounds()
  world.isUnmerged = true
  world.mergeFailure = { code: 'STORE_FULL' }
  await open()
  expect([world.merges, isAlone()]).toEqual([1, true])
  expect(world.begun.at(-1)?.siteServer?.mergeFailure()).toEqual({ code: 'STORE_FULL' })
})

test('what cannot be merged and is of a day before waits, and the desk works with the others', async () => {
  const { world, open, isAlone } = await openGrounds()
  world.isUnmerged = true
  world.isOfBefore = true
  world.mergeFailure = { code: 'STORE_DAMAGED' }
  await open()
  expect([world.merges, isAlone(), world.isUnmerged]).toEqual([1, false, true])
  // And says so.
  const siteServer = world.begun.at(-1)?.siteServer
  expect([siteServer?.isUnmerged(), siteServer?.mergeFailure()]).toEqual([true, { code: 'STORE_DAMAGED' }])
})

test('what had come when the line went has come: nothing of before it is gone on with', async () => {
  const { world, open, isAlone } = await openGrounds()
  world.isUnmerged = true
  world.breaksAfterMerge = true
  await open()
  expect([world.merges, isAlone(), world.begun.length]).toEqual([1, false, 1])
  expect(world.begun.at(-1)?.siteServer?.isUnmerged()).toBe(false)
})

test('it is tried again beside the work with the others, and comes once it can', async () => {
  const { world, open } = await openGrounds()
  world.isUnmerged = true
  world.isOfBefore = true
  world.mergeFailure = { code: 'STORE_FULL' }
  const { told } = await open({ mergeAgainMs: 20 })
  const server = world.begun.at(-1)?.siteServer
  let changes = 0
  server?.onChange(() => changes++)
  await eventually('it has been tried again', () => world.merges > 2)
  expect(server?.mergeFailure()).toEqual({ code: 'STORE_FULL' })
  world.mergeFailure = null
  await eventually('it has come', () => !world.isUnmerged && server?.mergeFailure() === null)
  expect(changes).toBeGreaterThan(0)
  // Nobody has been taken from anything for it.
  expect([told, world.stops, world.begun.length]).toEqual([[], [], 1])
})

test('nobody is taken from a card, and a person who decides is waited for', async () => {
  const { world, open, goesAlone, comesBack } = await openGrounds()
  await open()
  world.isThere = false
  await goesAlone()
  world.isThere = true
  for (const busy of ['card', 'decision'] as const) {
    world.atCounter = busy
    const { looks } = world
    await eventually('it has looked', () => world.looks > looks + 3)
    expect(world.merges).toBe(0)
  }
  world.atCounter = null
  await comesBack()
})

test('whoever is signed in stays so, and a computer that is locked stays locked', async () => {
  const { world, open, goesAlone } = await openGrounds()
  await open()
  world.isThere = false
  await goesAlone()
  expect(world.begun.map(({ handedOn }) => handedOn)).toMatchObject([
    undefined,
    { staff: { session: { staffId: 'somebody' } }, isLocked: true, asking: { ours: [['visit', 'desk']] } },
  ])
})

test('a call that is under way ends first, and one that comes meanwhile goes to the next agent', async () => {
  const { world, open, goesAlone } = await openGrounds()
  const { agent, told } = await open()
  const { promise, resolve } = Promise.withResolvers<void>()
  world.answering = promise
  const first = agent.call(atDesk, 'enterPin', {})
  world.isThere = false
  await eventually('it turns', () => told.length > 0)
  const second = agent.call(atDesk, 'noteVisit', {})
  expect(world.stops).toEqual([])
  resolve()
  await Promise.all([first, second])
  await goesAlone()
  expect(world.calls).toEqual(['enterPin 1', 'noteVisit 2'])
})

test('a bug at the end of one keeps nobody waiting for the next one, and is noted', async () => {
  const { world, open, events, goesAlone } = await openGrounds()
  const { agent } = await open()
  world.bug = new Error('a bug')
  world.isThere = false
  await goesAlone()
  world.bug = null
  must(await agent.call(atDesk, 'noteVisit', {}))
  expect(world.calls).toEqual(['noteVisit 2'])
  expect(events.filter(({ event }) => event === 'fault')).toHaveLength(1)
})

test('until it has turned the pages are told so, and nothing of the agent that ends', async () => {
  const { world, open, goesAlone } = await openGrounds()
  const { agent, told } = await open()
  const seen: unknown[] = []
  agent.onReception(({ revision }) => void seen.push([revision, agent.absence?.now() ?? null]))
  world.say[0]?.()
  const { promise, resolve } = Promise.withResolvers<void>()
  world.starting = promise
  world.isThere = false
  await eventually('it has ended', () => world.stops.length > 0)
  expect([seen, told]).toEqual([[[100, null]], [{ line: 'turning' }]])
  resolve()
  await goesAlone()
  await eventually('it is over', () => told.at(-1) === null)
  expect(agent.reception().revision).toBe(2)
  world.say[1]?.()
  expect(seen.slice(1)).toEqual([[200, null]])
})

test('where neither can be begun the pages say why, and it is tried again', async () => {
  const { world, open, goesAlone } = await openGrounds()
  const { told } = await open()
  world.mayStart = { code: 'STORE_DAMAGED' }
  world.isThere = false
  await eventually('it is said', () => told.length > 1)
  expect(told.at(-1)).toEqual({ line: 'unsettled', failure: { code: 'STORE_DAMAGED' }, files: [] })
  world.mayStart = null
  await goesAlone()
  await eventually('it is over', () => told.at(-1) === null)
})

test('an end while it turns is an end', async () => {
  const { world, open } = await openGrounds()
  const { agent, told } = await open()
  world.mayStart = { code: 'STORE_DAMAGED' }
  world.isThere = false
  await eventually('it cannot begin', () => told.length > 1)
  await agent.stop()
  expect(world.begun).toHaveLength(1)
})
