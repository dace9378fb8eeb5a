// What the hand-over does while the clock is in doubt, and with what was confirmed meanwhile.
import { expect, test } from 'vitest'
import type { Failure } from '../../src-main/ground/result.ts'
import { fault } from '../faults.ts'
import { day } from '../store/samples.ts'
import { eventually, must } from '../support.ts'
import { arrived, contents, isDelivered, openOutbox, queued, until } from './outbox.ts'

const wrongDay = { failure: { code: 'VISIT_DAY_WRONG' } } as const
const stateOf = async (outbox: ReturnType<typeof openOutbox>, id: string) => {
  const { state, failure } = (await outbox.store.delivery(id)) ?? {}
  return [state, failure?.code]
}

fault('clock', 'The day is in doubt, and files wait', {
  seen: 'CLOCK_WRONG',
  data: 'No file is written; all wait in the database.',
  recovery: 'The clock is set, or a person says that the day is right: all arrive in order.',
})
test('nothing is written while the hand-over is held, every file says why, and all arrive afterwards', async () => {
  const outbox = openOutbox()
  const first = await queued(outbox.store)
  const second = await queued(outbox.store)
  let held: Failure | null = { code: 'CLOCK_WRONG' }
  const handover = outbox.start({ holds: () => held })
  handover.wake()
  await handover.settled()
  expect(contents(outbox.folder)).toEqual({})
  for (const { delivery } of [first, second]) {
    expect(await stateOf(outbox, delivery.id)).toEqual(['queued', 'CLOCK_WRONG'])
  }
  held = null
  handover.wake()
  await until(handover, isDelivered(outbox.store, second.delivery.id))
  expect(contents(outbox.folder)).toEqual(arrived(first.delivery, second.delivery))
})

fault('clock', 'A visit was confirmed while the day was in doubt', {
  seen: 'VISIT_DAY_WRONG',
  data: 'Its file is not sent by itself; the others go on.',
  recovery: 'A person says that the day is right, or calls it off and checks in anew.',
})
test('a file of a doubtful day is a question, and holds up none of the others', async () => {
  const outbox = openOutbox()
  const before = await queued(outbox.store)
  const doubtful = await queued(outbox.store, wrongDay)
  const after = await queued(outbox.store)
  const handover = outbox.start()
  handover.wake()
  await until(handover, isDelivered(outbox.store, after.delivery.id))
  expect(contents(outbox.folder)).toEqual(arrived(before.delivery, after.delivery))
  expect(await stateOf(outbox, doubtful.delivery.id)).toEqual(['conflict', 'VISIT_DAY_WRONG'])
  must(await handover.retry(doubtful.delivery.id))
  await until(handover, isDelivered(outbox.store, doubtful.delivery.id))
})

test('once it is certain that its day is today, it goes as it is; one of another day is still a question', async () => {
  const outbox = openOutbox()
  const { delivery } = await queued(outbox.store, wrongDay)
  let held: Failure | null = { code: 'CLOCK_WRONG' }
  const handover = outbox.start({ holds: () => held })
  handover.wake()
  await handover.settled()
  held = null
  await handover.clockWasRight(day)
  await until(handover, isDelivered(outbox.store, delivery.id))

  const other = await queued(outbox.store, wrongDay)
  await handover.clockWasRight('2026-11-24')
  await eventually('it is a question', async () => (await stateOf(outbox, other.delivery.id))[0] === 'conflict')
})
