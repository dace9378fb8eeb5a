// A name with ● is confirmed once by staff and goes into the files from then on, as long as the source writes it so.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { parseCsv } from '../../src-main/text/csv.ts'
import { must } from '../support.ts'
import { insured, type ResultFields } from '../terminal-file.ts'
import { openDesk } from './fixture.ts'
import { openTerminalClinic } from './terminal-clinic.ts'

const masked = '●本　太郎'
const confirmed = '髙本　太郎'

/** The first visit of somebody whose name has a ●. */
async function openMasked(other: ResultFields = {}) {
  const { dataDir, desk, lay } = await openTerminalClinic()
  /** How the CSV of a visit writes the name, and what it says of it. */
  const named = (visitId: string) => {
    const folder = join(dataDir, 'import/csv')
    const files = readdirSync(folder).map((name) =>
      new TextDecoder('shift_jis').decode(readFileSync(join(folder, name))),
    )
    const [head = [], row = []] = parseCsv(files.find((text) => text.includes(visitId)) ?? '') ?? []
    return [row[head.indexOf('name')], row[head.indexOf('name_form')]]
  }
  const come = async (name = masked) => (await lay([{ ...insured, ...other, Name: name }])).id
  const visitId = await come()
  must(await desk.call('choosePatient', { visitId, patientRef: null }))
  await desk.agent.settled()
  const link = () => desk.call('linkPatientNumber', { visitId, patientNumber: '0012345', isMoved: false })
  const confirm = (name: string | null) => desk.call('confirmName', { visitId, name })
  return { dataDir, desk, visitId, named, come, link, confirm }
}

test('is in the file of the next visit, which says so, and not in the one that is out', async () => {
  const { desk, visitId, named, come, link, confirm } = await openMasked()
  expect(named(visitId)).toEqual([masked, 'original'])
  must(await link())
  must(await confirm(confirmed))
  expect(await desk.lookUp(visitId)).toMatchObject({ confirmedName: confirmed, patient: { name: masked } })
  const next = await come()
  expect(named(next)).toEqual([confirmed, 'confirmed'])
  expect(await desk.lookUp(next)).toMatchObject({ confirmedName: confirmed, patientNumber: '0012345' })
  expect(named(visitId)).toEqual([masked, 'original'])
})

test('does not count once the source writes the name in another way', async () => {
  const { desk, named, come, link, confirm } = await openMasked()
  must(await link())
  must(await confirm(confirmed))
  const known = await come('高本　太郎')
  expect(named(known)).toEqual(['高本　太郎', 'original'])
  expect(await desk.lookUp(known)).toMatchObject({ confirmedName: null, patientNumber: '0012345' })
  expect(named(await come('●木　太郎'))).toEqual(['●木　太郎', 'original'])
  expect(named(await come())).toEqual([confirmed, 'confirmed'])
})

test('is taken back, and goes with the number', async () => {
  const { desk, visitId, named, come, link, confirm } = await openMasked()
  must(await link())
  must(await confirm(confirmed))
  must(await confirm(null))
  expect(named(await come())).toEqual([masked, 'original'])
  must(await confirm(confirmed))
  must(await desk.call('unlinkPatientNumber', { visitId }))
  expect(await desk.lookUp(visitId)).toMatchObject({ confirmedName: null })
  expect(named(await come())).toEqual([masked, 'original'])
})

test('is refused without a number, and where it is another name', async () => {
  const { link, confirm } = await openMasked()
  expect(await confirm(confirmed)).toEqual(fail('PATIENT_NUMBER_MISSING'))
  must(await link())
  for (const other of ['髙木　太郎', '髙橋本　太郎', masked, '\u202e本　太郎', '']) {
    expect(await confirm(other)).toEqual(fail('REQUEST_INVALID', { field: 'name' }))
  }
})

test('is kept in whole letters, however it was typed', async () => {
  const { desk, visitId, link, confirm } = await openMasked()
  must(await link())
  must(await confirm('か\u3099本　太郎'))
  expect(await desk.lookUp(visitId)).toMatchObject({ confirmedName: 'が本　太郎' })
})

test('needs no other link where the terminal brings the number', async () => {
  const { desk, visitId, named, come, confirm } = await openMasked({ ReferenceNumber: '0012345' })
  expect(await desk.lookUp(visitId)).toMatchObject({ patientNumber: '0012345' })
  must(await confirm(confirmed))
  expect(named(await come())).toEqual([confirmed, 'confirmed'])
})

test('survives a restart, and is in no log', async () => {
  const { dataDir, desk, visitId, link, confirm } = await openMasked()
  must(await link())
  must(await confirm(confirmed))
  await desk.stop()
  const logs = readdirSync(join(dataDir, 'logs')).map((name) => readFileSync(join(dataDir, 'logs', name), 'utf8'))
  expect(logs.join('')).not.toContain('髙本')
  const next = await openDesk(dataDir)
  expect(await next.lookUp(visitId)).toMatchObject({ confirmedName: confirmed })
})
