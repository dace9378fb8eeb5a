// `npm run test:days` finds its tests by what they do; this is what it finds.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testsOfDays } from '../../scripts/tests-of-days.mjs'
import { root } from '../support.ts'

const found = testsOfDays(root)

test('the tests of the agent, of the hub and of the built product run on other days', () => {
  for (const file of found) expect(existsSync(join(root, file))).toBe(true)
  expect(found).toEqual(
    expect.arrayContaining([
      'test/agent/bookings.test.ts',
      'test/agent/terminal.test.ts',
      'test/hub/client.test.ts',
      'test/shell/deliveries.test.ts',
      'test/shell/one-check-in.test.ts',
      'test/stand-ins/hub/municipality.test.ts',
      'test/stand-ins/sample-patients.test.ts',
    ]),
  )
})

test('tests without a clock, and those that need Chromium or the whole computer, do not', () => {
  expect(found.filter((file) => /^test\/(text|eligibility|e2e|renderer|crash|bench|card\/pcsc)\//.test(file))).toEqual(
    [],
  )
})
