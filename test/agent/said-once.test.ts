// Values that were once worked out in two places each, and could then say two things: each of them has one place.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { assess } from '../../src-main/eligibility/assess.ts'
import { confirm } from '../../src-main/eligibility/confirmation.ts'
import { shippedMaster } from '../../src-main/eligibility/schemes.ts'
import { eligibilityOf } from '../../src-main/hub/pmh/map.ts'
import { samplesOf } from '../../src-main/stand-ins/people/sample-holdings.ts'
import { settableClock } from '../clock.ts'
import { clinicContext } from '../eligibility/samples.ts'
import { must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

test('a scheme that only the hub’s master knows is known on the card and in the file, as it is in the advice', () => {
  const day = '2026-06-15'
  const records = samplesOf('nanbyo', day)
  if (records.medicalSubsidy.status !== 'present') throw new Error('the sample has a benefit')
  const items = records.medicalSubsidy.items.map((item) => ({ ...item, medicalSubsidyInsurerNumber: '31136015' }))
  const wire = { patientReference: 'p', asOf: day, ...records, medicalSubsidy: { status: 'present' as const, items } }
  const patient = {
    ref: 'p',
    name: '試験　花子',
    nameKana: 'シケン　ハナコ',
    birthDate: '1980-02-03',
    sex: 'female',
  } as const
  const today = { patient, ...eligibilityOf(wire, `${day}T09:12:00+09:00`) }
  const [like] = shippedMaster.national
  if (!like) throw new Error('the master is empty')
  const master = {
    ...shippedMaster,
    national: [{ ...like, code: '31', name: '新しい制度' }, ...shippedMaster.national],
  }
  const clinic = { ...clinicContext, master }
  const assessment = assess(today, { versions: [], confirmation: null }, clinic)
  // What is handed over is what the cards show.
  const { handed } = confirm({ before: null, today, assessment, decisions: [], at: today.fetchedAt, clinic })
  expect(handed.items).toMatchObject([{ benefit: { scheme: { kind: 'national', name: '新しい制度' } } }])
})

const read = (folder: string) => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))

test('a file that is made anew says when the visit was confirmed, as every other destination does', async () => {
  const destinations = ['csv', 'json'].map((format) => ({ id: format, format, folder: format, takenWithinMin: null }))
  const dataDir = await dataFolder({ destinations })
  for (const { folder } of destinations) mkdirSync(join(dataDir, folder))
  const clock = settableClock('2026-11-23T09:12:00+09:00')
  const desk = await openDesk(dataDir, { clock })
  // The CSV cannot hold the name before the clinic approves another character.
  const { id: visitId } = await desk.checkIn('gaiji')
  clock.set('2026-11-23T17:40:00+09:00')
  must(await desk.call('linkPatientNumber', { visitId, patientNumber: '778', isMoved: false }))
  must(await desk.call('approveSubstitute', { character: '𠮷', substitute: '吉' }))
  const deliveries = desk.current()?.deliveries ?? []
  must(await desk.call('retryDelivery', { deliveryId: deliveries.find(({ format }) => format === 'csv')?.id ?? '' }))
  await desk.agent.settled()
  const said = destinations.map(
    ({ folder }) =>
      read(join(dataDir, folder))
        .join()
        .match(/T(09:12|17:40)[^+]*\+09:00/g)?.[0],
  )
  expect(said).toEqual(['T09:12:00.000+09:00', 'T09:12:00.000+09:00'])
})

test('the place of a file is told where it was put, also after its destination has moved', async () => {
  const dataDir = await dataFolder()
  const settings = (folder: string) => JSON.stringify({ destinations: [{ id: 'receipt', format: 'csv', folder }] })
  for (const folder of ['before', 'after']) mkdirSync(join(dataDir, folder))
  writeFileSync(join(dataDir, 'settings.json'), settings('before'))
  const desk = await openDesk(dataDir)
  const { id } = await desk.checkIn('nanbyo')
  await desk.stop()
  writeFileSync(join(dataDir, 'settings.json'), settings('after'))
  const [delivery] = (await (await openDesk(dataDir)).lookUp(id)).deliveries
  expect(existsSync(delivery?.path ?? '')).toBe(true)
})
