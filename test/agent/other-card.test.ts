// A card on the reader that the counter is not about: the next patient's, or the last one's that nobody took back.
import { expect, test } from 'vitest'
import { must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

test('a card laid while a question is open is told, and nothing of it gets into that visit', async () => {
  const desk = await openDesk(await dataFolder())
  await desk.checkIn('g-changed-before')
  const { id } = await desk.checkIn('g-changed')
  expect(desk.current()?.state).toBe('answered')
  expect(desk.agent.reception().otherCard).toBeNull()
  const before = desk.current()

  await desk.takeAway()
  must(await desk.lay('kodomo'))
  expect(desk.agent.reception().otherCard).toBe('waiting')
  expect(desk.current()).toEqual(before)

  must(await desk.call('cancelVisit', { visitId: id }))
  must(await desk.call('closeVisit', { visitId: id }))
  // Its turn has come by itself.
  const next = await desk.asksForPin()
  expect(next.id).not.toBe(id)
  expect(next.patient).toBeNull()
  expect(desk.agent.reception().otherCard).toBeNull()
})

test('a card that is left behind after the last patient is told until it is taken away', async () => {
  const desk = await openDesk(await dataFolder())
  const { id } = await desk.checkIn('nanbyo')
  expect(desk.agent.reception().otherCard).toBeNull()
  must(await desk.call('closeVisit', { visitId: id }))
  expect(desk.agent.reception()).toMatchObject({ current: null, otherCard: 'left' })
  await desk.takeAway()
  expect(desk.agent.reception().otherCard).toBeNull()
})
