// What a person has just decided is taken back before any of it has left the house: the question stands there again, the
// receipt computer never hears of the first answer, and what is decided in the end goes out exactly once.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'
import { insured } from '../terminal-file.ts'
import { dataFolder, openDesk } from './fixture.ts'
import { openTerminalClinic } from './terminal-clinic.ts'

/** Longer than any test takes: what ends the wait is what the test does. */
const long = { takeBackMs: 3_600_000 }

const folder = (dataDir: string) => join(dataDir, 'import/json')
const files = (dataDir: string) => readdirSync(folder(dataDir)).filter((name) => name.endsWith('.json'))
const ofVisit = (dataDir: string, visitId: string) =>
  files(dataDir)
    .map((name) => JSON.parse(readFileSync(join(folder(dataDir), name), 'utf8')))
    .filter((file) => file.visitId === visitId)

/** Today's card at its question, after what was confirmed of the earlier one. */
async function asked(options = long) {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir, options)
  const before = await desk.checkIn('g-changed-before')
  must(await desk.call('closeVisit', { visitId: before.id }))
  const visit = await desk.checkIn('g-changed')
  const questions = visit.assessment?.differences.filter(({ choices, decided }) => choices.length > 0 && !decided) ?? []
  const decide = (choice: 'accept' | 'leave') =>
    desk.call('decideDifferences', { visitId: visit.id, decisions: questions.map(({ key }) => ({ key, choice })) })
  const takeBack = () => desk.call('takeBack', { visitId: visit.id })
  return { dataDir, desk, visit, decide, takeBack }
}

describe('a decision', () => {
  test('that is taken back is asked anew, and only the second one goes out', async () => {
    const { dataDir, desk, visit, decide, takeBack } = await asked()
    must(await decide('leave'))
    await desk.agent.settled()
    expect(desk.current()).toMatchObject({ state: 'confirmed', deliveries: [{ state: 'queued' }, { state: 'queued' }] })
    expect(ofVisit(dataDir, visit.id)).toEqual([])
    must(await takeBack())
    expect(desk.current()).toMatchObject({ state: 'answered', handed: null, deliveries: [] })
    expect(desk.current()?.assessment?.differences).toEqual(visit.assessment?.differences)
    must(await decide('accept'))
    await desk.stop()
    // The wait is not carried over a start: what was decided goes out.
    const later = await openDesk(dataDir)
    await eventually('the file is there', () => ofVisit(dataDir, visit.id).length === 1)
    await later.agent.settled()
    const { leftOut } = ofVisit(dataDir, visit.id)[0].answers.medicalSubsidy
    expect(leftOut.map(({ reason }: { readonly reason: string }) => reason)).not.toContain('notAccepted')
    expect((await later.lookUp(visit.id)).state).toBe('handedOver')
  })

  test('that was taken back leaves nothing of it that the next visit is compared with', async () => {
    const { desk, visit, decide, takeBack } = await asked()
    must(await decide('accept'))
    must(await takeBack())
    must(await desk.call('cancelVisit', { visitId: visit.id }))
    expect(await desk.checkIn('g-changed')).toMatchObject({ state: 'answered' })
  })

  test('goes out by itself when its time is over, and is not taken back any more', async () => {
    const { dataDir, desk, visit, decide, takeBack } = await asked({ takeBackMs: 1 })
    must(await decide('accept'))
    await eventually('the file is there', () => ofVisit(dataDir, visit.id).length === 1)
    await desk.reaches('it is handed over', (current) => current?.state === 'handedOver')
    expect(await takeBack()).toEqual(fail('VISIT_NOT_CURRENT'))
    expect(desk.current()?.state).toBe('handedOver')
  })

  test('is taken back once, and not while nothing was decided', async () => {
    const { desk, decide, takeBack } = await asked()
    expect(await takeBack()).toEqual(fail('VISIT_NOT_CURRENT'))
    must(await decide('accept'))
    must(await takeBack())
    expect(await takeBack()).toEqual(fail('VISIT_NOT_CURRENT'))
    expect(desk.current()?.state).toBe('answered')
  })

  test('is asked anew in the order that the clinic has chosen meanwhile', async () => {
    const { desk, visit, decide, takeBack } = await asked()
    must(await decide('accept'))
    const first = desk.current()?.handed
    const sequence = (first?.next.steps ?? []).map(({ benefit }) => benefit).toReversed()
    must(await desk.call('orderBenefits', { visitId: visit.id, sequence }))
    expect(sequence.length).toBeGreaterThan(1)
    must(await takeBack())
    expect(desk.current()?.assessment?.differences).toEqual(visit.assessment?.differences)
    must(await decide('accept'))
    const onClaim = (handed: typeof first) =>
      handed?.items.slice(0, handed.onClaim).map(({ benefit }) => benefit.payerNumber)
    expect(onClaim(desk.current()?.handed)).toEqual(onClaim(first)?.toReversed())
  })

  test('stays once something was written on a sheet of the patient', async () => {
    const { desk, visit, decide, takeBack } = await asked()
    must(await decide('accept'))
    const item = desk.current()?.handed?.items.find(({ benefit }) => benefit.recipientNumber !== null)
    const { payerNumber, recipientNumber } = item?.benefit ?? {}
    const sheet = { visitId: visit.id, certificate: { payerNumber, recipientNumber }, month: visit.day.slice(0, 7) }
    must(await desk.call('sayCapPaperSeen', { ...sheet, isSeen: true, seen: 0 }))
    expect(await takeBack()).toEqual(fail('VISIT_NOT_CURRENT'))
  })

  test('of somebody who has left the counter waits in the list again, and nobody else is touched', async () => {
    const { desk, visit, decide, takeBack } = await asked()
    must(await decide('accept'))
    must(await desk.call('closeVisit', { visitId: visit.id }))
    await desk.takeAway()
    must(await desk.lay('kodomo'))
    const next = await desk.asksForPin()
    must(await takeBack())
    expect(desk.current()?.id).toBe(next.id)
    expect(desk.agent.reception().visits.find(({ id }) => id === visit.id)?.state).toBe('answered')
  })

  test('holds up no file of anybody else', async () => {
    const { dataDir, desk, visit, decide } = await asked()
    must(await decide('accept'))
    must(await desk.call('closeVisit', { visitId: visit.id }))
    const next = await desk.checkIn('kodomo')
    expect([next.state, ofVisit(dataDir, next.id).length, ofVisit(dataDir, visit.id).length]).toEqual([
      'handedOver',
      1,
      0,
    ])
  })
})

describe('whom a result is about', () => {
  fault('patient', 'Two patients of the clinic have the name and birth date of a result', {
    seen: 'PATIENT_MATCHES_SEVERAL',
    data: 'Nobody is picked, and no file is made before a person has chosen.',
    recovery: 'Staff choose; within seconds it can be taken back and chosen anew.',
  })
  test('is asked anew after it was taken back, and the first person keeps nothing of it', async () => {
    const clinic = await openTerminalClinic(long)
    const { desk, lay, written } = clinic
    for (const ReferenceNumber of ['0001', '0002']) {
      const { id } = await lay([{ ...insured, ReferenceNumber }])
      must(await desk.call('choosePatient', { visitId: id, patientRef: null }))
    }
    const visit = await lay([insured])
    expect(visit).toMatchObject({ state: 'choosing', failure: { code: 'PATIENT_MATCHES_SEVERAL' } })
    const [first, second] = visit.candidates
    must(await desk.call('choosePatient', { visitId: visit.id, patientRef: first?.ref }))
    await desk.agent.settled()
    expect(await desk.lookUp(visit.id)).toMatchObject({ state: 'confirmed', patient: { ref: first?.ref } })
    expect(written(visit.id)).toBeUndefined()
    must(await desk.call('takeBack', { visitId: visit.id }))
    expect(await desk.lookUp(visit.id)).toEqual(visit)
    must(await desk.call('choosePatient', { visitId: visit.id, patientRef: second?.ref }))
    expect(await desk.lookUp(visit.id)).toMatchObject({ state: 'confirmed', patient: { ref: second?.ref } })
  })

  test('stays once a 診察券番号 was linked with that person: the number would stay with them', async () => {
    const { desk, lay, written } = await openTerminalClinic(long)
    for (const ReferenceNumber of ['0001', '0002']) {
      const { id } = await lay([{ ...insured, ReferenceNumber }])
      must(await desk.call('choosePatient', { visitId: id, patientRef: null }))
    }
    const visit = await lay([insured])
    must(await desk.call('choosePatient', { visitId: visit.id, patientRef: visit.candidates[0]?.ref }))
    must(await desk.call('linkPatientNumber', { visitId: visit.id, patientNumber: '4711', isMoved: false }))
    expect(await desk.call('takeBack', { visitId: visit.id })).toEqual(fail('VISIT_NOT_CURRENT'))
    // Nothing waits any more.
    await eventually('the file is there', () => written(visit.id) !== undefined)
    expect(await desk.lookUp(visit.id)).toMatchObject({ patientNumber: '4711' })
  })
})
