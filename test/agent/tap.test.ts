// The card alone: the hub takes it where its PIN was proved at this clinic before, and nowhere else.
import { expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { fault } from '../faults.ts'
import { must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

test('a card whose PIN was proved here before is taken without it', async () => {
  const desk = await openDesk(await dataFolder())
  await desk.checkIn('nanbyo')
  await desk.takeAway()
  await desk.lay('nanbyo')
  const { id: visitId } = await desk.asksForPin()
  must(await desk.call('identifyByTap', { visitId }))
  await desk.agent.settled()
  expect(desk.current()).toMatchObject({ state: 'handedOver', patient: { name: '佐藤　美咲' } })
})

fault('hub', 'A card whose PIN was never proved here is to be taken without it', {
  seen: 'HUB_PIN_PROOF_NEEDED',
  data: 'No try is spent, and nothing is told.',
  recovery: 'The PIN is typed, in the same visit.',
})
test('any other card is still asked for its PIN', async () => {
  const desk = await openDesk(await dataFolder())
  await desk.lay('nanbyo')
  const { id: visitId } = await desk.asksForPin()
  expect(await desk.call('identifyByTap', { visitId })).toEqual(fail('HUB_PIN_PROOF_NEEDED'))
  expect(desk.current()).toMatchObject({ state: 'identifying', pin: { triesLeft: 3 }, failure: null })
  must(await desk.enterPin('1234'))
  await desk.agent.settled()
  expect(desk.current()?.state).toBe('handedOver')
})

test('a hub that is gone says nothing about the card, and the PIN decides', async () => {
  const desk = await openDesk(await dataFolder())
  await desk.checkIn('nanbyo')
  await desk.takeAway()
  await desk.lay('nanbyo')
  const { id: visitId } = await desk.asksForPin()
  await desk.agent.training?.sandbox.close()
  expect(await desk.call('identifyByTap', { visitId })).toMatchObject({ error: { code: 'HUB_UNREACHABLE' } })
  expect(desk.current()).toMatchObject({ state: 'identifying', patient: null, hold: { code: 'HUB_UNREACHABLE' } })
  await desk.enterPin('1234')
  expect(await desk.ends()).toMatchObject({ state: 'offline', patient: { name: '佐藤　美咲' } })
})
