// 診察券: the clinic's own number is said once and comes with the card from then on, never with another patient's.
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fault } from '../faults.ts'
import { must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const number = '0012345'

async function openLinked() {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir)
  const visit = await desk.checkIn('nanbyo')
  const link = (visitId: string, patientNumber: string, isMoved = false) =>
    desk.call('linkPatientNumber', { visitId, patientNumber, isMoved })
  must(await link(visit.id, number))
  return { dataDir, desk, visit, link }
}

describe('a 診察券番号', () => {
  test('is unknown at first, shown once it is said, and comes with the card at the next visit', async () => {
    const { desk, visit } = await openLinked()
    expect(visit).toMatchObject({ patientNumber: null, staleNumber: null })
    expect(desk.current()).toMatchObject({ id: visit.id, patientNumber: number })
    expect(await desk.checkIn('kodomo')).toMatchObject({ patientNumber: null })
    expect(await desk.checkIn('nanbyo')).toMatchObject({ patientNumber: number, staleNumber: null })
  })

  test('is in the file of the next visit, and in a visit looked up later', async () => {
    const { dataDir, desk, visit } = await openLinked()
    const next = await desk.checkIn('nanbyo')
    await desk.call('closeVisit', { visitId: next.id })
    expect((await desk.lookUp(visit.id)).patientNumber).toBe(number)
    const folder = join(dataDir, 'import/json')
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    expect(files.map((file) => file.includes(number)).sort()).toEqual([false, true])
  })

  test('survives a restart', async () => {
    const { dataDir, desk } = await openLinked()
    await desk.stop()
    expect(await (await openDesk(dataDir)).checkIn('nanbyo')).toMatchObject({ patientNumber: number })
  })

  test('can be said in an earlier visit while somebody else is at the counter', async () => {
    const desk = await openDesk(await dataFolder())
    const { id: visitId } = await desk.checkIn('nanbyo')
    await desk.checkIn('kodomo')
    must(await desk.call('linkPatientNumber', { visitId, patientNumber: number, isMoved: false }))
    expect(desk.current()?.patientNumber).toBeNull()
    expect((await desk.lookUp(visitId)).patientNumber).toBe(number)
  })

  fault('typing', 'A patient number is typed that is another patient’s', {
    seen: 'PATIENT_NUMBER_TAKEN',
    data: 'The other patient keeps it.',
    recovery: 'The right number is typed, or it is moved on a second word.',
  })
  test('of somebody else is not taken unasked; taken on purpose, the other one has none any more', async () => {
    const { desk, visit, link } = await openLinked()
    const other = await desk.checkIn('kodomo')
    // Without its leading zeros it is the same number.
    for (const same of [number, '12345']) {
      expect(await link(other.id, same)).toMatchObject({ ok: false, error: { code: 'PATIENT_NUMBER_TAKEN' } })
    }
    expect(desk.current()?.patientNumber).toBeNull()
    const holder = { name: visit.patient?.name, birthDate: visit.patient?.birthDate }
    expect(desk.agent.reception().numberTaken).toMatchObject({ visitId: other.id, number: '12345', holder })
    must(await link(other.id, '12345', true))
    expect(desk.agent.reception().numberTaken).toBeNull()
    expect(desk.current()?.patientNumber).toBe('12345')
    expect(await desk.checkIn('nanbyo')).toMatchObject({ patientNumber: null, staleNumber: null })
  })

  test('can be changed, and taken away', async () => {
    const { desk, visit, link } = await openLinked()
    must(await link(visit.id, '777'))
    expect(desk.current()?.patientNumber).toBe('777')
    must(await desk.call('unlinkPatientNumber', { visitId: visit.id }))
    expect(desk.current()?.patientNumber).toBeNull()
    expect(await desk.checkIn('nanbyo')).toMatchObject({ patientNumber: null, staleNumber: null })
  })

  test('that a file was waiting for makes that file at once', async () => {
    const dataDir = await dataFolder()
    const folder = join(dataDir, 'dynamics')
    await mkdir(folder)
    const desk = await openDesk(await dataFolder({ destinations: [{ id: 'dynamics', format: 'receipt', folder }] }))
    const { id: visitId, deliveries } = await desk.checkIn('nanbyo')
    expect(deliveries).toMatchObject([{ state: 'rejected', failure: { code: 'PATIENT_NUMBER_MISSING' } }])
    must(await desk.call('linkPatientNumber', { visitId, patientNumber: number, isMoved: false }))
    await desk.agent.settled()
    expect(readdirSync(folder)).toEqual(['training_receipt.txt'])
    expect(readFileSync(join(folder, 'training_receipt.txt'), 'latin1')).toMatch(/^0012345,/)
  })

  test.each(['', '12 34', '１２', 'a'.repeat(21), '1,2'])('%j is none', async (patientNumber) => {
    const desk = await openDesk(await dataFolder())
    const { id: visitId } = await desk.checkIn('nanbyo')
    expect(await desk.call('linkPatientNumber', { visitId, patientNumber, isMoved: false })).toMatchObject({
      error: { code: 'REQUEST_INVALID', detail: { field: 'patientNumber' } },
    })
  })

  test('cannot be said while nobody is identified', async () => {
    const desk = await openDesk(await dataFolder())
    await desk.lay('nanbyo')
    const { id: visitId } = await desk.asksForPin()
    expect(await desk.call('linkPatientNumber', { visitId, patientNumber: number, isMoved: false })).toMatchObject({
      error: { code: 'VISIT_NOT_CURRENT' },
    })
  })
})

describe('a card whose certificate has ended and that still counts', () => {
  test('brings the number after a restart too', async () => {
    const dataDir = await dataFolder()
    const desk = await openDesk(dataDir)
    const { id: visitId, certificate } = await desk.checkIn('grace')
    expect(certificate?.status).toBe('grace')
    must(await desk.call('linkPatientNumber', { visitId, patientNumber: number, isMoved: false }))
    await desk.stop()
    const next = await openDesk(dataDir)
    expect(await next.checkIn('grace')).toMatchObject({ patientNumber: number, staleNumber: null })
  })
})
