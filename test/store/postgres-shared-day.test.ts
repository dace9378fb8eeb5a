// The day that the desks of a site share: what is done at one is on the others' screens, from the list to who may sign in.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ok } from '../../src-main/ground/result.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { openData } from '../../src-main/store/data-folder.ts'
import { joinSite } from '../../src-main/store/joining.ts'
import { makeSheet } from '../../src-main/store/recovery-key.ts'
import { dataFolder, openDesk } from '../agent/fixture.ts'
import { testClock } from '../clock.ts'
import { newSite } from '../postgres/server.ts'
import { eventually, must, root, temporaryFolder } from '../support.ts'
import { hasPostgres, postgres } from './postgres-server.ts'
import { at } from './samples.ts'

/** Data folders of three desks that have the site's key; nobody runs in them yet. */
async function threeDesks() {
  const access = newSite(postgres())
  const site = async () => ok(access)
  const desks = [await dataFolder(), await dataFolder(), temporaryFolder()].map((dataDir) => {
    const migrationsDir = join(root, 'migrations')
    return { dataDir, keyStore: openHeadlessKey(dataDir), migrationsDir, clock: testClock, backupFolder: null, site }
  })
  const [first, ...others] = desks
  if (!first) throw new Error('there is no first desk')
  must(await openData(first)).store.close()
  const sheet = must(await makeSheet(first))
  for (const desk of others) must(await joinSite(desk, join(first.dataDir, 'backup/recovery.key'), sheet))
  return desks
}

test.skipIf(!hasPostgres())('what is done at one desk is on the screen of the other', async () => {
  const [first, second, third] = await threeDesks()
  if (!first || !second || !third) throw new Error('there are fewer than three desks')
  const [here, there] = [await openDesk(first.dataDir, first), await openDesk(second.dataDir, second)]

  const { id: visitId, patient } = await here.checkIn('nanbyo')
  const listed = () => there.agent.reception().visits.find(({ id }) => id === visitId)
  await eventually('it is listed, confirmed', () => listed()?.state === here.current()?.state)
  expect(listed()).toMatchObject({ name: patient?.name, number: 1, patientNumber: null, hasNote: false })
  must(await there.call('showVisit', { visitId }))

  must(await here.call('noteVisit', { visitId, note: '金曜日にお会計' }))
  must(await there.call('linkPatientNumber', { visitId, patientNumber: '0012345', isMoved: false }))
  await eventually('the number is on the visit at the counter', () => here.current()?.patientNumber === '0012345')
  await eventually(
    'note and number are listed',
    () => listed()?.patientNumber === '0012345' && listed()?.hasNote === true,
  )
  // Whoever looks it up sees them, too.
  expect(there.agent.reception().shown).toMatchObject({ id: visitId, note: '金曜日にお会計', patientNumber: '0012345' })
  // The next number of the day is the site's.
  must(await here.call('closeVisit', { visitId }))
  expect((await there.checkIn('kodomo')).number).toBe(2)
  must(await there.call('closeVisit', { visitId: there.current()?.id ?? '' }))

  // What a part keeps besides: by a desk that is no more than its store.
  const { store } = must(await openData(third))
  onTestFinished(store.close)
  const page = () => here.agent.reception().page
  must(await here.call('openPage', { page: 'localMaster' }))
  must(await store.importMaster({ issuedOn: '2026-11-01', importedAt: at, count: 0, isSample: false }, [], { at }))
  await eventually('its issue is known', () => {
    const now = page()
    return now.name === 'localMaster' && now.issue?.issuedOn === '2026-11-01'
  })
  must(await here.call('openPage', { page: 'bookings' }))
  must(await store.saveBookings({ list: 'one', day: '2026-11-24', isStopped: true, requery: null }, []))
  await eventually('the bookings are there', () => {
    const now = page()
    return now.name === 'bookings' && now.run?.day === '2026-11-24'
  })
  expect(here.agent.reception().staff.state).toBe('off')
  const person = {
    id: randomUUID(),
    code: 'it',
    name: '情報 太郎',
    role: 'it' as const,
    account: null,
    secret: 'A'.repeat(32),
  }
  must(await store.addStaff({ ...person, at }))
  for (const { agent } of [here, there]) {
    await eventually('somebody has to sign in', () => agent.reception().staff.state === 'signedOut')
  }
})
