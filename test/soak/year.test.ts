// The first days of the year that `npm run test:long` goes through as a whole: nothing is lost or doubled, and the trail hangs together.
import { expect, test } from 'vitest'
import { randomFrom } from '../random.ts'
import { temporaryFolder } from '../support.ts'
import { year } from './year.ts'

test('days at the counter with a fault at every turn leave every file once and a whole trail', {
  timeout: 300_000,
}, async () => {
  const report = await year({
    dataDir: temporaryFolder(),
    random: randomFrom(4),
    days: 5,
    checkInsOf: () => 3,
    say: () => undefined,
  })
  expect(report.findings).toEqual([])
  expect(report).toMatchObject({ openDays: 4, checkIns: 12 })
  expect(report.files).toBeGreaterThan(8)
  expect(report.trailRows).toBeGreaterThan(report.checkIns)
})
