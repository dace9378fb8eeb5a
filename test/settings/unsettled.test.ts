// A start that waits for its settings: what it tells, when it tells anew, and when it goes on.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Unsettled } from '../../src-main/contract/told.ts'
import type { LogEntry } from '../../src-main/ground/log.ts'
import { fail, ok } from '../../src-main/ground/result.ts'
import { faultsIn } from '../../src-main/ground/setting-fault.ts'
import { ownFileOnly } from '../../src-main/settings/layers.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { type UnsettledOptions, untilSettled } from '../../src-main/settings/unsettled.ts'
import { eventually, temporaryFolder } from '../support.ts'

const noServer: UnsettledOptions['reach'] = async () => ok(undefined)

async function wait(
  written: string,
  prepare: (dataDir: string) => void = () => undefined,
  reach: UnsettledOptions['reach'] = noServer,
) {
  const dataDir = temporaryFolder()
  prepare(dataDir)
  const file = join(dataDir, 'settings.json')
  writeFileSync(file, written)
  const refused = await loadSettings(dataDir)
  if (refused.ok) expect.fail('these settings can be used')
  const told: Unsettled[] = []
  const entries: LogEntry[] = []
  const ended = new AbortController()
  onTestFinished(() => ended.abort())
  const settled = untilSettled({
    dataDir,
    sources: { ...ownFileOnly, computerFiles: [join(dataDir, 'no-such.json')] },
    log: { write: (entry) => void entries.push(entry) },
    first: refused.error,
    reach,
    told: (now) => void told.push(now),
    signal: ended.signal,
    pauseMs: 5,
  })
  const reasons = () => told.map(({ failure }) => faultsIn(failure).map(({ line, reason }) => [line, reason]))
  return { dataDir, file, told, entries, reasons, settled, end: () => ended.abort() }
}

test('every fault is told at once with its number in the log, another one when it is another, and the mended file is used', async () => {
  const { file, told, entries, reasons, settled } = await wait('{\n "mode": "live",\n "pinEntri": {}\n}')
  const first = [
    [2, 'neededLive'],
    [2, 'neededLive'],
    [3, 'unknown'],
  ]
  expect(reasons().map((each) => each.toSorted())).toEqual([first.toSorted()])
  expect(told[0]?.files).toEqual([file])
  expect(entries).toEqual([
    { event: 'startRefused', code: 'SETTINGS_INVALID', reference: told[0]?.failure.detail?.reference },
  ])
  writeFileSync(file, '{\n "retentionDays": 0\n}')
  await eventually('the other fault is told', () => told.length > 1)
  expect(reasons()[1]).toEqual([[2, 'range']])
  writeFileSync(file, '{ "retentionDays": 12 }')
  expect(await settled).toBe(true)
  expect(told).toHaveLength(2)
})

test('settings that are right wait on for the server that they name, told each time that something else is wrong with it', async () => {
  const answers = [fail('STORE_UNREACHABLE'), fail('STORE_REFUSED', { field: 'user' }), ok(undefined)]
  const { file, told, settled } = await wait(
    '{',
    () => undefined,
    async () => answers.shift() ?? ok(undefined),
  )
  writeFileSync(file, '{ "retentionDays": 12 }')
  expect(await settled).toBe(true)
  expect(told.map(({ failure }) => failure.code)).toEqual(['SETTINGS_INVALID', 'STORE_UNREACHABLE', 'STORE_REFUSED'])
})

test('what is mended outside of the file is noticed too', async () => {
  const written = JSON.stringify({ destinations: [{ id: 'receipt', format: 'csv', folder: 'taken' }] })
  const { dataDir, reasons, settled } = await wait(written, (at) => writeFileSync(join(at, 'taken'), ''))
  expect(reasons()).toEqual([[[1, 'notFolder']]])
  rmSync(join(dataDir, 'taken'))
  mkdirSync(join(dataDir, 'taken'))
  expect(await settled).toBe(true)
})

test('a file that was taken away is no clinic’s settings: the rehearsal begins, as on every computer without one', async () => {
  const { file, settled } = await wait('{ "mode": "live" }')
  rmSync(file)
  expect(await settled).toBe(true)
})

test('whoever does not wait any more is told so', async () => {
  const { settled, end } = await wait('{')
  end()
  expect(await settled).toBe(false)
})
