import { userInfo } from 'node:os'
import { expect, test } from 'vitest'
import type { AgentOptions } from '../../src-main/agent.ts'
import { mayCallNow } from '../../src-main/contract/call-rights.ts'
import { calls } from '../../src-main/contract/calls.ts'
import { pageNameSchema } from '../../src-main/contract/pages.ts'
import { mayOpen } from '../../src-main/contract/rights.ts'
import { type Role, roles } from '../../src-main/contract/staff.ts'
import { fail } from '../../src-main/ground/result.ts'
import { typedBy } from '../../src-main/ground/typist.ts'
import { atSystem, deskDoor, kioskDoor, patientDoor } from '../../src-main/shell/doors.ts'
import { settableClock, testClock } from '../clock.ts'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk, storeOf } from './fixture.ts'
import { authenticatorOf, enrol, staffCommand } from './staff.ts'

const morning = testClock.now().toISOString()
const later = (minutes: number) => new Date(Date.parse(morning) + minutes * 60_000).toISOString()

/** A training clinic with one of each role, at the desk of which nobody is signed in. */
async function openClinic(options: Partial<AgentOptions> = {}, settings?: object) {
  const dataDir = await dataFolder(settings)
  const clock = settableClock(morning)
  const shows = {
    it: await enrol(dataDir, 'it', 'it'),
    lead: await enrol(dataDir, 'lead', 'lead'),
    reception: await enrol(dataDir, 'reception', 'reception'),
  }
  const open = async () => {
    const desk = await openDesk(dataDir, { clock, account: null, ...options })
    return {
      ...desk,
      staff: () => desk.agent.reception().staff,
      signIn: (code: Role, steps = 0) => desk.call('signIn', { code, oneTimeCode: shows[code](clock, steps) }),
      shown: () => deskDoor.view(desk.agent.reception()),
    }
  }
  return { dataDir, clock, shows, open, ...(await open()) }
}

const auditOf = async (dataDir: string) => {
  const store = await storeOf(dataDir)
  const rows = await store.auditTrail({ after: 0, limit: 1_000 })
  store.close()
  return rows
}

test('before anybody is enrolled nobody has to sign in; in live mode a date says that this will not do', async () => {
  const desk = await openDesk(await dataFolder())
  expect(desk.agent.reception().staff).toEqual({ state: 'off', dueOn: null })
  // The first one comes by the command at the computer or by the first set-up, which is still to come here.
  expect(await desk.call('signIn', { code: '1', oneTimeCode: '123456' })).toEqual(fail('SIGN_IN_REFUSED'))
})

test('while nobody is signed in no view tells anything of anybody, whatever there is to tell', async () => {
  const { signIn, call, checkIn, lay, agent, shown, asksForPin } = await openClinic()
  must(await signIn('reception'))
  const visit = await checkIn('nanbyo')
  must(await call('linkPatientNumber', { visitId: visit.id, patientNumber: '00417', isMoved: false }))
  must(await call('noteVisit', { visitId: visit.id, note: '金曜に支払い' }))
  must(await call('closeVisit', { visitId: visit.id }))
  must(await lay('kodomo'))
  await asksForPin()
  must(await call('showVisit', { visitId: visit.id }))
  const secrets = ['00417', '金曜', visit.id, visit.patient?.name, visit.patient?.nameKana, visit.patient?.birthDate]
  const told = (door: typeof deskDoor | typeof patientDoor) => JSON.stringify(door.view(agent.reception()))
  for (const secret of secrets) expect(told(deskDoor)).toContain(secret)
  must(await call('signOut', {}))
  for (const door of [deskDoor, patientDoor, kioskDoor])
    for (const secret of secrets) expect(told(door)).not.toContain(secret)
  expect(shown()).toMatchObject({ current: null, visits: [], shown: null, page: { name: 'counter' }, training: null })
  expect(patientDoor.view(agent.reception())).toMatchObject({ step: { kind: 'desk' } })
})

fault('staff', 'Somebody works at a desk at which nobody is signed in', {
  seen: 'SIGN_IN_REQUIRED',
  data: 'Nothing is shown, and nothing is changed.',
  recovery: 'Somebody signs in.',
})
test('while nobody is signed in every call of every page is refused, but the way in', async () => {
  const { agent, call } = await openClinic()
  const before = agent.reception().revision
  const refused = fail('SIGN_IN_REQUIRED')
  for (const name of Object.keys(calls)) {
    const isWayIn = ['reception', 'signIn', 'signInByAccount', 'computerLocked'].includes(name)
    if (!isWayIn) expect({ name, answer: await call(name, {}) }).toEqual({ name, answer: refused })
    for (const door of ['patient', 'kiosk'] as const) {
      const answer = await agent.call({ door, desk: 1 }, name, {})
      if (name !== 'reception') expect({ name, door, ok: answer.ok }).toEqual({ name, door, ok: false })
    }
  }
  expect(agent.reception().revision).toBeGreaterThan(before)
  expect(agent.training?.inserted()).toBeNull()
})

test('a check-in that somebody has begun waits for whoever signs in next, and no card is taken meanwhile', async () => {
  const { signIn, call, lay, takeAway, asksForPin, agent, current, enterPin, ends, clock } = await openClinic()
  must(await signIn('reception'))
  must(await lay('nanbyo'))
  const { id } = await asksForPin()
  must(await call('signOut', {}))
  expect(current()).toMatchObject({ id })
  // The next one, a quick switch: the visit is theirs.
  must(await signIn('lead'))
  expect(deskDoor.view(agent.reception())).toMatchObject({ current: { id }, staff: { name: '職員lead' } })
  must(await enterPin('1234'))
  expect(await ends()).toMatchObject({ id })
  must(await call('closeVisit', { visitId: id }))
  must(await takeAway())
  must(await call('signOut', {}))
  // Laid while nobody is here, by whoever plays the patient.
  must((await agent.training?.insert('kodomo', undefined)) ?? fail('REQUEST_INVALID'))
  await eventually('the card lies there', () => agent.reception().readers[0]?.state === 'card')
  expect(agent.reception().visits).toHaveLength(1)
  clock.set(later(1))
  must(await signIn('reception'))
  expect(await asksForPin()).toMatchObject({ number: 2 })
})

fault('staff', 'A one-time code is typed a second time', {
  seen: 'SIGN_IN_REFUSED',
  data: 'It opens nothing, also after a restart.',
  recovery: 'The next code of the authenticator is typed.',
})
test('a code counts once, also after a restart, and a step to either side counts as well', async () => {
  const { signIn, call, stop, open, clock } = await openClinic()
  const refused = fail('SIGN_IN_REFUSED')
  must(await signIn('reception', -1))
  must(await call('signOut', {}))
  expect(await signIn('reception', -1)).toEqual(refused)
  must(await signIn('reception', 1))
  // One that is older than what was taken is worth nothing either.
  expect(await signIn('reception', 0)).toEqual(refused)
  await stop()
  const again = await open()
  expect(again.staff()).toMatchObject({ state: 'signedOut' })
  expect(await again.signIn('reception', 1)).toEqual(refused)
  expect(await again.signIn('lead', 2)).toEqual(refused)
  clock.set(later(2))
  must(await again.signIn('reception'))
})

fault('staff', 'Somebody guesses codes', {
  seen: 'SIGN_IN_PAUSED',
  detail: { retryAfterS: 30 },
  data: 'Nothing is told, not even whether there is such a person.',
  recovery: 'Each try waits longer, over a restart too; nobody else waits for it.',
})
test('who guesses waits ever longer, over a restart, and a code that nobody has is no different', async () => {
  const { call, stop, open, clock, shows } = await openClinic()
  const refused = fail('SIGN_IN_REFUSED')
  const paused = (retryAfterS: number) => fail('SIGN_IN_PAUSED', { retryAfterS })
  const wrong = (code: string) => call('signIn', { code, oneTimeCode: '000000' })
  // Many at once are no free ones.
  const tries = await Promise.all(Array.from({ length: 5 }, () => wrong('reception')))
  expect(tries).toEqual([refused, refused, refused, paused(30), paused(30)])
  for (const answer of [refused, refused, refused, paused(30)]) expect(await wrong('nobody')).toEqual(answer)
  await stop()
  const again = await open()
  const right = () => ({ code: 'reception', oneTimeCode: shows.reception(clock) })
  expect(await again.call('signIn', right())).toEqual(paused(30))
  clock.set(later(0.5))
  expect(await again.call('signIn', { code: 'reception', oneTimeCode: '000000' })).toEqual(refused)
  expect(await again.call('signIn', right())).toEqual(paused(60))
  // Nobody else waits for it.
  must(await again.signIn('lead'))
  clock.set(later(1.5))
  must(await again.call('signIn', right()))
})

fault('staff', 'Somebody goes away and leaves the desk open', {
  seen: 'SIGN_IN_REQUIRED',
  data: 'Nothing about anybody is on the screen any more.',
  recovery: 'Whoever comes back signs in.',
})
test('whoever is gone is signed out: by the clock, by the lock of the computer, and by every start', async () => {
  const { signIn, call, stop, open, clock, staff, agent } = await openClinic({}, { hideScreenAfterMin: 5 })
  must(await signIn('reception'))
  clock.set(later(4.9))
  must(await call('stayIn', {}))
  // A page that asks for the state by itself is no hand on it.
  clock.set(later(9))
  must(await call('reception', {}))
  expect(staff()).toMatchObject({ state: 'signedIn' })
  clock.set(later(10))
  expect(await call('stayIn', {})).toEqual(fail('SIGN_IN_REQUIRED'))
  expect(staff()).toMatchObject({ state: 'signedOut' })
  must(await signIn('reception'))
  must(await agent.call(atSystem, 'computerLocked', { isLocked: true }))
  expect(staff()).toMatchObject({ state: 'signedOut' })
  must(await agent.call(atSystem, 'computerLocked', { isLocked: false }))
  expect(staff()).toMatchObject({ state: 'signedOut' })
  clock.set(later(11))
  must(await signIn('reception'))
  await stop()
  expect((await open()).staff()).toMatchObject({ state: 'signedOut' })
})

test('the account of the computer signs in only right after the computer was opened by its password', async () => {
  const dataDir = await dataFolder()
  await enrol(dataDir, '1', 'it')
  await enrol(dataDir, '2', 'reception', ['--account', 'yamada'])
  const { agent, call } = await openDesk(dataDir, { account: 'yamada' })
  const lock = async (isLocked: boolean) => must(await agent.call(atSystem, 'computerLocked', { isLocked }))
  const offered = () => agent.reception().staff
  expect(offered()).toEqual({ state: 'signedOut', mayUseAccount: true })
  must(await call('signInByAccount', {}))
  expect(offered()).toMatchObject({ state: 'signedIn', name: '職員2' })
  must(await call('signOut', {}))
  // Whoever comes by the open computer is not them.
  expect(offered()).toEqual({ state: 'signedOut', mayUseAccount: false })
  expect(await call('signInByAccount', {})).toEqual(fail('SIGN_IN_REFUSED'))
  await lock(true)
  expect(await call('signInByAccount', {})).toEqual(fail('SIGN_IN_REFUSED'))
  await lock(false)
  must(await call('signInByAccount', {}))
})

fault('staff', 'Somebody does what their role does not allow', {
  seen: 'ROLE_INSUFFICIENT',
  data: 'Nothing is told, and nothing is changed.',
  recovery: 'Somebody with that role does it.',
})
test.each(roles)('with the role %s a person may do what the table says, over the door as well', async (role) => {
  const { signIn, call, staff } = await openClinic()
  must(await signIn(role))
  const refused = fail('ROLE_INSUFFICIENT')
  const leaves = ['signOut', 'computerLocked']
  for (const name of Object.keys(calls) as (keyof typeof calls)[]) {
    // What is wrong with the request is said of a call that may be made, and nothing of one that may not.
    if (leaves.includes(name)) continue
    const answer = await call(name, { nothing: 'of the kind' })
    const isRefused = !answer.ok && answer.error.code === 'ROLE_INSUFFICIENT'
    expect({ name, isRefused }).toEqual({ name, isRefused: !mayCallNow(staff(), name) })
  }
  for (const { value: page } of pageNameSchema.options) {
    const answer = await call('openPage', { page })
    if (!mayOpen(staff(), page)) expect({ page, answer }).toEqual({ page, answer: refused })
    else expect({ page, answer }).not.toEqual({ page, answer: refused })
  }
})

test('IT sees no patient; with the glass broken it does, for half an hour, and it is written down', async () => {
  const { dataDir, signIn, checkIn, call, shown, clock, stop } = await openClinic({}, { hideScreenAfterMin: 60 })
  must(await signIn('reception'))
  const { id } = await checkIn('nanbyo')
  must(await signIn('it'))
  expect(shown()).toMatchObject({ visits: [], current: null })
  expect(await call('showVisit', { visitId: id })).toEqual(fail('ROLE_INSUFFICIENT'))
  expect(await call('breakGlass', { reason: '急' })).toMatchObject({ ok: false, error: { code: 'REQUEST_INVALID' } })
  must(await call('breakGlass', { reason: '受付の職員が急に不在' }))
  expect(shown()).toMatchObject({ visits: [{ id }] })
  must(await call('showVisit', { visitId: id }))
  must(await call('openPage', { page: 'report' }))
  expect(shown()).toMatchObject({ page: { report: { glass: [{ name: '職員it', reason: '受付の職員が急に不在' }] } } })
  must(await call('openPage', { page: 'counter' }))
  clock.set(later(29))
  must(await call('stayIn', {}))
  clock.set(later(31))
  expect(await call('showVisit', { visitId: id })).toEqual(fail('ROLE_INSUFFICIENT'))
  expect(shown()).toMatchObject({ visits: [], shown: null, staff: { role: 'it', glassUntil: null } })
  await stop()
  const rows = (await auditOf(dataDir)).filter(({ event }) => event.startsWith('glass'))
  expect(rows.map(({ event, staffId, desk }) => ({ event, isKnown: staffId !== null, desk }))).toEqual([
    { event: 'glassBroken', isKnown: true, desk: 1 },
    { event: 'glassMended', isKnown: true, desk: 1 },
  ])
})

test('the trail says who did it, and the queues did it by themselves', async () => {
  const settings = { hideScreenAfterMin: 60 }
  const { dataDir, signIn, checkIn, call, staff, stop, agent } = await openClinic({}, settings)
  must(await signIn('reception'))
  const state = staff()
  const me = state.state === 'signedIn' ? state.staffId : null
  const visit = await checkIn('nanbyo')
  must(await call('noteVisit', { visitId: visit.id, note: 'x' }))
  await agent.settled()
  await stop()
  const rows = await auditOf(dataDir)
  const by = (event: string) => rows.filter((row) => row.event === event).map(({ staffId, desk }) => [staffId, desk])
  expect(me).not.toBeNull()
  expect(by('signedIn')).toEqual([[me, 1]])
  expect(by('confirmed')).toEqual([[me, 1]])
  expect(new Set(by('deliveryDelivered').flat())).toEqual(new Set([null]))
  // By the command, at the computer: whoever has typed it.
  const typist = [typedBy(userInfo().username), null]
  expect(by('staffAdded')).toEqual([typist, typist, typist])
})

test('操作の記録 names whoever did it, to a lead and to nobody else', async () => {
  const { signIn, call, shown } = await openClinic()
  must(await signIn('lead'))
  must(await call('openPage', { page: 'audit' }))
  expect(shown()).toMatchObject({
    page: {
      name: 'audit',
      rows: expect.arrayContaining([expect.objectContaining({ event: 'signedIn', staff: '職員lead' })]),
    },
  })
  for (const role of ['reception', 'it'] as const) {
    must(await signIn(role))
    expect(await call('openPage', { page: 'audit' })).toEqual(fail('ROLE_INSUFFICIENT'))
  }
})

test('IT looks after the others on the page, and what an authenticator is given is shown once', async () => {
  const { signIn, call, agent, clock, shown } = await openClinic()
  must(await signIn('it'))
  must(await call('openPage', { page: 'staff' }))
  must(await call('addStaff', { code: '7', name: '新人', role: 'reception', account: null }))
  const page = () => {
    const view = agent.reception().page
    if (view.name !== 'staff') throw new Error('another page')
    return view
  }
  const { people, enrolment } = page()
  expect(people.map(({ code }) => code)).toEqual(['7', 'it', 'lead', 'reception'])
  expect(JSON.stringify(people)).not.toMatch(/[A-Z2-7]{32}/)
  const first = authenticatorOf({ ok: true, link: enrolment?.link })
  must(await call('putEnrolmentAway', {}))
  expect(page().enrolment).toBeNull()
  const newcomer = people.find(({ code }) => code === '7')?.id ?? ''
  must(await call('resetStaff', { staffId: newcomer }))
  const second = authenticatorOf({ ok: true, link: page().enrolment?.link })
  must(await call('signOut', {}))
  expect(JSON.stringify(shown())).not.toContain('otpauth')
  expect(await call('signIn', { code: '7', oneTimeCode: first(clock) })).toEqual(fail('SIGN_IN_REFUSED'))
  must(await call('signIn', { code: '7', oneTimeCode: second(clock) }))
  clock.set(later(1))
  must(await signIn('it'))
  expect(shown()).toMatchObject({ page: { name: 'counter' } })
  must(await call('lockStaff', { staffId: newcomer, isLocked: true }))
  expect(await call('signIn', { code: '7', oneTimeCode: second(clock) })).toEqual(fail('SIGN_IN_REFUSED'))
  const self = people.find(({ code }) => code === 'it')?.id ?? ''
  expect(await call('lockStaff', { staffId: self, isLocked: true })).toEqual(fail('STAFF_LAST_IT'))
})

test('whoever cannot get in any more is let in again by a command at the computer', async () => {
  const { dataDir, stop, open, clock } = await openClinic()
  await stop()
  const { answer } = await staffCommand(dataDir, ['reset', 'it'])
  const shows = authenticatorOf(answer)
  const again = await open()
  expect(await again.signIn('it')).toEqual(fail('SIGN_IN_REFUSED'))
  must(await again.call('signIn', { code: 'it', oneTimeCode: shows(clock) }))
})

test('a command on this computer needs nobody: it is whoever has its account', async () => {
  const { agent, checkIn } = await openClinic({ isCommand: true })
  expect(agent.reception().staff).toEqual({ state: 'off', dueOn: null })
  expect(await checkIn('nanbyo')).toMatchObject({ state: 'handedOver' })
})

test('in the first set-up the first of the staff is enrolled on the screen, as IT, and is signed in; elsewhere not', async () => {
  const entry = { code: '1', name: '山田', account: null }
  const fresh = await openDesk(await dataFolder(), { account: null })
  expect(await fresh.call('addStaff', { ...entry, role: 'reception' })).toEqual(fail('STAFF_LAST_IT'))
  must(await fresh.call('addStaff', { ...entry, role: 'it' }))
  expect(fresh.agent.reception().staff).toMatchObject({ state: 'signedIn', name: '山田', role: 'it' })
  const set = await dataFolder({ destinations: [] })
  const running = await openDesk(set, { account: null })
  expect(await running.call('addStaff', { ...entry, role: 'it' })).toMatchObject({ error: { code: 'REQUEST_INVALID' } })
  expect(running.agent.reception().staff).toMatchObject({ state: 'off' })
})
