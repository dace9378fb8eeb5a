// The hub's answer names somebody else than before: nothing of it is stored, shown or handed over before staff have said
// that it is the person at the counter, and a refused one leaves everything as it was.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { fault } from '../faults.ts'
import { must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const files = (dataDir: string) => readdirSync(join(dataDir, 'import/json')).filter((name) => name.endsWith('.json'))

/** A patient with the number 778, whose card is answered as if it were somebody else's. */
async function doubted(reference: 'same' | 'other') {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir)
  const { id, patient } = await desk.checkIn('nanbyo')
  must(await desk.call('linkPatientNumber', { visitId: id, patientNumber: '778', isMoved: false }))
  must(await desk.call('closeVisit', { visitId: id }))
  await desk.agent.settled()
  const before = files(dataDir)
  desk.agent.training?.sandbox.setFault({ kind: 'otherPerson', reference })
  const visit = await desk.checkIn('nanbyo')
  const say = (isSame: boolean) => desk.call('confirmPerson', { visitId: visit.id, isSame })
  return { dataDir, desk, patient, visit, before, say }
}

describe.each([
  ['same', 'reference', '778'],
  ['other', 'card', null],
] as const)('another person under the %s reference', (reference, by, number) => {
  test('is asked about before anything is shown, stored or handed over', async () => {
    const { dataDir, desk, patient, visit, before } = await doubted(reference)
    expect(visit).toMatchObject({
      state: 'asking',
      answers: null,
      assessment: null,
      doubt: { by, before: { name: patient?.name }, now: { name: '別人　太郎' } },
    })
    // The card may go while staff ask.
    await desk.takeAway()
    expect(desk.current()).toMatchObject({ id: visit.id, doubt: { by } })
    expect(files(dataDir)).toEqual(before)
    await desk.stop()
    const next = await openDesk(dataDir)
    expect(await next.lookUp(visit.id)).toMatchObject({
      state: 'failed',
      failure: { code: 'VISIT_INTERRUPTED' },
      patient: null,
    })
    next.agent.training?.sandbox.setFault({ kind: 'otherPerson', reference })
    expect(await next.checkIn('nanbyo')).toMatchObject({ doubt: { by } })
  })

  test('that is the person at the counter goes on as a visit like any other, and is not asked about again', async () => {
    const { dataDir, desk, visit, before, say } = await doubted(reference)
    must(await say(true))
    await desk.agent.settled()
    expect(desk.current()).toMatchObject({ id: visit.id, doubt: null, state: 'handedOver', patientNumber: number })
    expect(files(dataDir)).toHaveLength(before.length + 1)
    expect(await say(true)).toEqual(fail('VISIT_NOT_CURRENT'))
    must(await desk.call('closeVisit', { visitId: visit.id }))
    expect(await desk.checkIn('nanbyo')).toMatchObject({ state: 'handedOver', patientNumber: number })
  })

  fault('patient', 'The hub answers with another person under a known reference', {
    seen: 'HUB_PERSON_DIFFERS',
    data: 'Before a person has decided nothing is shown, stored or handed over; the patient stays as they were.',
    recovery: 'Staff ask the patient; where it is somebody else the paper certificate is used.',
  })
  test('that is not leaves the patient as they were', async () => {
    const { dataDir, desk, patient, visit, before, say } = await doubted(reference)
    expect(await say(false)).toEqual(fail('HUB_PERSON_DIFFERS'))
    expect(desk.current()).toMatchObject({ state: 'failed', answers: null, failure: { code: 'HUB_PERSON_DIFFERS' } })
    must(await desk.call('closeVisit', { visitId: visit.id }))
    expect(files(dataDir)).toEqual(before)
    desk.agent.training?.sandbox.setFault(null)
    expect(await desk.checkIn('nanbyo')).toMatchObject({ state: 'handedOver', patient, patientNumber: '778' })
  })

  test('without an answer about them is nobody', async () => {
    const { desk, visit } = await doubted(reference)
    must(await desk.call('cancelVisit', { visitId: visit.id }))
    expect(desk.current()).toMatchObject({ state: 'cancelled', doubt: null, answers: null })
  })
})

test('a name changed by marriage brings the number along, for the bookings too', async () => {
  const { desk, say } = await doubted('same')
  must(await say(true))
  const list = Buffer.from('id,kana,birth\n778,ベツジン タロウ,19550505\n').toString('base64')
  must(await desk.call('openPage', { page: 'bookings' }))
  must(await desk.call('readBookings', { content: list }))
  const columns = { patientNumber: 'id', nameKana: 'kana', birthDate: 'birth' }
  must(await desk.call('startBookings', { columns, day: desk.agent.reception().today }))
  const page = desk.agent.reception().page
  expect(page.name === 'bookings' && JSON.stringify(page.run)).not.toContain('personDiffers')
})
