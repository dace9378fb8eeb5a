// A computer that is locked: whoever worked at the desk has gone, or another user's session has come in front of it.
import { expect, test } from 'vitest'
import { atSystem } from '../../src-main/shell/doors.ts'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const openLockable = async () => {
  const desk = await openDesk(await dataFolder())
  return { ...desk, lock: (isLocked: boolean) => desk.agent.call(atSystem, 'computerLocked', { isLocked }) }
}

fault('sessions', 'A card is laid while the computer is locked', {
  seen: 'nothing',
  class: 'transient',
  data: 'No visit is made of it.',
  recovery: 'The card that lies there when the computer is opened is read.',
})
test('no card is taken while it is locked, and the one that lies there when it is opened', async () => {
  const { agent, lock, lay, takeAway, asksForPin, current } = await openLockable()
  must(await lock(true))
  expect(agent.reception().isLocked).toBe(true)
  must(await lay('nanbyo'))
  must(await takeAway())
  must(await lay('kodomo'))
  await eventually('the card lies there', () => agent.reception().readers[0]?.state === 'card')
  expect([current(), agent.reception().visits]).toEqual([null, []])
  must(await lock(false))
  const { number } = await asksForPin()
  expect({ number, isLocked: agent.reception().isLocked }).toEqual({ number: 1, isLocked: false })
})

test('whoever is at the counter stays there, and can go on afterwards', async () => {
  const { lock, lay, asksForPin, enterPin, ends } = await openLockable()
  must(await lay('nanbyo'))
  const { id } = await asksForPin()
  must(await lock(true))
  must(await lock(false))
  must(await enterPin('1234'))
  expect(await ends()).toMatchObject({ id })
})
