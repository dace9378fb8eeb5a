// ORCA as one of the agent's destinations: set up by settings.json, beside the others.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { renderDelivery } from '../../src-main/handover/formats/render.ts'
import { ownFileOnly } from '../../src-main/settings/layers.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { testDay } from '../clock.ts'
import { fault } from '../faults.ts'
import { orcaDestination, samplePatient } from '../handover/orca/lane.ts'
import { password, startOrca } from '../handover/orca/stand-in-orca.ts'
import { saying } from '../handover/saying.ts'
import { confirmedVisit, eligibility } from '../store/samples.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk, storeOf } from './fixture.ts'

const orca = { id: 'orca', format: 'orca', url: 'http://127.0.0.1:1', user: 'madoguchi', passwordFile: 'password' }
const settings = { destinations: [orca, { id: 'csv', format: 'csv', folder: 'import/csv' }] }

test('a rehearsal shows that nothing goes to ORCA, and the other destination gets its file', async () => {
  const dataDir = await dataFolder(settings)
  writeFileSync(join(dataDir, 'password'), 'secret\n')
  const desk = await openDesk(dataDir)
  const { deliveries } = await desk.checkIn('nanbyo')
  expect(desk.agent.reception().destinations).toEqual([
    { id: 'orca', format: 'orca', folder: null, left: null },
    { id: 'csv', format: 'csv', folder: join(dataDir, 'import/csv'), left: null },
  ])
  expect(deliveries).toMatchObject([
    { destination: 'orca', state: 'rejected', failure: { code: 'ORCA_TRAINING' }, path: null },
    { destination: 'csv', state: 'delivered', failure: null },
  ])
})

fault('settings', 'The file with a destination’s password is gone', {
  seen: 'DESTINATION_NOT_READY',
  detail: { destination: 'orca', field: 'passwordFile' },
  data: 'What is for that destination waits; the others get theirs.',
  recovery: 'The file is put back, and the next try finds it.',
})
test('a password file that is not there holds back what is for ORCA, and is said; the desk and the rest go on', async () => {
  const server = await startOrca()
  server.patients.push(samplePatient())
  const dataDir = await dataFolder({ destinations: [{ ...orca, url: server.url }, settings.destinations[1]] })
  await leaveForOrca(dataDir)
  const desk = await openDesk(dataDir)
  const failure = { code: 'DESTINATION_NOT_READY', detail: { destination: 'orca', field: 'passwordFile' } }
  expect(desk.agent.reception().settings.failures).toEqual([failure])
  expect((await desk.checkIn('nanbyo')).deliveries).toMatchObject([{ state: 'rejected' }, { state: 'delivered' }])
  const [, left] = desk.agent.reception().visits
  const { deliveries } = await desk.lookUp(left?.id ?? '')
  expect(deliveries).toMatchObject([{ destination: 'orca', state: 'queued', failure }])

  // Without another start: the row was kept, and the next try finds the file.
  writeFileSync(join(dataDir, 'password'), password)
  must(await desk.call('retryDelivery', { deliveryId: deliveries[0]?.id ?? '' }))
  await eventually('ORCA has the certificate', () => server.patients[0]?.benefits.length === 1)
  await desk.stop()
  expect((await openDesk(dataDir)).agent.reception().settings.failures).toEqual([])
})

fault('settings', 'The variable with a destination’s password is not set', {
  seen: 'SECRET_NOT_SET',
  detail: { destination: 'orca', variable: 'ORCA_PASSWORD' },
  data: 'What is for that destination waits; the others get theirs.',
  recovery: 'The variable is set; it goes out after the next start.',
})
test('a variable that is not set holds back what is for ORCA, and is said; it goes out after a start with it', async () => {
  const server = await startOrca()
  server.patients.push(samplePatient())
  const { passwordFile: _file, ...rest } = orca
  const dataDir = await dataFolder({ destinations: [{ ...rest, url: server.url, password: { env: 'ORCA_PASSWORD' } }] })
  await leaveForOrca(dataDir)
  const desk = await openDesk(dataDir)
  const failure = { code: 'SECRET_NOT_SET', detail: { destination: 'orca', variable: 'ORCA_PASSWORD' } }
  expect(desk.agent.reception().settings.failures).toEqual([failure])
  const [left] = desk.agent.reception().visits
  const waiting = async () => (await desk.lookUp(left?.id ?? '')).deliveries
  await eventually('it has been tried', async () => (await waiting())[0]?.failure !== null)
  expect(await waiting()).toMatchObject([{ destination: 'orca', state: 'queued', failure }])
  await desk.stop()
  expect(server.asked).toEqual([])

  const environment = { ORCA_PASSWORD: password }
  const settings = must(await loadSettings(dataDir, { ...ownFileOnly, environment }))
  const { agent } = await openDesk(dataDir, { settings })
  await eventually('ORCA has the certificate', () => server.patients[0]?.benefits.length === 1)
  expect(agent.reception().settings.failures).toEqual([])
})

/** A confirmed visit of today with a row for ORCA, in the database of an agent that is not running. */
async function leaveForOrca(dataDir: string): Promise<void> {
  const visit = {
    visitId: 'visit',
    visitNumber: 1,
    visitDay: testDay,
    confirmedAt: `${testDay}T09:15:02.123+09:00`,
    training: false,
    patientNumber: null,
    confirmedName: null,
    ...saying(eligibility),
  }
  const store = await storeOf(dataDir)
  await confirmedVisit(store, [renderDelivery(visit, orcaDestination(), {})], { day: testDay })
  store.close()
}

test('what a stopped agent has left for ORCA gets there with the next start', async () => {
  const server = await startOrca()
  server.patients.push(samplePatient())
  const dataDir = await dataFolder({ destinations: [{ ...orca, url: server.url }] })
  writeFileSync(join(dataDir, 'password'), password)
  await leaveForOrca(dataDir)

  await openDesk(dataDir)
  await eventually('ORCA has the certificate', () => server.patients[0]?.benefits.length === 1)
  await eventually('ORCA has closed the patient', () => server.locks.size === 0)
})
