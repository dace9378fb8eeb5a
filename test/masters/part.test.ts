// The master in the agent, by itself: when a file that comes from the screen is not even looked at.
import { expect, test } from 'vitest'
import { createNews } from '../../src-main/ground/news.ts'
import { fail } from '../../src-main/ground/result.ts'
import { openMasters } from '../../src-main/masters/part.ts'
import { testClock } from '../clock.ts'
import { masterRow } from '../eligibility/local/samples.ts'
import { openTestStore } from '../store/samples.ts'
import { must } from '../support.ts'

test('a file is dated by no clock that is in doubt', async () => {
  let isInDoubt = true
  const { calls, pages } = await openMasters({
    store: openTestStore(),
    clock: testClock,
    holds: () => (isInDoubt ? { code: 'CLOCK_WRONG' } : null),
    news: createNews(),
    training: false,
    meanwhile: null,
  })
  const content = Buffer.from(masterRow({}).join(',')).toString('base64')
  const send = () => calls.sendMaster({ name: 'master.csv', place: 0, content, isLast: true })
  expect(await send()).toEqual(fail('CLOCK_WRONG'))
  expect(await calls.takeMaster()).toMatchObject({ error: { code: 'REQUEST_INVALID' } })
  isInDoubt = false
  must(await send())
  must(await calls.takeMaster())
  expect(await pages.localMaster.view()).toMatchObject({ issue: { count: 1 }, draft: null })
})
