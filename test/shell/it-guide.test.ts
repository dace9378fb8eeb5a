// The guide alone leads to a working desk: its own block of settings, with nothing changed but the values it says to change, on
// a computer that has never seen the product, between a terminal's folder, a receipt computer's folder and an ORCA.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { systemClock } from '../../src-main/ground/clock.ts'
import { password, startOrca } from '../handover/orca/stand-in-orca.ts'
import { openClient, startHeadless } from '../headless.ts'
import { otherAuthority } from '../hub/other-authority.ts'
import { openTrainingHub } from '../hub/training-hub.ts'
import { blocksOf, sectionOf } from '../it-guide.ts'
import { eventually, must, root, temporaryFolder } from '../support.ts'
import { insured, terminalFile } from '../terminal-file.ts'

const settingsHeading = 'settings.json で設定する'

/** The rows of the tables of a section. */
const rowsOf = (heading: string) =>
  sectionOf(heading)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| 例'))

test('the settings of the guide lead to a desk that takes in a terminal visit, writes its file and registers at ORCA', {
  timeout: 240_000,
}, async () => {
  // The machines of the clinic.
  const hub = await openTrainingHub({ clock: systemClock })
  onTestFinished(hub.close)
  const orcaAuthority = await otherAuthority('CN=Clinic CA')
  const { certificate, key } = await orcaAuthority.issue('CN=orca')
  const orca = await startOrca({ tls: { cert: certificate, key } })
  orca.patients.push({
    ...{ number: '00012', name: '見本　太郎', nameKana: 'ミホン　タロウ', birthDate: '1955-05-05', sex: '1' },
    benefits: [],
  })
  const [terminal, receipt] = [temporaryFolder(), temporaryFolder()]
  for (const name of ['face', 'trash', 'req', 'res']) mkdirSync(join(terminal, name))

  // settings.json: the block, with the values of the table that are the clinic's own.
  const ours: Readonly<Record<string, string>> = {
    'https://pmh.example.jp': hub.hub.url,
    '\\\\\\\\OQS-PC\\\\OQS': terminal.replaceAll('\\', '\\\\'),
    '\\\\\\\\RECEIPT\\\\import': receipt.replaceAll('\\', '\\\\'),
    'https://orca.example.jp': orca.url,
  }
  let [settings = ''] = blocksOf(settingsHeading, 'json')
  for (const [value, own] of Object.entries(ours)) {
    expect(rowsOf(settingsHeading).some((row) => row.startsWith(`| \`${value}\``))).toBe(true)
    settings = settings.replaceAll(value, own)
  }
  expect(settings).not.toContain('example')
  const dataDir = join(temporaryFolder(), 'data')
  mkdirSync(join(dataDir, 'secrets'), { recursive: true })
  writeFileSync(join(dataDir, 'settings.json'), settings)

  // secrets/: the files of its table, closed as it says.
  const contents: Readonly<Record<string, string>> = {
    'secrets/hub-ca.pem': hub.pki.hub.ca,
    'secrets/clinic.pem': hub.pki.hub.clientCertificate,
    'secrets/clinic-key.pem': hub.pki.hub.clientKey,
    'secrets/orca-ca.pem': orcaAuthority.ca,
    'secrets/orca': `${password}\n`,
  }
  const named = rowsOf('証明書とパスワード').flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)])
  expect(named.map(([, file]) => file).toSorted()).toEqual(Object.keys(contents).toSorted())
  for (const [file, content] of Object.entries(contents)) writeFileSync(join(dataDir, file), content, { mode: 0o600 })
  chmodSync(join(dataDir, 'secrets'), 0o700)

  // madoguchi doctor: all is well but the reader, which this computer need not have.
  const doctor = spawn(process.execPath, [join(root, 'dist/main/madoguchi.js'), 'doctor', '--json', '--data', dataDir])
  const [said] = await Promise.all([text(doctor.stdout), once(doctor, 'exit')])
  const { checks } = z
    .object({ checks: z.array(z.looseObject({ check: z.string(), of: z.string().nullish(), state: z.string() })) })
    .parse(JSON.parse(said))
  const ofReader = ['readerService', 'readers', 'card']
  expect(checks.filter(({ check, state }) => state === 'failed' && !ofReader.includes(check))).toEqual([])
  expect(checks).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ check: 'hubLine', state: 'ok' }),
      expect.objectContaining({ check: 'terminalFolders', state: 'ok' }),
      expect.objectContaining({ check: 'destination', of: 'receipt', state: 'ok' }),
      expect.objectContaining({ check: 'destination', of: 'orca', state: 'ok' }),
    ]),
  )

  // The first visit.
  const desk = await startHeadless(dataDir)
  onTestFinished(desk.stop)
  const call = await openClient(desk.address)
  const seen = async () => must(await call('reception', {}))
  const first = await seen()
  expect(first).toMatchObject({ mode: 'live', settings: { fallback: null, failures: [] } })
  const log = () => readdirSync(join(dataDir, 'logs')).map((name) => readFileSync(join(dataDir, 'logs', name), 'utf8'))
  await eventually('the folder is watched', () => log().some((lines) => lines.includes('"state":"face"')))
  const today = first.today.replaceAll('-', '')
  const month = today.slice(0, 6)
  const at = `${today}093000`
  const ticketed = {
    ...{ InsuredCardClassification: 'A1', InsurerNumber: '12131231', InsuredIdentificationNumber: '1234566' },
    ...{ Name: insured.Name ?? '', NameKana: insured.NameKana ?? '', Sex1: '1', Birthdate: '19550505' },
    ...{ QualificationDate: '20240401', InsurerName: '見本市福祉事務所' },
    PublicExpenseResultList: [
      {
        MedicalTicketInfo: [
          {
            ...{ TicketType: '01', MedicalTicketValidDate: `${month}01`, MedicalTicketExpirationDate: today },
            ...{ IssueNumber: '123', MedicalTreatmentMonth: month, DesignatedMedicalInstitutionFlag: '1' },
            ...{ SelfPayAmount: '3000', SingleOrCombinedUse: '01' },
          },
        ],
      },
    ],
  }
  writeFileSync(join(terminal, 'face', `OQSsiquc01res_face_1_${at}.xml`), terminalFile({ at }, [ticketed]))
  await eventually('the visit waits for a person', async () => (await seen()).visits[0]?.state === 'choosing')
  const [{ id: visitId } = { id: '' }] = (await seen()).visits
  must(await call('showVisit', { visitId }))
  expect((await seen()).visits[0]).toMatchObject({ id: visitId, state: 'choosing' })
  must(await call('choosePatient', { visitId, patientRef: null }))
  await eventually('it is at ORCA', () => orca.receptions.length === 1 && orca.locks.size === 0)
  expect(orca.receptions).toEqual([{ patient: '00012', day: first.today, department: '01' }])
  expect(orca.patients[0]?.benefits).toMatchObject([{ payerNumber: '12131231', recipientNumber: '1234566' }])
  const csv = () => readdirSync(receipt).filter((name) => /^madoguchi_.*\.csv$/.test(name))
  await eventually('the file is there', () => csv().length === 1)
  expect(readFileSync(join(receipt, csv()[0] ?? ''), 'latin1')).toContain('12131231')
})
