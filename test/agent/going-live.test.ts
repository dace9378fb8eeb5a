// A clinic that goes live knows nobody of its rehearsal, however it got there: nobody is taken for somebody who was invented.
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { sampleMaster } from '../../src-main/stand-ins/masters/sample-master.ts'
import { masterRow } from '../eligibility/local/samples.ts'
import { fault } from '../faults.ts'
import { liveSettings } from '../live-settings.ts'
import { eventually, must, temporaryFolder } from '../support.ts'
import { dataFolder, openDesk, storeOf, tryAgent } from './fixture.ts'
import { noReaders } from './no-readers.ts'
import { enrol, staffCommand } from './staff.ts'

function liveTerminal() {
  const terminal = temporaryFolder()
  for (const name of ['face', 'trash']) mkdirSync(join(terminal, name))
  return terminal
}

/** As clinic IT does it with an editor. */
const write = (dataDir: string, settings: object) =>
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(settings))

const goLive = (dataDir: string, terminal: string) =>
  write(dataDir, { ...liveSettings, terminal: { folder: terminal } })

/** A sample patient who came by card, is linked to a number, and came again by the face reader. Returns that one's file. */
async function rehearse(dataDir: string): Promise<string> {
  const desk = await openDesk(dataDir)
  const byCard = await desk.checkIn('kodomo')
  must(await desk.call('linkPatientNumber', { visitId: byCard.id, patientNumber: '100', isMoved: false }))
  must(await desk.call('closeVisit', { visitId: byCard.id }))
  await desk.takeAway()
  must(await desk.call('useFaceReader', { persona: 'kodomo' }))
  await eventually('the second visit is there', () => desk.agent.reception().visits.length === 2)
  await desk.agent.settled()
  expect(await desk.lookUp(desk.agent.reception().visits[0]?.id ?? '')).toMatchObject({ patientNumber: '100' })
  await desk.stop()
  const face = join(dataDir, 'training/terminal/face')
  return join(face, readdirSync(face)[0] ?? '')
}

async function trail(dataDir: string) {
  const store = await storeOf(dataDir)
  const rows = await store.auditTrail({ after: 0, limit: 1_000 })
  must(await store.check())
  store.close()
  return rows.map(({ event, about }) => ({ event, about }))
}

fault('patient', 'A live patient has the name and birth date of a sample patient', {
  seen: 'PATIENT_NOT_MATCHED',
  data: 'Nothing of the rehearsal is mixed with a live patient.',
  recovery: 'Staff take them as new.',
})
fault('settings', 'A clinic that is live is set back to a rehearsal', {
  seen: 'STORE_IS_LIVE',
  data: 'The patients’ records stay as they are, and no rehearsal gets at them.',
  recovery: 'The settings are set back; practice is asked for on the page of the settings.',
})
test('a live result with the name and birth date of a sample patient is about somebody new', async () => {
  const dataDir = await dataFolder()
  const file = await rehearse(dataDir)
  const terminal = liveTerminal()
  goLive(dataDir, terminal)
  const live = await openDesk(dataDir, { startReaderHost: noReaders })
  expect(live.agent.reception()).toMatchObject({ mode: 'live', visits: [] })
  copyFileSync(file, join(terminal, 'face/OQSsiquc01res_face_1_20261123093000.xml'))
  await eventually('a visit is there', () => live.agent.reception().visits.length === 1)
  const [{ id } = { id: '' }] = live.agent.reception().visits
  expect(await live.lookUp(id)).toMatchObject({
    state: 'choosing',
    failure: { code: 'PATIENT_NOT_MATCHED' },
    candidates: [],
    patientNumber: null,
  })
  await live.stop()
  const rows = await trail(dataDir)
  expect(rows.filter(({ event }) => event === 'rehearsalErased')).toEqual([
    { event: 'rehearsalErased', about: expect.stringMatching(/^visits 2, cards 1, numbers 1, terminal \d+$/) },
  ])
  // What was done while rehearsing is still told.
  expect(rows.some(({ event }) => event === 'patientNumberLinked')).toBe(true)

  // And what is done from here on is there at the next start, which nobody can make a rehearsal.
  const next = await openDesk(dataDir, { startReaderHost: noReaders })
  expect(next.agent.reception().visits.map((visit) => visit.id)).toEqual([id])
  await next.stop()
  write(dataDir, { mode: 'training' })
  expect(await tryAgent(dataDir)).toEqual(fail('STORE_IS_LIVE'))
  goLive(dataDir, terminal)
  const after = await openDesk(dataDir, { startReaderHost: noReaders })
  expect(after.agent.reception().visits.map((visit) => visit.id)).toEqual([id])
})

fault('files', 'A sample of the master is given to a live desk', {
  seen: 'MASTER_IS_SAMPLE',
  data: 'Nothing is taken: no patient is judged by an invented master.',
  recovery: 'The publisher’s file is chosen.',
})
test('a sample of the master of local schemes goes with the rehearsal, and a live desk takes none', async () => {
  const dataDir = await dataFolder()
  const sample = { content: Buffer.from([...sampleMaster(40)].join('')).toString('base64'), place: 0, isLast: true }
  const name = 'm_regional_publicly_funded_all_20261101.csv'
  const desk = await openDesk(dataDir)
  must(await desk.call('sendMaster', { ...sample, name }))
  must(await desk.call('takeMaster', {}))
  await desk.stop()
  goLive(dataDir, liveTerminal())
  const live = await openDesk(dataDir, { startReaderHost: noReaders })
  must(await live.call('openPage', { page: 'localMaster' }))
  expect(live.agent.reception().page).toMatchObject({ name: 'localMaster', issue: null })
  expect(await live.call('sendMaster', { ...sample, name })).toEqual(fail('MASTER_IS_SAMPLE'))
  // The publisher's is taken, although it is older than the sample was.
  const published = Buffer.from(masterRow({}).join(',')).toString('base64')
  const older = { ...sample, content: published, name: 'm_regional_publicly_funded_all_20260803.csv' }
  must(await live.call('sendMaster', older))
  must(await live.call('takeMaster', {}))
  expect(live.agent.reception().page).toMatchObject({ issue: { issuedOn: '2026-08-03', count: 1 } })
})

test('the staff who were enrolled while rehearsing sign in at the live desk', async () => {
  const dataDir = await dataFolder()
  await rehearse(dataDir)
  await enrol(dataDir, '1', 'it')
  goLive(dataDir, liveTerminal())
  const live = await openDesk(dataDir, { startReaderHost: noReaders, account: null })
  expect(live.agent.reception()).toMatchObject({ mode: 'live', staff: { state: 'signedOut' } })
  await live.stop()
  expect((await staffCommand(dataDir, ['list'])).answer).toMatchObject({ staff: [{ code: '1', role: 'it' }] })
})

test('a file of the rehearsal that waited for its folder reaches no receipt computer', async () => {
  const folder = join(temporaryFolder(), 'not-there-yet')
  const destinations = [{ id: 'receipt', format: 'csv', folder }]
  const dataDir = await dataFolder({ destinations })
  const desk = await openDesk(dataDir)
  expect((await desk.checkIn('nanbyo')).deliveries).toMatchObject([{ state: 'queued' }])
  await desk.stop()
  mkdirSync(folder)
  write(dataDir, { ...liveSettings, terminal: null, destinations })
  const live = await openDesk(dataDir, { startReaderHost: noReaders })
  await live.agent.settled()
  await live.stop()
  expect(readdirSync(folder)).toEqual([])
})
