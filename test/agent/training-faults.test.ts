// What goes wrong in training because somebody has switched it so: each does what a counter would meet, and nothing of it is
// left when it is over.
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type TrainingFault, trainingFaultSchema } from '../../src-main/contract/training.ts'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const soon = { first: 20, longest: 50 }

async function openFaultyDesk() {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir, { hubPauseMs: soon })
  const switchTo = async (fault: TrainingFault, isOn: boolean) =>
    must(await desk.call('switchTrainingFault', { fault, isOn }))
  const isOn = () => desk.agent.reception().training?.faults
  const endAll = async () => must(await desk.call('endTrainingFaults', {}))
  return { ...desk, dataDir, switchTo, isOn, endAll }
}

test('every fault of the hub is met at the counter, one at a time, and none is left', async () => {
  const desk = await openFaultyDesk()
  const meets = async (fault: TrainingFault) => {
    await desk.switchTo(fault, true)
    expect(desk.isOn()).toEqual([fault])
    await desk.takeAway()
    must(await desk.lay('kosei-hitorioya'))
    const visit = await desk.reaches('something is met', (visit) => visit?.hold != null || visit?.failure != null)
    const code = (visit.hold ?? visit.failure)?.code
    await desk.call('cancelVisit', { visitId: visit.id })
    return code
  }
  expect(await meets('hubBusy')).toBe('HUB_RATE_LIMITED')
  expect(await meets('hubCertificate')).toBe('HUB_UNTRUSTED')
  await desk.switchTo('hubClock', true)
  await desk.takeAway()
  await desk.checkIn('kosei-hitorioya')
  // Shortly before midnight it is the hub's next day, about which the page asks instead.
  await eventually('the clock differs', () => {
    const { hub, clockDoubt } = desk.agent.reception()
    return hub.clockOffsetS !== null || clockDoubt?.kind === 'off'
  })
  await desk.endAll()
  expect(desk.isOn()).toEqual([])
  expect((await desk.checkIn('kosei-hitorioya')).failure).toBeNull()
})

fault('reader', 'The reader is unplugged', {
  seen: 'READER_UNAVAILABLE',
  data: 'No card counts as laid any more.',
  recovery: 'The reader is plugged in again, and the next card is read.',
})
test('a reader that was unplugged is none, and is there again with no card on it', async () => {
  const desk = await openFaultyDesk()
  must(await desk.lay('nanbyo'))
  await desk.asksForPin()
  await desk.switchTo('readerGone', true)
  await eventually('there is no reader', () => desk.agent.reception().readerFailure?.code === 'READER_UNAVAILABLE')
  expect(desk.agent.reception().training?.inserted).toBeNull()
  await desk.switchTo('readerGone', false)
  await eventually('the reader is back', () => desk.agent.reception().readers[0]?.state === 'empty')
  expect((await desk.checkIn('kosei-hitorioya')).failure).toBeNull()
})

test('a card that is pulled in the middle says so each time until that is over', async () => {
  const desk = await openFaultyDesk()
  await desk.switchTo('cardPulled', true)
  for (const _ of [1, 2]) {
    must(await desk.lay('nanbyo'))
    const { failure } = await desk.reaches('it ends', (visit) => visit?.state === 'failed')
    expect(failure?.code).toBe('CARD_REMOVED')
  }
  await desk.endAll()
  expect((await desk.checkIn('nanbyo')).failure).toBeNull()
})

test('results of a terminal that encrypts them cannot be read', async () => {
  const desk = await openFaultyDesk()
  await desk.switchTo('terminalEncrypted', true)
  must(await desk.call('useFaceReader', { persona: 'nanbyo' }))
  await eventually('it has come', () => desk.agent.reception().visits.length === 1)
  const { failure } = await desk.lookUp(desk.agent.reception().visits[0]?.id ?? '')
  expect(failure?.code).toBe('TERMINAL_FILE_ENCRYPTED')
})

test('files wait while their folder is away, and are in it afterwards', async () => {
  const desk = await openFaultyDesk()
  const folder = join(desk.dataDir, 'import/csv')
  await desk.checkIn('nanbyo')
  const before = readdirSync(folder)
  await desk.switchTo('folderAway', true)
  expect(existsSync(folder)).toBe(false)
  const visit = await desk.checkIn('kosei-hitorioya')
  expect(visit.deliveries.map(({ failure }) => failure?.code)).toEqual(['DESTINATION_MISSING', 'DESTINATION_MISSING'])
  await desk.endAll()
  await eventually('it is delivered', () => readdirSync(folder).length === before.length + 1)
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(before))
})

test('a receipt computer that takes nothing refuses what comes from now on, and nothing of before', async () => {
  const desk = await openFaultyDesk()
  await desk.checkIn('nanbyo')
  await desk.switchTo('receiptRefuses', true)
  const { id } = await desk.checkIn('kosei-hitorioya')
  await eventually(
    'it is refused',
    () =>
      desk
        .current()
        ?.deliveries.some(({ state, failure }) => state === 'refused' && failure?.code === 'DESTINATION_REFUSED') ===
      true,
  )
  expect(desk.current()?.id).toBe(id)
  await desk.endAll()
  const next = await desk.checkIn('kodomo')
  expect(next.deliveries.every(({ state }) => state === 'delivered')).toBe(true)
  expect(readdirSync(join(desk.dataDir, 'import/csv')).filter((name) => name.endsWith('.csv'))).toHaveLength(2)
})

test('all of them end with the lesson, and with the agent', async () => {
  const desk = await openFaultyDesk()
  for (const fault of ['hubDown', 'folderAway', 'terminalSilent'] as const) await desk.switchTo(fault, true)
  must(await desk.call('leaveLesson', {}))
  expect(desk.isOn()).toEqual([])
  for (const fault of trainingFaultSchema.options) await desk.switchTo(fault, true)
  // The hub has one at a time.
  expect(desk.isOn()?.filter((fault) => fault.startsWith('hub'))).toEqual(['hubOtherPerson'])
  await desk.stop()
  expect(existsSync(join(desk.dataDir, 'import/csv'))).toBe(true)
  const next = await openDesk(desk.dataDir)
  expect(next.agent.reception().training?.faults).toEqual([])
  expect(next.agent.reception().readerFailure).toBeNull()
})

test('a folder that was away when the agent was killed is brought back with what has come meanwhile', async () => {
  const dataDir = await dataFolder()
  const first = await openDesk(dataDir)
  await first.checkIn('nanbyo')
  await first.stop()
  const folder = join(dataDir, 'import/csv')
  const files = readdirSync(folder)
  renameSync(folder, `${folder}.away`)
  mkdirSync(folder)
  writeFileSync(join(folder, 'since.txt'), '')
  await openDesk(dataDir)
  expect(readdirSync(folder).toSorted()).toEqual([...files, 'since.txt'].toSorted())
  expect(existsSync(`${folder}.away`)).toBe(false)
})
