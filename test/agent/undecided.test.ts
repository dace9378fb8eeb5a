// A check-in without a screen that ends at a question for a person is not done: whoever started it is told so, and not that
// the program is faulty.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { runCheckIn } from '../../src-main/shell/one-check-in.ts'
import { fault } from '../faults.ts'
import { must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

/** Two check-ins one after the other, as scripts make them; `between` happens before the second. */
async function twice(first: string, second: string, between: (desk: Desk) => void = () => undefined) {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir)
  const checkIn = (persona: string) => runCheckIn(desk.agent, { persona, pin: '1234', cardWaitMs: 10_000 })
  const { visitId, files } = must(await checkIn(first))
  must(await desk.call('closeVisit', { visitId }))
  await desk.takeAway()
  between(desk)
  const again = await checkIn(second)
  const left = readdirSync(join(dataDir, 'import'), { recursive: true, withFileTypes: true }).filter((it) =>
    it.isFile(),
  )
  return { again, isNothingNew: left.length === files.length }
}
type Desk = Awaited<ReturnType<typeof openDesk>>

fault('receipt', 'A script checks somebody in about whom a person has to decide', {
  seen: 'VISIT_UNDECIDED',
  data: 'No file is made.',
  recovery: 'Reception opens the visit on the screen and decides.',
})
test('a difference that a person has to decide is no finished check-in', async () => {
  expect(await twice('g-ended-before', 'g-ended')).toEqual({ again: fail('VISIT_UNDECIDED'), isNothingNew: true })
})

test('nor is an answer that may mean somebody else', async () => {
  const isAnother = ({ agent }: Desk) => agent.training?.sandbox.setFault({ kind: 'otherPerson', reference: 'same' })
  expect(await twice('nanbyo', 'nanbyo', isAnother)).toEqual({ again: fail('VISIT_UNDECIDED'), isNothingNew: true })
})
