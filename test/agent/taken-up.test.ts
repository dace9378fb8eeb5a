// A visit that waits for a person is taken up when somebody has time, and much may have been said of its patient by then.
import { expect, test } from 'vitest'
import { must } from '../support.ts'
import { insured } from '../terminal-file.ts'
import { openTerminalClinic } from './terminal-clinic.ts'

test('two visits of one patient that wait for the same question are both through once it is answered', async () => {
  const { desk, lay } = await openTerminalClinic()
  const { id } = await desk.checkIn('nanbyo')
  must(await desk.call('closeVisit', { visitId: id }))
  await desk.takeAway()
  const her = { ...insured, Name: '佐藤　美咲', NameKana: 'ｻﾄｳ ﾐｻｷ', Sex1: '2', Birthdate: '19790412' }
  const [first, second] = [await lay([her]), await lay([her])]
  expect([first.state, second.state]).toEqual(['answered', 'answered'])
  must(await desk.call('takeUpVisit', { visitId: first.id }))
  const decisions = desk.current()?.assessment?.differences.map(({ key }) => ({ key, choice: 'leave' })) ?? []
  must(await desk.call('decideDifferences', { visitId: first.id, decisions }))
  must(await desk.call('closeVisit', { visitId: first.id }))
  must(await desk.call('takeUpVisit', { visitId: second.id }))
  await desk.reaches('the second is through', (current) => current?.id === second.id && current.state === 'handedOver')
})
