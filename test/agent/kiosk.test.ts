// The kiosk (再来受付機) beside the desk: a whole agent with two virtual readers, patients at both.
import { expect, test } from 'vitest'
import type { Caller } from '../../src-main/contract/callers.ts'
import type { KioskState, KioskStep } from '../../src-main/contract/kiosk.ts'
import { fail } from '../../src-main/ground/result.ts'
import { atSystem } from '../../src-main/shell/doors.ts'
import { settableClock } from '../clock.ts'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const atKiosk: Caller = { door: 'kiosk', desk: 1 }
const reader = '再来受付機のリーダー'
const settings = { kiosk: { reader } }

async function openKiosk(options: Parameters<typeof openDesk>[1] = {}, more: object = {}) {
  const desk = await openDesk(await dataFolder({ ...settings, ...more }), options)
  const { agent, call } = desk
  const kiosk = (): KioskState => {
    const { kiosk: state } = agent.reception()
    if (!state) throw new Error('there is no kiosk')
    return state
  }
  const reaches = async <K extends KioskStep['kind']>(kind: K): Promise<Extract<KioskStep, { kind: K }>> => {
    const is = (step: KioskStep): step is Extract<KioskStep, { kind: K }> => step.kind === kind
    await eventually(`the kiosk is at ${kind}`, () => is(kiosk().step))
    const { step } = kiosk()
    if (!is(step)) throw new Error(`the kiosk went on from ${kind}`)
    return step
  }
  return {
    ...desk,
    kiosk,
    reaches,
    layThere: async (persona: string) => must(await call('insertTrainingCard', { persona, at: 'kiosk' })),
    lift: async () => must(await call('removeTrainingCard', { at: 'kiosk' })),
    type: (visitId: string, pin: string, lastTry = false) => agent.call(atKiosk, 'enterPin', { visitId, pin, lastTry }),
    listed: (number: number | null) => agent.reception().visits.find((visit) => visit.number === number),
  }
}

const clockAt = (time: string) => settableClock(`2026-11-23T${time}+09:00`)

test('a patient checks in alone, gets a number, and is asked to take the card until it is lifted', async () => {
  const { layThere, lift, reaches, type, listed, agent, current } = await openKiosk()
  expect((await reaches('waiting')).kind).toBe('waiting')
  await layThere('nanbyo')
  const { visitId, triesLeft, wrong } = await reaches('pin')
  expect({ triesLeft, wrong }).toEqual({ triesLeft: 3, wrong: false })
  must(await type(visitId, '1234'))
  const slip = await reaches('slip')
  expect(slip).toMatchObject({ number: 1, isCardThere: true })
  await lift()
  await eventually('the card is lifted', () =>
    JSON.stringify(agent.reception().kiosk?.step).includes('"isCardThere":false'),
  )
  await agent.settled()
  expect(listed(1)).toMatchObject({ id: visitId, state: 'handedOver' })
  // Nothing of it was at the desk's counter.
  expect(current()).toBeNull()
})

test('the desk and the kiosk attend to two patients at once', async () => {
  const { layThere, lay, asksForPin, enterPin, reaches, type, agent, current, listed } = await openKiosk()
  await layThere('nanbyo')
  const { visitId } = await reaches('pin')
  must(await lay('kodomo'))
  const atDesk = await asksForPin()
  expect(atDesk.id).not.toBe(visitId)
  must(await type(visitId, '1234'))
  await reaches('slip')
  expect(current()?.id).toBe(atDesk.id)
  must(await enterPin('1234'))
  await agent.settled()
  expect(listed(1)?.id).toBe(visitId)
  expect(listed(2)?.id).toBe(atDesk.id)
})

test('the page clears itself after the card was lifted, and the next patient finds nothing of the last one', async () => {
  const clock = clockAt('09:30:00')
  const { layThere, lift, reaches, type, kiosk } = await openKiosk({ clock })
  await layThere('nanbyo')
  must(await type((await reaches('pin')).visitId, '1234'))
  await reaches('slip')
  await lift()
  clock.set('2026-11-23T09:30:14+09:00')
  expect(kiosk().step.kind).toBe('slip')
  clock.set('2026-11-23T09:30:16+09:00')
  await reaches('waiting')

  await layThere('kodomo')
  expect(await reaches('pin')).toMatchObject({ triesLeft: 3, wrong: false })
})

fault('kiosk', 'A card is left at the kiosk', {
  seen: 'words/kiosk kioskDesk.steps.cardLeft',
  class: 'transient',
  data: 'Nothing of the patient is left on its page.',
  recovery: 'Reception gives the card back; the kiosk goes on when it is lifted.',
})
test('a slip that nobody took the card for goes after a time, and the card is still asked to be taken', async () => {
  const clock = clockAt('09:30:00')
  const { layThere, lift, reaches, type } = await openKiosk({ clock })
  await layThere('nanbyo')
  must(await type((await reaches('pin')).visitId, '1234'))
  await reaches('slip')
  clock.set('2026-11-23T09:31:01+09:00')
  await reaches('cardLeft')
  await lift()
  await reaches('waiting')
})

test('the next card takes the place of the last number at once', async () => {
  const { layThere, reaches, type } = await openKiosk()
  await layThere('nanbyo')
  const first = await reaches('pin')
  must(await type(first.visitId, '1234'))
  await reaches('slip')
  await layThere('kodomo')
  expect((await reaches('pin')).visitId).not.toBe(first.visitId)
})

fault('kiosk', 'A PIN is typed wrongly at the kiosk, until one try is left', {
  seen: 'words/kiosk kioskDesk.whys.lastTry',
  class: 'permanent',
  data: 'The last try is never spent at the kiosk, whatever its page says; the number stays.',
  recovery: 'The patient comes to reception, where the visit goes on under its number.',
})
test('a wrong PIN leaves a try, and the last one is never spent there: the visit goes on at the desk under its number', async () => {
  const { layThere, reaches, type, kiosk, listed, lay, asksForPin, enterPin, agent } = await openKiosk()
  await layThere('nanbyo')
  const { visitId } = await reaches('pin')
  await type(visitId, '0000')
  await eventually('a try is gone', () => JSON.stringify(kiosk().step).includes('"triesLeft":2'))
  expect(await reaches('pin')).toMatchObject({ visitId, wrong: true })
  await type(visitId, '0000', true)
  const { number, why } = await reaches('called')
  expect({ number, why }).toEqual({ number: 1, why: 'lastTry' })
  // Whatever its page says.
  expect(await type(visitId, '0000', true)).toMatchObject({ ok: false })
  expect(kiosk().called).toMatchObject([{ visitId, number: 1, why: 'lastTry' }])
  expect(listed(1)).toMatchObject({ id: visitId, state: 'failed' })

  must(await lay('nanbyo'))
  const atDesk = await asksForPin()
  expect(atDesk).toMatchObject({ id: visitId, number: 1, pin: { triesLeft: 1 } })
  expect(kiosk().called).toEqual([])
  must(await enterPin('1234', true))
  await agent.settled()
  expect(listed(1)).toMatchObject({ id: visitId, state: 'handedOver' })
})

test.each([
  ['blocked', 'pin'],
  ['expired', 'certificate'],
] as const)('a card that is %s sends to reception with a number, and waits there', async (persona, why) => {
  const { layThere, reaches, kiosk, listed } = await openKiosk()
  await layThere(persona)
  expect(await reaches('called')).toMatchObject({ number: 1, why, isCardThere: true })
  expect(kiosk().called).toMatchObject([{ number: 1, why }])
  expect(listed(1)?.state).toBe('failed')
})

fault('kiosk', 'The hub is away while somebody is at the kiosk', {
  seen: 'words/kiosk kioskDesk.whys.line',
  class: 'transient',
  data: 'The visit is in the list.',
  recovery: 'The patient comes to reception.',
})
test('with the hub down the patient is sent to reception, and the visit is in the list', async () => {
  const { layThere, reaches, agent, listed } = await openKiosk()
  agent.training?.sandbox.setFault({ kind: 'hangUp' })
  await layThere('nanbyo')
  expect(await reaches('called')).toMatchObject({ why: 'line' })
  expect(listed(1)?.state).toBe('failed')
})

fault('kiosk', 'A patient takes the card away too early at the kiosk', {
  seen: 'nothing',
  class: 'transient',
  data: 'The number stays; nobody at the desk has anything to do.',
  recovery: 'The card is laid again, and goes on under its number.',
})
test('without its card read to the end it is laid again, and keeps its number', async () => {
  const { layThere, lift, reaches, type, kiosk } = await openKiosk()
  await layThere('nanbyo')
  const first = await reaches('pin')
  await lift()
  expect(await reaches('called')).toMatchObject({ why: 'again', number: 1 })
  // Nobody at the desk has anything to do.
  expect(kiosk().called).toEqual([])
  await layThere('nanbyo')
  const { visitId } = await reaches('pin')
  expect(visitId).toBe(first.visitId)
  must(await type(visitId, '1234'))
  expect(await reaches('slip')).toMatchObject({ number: 1 })
})

test('an answer that a person has to decide about waits at the desk, while the kiosk takes the next card', async () => {
  const { checkIn, layThere, lift, reaches, type, kiosk, call, current } = await openKiosk()
  const before = await checkIn('g-changed-before')
  must(await call('closeVisit', { visitId: before.id }))
  await layThere('g-changed')
  const { visitId } = await reaches('pin')
  must(await type(visitId, '1234'))
  expect(await reaches('called')).toMatchObject({ number: 2, why: 'staff' })
  expect(kiosk().called).toMatchObject([{ visitId, number: 2 }])
  await lift()
  await layThere('nanbyo')
  await reaches('pin')
  must(await call('takeUpVisit', { visitId }))
  expect(current()).toMatchObject({ id: visitId, state: 'answered' })
  await eventually('the desk attends to it', () => kiosk().called.length === 0)
})

test('nobody is asked at the kiosk whether they are somebody else: that is asked at the desk, under the same number', async () => {
  const { checkIn, layThere, reaches, type, call, agent, lay, asksForPin, enterPin, current } = await openKiosk()
  const before = await checkIn('nanbyo')
  must(await call('closeVisit', { visitId: before.id }))
  agent.training?.sandbox.setFault({ kind: 'otherPerson', reference: 'same' })
  await layThere('nanbyo')
  const { visitId } = await reaches('pin')
  await type(visitId, '1234')
  expect(await reaches('called')).toMatchObject({ number: 2, why: 'staff' })
  must(await lay('nanbyo'))
  expect(await asksForPin()).toMatchObject({ id: visitId, number: 2 })
  await enterPin('1234')
  await eventually('staff are asked', () => current()?.doubt != null)
})

fault('kiosk', 'Somebody walks away from the kiosk in the middle', {
  seen: 'words/kiosk kioskDesk.steps.cardLeft',
  class: 'transient',
  data: 'The visit is cancelled after three minutes.',
  recovery: 'Reception gives the card back; the kiosk goes on when it is lifted.',
})
test('a PIN that nobody types is given up after three minutes, and the card is asked to be taken', async () => {
  const clock = clockAt('09:30:00')
  const { layThere, reaches, listed } = await openKiosk({ clock })
  await layThere('nanbyo')
  await reaches('pin')
  clock.set('2026-11-23T09:32:59+09:00')
  expect((await reaches('pin')).triesLeft).toBe(3)
  clock.set('2026-11-23T09:33:01+09:00')
  await reaches('called')
  expect(listed(1)?.state).toBe('cancelled')
  clock.set('2026-11-23T09:34:02+09:00')
  await reaches('cardLeft')
})

fault('kiosk', 'A patient does not get on at the kiosk', {
  seen: 'VISIT_TO_DESK',
  data: 'The visit keeps its number.',
  recovery: 'Reception calls the patient over, and goes on under that number.',
})
test('the desk takes a patient over, and the visit goes on there under its number', async () => {
  const { layThere, reaches, call, lay, lookUp, asksForPin, kiosk } = await openKiosk()
  await layThere('nanbyo')
  const { visitId } = await reaches('pin')
  must(await call('callToDesk', { visitId }))
  expect(await reaches('called')).toMatchObject({ number: 1, why: 'staff' })
  expect((await lookUp(visitId)).failure?.code).toBe('VISIT_TO_DESK')
  must(await lay('nanbyo'))
  expect(await asksForPin()).toMatchObject({ id: visitId, number: 1 })
  expect(kiosk().called).toEqual([])
})

test('the desk cancels what is at the kiosk, and says of what was called that it is seen to', async () => {
  const { layThere, reaches, call, kiosk, listed } = await openKiosk()
  await layThere('nanbyo')
  const { visitId } = await reaches('pin')
  must(await call('cancelVisit', { visitId }))
  await reaches('called')
  expect(listed(1)?.state).toBe('cancelled')
  expect(kiosk().called).toMatchObject([{ visitId }])
  must(await call('dismissCalled', { visitId }))
  expect(kiosk().called).toEqual([])
})

test('switched off it takes no card and its reader is the desk’s; whoever was at it goes on there', async () => {
  const { layThere, reaches, call, asksForPin, agent, current } = await openKiosk()
  expect(agent.reception().readers.map(({ name }) => name)).not.toContain(reader)
  await layThere('nanbyo')
  const { visitId } = await reaches('pin')
  must(await call('openKiosk', { isOpen: false }))
  await reaches('off')
  // The card still lies there: it is the desk's now.
  expect(await asksForPin()).toMatchObject({ id: visitId, number: 1, reader })
  expect(agent.reception().readers.map(({ name }) => name)).toContain(reader)
  must(await call('cancelVisit', { visitId }))
  must(await call('closeVisit', { visitId }))
  must(await call('openKiosk', { isOpen: true }))
  // It has lain there since its attempt, and nobody has laid it anew.
  await eventually('the kiosk is open', () => agent.reception().kiosk?.isOpen === true)
  expect(current()).toBeNull()
})

test('neither page reaches the visit of the other', async () => {
  const { layThere, lay, asksForPin, reaches, agent, type, enterPin } = await openKiosk()
  await layThere('nanbyo')
  const { visitId } = await reaches('pin')
  must(await lay('kodomo'))
  const atDesk = await asksForPin()
  const atPatient: Caller = { door: 'patient', desk: 1 }
  expect(await type(atDesk.id, '0000')).toMatchObject({ ok: false })
  expect(await agent.call(atPatient, 'enterPin', { visitId, pin: '0000', lastTry: false })).toMatchObject({ ok: false })
  expect(await agent.call(atKiosk, 'openKiosk', { isOpen: false })).toMatchObject({ ok: false })
  expect((await reaches('pin')).triesLeft).toBe(3)
  must(await enterPin('1234'))
})

test('neither page stops a visit of the other, nor one that waits for staff, whatever ids it has kept', async () => {
  const { layThere, lay, lift, asksForPin, reaches, agent, call, current, kiosk } = await openKiosk()
  const cancels = (door: 'patient' | 'kiosk', visitId: string) =>
    agent.call({ door, desk: 1 }, 'cancelVisit', { visitId })
  await layThere('nanbyo')
  const { visitId } = await reaches('pin')
  expect(await cancels('patient', visitId)).toEqual(fail('VISIT_NOT_CURRENT'))
  must(await call('callToDesk', { visitId }))
  await lift()
  // The same visit goes on at the desk, and the kiosk's page knew its id.
  must(await lay('nanbyo'))
  expect((await asksForPin()).id).toBe(visitId)
  expect(await cancels('kiosk', visitId)).toEqual(fail('VISIT_NOT_CURRENT'))
  expect(current()?.state).toBe('identifying')
  await layThere('kodomo')
  const own = await reaches('pin')
  must(await cancels('kiosk', own.visitId))
  await eventually('it is stopped', () => kiosk().called.some((each) => each.visitId === own.visitId))
})

test('a card that the desk is at stays the desk’s when the kiosk is switched on, until it is laid anew', async () => {
  const { layThere, lift, reaches, call, asksForPin, enterPin, agent, kiosk, current } = await openKiosk()
  must(await call('openKiosk', { isOpen: false }))
  await layThere('nanbyo')
  const atDesk = await asksForPin()
  must(await call('openKiosk', { isOpen: true }))
  expect((await reaches('cardLeft')).kind).toBe('cardLeft')
  must(await enterPin('1234'))
  await agent.settled()
  expect(current()).toMatchObject({ id: atDesk.id, state: 'handedOver' })
  expect(kiosk()).toMatchObject({ visit: null, called: [] })
  await lift()
  await reaches('waiting')
  await layThere('kodomo')
  await reaches('pin')
})

fault('kiosk', 'The computer of the kiosk is locked', {
  seen: 'words/kiosk kioskDesk.steps.off',
  class: 'transient',
  data: 'No card is taken.',
  recovery: 'It is open again with the computer.',
})
test('is off while the computer is locked, and there is none where the settings name no reader', async () => {
  const { reaches, agent } = await openKiosk()
  await agent.call(atSystem, 'computerLocked', { isLocked: true })
  await reaches('off')
  const without = await openDesk(await dataFolder())
  expect(without.agent.reception().kiosk).toBeNull()
  expect(await without.call('openKiosk', { isOpen: false })).toMatchObject({ ok: false })
})

test('a visit that was left without its answer at the kiosk is answered once the hub is back', async () => {
  const { checkIn, call, layThere, reaches, type, agent, listed } = await openKiosk({
    hubPauseMs: { first: 20, longest: 50 },
  })
  const before = await checkIn('nanbyo')
  must(await call('closeVisit', { visitId: before.id }))
  await layThere('nanbyo')
  const { visitId } = await reaches('pin')
  agent.training?.sandbox.setFault({ kind: 'hangUp' })
  await type(visitId, '1234')
  expect(await reaches('called')).toMatchObject({ number: 2, why: 'line' })
  expect(listed(2)?.state).toBe('offline')
  agent.training?.sandbox.setFault(null)
  await eventually('it is answered', () => listed(2)?.state !== 'offline')
})
