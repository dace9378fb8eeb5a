// Settings that are changed while the desk runs, by an editor or on the screen: what can count at once does, what is wrong is
// said and changes nothing, and once it is mended the desk goes on.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { explained } from '../../src-main/words/setting-faults.ts'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const csv = (id: string, folder: string) => ({ id, format: 'csv', folder, takenWithinMin: null })

async function openWith(settings: object) {
  const dataDir = await dataFolder(settings)
  mkdirSync(join(dataDir, 'other'))
  const desk = await openDesk(dataDir)
  const { agent } = desk
  return {
    dataDir,
    desk,
    write: (text: string) => writeFileSync(join(dataDir, 'settings.json'), text),
    settings: () => agent.reception().settings,
    reception: () => agent.reception(),
    filesIn: (folder: string) => readdirSync(join(dataDir, folder)),
  }
}

test('what an editor changes counts at once where it can, and is noted', async () => {
  const { desk, write, settings, reception, filesIn } = await openWith({ destinations: [csv('one', 'import/csv')] })
  write(JSON.stringify({ hideScreenAfterMin: 9, retentionDays: 40, destinations: [csv('two', 'other')] }))
  await eventually('the screen hides after nine minutes', () => reception().hideAfterMin === 9)
  await eventually('the other destination is the one', () => reception().destinations[0]?.id === 'two')
  const visit = await desk.checkIn('nanbyo')
  expect(visit.deliveries.map(({ destination }) => destination)).toEqual(['two'])
  expect(filesIn('other')).toHaveLength(1)
  expect(filesIn('import/csv')).toHaveLength(0)
  expect(settings().changed.map(({ setting }) => setting)).toEqual(
    expect.arrayContaining(['destinations', 'hideScreenAfterMin', 'retentionDays']),
  )
  expect(settings().fallback).toBeNull()
})

test('what a screen changes is noted once, and a destination that is saved there is in use', async () => {
  const { desk, settings, filesIn } = await openWith({
    destinations: [csv('one', 'import/csv')],
    allowed: { folders: ['other'] },
  })
  must(await desk.call('openPage', { page: 'destinations' }))
  must(await desk.call('saveDestination', { destination: csvOnPage('two', 'other'), replaces: null }))
  const { page } = desk.agent.reception()
  expect(page).toMatchObject({ name: 'destinations', isForNextStart: false })
  await desk.checkIn('nanbyo')
  expect(filesIn('other')).toHaveLength(1)
  expect(settings().changed.map(({ setting }) => setting)).toEqual(['destinations'])
  must(await desk.call('openPage', { page: 'settings' }))
})

const csvOnPage = (id: string, folder: string) => ({
  ...csv(id, folder),
  isOn: true,
  subsidyPlaces: 4,
  fileName: 'madoguchi_{day}_{number}_{id}',
  extension: 'csv',
  endMarker: false,
  encoding: 'cp932',
  header: true,
  unwritable: 'hold',
  formulas: 'hold',
})

fault('settings', 'settings.json is saved with a fault while the desk runs', {
  seen: 'SETTINGS_INVALID',
  detail: { field: 'retentionDays', line: 3 },
  data: 'The desk goes on with what it had, and check-ins go through.',
  recovery: 'The mended file counts at once.',
})
test('what is wrong is said with its line while the desk goes on, until it is mended', async () => {
  const { desk, write, settings, reception } = await openWith({ hideScreenAfterMin: 7 })
  write('{\n  "hideScreenAfterMin": 8,\n  "retentionDays": "many"\n}')
  await eventually('the fault is said', () => settings().fallback !== null)
  const { fallback } = settings()
  expect(fallback && explained(fallback).message).toBe(
    '設定に誤りがあります（settings.json の3行目 20文字目、retentionDays）。',
  )
  expect(reception().hideAfterMin).toBe(7)
  expect((await desk.checkIn('nanbyo')).state).toBe('handedOver')
  write('{\n  "hideScreenAfterMin": 8\n}')
  await eventually('it is mended', () => settings().fallback === null)
  expect(reception().hideAfterMin).toBe(8)
})

test('a desk that began with the settings before goes on with the mended ones', async () => {
  const { dataDir, desk, write } = await openWith({ hideScreenAfterMin: 7 })
  await desk.stop()
  write('{ "hideScreenAfterMin": 8,, }')
  const again = await openDesk(dataDir)
  expect(again.agent.reception()).toMatchObject({
    hideAfterMin: 7,
    settings: { fallback: { code: 'SETTINGS_INVALID' } },
  })
  write('{ "hideScreenAfterMin": 8 }')
  await eventually('it is mended', () => again.agent.reception().settings.fallback === null)
  expect(again.agent.reception().hideAfterMin).toBe(8)
})

test('a rehearsal gets none of a clinic’s places before it starts as that clinic', async () => {
  const { write, settings, reception } = await openWith({ destinations: [csv('one', 'import/csv')] })
  const hub = { url: 'https://127.0.0.1:9', caFile: 'a', clientCertificateFile: 'b', clientKeyFile: 'c' }
  write(JSON.stringify({ mode: 'live', hub, hideScreenAfterMin: 9, destinations: [csv('real', 'other')] }))
  await eventually('the change is noted', () => settings().changed.some(({ setting }) => setting === 'mode'))
  expect(reception().destinations.map(({ id }) => id)).toEqual(['one'])
  expect(reception()).toMatchObject({ mode: 'training', hideAfterMin: 5 })
})
