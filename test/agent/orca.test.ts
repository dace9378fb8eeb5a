// ORCA as one of the agent's destinations: set up by settings.json, beside the others.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
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
