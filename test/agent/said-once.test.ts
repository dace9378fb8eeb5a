// Values that were once worked out in two places each, and could then say two things: each of them has one place.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Clock } from '../../src-main/ground/clock.ts'
import { confirmedVisit } from '../../src-main/handover/formats/handover-document.ts'
import { readOrcaVisit } from '../../src-main/handover/formats/orca-visit.ts'
import { renderDelivery } from '../../src-main/handover/formats/render.ts'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import type { SandboxHub } from '../../src-main/stand-ins/hub/calls.ts'
import { parseCsv } from '../../src-main/text/csv.ts'
import { settableClock } from '../clock.ts'
import { orcaDestination } from '../handover/orca/lane.ts'
import { documentedCall } from '../hub/raw-call.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk, storeOf } from './fixture.ts'

/** What a destination of a format is asked for here besides its folder. */
const ways: Readonly<Record<string, object>> = {
  csv: { encoding: 'utf-8' },
  xml: { encoding: 'utf-8', institutionCode: '1312345670' },
}

test('a scheme that only the hub’s master knows is known wherever its certificate is told', async () => {
  const formats = ['csv', 'json', 'xml', 'fhir']
  const destinations = formats.map((format) => ({ id: format, format, folder: format, ...ways[format] }))
  const clock = settableClock('2026-11-23T09:12:00+09:00')
  const dataDir = await dataFolder({ destinations }, clock)
  for (const { folder } of destinations) mkdirSync(join(dataDir, folder))
  const desk = await openDesk(dataDir, { clock })
  const office = await townHallOf(desk.agent.training?.sandbox, join(dataDir, 'training'), clock)
  const name = '新しい法律による医療'
  const scheme = { schemeCode: '31', schemeName: name, kind: 'national', validFrom: '2026-10-01' }
  await office('PUT', '/sandbox/v1/schemes', { schemes: [scheme] })
  const { persons } = z
    .object({ persons: z.array(z.looseObject({ linkId: z.string(), name: z.string() })) })
    .parse((await office('GET', '/municipality/v1/persons')).body)
  const { linkId, ...person } = persons.find((one) => one.name === '田中　陽翔') ?? {}
  const basicFiveInfo = { ...person, address: '' }
  await office('POST', '/municipality/v1/registrations', { registrations: [{ linkId, basicFiveInfo, ...certificate }] })

  // The hub is asked about its master when the day turns.
  clock.set('2026-11-24T09:12:00+09:00')
  await desk.checkIn('none')
  const versionNow = () => desk.current()?.assessment?.masterVersion ?? ''
  await eventually('the hub’s master is there', () => versionNow().endsWith('2026-11-23'))

  const visit = await desk.checkIn('kodomo')
  const known = { code: '31', name, kind: 'national' }
  const place = visit.assessment?.benefits.findIndex(({ benefit }) => benefit.payerNumber === payerNumber) ?? -1
  expect(visit.assessment?.benefits[place]).toMatchObject({ benefit: { scheme: known } })
  // The card, what is said on it, and the order on the claim.
  expect(visit.handed?.items).toMatchObject([{ benefit: { payerNumber, scheme: known } }, { benefit: { scheme: {} } }])
  const said = [visit.assessment?.benefits[place], visit.handed?.assessed[0]].flatMap((one) => one?.advice ?? [])
  expect(said.map(({ code }) => code)).not.toContain('SCHEME_UNKNOWN')
  expect(visit.assessment?.order.steps[0]).toEqual({ benefit: place, rule: 'FIRST' })

  const [csv, json, xml, fhir] = formats.map((format) =>
    read(join(dataDir, format)).find((text) => text.includes(payerNumber)),
  )
  const rows = parseCsv(csv ?? '') ?? []
  const [header = []] = rows
  const row = rows.find((cells) => cells.includes(payerNumber)) ?? []
  const cell = (column: string) => row[header.indexOf(column)]
  expect([cell('scheme_code'), cell('scheme_name'), cell('scheme_kind'), cell('warnings')]).toEqual([
    '31',
    name,
    'national',
    '',
  ])
  expect(JSON.parse(json ?? '').answers.medicalSubsidy.items[0]).toMatchObject({ payerNumber, scheme: known })
  const numbers = (visit.handed?.items ?? []).map(({ benefit }) => benefit.payerNumber)
  expect(xml?.match(new RegExp(numbers.join('|'), 'g'))).toEqual([payerNumber, numbers[1]])
  expect(fhir).toContain(`"name": "${name}"`)

  // Nobody can be asked: the last answer is judged as today's was.
  await desk.agent.training?.sandbox.setFault({ kind: 'error' }, 'eligibility')
  const offline = await desk.checkIn('kodomo')
  expect(offline).toMatchObject({ state: 'offline', answers: { medicalSubsidy: { state: 'unreachable' } } })
  expect(offline.assessment?.benefits[place]).toMatchObject({ benefit: { scheme: known } })
  await desk.stop()

  // What was confirmed goes to ORCA in the same order; a rehearsal's goes there never.
  const stored = await storedVisit(dataDir, visit.id)
  const { eligibility, handed, confirmedAt } = stored
  const confirmed = confirmedVisit(stored.visit, { eligibility, handed, confirmedAt }, false)
  const { payload } = renderDelivery(confirmed, orcaDestination(), {})
  expect(readOrcaVisit(payload).benefits[0]).toMatchObject({ payerNumber })
})

const payerNumber = '31136013'
const certificate = {
  orgSpecificCertificateTypeId: 'NEW31',
  certificationName: '新制度受給者証',
  isNotDisclosed: false,
  medicalSubsidyInsurerNumber: payerNumber,
  medicalSubsidyRecipientNumber: '1234566',
  isAlwaysReimbursement: '0',
  validFrom: '2026-10-01',
  validTo: '2027-09-30',
  historyKey: 'N-1',
  isDeleted: false,
  certificationDetail: [],
}

/** A municipality's program, at the second door of a training clinic's hub. */
async function townHallOf(sandbox: SandboxHub | undefined, folder: string, clock: Clock) {
  if (!sandbox) throw new Error('there is no sandbox')
  const pki = await openTrainingPki(folder, clock.now())
  const client = await pki.issueMunicipality('452025')
  const url = await sandbox.openBackOffice()
  return async (method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown) => {
    const answer = await documentedCall({ hub: sandbox, pki }, method, path, body, { url, client })
    if (answer.status >= 300) throw new Error(`${path} → ${answer.status}`)
    return answer
  }
}

/** A confirmed visit, as it lies in the store of an agent that is not running. */
async function storedVisit(dataDir: string, id: string) {
  const store = await storeOf(dataDir)
  const stored = await store.visit(id)
  store.close()
  const { visit, eligibility, handed, confirmedAt } = stored ?? {}
  if (!visit || !eligibility || !handed || !confirmedAt) throw new Error('the visit is not confirmed')
  return { visit, eligibility, handed, confirmedAt }
}

const read = (folder: string) => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))

test('every destination says for ever when the visit was confirmed', async () => {
  const formats = ['csv', 'json', 'xml', 'fhir', 'receipt']
  const destinations = formats.map((format) => ({
    id: format,
    format,
    folder: format,
    takenWithinMin: null,
    // These two cannot hold the name before the clinic approves another character.
    ...(format === 'csv' && { fileName: '{number}_{time}_{id}' }),
    ...(format === 'xml' && { institutionCode: '1312345670' }),
  }))
  const dataDir = await dataFolder({ destinations })
  for (const { folder } of destinations) mkdirSync(join(dataDir, folder))
  const clock = settableClock('2026-11-23T09:12:00+09:00')
  const desk = await openDesk(dataDir, { clock })
  const { id: visitId, deliveries: first } = await desk.checkIn('gaiji')
  expect(first.filter(({ state }) => state === 'rejected').map(({ format }) => format)).toEqual([
    'csv',
    'xml',
    'receipt',
  ])
  clock.set('2026-11-23T17:40:00+09:00')
  must(await desk.call('approveSubstitute', { character: '𠮷', substitute: '吉' }))
  must(await desk.call('linkPatientNumber', { visitId, patientNumber: '778', isMoved: false }))
  // Those that could not be written are made anew, the others are sent once more.
  for (const format of formats) {
    const delivery = desk.current()?.deliveries.find((each) => each.format === format)
    if (delivery?.state !== 'delivered') must(await desk.call('retryDelivery', { deliveryId: delivery?.id ?? '' }))
  }
  await desk.agent.settled()
  expect(desk.current()?.deliveries.map(({ state }) => state)).toEqual(formats.map(() => 'delivered'))
  const timeIn = (format: string) =>
    /(?:T|20261123|,)(09:?12|17:?40)/.exec(read(join(dataDir, format)).join())?.[1]?.replace(':', '')
  expect(formats.map(timeIn)).toEqual(formats.map(() => '0912'))
  expect(readdirSync(join(dataDir, 'csv'))).toMatchObject([expect.stringContaining('_091200_')])
  await desk.stop()
  const { visit, eligibility, handed, confirmedAt } = await storedVisit(dataDir, visitId)
  const { payload } = renderDelivery(
    confirmedVisit(visit, { eligibility, handed, confirmedAt }, false),
    orcaDestination(),
    {},
  )
  expect(readOrcaVisit(payload)).toMatchObject({ confirmedAt: '2026-11-23T09:12:00.000+09:00', patientNumber: '778' })
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
