// A visit on its way between the desks of a site: by asking, or from a desk that is gone. At the store first, then with two agents as
// people have them. Nothing waits for eight seconds to pass: the server is told that they have.
import { describe, expect, test } from 'vitest'
import type { AgentOptions } from '../../src-main/agent.ts'
import type { Caller } from '../../src-main/contract/callers.ts'
import { fail, ok } from '../../src-main/ground/result.ts'
import type { VisitState } from '../../src-main/ground/states.ts'
import { deskIdentity } from '../../src-main/store/desk-identity.ts'
import type { Store } from '../../src-main/store/store.ts'
import { dataFolder, openDesk as openAgent } from '../agent/fixture.ts'
import { fault } from '../faults.ts'
import { openLine } from '../postgres/line.ts'
import { newSite } from '../postgres/server.ts'
import { eventually, must } from '../support.ts'
import { hasPostgres, postgres } from './postgres-server.ts'
import { at, newVisit, patient } from './samples.ts'
import { deskFolders, fallsSilent, openDesk } from './site-desks.ts'

/** Two desks that are heard of, and a visit of the first one. */
async function twoDesks(state: VisitState = 'answered') {
  const site = newSite(postgres())
  const [one, other] = [await openDesk(site, 'one'), await openDesk(site, 'other')]
  for (const desk of [one, other]) must(await desk.beat())
  const visit = must(await one.saveVisit(newVisit({ state, patient }), [{ at, event: state }]))
  const stored = async (desk: Store = other) => {
    const found = await desk.visit(visit.id)
    return found && { desk: found.desk, askedBy: found.askedBy, state: found.visit.state, number: found.visit.number }
  }
  const trail = async () =>
    (await one.auditTrail({ after: 0, limit: 100 })).flatMap(({ event, about, visitId }) =>
      visitId === visit.id ? [[event, about]] : [],
    )
  return { site, one, other, visit, stored, trail }
}

describe.skipIf(!hasPostgres())('at the store a visit of another desk', () => {
  test('is asked for, and given with its number and answers; the trail names both desks', async () => {
    const { one, other, visit, stored, trail } = await twoDesks()
    const as = { state: 'answered', number: visit.number }
    expect(await one.askForVisit(visit.id, { at })).toEqual(fail('VISIT_NOT_CURRENT'))
    expect(await one.giveVisit(visit.id, { at })).toEqual(fail('VISIT_NOT_CURRENT'))
    must(await other.askForVisit(visit.id, { at }))
    expect(await stored(one)).toEqual({ desk: 'one', askedBy: 'other', ...as })
    // Until it is given it is where it was.
    expect(await other.saveVisit(visit, [])).toEqual(fail('VISIT_ELSEWHERE'))
    expect(await other.giveVisit(visit.id, { at })).toEqual(fail('VISIT_NOT_CURRENT'))
    must(await one.giveVisit(visit.id, { at }))
    expect(await stored()).toEqual({ desk: 'other', askedBy: null, ...as })
    expect(await one.saveVisit({ ...visit, state: 'cancelled' }, [{ at, event: 'cancelled' }])).toEqual(
      fail('VISIT_ELSEWHERE'),
    )
    must(await other.saveVisit({ ...visit, state: 'cancelled' }, [{ at, event: 'cancelled' }]))
    const between = 'oneのパソコン → otherのパソコン'
    expect(await trail()).toEqual([
      ['answered', null],
      ['visitAsked', between],
      ['visitGiven', between],
      ['cancelled', null],
    ])
  })

  test('is kept, or asked for no more, and stays where it is', async () => {
    const { one, other, visit, stored, trail } = await twoDesks('choosing')
    must(await other.askForVisit(visit.id, { at }))
    must(await one.keepVisit(visit.id, { at }))
    expect(await stored()).toMatchObject({ desk: 'one', askedBy: null })
    expect(await one.keepVisit(visit.id, { at })).toEqual(fail('VISIT_NOT_CURRENT'))
    must(await other.askForVisit(visit.id, { at }))
    must(await other.withdrawAsk(visit.id, { at }))
    expect(await one.giveVisit(visit.id, { at })).toEqual(fail('VISIT_NOT_CURRENT'))
    expect((await trail()).map(([event]) => event)).toEqual([
      'choosing',
      'visitAsked',
      'visitKept',
      'visitAsked',
      'visitAskWithdrawn',
    ])
  })

  test('is asked for no more once it is open no more, also when the decision is taken back', async () => {
    const { one, other, visit, stored } = await twoDesks()
    must(await other.askForVisit(visit.id, { at }))
    must(await one.saveVisit({ ...visit, state: 'confirmed' }, [{ at, event: 'confirmed' }]))
    expect(await stored()).toMatchObject({ desk: 'one', askedBy: null })
    expect(await other.askForVisit(visit.id, { at })).toEqual(fail('VISIT_NOT_CURRENT'))
    must(await one.takeBackVisit(visit, 'decision', { at, named: visit }))
    expect(await stored()).toMatchObject({ desk: 'one', askedBy: null, state: 'answered' })
  })

  test('before its patient is known ends where it was, and goes on under its number where it is now', async () => {
    const { one, other, visit, stored, trail } = await twoDesks('identifying')
    must(await other.askForVisit(visit.id, { at }))
    must(await one.giveVisit(visit.id, { at }))
    expect(await stored()).toMatchObject({ desk: 'other', state: 'failed', number: visit.number })
    // Whoever is late with it hears where it is.
    expect(await one.saveVisit({ ...visit, state: 'asking' }, [{ at, event: 'asking' }])).toEqual(
      fail('VISIT_ELSEWHERE'),
    )
    const again = { ...visit, state: 'reading' } as const
    expect(must(await other.saveVisit(again, [{ at, event: 'reading' }])).number).toBe(visit.number)
    expect((await trail()).map(([event]) => event)).toEqual([
      'identifying',
      'visitAsked',
      'visitGiven',
      'failed',
      'reading',
    ])
  })

  test('is taken over at once where nothing is heard of its desk, and by nobody while it is', async () => {
    const { site, one, other, visit, stored, trail } = await twoDesks()
    expect(await other.takeOverVisit(visit.id, { at })).toEqual(fail('VISIT_ELSEWHERE'))
    await fallsSilent(site, 'one')
    expect(must(await other.beat()).desks).toEqual([
      { id: 'one', name: 'oneのパソコン', isHere: false, isHeard: false },
      { id: 'other', name: 'otherのパソコン', isHere: true, isHeard: true },
    ])
    must(await other.takeOverVisit(visit.id, { at }))
    expect(await other.takeOverVisit(visit.id, { at })).toEqual(fail('VISIT_NOT_CURRENT'))
    expect(await stored()).toMatchObject({ desk: 'other', state: 'answered', number: visit.number })
    expect((await trail()).at(-1)).toEqual(['visitTakenOver', 'oneのパソコン → otherのパソコン'])
    // It was only asleep.
    must(await one.beat())
    const decided = { ...visit, state: 'confirmed' } as const
    expect(await one.saveVisit(decided, [{ at, event: 'confirmed' }])).toEqual(fail('VISIT_ELSEWHERE'))
    expect(await one.openVisits()).toEqual([])
    must(await other.saveVisit(decided, [{ at, event: 'confirmed' }]))
    expect(await one.saveVisit(decided, [{ at, event: 'confirmed' }])).toEqual(fail('VISIT_ELSEWHERE'))
  })

  test('of a desk that has ended in order needs not be waited for', async () => {
    const { one, other, visit } = await twoDesks()
    must(await one.leave())
    must(await other.takeOverVisit(visit.id, { at }))
    expect((await other.openVisits()).map(({ id }) => id)).toEqual([visit.id])
  })

  test('given away at the very moment in which it is decided is one of both', async () => {
    const { one, other, visit, stored } = await twoDesks()
    must(await other.askForVisit(visit.id, { at }))
    const [given, decided] = await Promise.all([
      one.giveVisit(visit.id, { at }),
      one.saveVisit({ ...visit, state: 'confirmed' }, [{ at, event: 'confirmed' }]),
    ])
    expect([given.ok, decided.ok].sort()).toEqual([false, true])
    expect((await stored())?.desk).toBe(given.ok ? 'other' : 'one')
  })
})

const atSystem: Caller = { door: 'system', desk: 1 }

/** Two agents on one site. */
async function twoAgents(options: Partial<AgentOptions> = {}) {
  const [first, second] = await deskFolders(await dataFolder(), await dataFolder())
  if (!first || !second) throw new Error('there are fewer than two desks')
  const line = await openLine(postgres(), { from: '127.0.0.1', to: 'tcp' })
  const cutable = { ...first, site: async () => ok({ ...first.access, ...line }) }
  const here = await openAgent(first.dataDir, { ...cutable, ...options })
  const there = await openAgent(second.dataDir, { ...second, ...options })
  type Agent = typeof here
  const asking = (desk: Agent) => desk.agent.reception().asking
  const listed = (desk: Agent, visitId: string) => desk.agent.reception().visits.find(({ id }) => id === visitId)
  await eventually('they know of each other', () => asking(here) !== null && asking(there) !== null)
  /** A visit that waits for a decision at the first desk. */
  const undecided = async (): Promise<string> => {
    const { id, state } = await here.checkIn('g-local', true)
    expect(state).toBe('answered')
    return id
  }
  const ask = async (visitId: string) => {
    await eventually('the other one lists it', () => listed(there, visitId)?.desk?.had === 'there')
    must(await there.call('showVisit', { visitId }))
    must(await there.call('askForVisit', { visitId, isAsked: true }))
    await eventually(
      'the first one is told',
      () => asking(here)?.asked.some((each) => each.visitId === visitId) === true,
    )
  }
  const silence = () => fallsSilent(first.access, deskIdentity(first.dataDir, first.computer).id)
  return { here, there, asking, listed, undecided, ask, line, silence }
}

describe.skipIf(!hasPostgres())('on the screens of two desks', () => {
  test('an open visit says whose it is, is only looked at elsewhere, and goes there when a person gives it', async () => {
    const { here, there, asking, listed, undecided, ask } = await twoAgents()
    const visitId = await undecided()
    await ask(visitId)
    expect(listed(here, visitId)?.desk).toMatchObject({ name: '受付1', had: 'here' })
    expect(there.agent.reception().shown?.desk).toEqual({ name: '受付1', had: 'there', isAskedFor: true })
    expect(await there.call('takeUpVisit', { visitId })).toMatchObject(fail('VISIT_ELSEWHERE'))
    expect(await there.call('takeOverVisit', { visitId })).toMatchObject(fail('VISIT_ELSEWHERE'))
    const { number } = listed(here, visitId) ?? {}
    expect(asking(here)?.asked).toEqual([{ visitId, number, desk: '受付2' }])

    must(await here.call('answerAsked', { visitId, isGiven: true }))
    expect([here.current(), asking(here)]).toEqual([null, { asked: [], told: [] }])
    // Whoever waits for it at its page goes on with it.
    const visit = await there.reaches('it is at the counter there', (current) => current?.id === visitId)
    expect(visit).toMatchObject({ number, state: 'answered', desk: { had: 'here' } })
    expect(asking(there)?.told).toEqual([])
    const { together } = visit.assessment?.order ?? {}
    must(await there.call('chooseHelps', { visitId, used: together?.benefits }))
    await eventually('that is known', () => listed(here, visitId)?.desk?.had === 'past')
    expect(listed(here, visitId)).toMatchObject({ state: 'confirmed', desk: { name: '受付2' } })
  })

  test('one that somebody is at never goes by itself; one of a locked computer does, and that is said', async () => {
    const { here, there, asking, listed, undecided, ask } = await twoAgents({ letGoMs: 20 })
    const visitId = await undecided()
    await ask(visitId)
    must(await here.call('answerAsked', { visitId, isGiven: false }))
    await eventually('whoever asked is told', () => asking(there)?.told[0]?.what === 'kept')
    expect(asking(there)?.told).toMatchObject([{ visitId, desk: '受付1' }])
    must(await there.call('dismissTold', { visitId }))
    await ask(visitId)
    // As long as that takes it is at the counter, and then something of it is half typed.
    must(await here.call('attendVisit', { visitId }))
    await here.agent.call(atSystem, 'computerLocked', { isLocked: true })
    must(await there.call('closeVisit', { visitId: (await there.checkIn('none')).id }))
    expect(here.current()).toMatchObject({ id: visitId, state: 'answered' })
    must(await there.call('askForVisit', { visitId, isAsked: false }))
    await eventually('nobody asks any more', () => asking(here)?.asked.length === 0)
    must(await there.call('askForVisit', { visitId, isAsked: true }))
    await eventually('it has gone', () => listed(there, visitId)?.desk?.had === 'here')
    await eventually('the counter is free', () => here.current() === null)
    await eventually('that is said', () => asking(here)?.told[0]?.what === 'given')
    await eventually('and there, too', () => asking(there)?.told[0]?.what === 'got')
  })

  fault('agents', 'A visit goes to another desk in the middle of its PIN', {
    seen: 'VISIT_MOVED',
    data: 'Number and time stay; no PIN goes over.',
    recovery: 'The card is laid at the other desk.',
  })
  test('while a PIN is asked for only a person gives it; at the other desk the card goes on under its number', async () => {
    const { here, there, asking, listed, ask } = await twoAgents({ letGoMs: 20 })
    await here.lay('kodomo')
    const { id: visitId, number } = await here.asksForPin()
    await ask(visitId)
    await here.agent.call(atSystem, 'computerLocked', { isLocked: true })
    must(await there.call('closeVisit', { visitId: (await there.checkIn('none')).id }))
    expect(here.current()).toMatchObject({ id: visitId, state: 'identifying' })
    await here.agent.call(atSystem, 'computerLocked', { isLocked: false })
    must(await there.call('showVisit', { visitId }))
    must(await here.call('answerAsked', { visitId, isGiven: true }))
    expect(here.current()).toBeNull()
    const moved = await there.reaches('it is there', (current) => current?.id === visitId)
    expect(moved).toMatchObject({ state: 'failed', failure: { code: 'VISIT_MOVED' }, number })
    await there.takeAway()
    const done = await there.checkIn('kodomo')
    expect(done).toMatchObject({ id: visitId, number })
    expect(asking(there)?.told).toEqual([])
    expect(listed(there, visitId)?.desk).toMatchObject({ name: '受付2' })
    // The next one has a number of their own.
    must(await there.call('closeVisit', { visitId }))
    expect((await there.checkIn('nanbyo')).number).not.toBe(number)
  })

  fault('sleep', 'A desk falls silent with a visit at its counter', {
    seen: 'VISIT_ELSEWHERE',
    data: 'The visit is taken over with its number and answers, once.',
    recovery: 'The other desk goes on; the first one, awake again, says where it is.',
  })
  test('one of a desk that is gone is taken over at once; that desk, awake again, says where it is', async () => {
    const { here, there, listed, undecided, line, silence } = await twoAgents()
    const visitId = await undecided()
    await eventually('the other one lists it', () => listed(there, visitId)?.desk?.had === 'there')
    line.refuse(true)
    line.cut()
    await silence()
    await eventually('it is known to be gone', () => listed(there, visitId)?.desk?.had === 'gone')
    must(await there.call('showVisit', { visitId }))
    must(await there.call('takeOverVisit', { visitId }))
    expect(there.current()).toMatchObject({ id: visitId, state: 'answered', desk: { had: 'here' } })
    expect(here.current()?.state).toBe('answered')
    line.refuse(false)
    await here.reaches('it says so', (current) => current?.failure?.code === 'VISIT_ELSEWHERE')
    must(await here.call('closeVisit', { visitId }))
    expect((await here.checkIn('none')).number).toBe(2)
  })
})
