// ORCA as one of the agent's destinations: set up by settings.json, beside the others.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { renderDelivery } from '../../src-main/handover/render.ts'
import { createKeyFile } from '../../src-main/store/key-store.ts'
import { openStore } from '../../src-main/store/sqlite-store.ts'
import { orcaDestination, samplePatient } from '../handover/orca/lane.ts'
import { password, startOrca } from '../handover/orca/stand-in-orca.ts'
import { confirmedVisit, eligibility, migrationsDir } from '../store/samples.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk, tryAgent } from './fixture.ts'

const orca = { id: 'orca', format: 'orca', url: 'http://127.0.0.1:1', user: 'madoguchi', passwordFile: 'password' }
const settings = { destinations: [orca, { id: 'csv', format: 'csv', folder: 'import/csv' }] }

test('a rehearsal shows that nothing goes to ORCA, and the other destination gets its file', async () => {
  const dataDir = await dataFolder(settings)
  writeFileSync(join(dataDir, 'password'), 'secret\n')
  const desk = await openDesk(dataDir)
  const { deliveries } = await desk.checkIn('nanbyo')
  expect(desk.agent.reception().destinations).toEqual([
    { id: 'orca', format: 'orca', folder: null },
    { id: 'csv', format: 'csv', folder: join(dataDir, 'import/csv') },
  ])
  expect(deliveries).toMatchObject([
    { destination: 'orca', state: 'rejected', failure: { code: 'ORCA_TRAINING' }, path: null },
    { destination: 'csv', state: 'delivered', failure: null },
  ])
})

test('a password file that is not there stops the start and is named', async () => {
  expect(await tryAgent(await dataFolder(settings))).toMatchObject({
    error: { code: 'SETTINGS_INVALID', detail: { field: 'destinations.orca.passwordFile' } },
  })
})

test('what a stopped agent has left for ORCA gets there with the next start', async () => {
  const server = await startOrca()
  server.patients.push(samplePatient())
  const dataDir = await dataFolder({ destinations: [{ ...orca, url: server.url }] })
  writeFileSync(join(dataDir, 'password'), password)
  const visit = {
    visitId: 'visit',
    visitNumber: 1,
    visitDay: '2026-11-23',
    confirmedAt: '2026-11-23T09:15:02.123+09:00',
    training: false,
    patientNumber: null,
    eligibility,
  }
  const key = must(await createKeyFile(join(dataDir, 'database.key')).create())
  const store = must(openStore({ file: join(dataDir, 'madoguchi.db'), key, migrationsDir }))
  await confirmedVisit(store, [renderDelivery(visit, orcaDestination(), {})])
  store.close()

  await openDesk(dataDir)
  await eventually('ORCA has the certificate', () => server.patients[0]?.benefits.length === 1)
  await eventually('ORCA has closed the patient', () => server.locks.size === 0)
})
