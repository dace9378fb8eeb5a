// A visit that the hub's absence left without its answer: nobody has to remember it, and nothing is decided without a
// person that would have been asked about at the counter.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import type { VisitState } from '../../src-main/ground/states.ts'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const quick = { hubPauseMs: { first: 5, longest: 20 } }
type Desk = Awaited<ReturnType<typeof openDesk>>

const visitOf = (desk: Desk, id: string) => desk.agent.reception().visits.find((visit) => visit.id === id)
const files = (dataDir: string) => readdirSync(join(dataDir, 'import/json')).filter((name) => name.endsWith('.json'))

/** The hub answers a re-query at its own pace. */
const isIn = (state: VisitState, desk: Desk, id: string) =>
  eventually(`the visit is ${state}`, () => visitOf(desk, id)?.state === state)

/** Somebody the clinic has seen, at the counter while the hub is away. */
async function leftOffline(persona: string, options: { known?: string; dataDir?: string } = {}) {
  const dataDir = options.dataDir ?? (await dataFolder())
  const desk = await openDesk(dataDir, quick)
  const { state } = await desk.checkIn(options.known ?? persona)
  expect(state).toBe('handedOver')
  await desk.takeAway()
  desk.agent.training?.sandbox.setFault({ kind: 'hangUp' })
  return { desk, dataDir, ...(await again(desk, persona)) }
}

async function again(desk: Desk, persona: string) {
  must(await desk.lay(persona))
  await desk.reaches('the hub is missed', (visit) => visit?.hold != null)
  await desk.enterPin('1234')
  const offline = await desk.ends()
  expect(offline.state).toBe('offline')
  await desk.call('closeVisit', { visitId: offline.id })
  await desk.takeAway()
  return { id: offline.id }
}

describe('a visit without its answer', () => {
  test('gets it when the line is back, and so does the receipt computer', async () => {
    const { desk, dataDir, id } = await leftOffline('nanbyo')
    const before = files(dataDir).length
    expect((await desk.lookUp(id)).deliveries).toEqual([])
    desk.agent.training?.sandbox.setFault(null)
    await isIn('handedOver', desk, id)
    expect(await desk.lookUp(id)).toMatchObject({
      failure: null,
      askedLater: { differs: false },
      answers: { medicalSubsidy: { state: 'present' } },
    })
    expect(files(dataDir)).toHaveLength(before + 1)
    // Nothing of it comes to the counter by itself.
    expect(desk.current()).toBeNull()
  })

  fault('sleep', 'The program ends while an answer is owed', {
    seen: 'nothing',
    class: 'transient',
    data: 'The visit and what it is owed are there after the start.',
    recovery: 'The hub is asked, and the file goes out by itself.',
  })
  test('is not forgotten by a restart', async () => {
    const { desk, dataDir, id } = await leftOffline('nanbyo')
    await desk.stop()
    const next = await openDesk(dataDir, quick)
    await isIn('handedOver', next, id)
  })

  fault('hub', 'A patient comes again before the answer of the first visit is there', {
    seen: 'VISIT_REPEATED',
    data: 'The first visit is ended, so that there is one file, not two.',
    recovery: 'The second visit gets the answer.',
  })
  test('is overtaken by the next visit of the same patient', async () => {
    const { desk, id } = await leftOffline('nanbyo')
    const { id: second } = await again(desk, 'nanbyo')
    expect(await desk.lookUp(id)).toMatchObject({ state: 'cancelled', failure: { code: 'VISIT_REPEATED' } })
    desk.agent.training?.sandbox.setFault(null)
    await isIn('handedOver', desk, second)
    expect(visitOf(desk, id)?.state).toBe('cancelled')
  })
})

describe('an answer that comes later and differs', () => {
  /** The hub knows who it is, and then fails only the question about them. */
  async function differing() {
    const dataDir = await dataFolder()
    const desk = await openDesk(dataDir, quick)
    await desk.checkIn('g-changed-before')
    const sandbox = desk.agent.training?.sandbox
    sandbox?.setFault({ kind: 'error' }, 'eligibility')
    const { id } = await desk.checkIn('g-changed')
    must(await desk.call('closeVisit', { visitId: id }))
    await desk.takeAway()
    await isIn('answered', desk, id)
    return { desk, dataDir, id }
  }

  test('waits for a person, also after a restart, and goes out as decided', async () => {
    const { desk, dataDir, id } = await differing()
    await desk.stop()
    const before = files(dataDir).length
    const next = await openDesk(dataDir, quick)
    expect(await next.lookUp(id)).toMatchObject({ state: 'answered', askedLater: { differs: true } })
    must(await next.call('takeUpVisit', { visitId: id }))
    const questions = next.current()?.assessment?.differences.filter(({ choices }) => choices.length > 0) ?? []
    expect(questions.length).toBeGreaterThan(0)
    // The card has gone long ago: the hub is asked by the patient's reference.
    must(await next.call('askAgain', { visitId: id }))
    expect(next.current()).toMatchObject({ state: 'answered' })
    const used = next.current()?.assessment?.order.together?.benefits ?? []
    must(await next.call('chooseHelps', { visitId: id, used }))
    const decisions = questions.map(({ key }) => ({ key, choice: 'accept' }))
    must(await next.call('decideDifferences', { visitId: id, decisions }))
    await next.agent.settled()
    expect(visitOf(next, id)?.state).toBe('handedOver')
    expect(files(dataDir)).toHaveLength(before + 1)
  })

  test('is not brought into another patient’s check-in', async () => {
    const { desk, id } = await differing()
    desk.agent.training?.sandbox.setFault(null)
    await desk.lay('kodomo')
    await desk.asksForPin()
    expect(await desk.call('takeUpVisit', { visitId: id })).toEqual(fail('VISIT_NOT_CURRENT'))
    expect(desk.current()).toMatchObject({ state: 'identifying' })
  })

  test('that nobody waits for cannot be taken up', async () => {
    const desk = await openDesk(await dataFolder())
    const { id } = await desk.checkIn('nanbyo')
    expect(await desk.call('takeUpVisit', { visitId: id })).toEqual(fail('VISIT_NOT_CURRENT'))
  })
})
