// A result that was closed before anybody had read it comes back with one press, and never in place of somebody else.
import { expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { fault } from '../faults.ts'
import { must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

test('a visit that was closed comes back to the counter as it was', async () => {
  const desk = await openDesk(await dataFolder())
  const { id: visitId } = await desk.checkIn('nanbyo')
  await desk.takeAway()
  const before = desk.current()
  must(await desk.call('closeVisit', { visitId }))
  expect(desk.current()).toBeNull()
  must(await desk.call('reopenVisit', { visitId }))
  expect(desk.current()).toEqual(before)
  // The next patient takes the place as ever.
  must(await desk.lay('kodomo'))
  expect((await desk.asksForPin()).id).not.toBe(visitId)
})

fault('patient', 'Somebody wants a closed visit back after the next patient has come', {
  seen: 'VISIT_NOT_CURRENT',
  data: 'The patient at the counter stays there.',
  recovery: 'The visit is opened from the list.',
})
test('a visit that was closed does not come back once somebody else has come, nor another one', async () => {
  const desk = await openDesk(await dataFolder())
  const { id: first } = await desk.checkIn('nanbyo')
  const { id: second } = await desk.checkIn('kodomo')
  must(await desk.call('closeVisit', { visitId: second }))
  const reopen = (visitId: string) => desk.call('reopenVisit', { visitId })
  expect(await reopen(first)).toEqual(fail('VISIT_NOT_CURRENT'))
  await desk.takeAway()
  must(await desk.lay('nanbyo'))
  const { id: third } = await desk.asksForPin()
  expect(await reopen(second)).toEqual(fail('VISIT_NOT_CURRENT'))
  expect(desk.current()?.id).toBe(third)
})
