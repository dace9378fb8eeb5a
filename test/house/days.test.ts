// `npm run test:days` finds its tests by what they do; this is what it finds, and what it refuses to begin with.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clinicMoment, drawnDays, zones } from '../../scripts/drawn-days.mjs'
import { testsOfDays } from '../../scripts/tests-of-days.mjs'
import { randomFrom } from '../random.ts'
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
  expect(
    found.filter((file) =>
      /^test\/((text|eligibility|e2e|renderer|crash|bench|card\/pcsc)\/|shell\/electron-entry)/.test(file),
    ),
  ).toEqual([])
})

test('there are twelve days, one of each of the next ten years, midnight in Japan and a February 29 among them, in four time zones', () => {
  for (let seed = 0; seed < 200; seed++) {
    const days = drawnDays(Date.parse('2026-12-31T15:30:00Z'), randomFrom(seed))
    const told = days.map(({ moment }) => clinicMoment(moment))
    expect(told.slice(0, 10).map((text) => Number(text.slice(0, 4)))).toEqual(
      Array.from({ length: 10 }, (_, index) => 2028 + index),
    )
    expect(told[10]).toMatch(/T(23:57|00:01):00\+09:00$/)
    expect(told[11]).toMatch(/^20(28|32|36)-02-29T/)
    expect(new Set(days.map(({ zone }) => zone))).toEqual(new Set(zones))
  }
})

const ofDays = 'DAYS is how many of the twelve days are drawn, 1 to 12'
const ofMoment = 'FAKE_DAY is no moment'
const ofShard = 'SHARD is which part of the files of how many, 1/3'
test.each([
  { name: 'DAYS', value: '0', sentence: ofDays },
  { name: 'DAYS', value: '13', sentence: ofDays },
  { name: 'DAYS', value: '1.5', sentence: ofDays },
  { name: 'DAYS', value: 'x', sentence: ofDays },
  { name: 'DAYS', value: '', sentence: ofDays },
  { name: 'FAKE_DAY', value: 'tomorrow', sentence: ofMoment },
  { name: 'FAKE_DAY', value: '', sentence: ofMoment },
  { name: 'SHARD', value: '4/3', sentence: ofShard },
  { name: 'SHARD', value: '0/3', sentence: ofShard },
  { name: 'SHARD', value: 'third', sentence: ofShard },
  { name: 'SHARD', value: '', sentence: ofShard },
])('$name=$value is refused with a sentence, and nothing is run', ({ name, value, sentence }) => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [join(root, 'scripts/test-days.mjs')], {
    env: { ...process.env, [name]: value },
    encoding: 'utf8',
  })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(sentence)])
})
