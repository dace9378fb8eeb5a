// In and out of training where a clinic is live: asked for on the screen, for one start, in a folder of its own.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { folderAtStart } from '../../src-main/settings/practice.ts'
import { testClock } from '../clock.ts'
import { liveSettings } from '../live-settings.ts'
import { must, temporaryFolder } from '../support.ts'
import { writeTrainingFolder } from '../training-folder.ts'
import { openDesk } from './fixture.ts'
import { noReaders } from './no-readers.ts'

async function openLive() {
  const dataDir = temporaryFolder()
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(liveSettings))
  const desk = await openDesk(dataDir, { startReaderHost: noReaders })
  return { dataDir, desk, settings: () => desk.agent.reception().settings }
}

test('a clinic that is live practises at its next start, and is live again at the one after it', async () => {
  const { dataDir, desk, settings } = await openLive()
  expect(settings().practice).toBe('may')
  expect(folderAtStart(dataDir)).toBe(dataDir)
  must(await desk.call('practiseNext', { isWanted: true }))
  expect(settings()).toMatchObject({ practice: 'next', changed: [{ setting: 'mode' }] })
  expect(desk.agent.reception().mode).toBe('live')
  await desk.stop()
  const folder = folderAtStart(dataDir)
  expect(folder).not.toBe(dataDir)
  expect(folderAtStart(dataDir)).toBe(dataDir)

  // The certificates of the training clinic, which take a while to make.
  await writeTrainingFolder(join(folder, 'training'), testClock)
  const practice = await openDesk(folder)
  expect(practice.agent.reception()).toMatchObject({
    mode: 'training',
    settings: { practice: 'now', mayBeginFirstRun: false },
  })
  await practice.checkIn('nanbyo')
  expect((await practice.call('practiseNext', { isWanted: true })).ok).toBe(false)
  await practice.stop()

  const again = await openDesk(folderAtStart(dataDir), { startReaderHost: noReaders })
  expect(again.agent.reception()).toMatchObject({ mode: 'live', visits: [], settings: { practice: 'may' } })
  expect(JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'))).toEqual(liveSettings)
})

test('it can be taken back before the next start', async () => {
  const { dataDir, desk, settings } = await openLive()
  must(await desk.call('practiseNext', { isWanted: true }))
  must(await desk.call('practiseNext', { isWanted: false }))
  expect(settings().practice).toBe('may')
  expect(await desk.call('practiseNext', { isWanted: false })).toEqual(fail('REQUEST_INVALID', { field: 'isWanted' }))
  await desk.stop()
  expect(folderAtStart(dataDir)).toBe(dataDir)
  expect(existsSync(join(dataDir, 'practice'))).toBe(false)
})

test('practice sets up no clinic, and reaches no file of the one that is live', async () => {
  const { dataDir, desk } = await openLive()
  must(await desk.call('practiseNext', { isWanted: true }))
  await desk.stop()
  const before = readdirSync(dataDir).filter((name) => name !== 'practice-next')
  const folder = folderAtStart(dataDir)
  await writeTrainingFolder(join(folder, 'training'), testClock)
  const practice = await openDesk(folder)
  must(await practice.call('openPage', { page: 'firstRun' }))
  expect(practice.agent.reception().page).toMatchObject({ name: 'firstRun', isOpen: false })
  expect((await practice.call('enterFirstStep', { step: 'reader', values: null })).ok).toBe(false)
  expect((await practice.call('finishFirstRun', {})).ok).toBe(false)
  await practice.checkIn('nanbyo')
  await practice.stop()
  expect(readdirSync(dataDir).toSorted()).toEqual([...before, 'practice'].toSorted())
})

test('where the clinic never was live there is nothing to practise apart from it', async () => {
  const dataDir = temporaryFolder()
  await writeTrainingFolder(join(dataDir, 'training'), testClock)
  const desk = await openDesk(dataDir)
  expect(desk.agent.reception().settings.practice).toBe('none')
  expect(await desk.call('practiseNext', { isWanted: true })).toEqual(fail('REQUEST_INVALID', { field: 'isWanted' }))
})

test('where there is no room for it the desk is live, and the wish is gone', () => {
  const dataDir = temporaryFolder()
  writeFileSync(join(dataDir, 'practice'), 'in the way')
  writeFileSync(join(dataDir, 'practice-next'), '')
  expect(folderAtStart(dataDir)).toBe(dataDir)
  expect(existsSync(join(dataDir, 'practice-next'))).toBe(false)
})
