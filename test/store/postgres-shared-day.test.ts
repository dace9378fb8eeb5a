// The day that the desks of a site share: what is done at one is on the others' screens, from the list to who may sign in.
import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { deskDoor } from '../../src-main/shell/doors.ts'
import { runCheckIn } from '../../src-main/shell/one-check-in.ts'
import { openData } from '../../src-main/store/data-folder.ts'
import { dataFolder, openDesk } from '../agent/fixture.ts'
import { eventually, must, temporaryFolder } from '../support.ts'
import { hasPostgres } from './postgres-server.ts'
import { at, eligibility, newVisit } from './samples.ts'
import { deskFolders } from './site-desks.ts'

test.skipIf(!hasPostgres())('what is done at one desk is on the screen of the other', async () => {
  const [first, second, third] = await deskFolders(await dataFolder(), await dataFolder(), temporaryFolder())
  if (!first || !second || !third) throw new Error('there are fewer than three desks')
  const [here, there] = [
    await openDesk(first.dataDir, { ...first, account: 'hanako' }),
    await openDesk(second.dataDir, second),
  ]

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
  // Its files are brought by the desk whose turn it is; whoever asked for the check-in hears of them all the same.
  const done = must(await runCheckIn(there.agent, { persona: 'kodomo', pin: '1234', cardWaitMs: 5_000 }))
  expect(done.files).toHaveLength(2)
  expect(there.current()).toMatchObject({ id: done.visitId, number: 2 })
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
  // A result that waits for somebody to say whom it is about, at whichever desk.
  const known = (await store.visit(visitId))?.visit.patient
  if (!known) throw new Error('nobody was identified')
  const result = { patient: { ...known, ref: randomUUID() }, day: here.agent.reception().today }
  const waiting = must(
    await store.saveVisit(newVisit({ ...result, state: 'choosing' }), [{ at, event: 'choosing' }], {
      eligibility: { ...eligibility, patient: result.patient },
    }),
  )
  await eventually('it is listed', () => here.agent.reception().visits.some(({ id }) => id === waiting.id))
  must(await here.call('showVisit', { visitId: waiting.id }))
  await eventually('it could be the one who is known', () => here.agent.reception().shown?.candidates.length === 1)
  must(await store.saveVisit({ ...waiting, state: 'cancelled' }, [{ at, event: 'cancelled' }]))
  await eventually('it could be nobody any more', () => here.agent.reception().shown?.candidates.length === 0)
  must(await here.call('openPage', { page: 'clinicRules' }))
  must(await store.saveClaimOrder(['a', 'b'], { at }))
  await eventually('the order is known', () => {
    const now = page()
    return now.name === 'clinicRules' && now.orders.length === 1
  })
  must(await store.saveChosenHelps({ of: ['a', 'b'], used: ['a'] }, { at }))
  await eventually('so is which help is used', () => {
    const now = page()
    return now.name === 'clinicRules' && now.helps.length === 1
  })
  must(await store.noteTime('2099-01-01T09:00:00.000+09:00', true))
  await eventually(
    'a time that was seen elsewhere is known',
    () => here.agent.reception().clockDoubt?.kind === 'behind',
  )
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

  // What another desk says of a person counts where they are signed in, without a new sign-in.
  const hanako = { id: randomUUID(), name: '医事 花子', role: 'lead' as const, account: 'hanako' }
  must(await store.addStaff({ ...hanako, code: 'lead', secret: 'B'.repeat(32), at }))
  const staff = () => here.agent.reception().staff
  const shown = () => deskDoor.view(here.agent.reception())
  await eventually('she may come in', async () => (await here.call('signInByAccount', {})).ok)
  must(await here.call('showVisit', { visitId }))
  must(await here.call('openPage', { page: 'audit' }))
  expect(shown()).toMatchObject({ shown: { id: visitId }, page: { name: 'audit' } })
  must(await store.changeStaff({ ...hanako, role: 'it', isLocked: false, at }))
  await eventually('she has the other role', () => {
    const now = staff()
    return now.state === 'signedIn' && now.role === 'it'
  })
  expect(shown()).toMatchObject({ visits: [], shown: null, page: { name: 'counter' } })
  for (const call of [here.call('showVisit', { visitId }), here.call('openPage', { page: 'audit' })])
    expect(await call).toEqual(fail('ROLE_INSUFFICIENT'))
  must(await store.changeStaff({ ...hanako, role: 'lead', isLocked: true, at }))
  await eventually('she is out', () => staff().state === 'signedOut')
  expect(shown()).toMatchObject({ visits: [], shown: null })
  expect(await here.call('showVisit', { visitId })).toEqual(fail('SIGN_IN_REQUIRED'))
  expect(await here.call('signInByAccount', {})).toEqual(fail('SIGN_IN_REFUSED'))
  await eventually('the trail says so', async () =>
    (await store.auditTrail({ after: 0, limit: 1_000 })).some(
      ({ event, staffId }) => event === 'signedOut' && staffId === hanako.id,
    ),
  )
})
