// The agent's log files: what is kept does not hang on a clock that may be wrong.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openFileLog } from '../../src-main/settings/file-log.ts'
import { settableClock } from '../clock.ts'
import { temporaryFolder } from '../support.ts'

const day = (index: number) => new Date(Date.UTC(2026, 10, 1 + index)).toISOString().slice(0, 10)

/** A folder with a file for each of so many days, the first of them 2026-11-01. */
function logged(days: number) {
  const folder = join(temporaryFolder(), 'logs')
  mkdirSync(folder)
  for (let index = 0; index < days; index++) writeFileSync(join(folder, `agent-${day(index)}.jsonl`), '{}\n')
  return folder
}

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
