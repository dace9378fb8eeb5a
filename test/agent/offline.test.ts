// The hub is not there: what a card alone can still tell about a patient we have seen before.
import { describe, expect, test } from 'vitest'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

/** A patient seen once, and then a hub that is gone. */
async function seenBefore() {
  const desk = await openDesk(await dataFolder())
  const before = await desk.checkIn('nanbyo')
  await desk.takeAway()
  await desk.agent.training?.sandbox.close()
  return { desk, before }
}

describe('with the hub gone', () => {
  fault('hub', 'The hub is gone, and the patient is known by their card', {
    seen: 'HUB_UNREACHABLE',
    data: 'The last answer is shown as what it is, with its time; no file is made of it.',
    recovery: 'It is asked again by itself once the hub is back, or at once by a person.',
  })
  test('a known card’s holder is identified by the PIN, and sees the last answer as what it is', async () => {
    const { desk, before } = await seenBefore()
    must(await desk.lay('nanbyo'))
    const asked = await desk.reaches('the hub is missed', (visit) => visit?.hold?.code === 'HUB_UNREACHABLE')
    expect(asked).toMatchObject({ state: 'identifying', pin: { triesLeft: 3 } })
    await desk.enterPin('1234')
    const offline = await desk.ends()
    expect(offline).toMatchObject({
      state: 'offline',
      failure: { code: 'HUB_UNREACHABLE' },
      patient: { name: '佐藤　美咲' },
      deliveries: [],
      answers: { medicalSubsidy: { state: 'unreachable', cached: { fetchedAt: before.fetchedAt } } },
    })
  })

  test('a wrong PIN is still a wrong PIN', async () => {
    const { desk } = await seenBefore()
    await desk.lay('nanbyo')
    await desk.reaches('the hub is missed', (visit) => visit?.hold != null)
    expect(await desk.enterPin('0000')).toMatchObject({ ok: false, error: { code: 'PIN_WRONG' } })
    expect(desk.current()).toMatchObject({ state: 'identifying', patient: null, answers: null })
  })

  fault('hub', 'The hub is gone, and the card is a new one', {
    seen: 'HUB_UNREACHABLE',
    data: 'Nothing about anybody is shown.',
    recovery: 'A sheet can be printed to write on; the card is laid again once the hub is back.',
  })
  test('nobody else’s card shows anything', async () => {
    const { desk } = await seenBefore()
    await desk.lay('kodomo')
    expect(await desk.ends()).toMatchObject({ state: 'failed', failure: { code: 'HUB_UNREACHABLE' }, patient: null })
  })

  test('an unknown patient is read from the card by another PIN of theirs, and nothing of it is stored', async () => {
    const { desk } = await seenBefore()
    await desk.lay('kodomo')
    const { id: visitId } = await desk.ends()
    const read = (pin: string, lastTry = false) => desk.call('readAttributes', { visitId, pin, lastTry })
    expect(await read('0000')).toMatchObject({ error: { code: 'PIN_WRONG', detail: { triesLeft: 2 } } })
    must(await read('1234'))
    expect(desk.current()).toMatchObject({ state: 'failed', patient: null, holder: { name: '田中　陽翔' } })
    // The tries of the authentication PIN are its own.
    await desk.call('closeVisit', { visitId })
    await desk.takeAway()
    expect((await desk.lookUp(visitId)).holder).toBeNull()
    expect(await read('1234')).toMatchObject({ error: { code: 'VISIT_NOT_CURRENT' } })
  })

  fault('card', 'The card is gone when its name and address are to be read', {
    seen: 'CARD_NOT_PRESENT',
    data: 'Nothing is read, and no try is spent.',
    recovery: 'The card is laid, and the PIN typed again.',
  })
  test('the card of another patient is not read in its place', async () => {
    const { desk } = await seenBefore()
    await desk.lay('kodomo')
    const { id: visitId } = await desk.ends()
    await desk.takeAway()
    expect(await desk.call('readAttributes', { visitId, pin: '1234', lastTry: false })).toMatchObject({
      error: { code: 'CARD_NOT_PRESENT' },
    })
  })

  fault('dns', 'The line breaks in the middle of the day', {
    seen: 'words/desk screen.hub.state.down',
    class: 'transient',
    data: 'What is confirmed already stays as it is.',
    recovery: 'The line is tried in the background, and the screen says that it is back.',
  })
  test('the screen says that the line is down, and that it is back', async () => {
    const desk = await openDesk(await dataFolder(), { hubPauseMs: { first: 5, longest: 20 } })
    await desk.checkIn('nanbyo')
    await desk.takeAway()
    expect(desk.agent.reception().hub.state).toBe('up')
    desk.agent.training?.sandbox.setFault({ kind: 'hangUp' })
    for (const persona of ['kodomo', 'none']) {
      await desk.lay(persona)
      await desk.ends()
      await desk.takeAway()
    }
    expect(desk.agent.reception().hub.state).toBe('down')
    desk.agent.training?.sandbox.setFault(null)
    await eventually('the hub is up', () => desk.agent.reception().hub.state === 'up')
    expect((await desk.checkIn('kodomo')).state).toBe('handedOver')
  })

  test('the face is compared with the person we know the card by', async () => {
    const { desk } = await seenBefore()
    await desk.lay('nanbyo')
    const { id: visitId } = await desk.reaches('the hub is missed', (visit) => visit?.hold != null)
    const front = { birthDate: '1979-04-12', printedYear: 'era', expiryYear: '2031', securityCode: '4821' } as const
    must(await desk.call('readFace', { visitId, ...front, lastTry: false }))
    await desk.call('confirmFace', { visitId, isSame: true })
    expect(await desk.ends()).toMatchObject({ state: 'offline', patient: { name: '佐藤　美咲' } })
  })
})

fault('hub', 'A check-in is cancelled while the hub is being asked', {
  seen: 'VISIT_CANCELLED',
  data: 'The question is taken back; nothing is handed over.',
  recovery: 'The line does not count as broken; the next patient comes, or it is begun again.',
})
test('a stopped visit takes its question back, and the line is none the worse for it', async () => {
  const desk = await openDesk(await dataFolder(), { hubLimits: { firstByteMs: 60_000, wholeMs: 60_000 } })
  desk.agent.training?.sandbox.setFault({ kind: 'slow', ms: 60_000 }, 'eligibility')
  await desk.lay('nanbyo')
  const { id: visitId } = await desk.asksForPin()
  const asking = desk.enterPin('1234')
  await desk.reaches('the hub is asked', (visit) => visit?.state === 'asking')
  must(await desk.call('cancelVisit', { visitId }))
  expect(await asking).toMatchObject({ ok: false, error: { code: 'VISIT_CANCELLED' } })
  expect(desk.agent.reception().hub.state).toBe('up')
})
