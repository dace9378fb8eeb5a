// Registering a dose or a checkup through the whole agent: once, whatever happens to the line or to the program.
import { describe, expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const quick = { hubPauseMs: { first: 5, longest: 20 } }

async function atVoucher(dataDir?: string) {
  const folder = dataDir ?? (await dataFolder())
  const desk = await openDesk(folder, quick)
  const visit = await desk.checkIn('kodomo')
  const vouchers = visit.answers?.vaccination
  const [voucher] = vouchers && 'items' in vouchers ? vouchers.items : []
  if (!voucher?.vaccineCode) throw new Error('the sample has no voucher')
  const dose = {
    voucherId: voucher.id,
    vaccineCode: voucher.vaccineCode,
    doseNumber: voucher.doseNumber ?? 2,
    givenOn: visit.day,
    lotNumber: 'ZX901',
    site: 'leftUpperArm',
    doseMl: null,
    physician: null,
  } as const
  const register = () =>
    desk.call('register', { visitId: visit.id, name: voucher.name, content: { dose }, reason: null })
  const registrations = () => desk.current()?.registrations ?? []
  const isIn = (state: string) =>
    eventually(`the registration is ${state}`, () => registrations().at(-1)?.state === state)
  return { folder, desk, visit, voucher, dose, register, registrations, isIn }
}

describe('a dose', () => {
  fault('clock', 'A dose is to be registered while the day is in doubt', {
    seen: 'CLOCK_WRONG',
    data: 'Nothing is registered under the wrong day.',
    recovery: 'The clock is set, or a person says that the day is right.',
  })
  test('is not taken under a date that the hub contradicts', async () => {
    const { desk, voucher, dose, registrations, isIn } = await atVoucher()
    desk.agent.training?.sandbox.setFault({ kind: 'clockOff', seconds: 86_400 })
    // The hub is heard again with the next card, which then makes room.
    const { id: visitId } = await desk.checkIn('kodomo')
    await eventually('the clock is in doubt', () => desk.agent.reception().clockDoubt?.kind === 'off')
    const registerNow = () => desk.call('register', { visitId, name: voucher.name, content: { dose }, reason: null })
    expect(await registerNow()).toEqual(fail('CLOCK_WRONG'))
    expect(registrations()).toEqual([])
    must(await desk.call('confirmClock', { today: desk.agent.reception().today }))
    must(await registerNow())
    await isIn('registered')
  })

  test('is judged for the day, then registered, corrected and cancelled', async () => {
    const { desk, visit, dose, register, registrations, isIn } = await atVoucher()
    expect(visit.assessment?.vouchers.map(({ voucherId }) => voucherId)).toContain(dose.voucherId)
    must(await register())
    await isIn('registered')
    const [first] = registrations()
    must(
      await desk.call('changeRegistration', {
        registrationId: first?.id,
        content: { dose: { ...dose, lotNumber: 'ZX902' } },
      }),
    )
    await isIn('registered')
    expect(registrations().map(({ action, isStanding }) => [action, isStanding])).toEqual([
      ['register', false],
      ['correct', true],
    ])
    must(await desk.call('changeRegistration', { registrationId: registrations()[1]?.id, content: null }))
    await isIn('registered')
    expect(registrations().some(({ isStanding }) => isStanding)).toBe(false)
    // What has been overtaken cannot be changed again.
    expect(await desk.call('changeRegistration', { registrationId: first?.id, content: null })).toEqual(
      fail('VISIT_NOT_CURRENT'),
    )
    // The hub's own history says the same.
    await desk.takeAway()
    await desk.call('closeVisit', { visitId: visit.id })
    const again = await desk.checkIn('kodomo')
    const told = (again.history?.doses ?? []).map(({ lotNumber }) => lotNumber)
    expect(told).not.toContain('ZX901')
    expect(told).not.toContain('ZX902')
  })

  test('outside its rule is taken only with a reason, which is kept with it', async () => {
    const desk = await openDesk(await dataFolder(), quick)
    const { id: visitId, day, answers, assessment } = await desk.checkIn('voucher-03')
    const vouchers = answers?.vaccination
    const [voucher] = vouchers && 'items' in vouchers ? vouchers.items : []
    expect(assessment?.vouchers[0]?.verdict).toBe('wait')
    const dose = {
      voucherId: voucher?.id,
      vaccineCode: voucher?.vaccineCode,
      ...{ doseNumber: 1, givenOn: day, lotNumber: 'ZX901', site: 'leftUpperArm', doseMl: null, physician: null },
    }
    const register = (reason: string | null) =>
      desk.call('register', { visitId, name: '水痘', content: { dose }, reason })
    expect(await register(null)).toEqual(fail('REQUEST_INVALID', { field: 'reason' }))
    expect(desk.current()?.registrations).toEqual([])
    must(await register('mistake'))
    const registrations = () => desk.current()?.registrations ?? []
    expect(registrations()).toMatchObject([{ reason: 'mistake', isStanding: true }])
    await eventually('it is registered', () => registrations()[0]?.state === 'registered')
    const content = { dose: { ...dose, lotNumber: 'ZX902' } }
    must(await desk.call('changeRegistration', { registrationId: registrations()[0]?.id, content }))
    expect(registrations().map(({ reason }) => reason)).toEqual(['mistake', 'mistake'])
  })

  fault('hub', 'The same dose is registered twice', {
    seen: 'HUB_RECORD_DUPLICATE',
    data: 'It is there once.',
    recovery: 'Nothing is to be done; date and number of the dose are looked at.',
  })
  test('is not registered twice, however often it is sent', async () => {
    const { register, registrations, isIn } = await atVoucher()
    must(await register())
    expect(await register()).toEqual(fail('HUB_RECORD_DUPLICATE'))
    await isIn('registered')
    expect(await register()).toEqual(fail('HUB_RECORD_DUPLICATE'))
    expect(registrations()).toHaveLength(1)
  })

  test('waits while the hub is away, over a restart too, and is registered once', async () => {
    const { folder, desk, visit, register, registrations } = await atVoucher()
    desk.agent.training?.sandbox.setFault({ kind: 'hangUp' })
    must(await register())
    await eventually('it is told why it waits', () => registrations()[0]?.failure != null)
    await desk.stop()
    const next = await openDesk(folder, quick)
    await eventually(
      'it is registered',
      async () => (await next.lookUp(visit.id)).registrations[0]?.state === 'registered',
    )
    expect((await next.lookUp(visit.id)).registrations).toHaveLength(1)
  })

  test('whose answer was lost on the way is known to the hub by its key', async () => {
    const { desk, register, registrations, isIn } = await atVoucher()
    desk.agent.training?.sandbox.setFault({ kind: 'answerLost' })
    must(await register())
    await eventually('the answer is missed', () => registrations()[0]?.failure !== null)
    desk.agent.training?.sandbox.setFault(null)
    await isIn('registered')
  })

  fault('hub', 'The hub does not know the voucher of a dose', {
    seen: 'HUB_VOUCHER_UNKNOWN',
    data: 'The dose is kept with the refusal, and is not registered.',
    recovery: 'A person sends it once more, or withdraws it.',
  })
  test('that the hub refuses is for a person: once more, or not at all', async () => {
    const { desk, visit, voucher, dose, registrations, isIn } = await atVoucher()
    const content = { dose: { ...dose, voucherId: 'no-such-voucher' } }
    must(await desk.call('register', { visitId: visit.id, name: voucher.name, content, reason: null }))
    await isIn('refused')
    expect(registrations()[0]?.failure).toEqual({ code: 'HUB_VOUCHER_UNKNOWN' })
    must(await desk.call('retryRegistration', { registrationId: registrations()[0]?.id }))
    await isIn('refused')
    must(await desk.call('withdrawRegistration', { registrationId: registrations()[0]?.id }))
    expect(registrations()[0]?.state).toBe('withdrawn')
  })
})
