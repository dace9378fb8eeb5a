// The turn of the day at a desk that stays open, and what one attempt may hand to the next: no patient gets another's number,
// no visit another day than the one its question was asked on.
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Clock } from '../../src-main/ground/clock.ts'
import type { Log } from '../../src-main/ground/log.ts'
import { runCheckIn } from '../../src-main/shell/one-check-in.ts'
import { settableClock } from '../clock.ts'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const evening = '2026-11-28T22:40:00+09:00'
const morning = '2026-11-29T08:40:00+09:00'

async function deskAt(moment: string) {
  const clock = settableClock(moment)
  const ended: unknown[] = []
  const log: Log = {
    write: (entry) => void (entry.event === 'visitMoved' && entry.state === 'failed' && ended.push(entry.visitId)),
  }
  const desk = await openDesk(await dataFolder(undefined, clock), { clock, log })
  return { desk, clock, ended }
}

const listed = (desk: Awaited<ReturnType<typeof openDesk>>) =>
  desk.agent.reception().visits.map(({ day, number, state, name }) => ({ day, number, state, name }))

describe('an attempt that failed and was left open', () => {
  test('gives its number to the same card only', async () => {
    const { desk, ended } = await deskAt(evening)
    await desk.lay('expired')
    const first = await desk.ends()
    await desk.takeAway()
    await desk.lay('expired')
    await eventually('it fails again', () => ended.length === 2)
    expect(ended).toEqual([first.id, first.id])
    await desk.takeAway()
    await eventually('it is listed', () => listed(desk).length > 0)
    expect(listed(desk)).toMatchObject([{ number: 1, state: 'failed' }])
    const second = await desk.checkIn('nanbyo')
    expect(second.id).not.toBe(first.id)
    expect(second).toMatchObject({ number: 2, state: 'handedOver' })
    expect(listed(desk)).toMatchObject([
      { number: 2, name: '佐藤　美咲' },
      { number: 1, state: 'failed', name: null },
    ])
  })

  fault('agent', 'A patient goes in the middle, and the next one comes', {
    seen: 'CARD_REMOVED',
    data: 'Each keeps a number and a time of their own.',
    recovery: 'The first one lays the card again later.',
  })
  test('keeps its own number and time when its card was pulled and another one comes', async () => {
    const { desk, clock } = await deskAt(evening)
    await desk.lay('kodomo')
    const pulled = await desk.asksForPin()
    await desk.takeAway()
    await desk.reaches('the card is missed', (visit) => visit?.failure?.code === 'CARD_REMOVED')
    clock.set('2026-11-28T22:41:01+09:00')
    const next = await desk.checkIn('nanbyo')
    expect(next).toMatchObject({ number: 2, startedAt: '2026-11-28T22:41:01.000+09:00' })
    expect(await desk.lookUp(pulled.id)).toMatchObject({ number: 1, state: 'failed', startedAt: pulled.startedAt })
  })

  test('goes on under its number with the card that has lain there all the time', async () => {
    const { desk } = await deskAt(evening)
    desk.agent.training?.sandbox.setFault({ kind: 'error' })
    await desk.lay('nanbyo')
    const { id: visitId } = await desk.ends()
    desk.agent.training?.sandbox.setFault(null)
    must(await desk.call('retryVisit', { visitId }))
    expect((await desk.asksForPin()).id).toBe(visitId)
  })

  test('gives neither its day nor its number to the first patient of the next morning', async () => {
    const { desk, clock } = await deskAt(evening)
    await desk.lay('expired')
    await desk.ends()
    await desk.takeAway()
    clock.set(morning)
    const visit = await desk.checkIn('nanbyo')
    expect(visit).toMatchObject({ day: '2026-11-29', number: 1, state: 'handedOver' })
    expect(listed(desk)).toEqual([{ day: '2026-11-29', number: 1, state: 'handedOver', name: '佐藤　美咲' }])
    expect(desk.agent.reception().today).toBe('2026-11-29')
  })

  test('is not gone on with on another day even by the same card', async () => {
    const { desk, clock } = await deskAt(evening)
    await desk.lay('nanbyo')
    const { id: visitId } = await desk.asksForPin()
    must(await desk.call('cancelVisit', { visitId }))
    await desk.takeAway()
    clock.set(morning)
    expect(await desk.checkIn('nanbyo')).toMatchObject({ day: '2026-11-29', number: 1 })
  })
})

describe('midnight', () => {
  const before = '2026-11-28T23:59:50+09:00'
  const after = '2026-11-29T00:00:02+09:00'

  fault('clock', 'It turns midnight between the card and its PIN', {
    seen: 'VISIT_DAY_TURNED',
    data: 'The old visit ends; no try of the PIN is lost.',
    recovery: 'The card that lies there becomes a visit of the new day, and its PIN is asked for.',
  })
  test('between card and PIN makes the card that lies there a visit of the new day, asked about on that day', async () => {
    const { desk, clock } = await deskAt(before)
    await desk.lay('nanbyo')
    const old = await desk.asksForPin()
    clock.set(after)
    expect(await desk.enterPin('1234')).toMatchObject({ error: { code: 'VISIT_DAY_TURNED' } })
    const next = await desk.reaches('the PIN is asked for anew', (visit) => visit?.pin != null && visit.id !== old.id)
    expect(next).toMatchObject({ day: '2026-11-29', number: 1, pin: { triesLeft: 3 } })
    must(await desk.enterPin('1234'))
    await desk.agent.settled()
    expect(desk.current()).toMatchObject({ state: 'handedOver', day: '2026-11-29' })
    expect(desk.current()?.answers?.medicalSubsidy.state).toBe('present')
  })

  test('lets a visit begun and answered after it be listed and delivered at once', async () => {
    const { desk, clock } = await deskAt(before)
    clock.set(after)
    const visit = await desk.checkIn('nanbyo')
    expect(visit.deliveries.map(({ state }) => state)).toEqual(['delivered', 'delivered'])
    expect(listed(desk)).toMatchObject([{ day: '2026-11-29', number: 1, state: 'handedOver' }])
  })

  test('does not take away the result that somebody is reading, and puts it away once it is old', async () => {
    const { desk, clock } = await deskAt(before)
    const visit = await desk.checkIn('nanbyo')
    clock.set(after)
    must(await desk.call('reception', {}))
    expect(desk.current()).toMatchObject({ id: visit.id, state: 'handedOver' })
    expect(desk.current()?.deliveries).toHaveLength(2)
    clock.set('2026-11-29T00:20:00+09:00')
    must(await desk.call('reception', {}))
    expect(desk.current()).toBeNull()
    expect(listed(desk)).toEqual([])
  })

  test('leaves an answer that waits for a person in the list, on its own day', async () => {
    const { desk, clock } = await deskAt(evening)
    await desk.checkIn('g-changed-before')
    const { id: visitId } = await desk.checkIn('g-changed')
    await desk.takeAway()
    clock.set(morning)
    must(await desk.call('reception', {}))
    expect(desk.current()).toBeNull()
    expect(listed(desk)).toMatchObject([{ day: '2026-11-28', state: 'answered' }])
    must(await desk.call('takeUpVisit', { visitId }))
    expect(desk.current()).toMatchObject({ id: visitId, day: '2026-11-28' })
  })

  test('turns by itself at a desk where nothing happens', async () => {
    const { desk, clock } = await deskAt(evening)
    await desk.lay('expired')
    await desk.ends()
    const seen: string[] = []
    desk.agent.onReception(({ today }) => seen.push(today))
    clock.set(morning)
    // Any change at all: a reader that is looked at, a line that comes back.
    await desk.takeAway()
    await eventually('the day has turned', () => seen.includes('2026-11-29'))
    await eventually('the counter is free', () => desk.current() === null)
  })

  test('between card and PIN does not keep a check-in without a screen from its file', async () => {
    const base = settableClock(before)
    let isTurned = false
    const clock: Clock = { now: () => base.now() }
    const desk = await openDesk(await dataFolder(undefined, base), { clock })
    const done = await runCheckIn(desk.agent, {
      persona: 'nanbyo',
      pin: '1234',
      cardWaitMs: 1_000,
      onStep(step) {
        if (step === 'cardRead' && !isTurned) base.set(after)
        isTurned = true
      },
    })
    expect(must(done).files).toHaveLength(2)
    expect(listed(desk)[0]).toMatchObject({ day: '2026-11-29', number: 1, state: 'handedOver' })
  })
})

fault('locale', 'Somebody sets the computer to another time zone', {
  seen: 'nothing',
  class: 'transient',
  data: 'Day and time of every visit stay Japan’s.',
  recovery: 'Nothing is to be done.',
})
test('a time zone that somebody sets on this computer changes no day and no time of the clinic', async () => {
  const zone = process.env.TZ
  onTestFinished(() => {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  })
  const morningInTokyo = '2026-11-29T08:40:00+09:00'
  const { desk } = await deskAt(morningInTokyo)
  process.env.TZ = 'America/Los_Angeles'
  expect(new Date(morningInTokyo).getDate()).toBe(28)
  const visit = await desk.checkIn('nanbyo')
  expect(visit).toMatchObject({ day: '2026-11-29', startedAt: '2026-11-29T08:40:00.000+09:00', asOf: '2026-11-29' })
  expect(desk.agent.reception().today).toBe('2026-11-29')
})
