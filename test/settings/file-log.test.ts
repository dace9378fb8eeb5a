// The agent's log files: what is kept does not hang on a clock that may be wrong.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { referenceOf } from '../../src-main/ground/reference.ts'
import { openFileLog } from '../../src-main/settings/file-log.ts'
import { settableClock } from '../clock.ts'
import { fault } from '../faults.ts'
import { temporaryFolder } from '../support.ts'

const visitId = '01890a5d-ac96-774b-bcce-b302099a8057'

const day = (index: number) => new Date(Date.UTC(2026, 10, 1 + index)).toISOString().slice(0, 10)

/** A folder with a file for each of so many days, the first of them 2026-11-01. */
function logged(days: number) {
  const folder = join(temporaryFolder(), 'logs')
  mkdirSync(folder)
  for (let index = 0; index < days; index++) writeFileSync(join(folder, `agent-${day(index)}.jsonl`), '{}\n')
  return folder
}

fault('clock', 'The log is written by a clock that is years ahead', {
  seen: 'nothing',
  class: 'transient',
  data: 'No day of the log is removed.',
  recovery: 'It is tidied by a confirmed day only.',
})
test.each(['2037-06-01', '2026-12-31', '2015-01-01'])('a line written by a clock of %s removes nothing', (moment) => {
  const folder = logged(20)
  const log = openFileLog(folder, settableClock(`${moment}T09:00:00+09:00`))
  log.write({ event: 'agentStarted' })
  expect(readdirSync(folder)).toHaveLength(21)
})

test('a confirmed day leaves the newest fourteen files, however long ago they were written', () => {
  const folder = logged(20)
  const log = openFileLog(folder, settableClock('2027-03-01T09:00:00+09:00'))
  log.tidy?.('2027-03-01')
  expect(readdirSync(folder).sort()).toEqual(Array.from({ length: 14 }, (_, index) => `agent-${day(index + 6)}.jsonl`))
})

test('files of days to come, by a clock that was wrong, push nothing out', () => {
  const folder = logged(14)
  for (let index = 0; index < 20; index++) writeFileSync(join(folder, `agent-2036-01-${10 + index}.jsonl`), '{}\n')
  openFileLog(folder, settableClock('2026-11-14T09:00:00+09:00')).tidy?.('2026-11-14')
  expect(readdirSync(folder)).toHaveLength(34)
})

test('what is no log of ours is left alone', () => {
  const folder = logged(20)
  writeFileSync(join(folder, 'note.txt'), 'kept')
  openFileLog(folder, settableClock('2026-11-20T09:00:00+09:00')).tidy?.('2026-11-20')
  expect(readdirSync(folder)).toHaveLength(15)
})

const linesIn = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

fault('huge', 'The same thing fails thousands of times a day', {
  seen: 'nothing',
  class: 'transient',
  data: 'The log does not grow with it: the same line is told less and less often, with how often it has been.',
  recovery: 'Something else is told at once, and the next day it is told again.',
})
test('what goes on failing in the same way is told less and less often, with how often it has been', () => {
  const folder = join(temporaryFolder(), 'logs')
  const log = openFileLog(folder, settableClock('2026-11-23T09:00:00+09:00'))
  for (let nth = 0; nth < 5_000; nth++) {
    log.write({ event: 'deliveryMoved', deliveryId: visitId, state: 'queued', code: 'DESTINATION_MISSING' })
  }
  const lines = linesIn(join(folder, 'agent-2026-11-23.jsonl'))
  expect(lines).toHaveLength(16 + 8)
  expect(lines.at(-1)).toMatchObject({ code: 'DESTINATION_MISSING', times: 4096 })
  expect(lines[15]).not.toHaveProperty('times')
})

test('the next day it is told again, and something else in between is told at once', () => {
  const folder = join(temporaryFolder(), 'logs')
  const clock = settableClock('2026-11-23T09:00:00+09:00')
  const log = openFileLog(folder, clock)
  for (let nth = 0; nth < 100; nth++) log.write({ event: 'hubLine', state: 'down' })
  log.write({ event: 'hubLine', state: 'up' })
  expect(linesIn(join(folder, 'agent-2026-11-23.jsonl')).at(-1)).toMatchObject({ state: 'up' })
  clock.set('2026-11-24T09:00:00+09:00')
  log.write({ event: 'hubLine', state: 'down' })
  expect(linesIn(join(folder, 'agent-2026-11-24.jsonl'))).toHaveLength(1)
})

fault('disk', 'The folder of the log is gone, or cannot be written', {
  seen: 'nothing',
  class: 'transient',
  data: 'Lines of meanwhile are lost, and no check-in is.',
  recovery: 'The log goes on with the next line once its folder can be had.',
})
test('a log whose folder is gone or cannot be had stops nobody, and goes on once it can', () => {
  const folder = join(temporaryFolder(), 'logs')
  const log = openFileLog(folder, settableClock('2026-11-23T09:00:00+09:00'))
  log.write({ event: 'agentStarted' })
  // Taken away to be looked into, in the middle of a day.
  rmSync(folder, { recursive: true })
  log.write({ event: 'hubLine', state: 'down' })
  expect(linesIn(join(folder, 'agent-2026-11-23.jsonl'))).toMatchObject([{ event: 'hubLine' }])
  rmSync(folder, { recursive: true })
  writeFileSync(folder, 'in the way')
  log.write({ event: 'hubLine', state: 'up' })
  rmSync(folder)
  log.write({ event: 'agentStopped' })
  expect(linesIn(join(folder, 'agent-2026-11-23.jsonl'))).toMatchObject([{ event: 'agentStopped' }])
})

test('a day of the log has a limit, and its newest lines are there', () => {
  const folder = join(temporaryFolder(), 'logs')
  const log = openFileLog(folder, settableClock('2026-11-23T09:00:00+09:00'))
  const long = Array.from({ length: 8 }, (_, index) => `at somewhere (madoguchi.js:${index}:${'1'.repeat(2_000)})`)
  for (let nth = 0; nth < 600; nth++) log.write({ event: 'fault', ms: nth, where: long })
  const files = readdirSync(folder).sort()
  expect(files).toEqual(['agent-2026-11-23.1.jsonl', 'agent-2026-11-23.jsonl'])
  const sizes = files.map((name) => statSync(join(folder, name)).size)
  expect(Math.max(...sizes)).toBeLessThan(2_100_000)
  expect(linesIn(join(folder, 'agent-2026-11-23.jsonl')).at(-1)).toMatchObject({ ms: 599 })
})

test('both halves of a day go with it', () => {
  const folder = logged(20)
  writeFileSync(join(folder, `agent-${day(0)}.1.jsonl`), '{}\n')
  openFileLog(folder, settableClock('2026-11-20T09:00:00+09:00')).tidy?.('2026-11-20')
  expect(readdirSync(folder)).toHaveLength(14)
})

test('a line about a visit or a file has the number of its error screen, a refused call its own', () => {
  const folder = join(temporaryFolder(), 'logs')
  const log = openFileLog(folder, settableClock('2026-11-23T09:00:00+09:00'))
  log.write({ event: 'visitMoved', visitId, state: 'failed', code: 'HUB_UNREACHABLE' })
  log.write({ event: 'callRefused', door: 'desk', code: 'VISIT_REPEATED', reference: '482-163' })
  expect(linesIn(join(folder, 'agent-2026-11-23.jsonl'))).toMatchObject([
    { reference: referenceOf(visitId) },
    { reference: '482-163' },
  ])
})
