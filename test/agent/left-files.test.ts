// Files that nobody takes, through the whole agent: told at the start a week later, and removed because a person says so.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clinicDay } from '../../src-main/ground/clock.ts'
import { testClock } from '../clock.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

test('files of a week ago are told by number and name, and go when a person wants them away', async () => {
  const dataDir = await dataFolder()
  const first = await openDesk(dataDir)
  await first.checkIn('nanbyo')
  await first.stop()
  const files = () => readdirSync(join(dataDir, 'import/csv')).filter((name) => name.endsWith('.csv'))
  const [file] = files()

  const later = { now: () => new Date(testClock.now().getTime() + 8 * 86_400_000) }
  const desk = await openDesk(dataDir, { clock: later })
  const left = () => desk.agent.reception().destinations.find(({ id }) => id === 'receipt-csv')?.left
  await eventually('the file is told', () => left() != null)
  expect(left()).toMatchObject({ count: 1, names: [file] })
  if (desk.agent.reception().clockDoubt) must(await desk.call('confirmClock', { today: clinicDay(later.now()) }))
  must(await desk.call('removeLeftFiles', { destination: 'receipt-csv', until: left()?.until }))
  expect(files()).toEqual([])
  expect(left()).toBeNull()
})
