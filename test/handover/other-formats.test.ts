import { execFileSync } from 'node:child_process'
import { Fhir } from 'fhir'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { renderEligibilityXml } from '../../src-main/handover/formats/eligibility-xml.ts'
import { renderFhirBundle } from '../../src-main/handover/formats/fhir-bundle.ts'
import type { HandoverDocument } from '../../src-main/handover/formats/handover-document.ts'
import { renderCsv } from '../../src-main/handover/formats/import-csv.ts'
import { renderReceiptLine } from '../../src-main/handover/formats/receipt-line.ts'
import { renderDelivery } from '../../src-main/handover/formats/render.ts'
import { fault } from '../faults.ts'
import { outside } from '../outside.ts'
import { at, benefit, day, eligibility, patient } from '../store/samples.ts'
import { must } from '../support.ts'
import { destinationOf } from './destination-of.ts'
import { saying } from './saying.ts'

const document: HandoverDocument = {
  deliveryId: '6f1c9a52-0d3e-4b7a-9a51-2f3f0c1d2e4b',
  visitId: '0b8f1f0e-7f2d-4a57-8f55-8a9f2f1c7d10',
  visitNumber: 7,
  visitDay: day,
  confirmedAt: at,
  training: false,
  patientNumber: '00123',
  confirmedName: null,
  nameForm: 'original',
  ...saying(eligibility),
}
const withPatient = (changes: Partial<typeof patient>): HandoverDocument => ({
  ...document,
  ...saying({ ...eligibility, patient: { ...patient, ...changes } }),
})
const withSubsidy = (medicalSubsidy: typeof eligibility.answers.medicalSubsidy): HandoverDocument => ({
  ...document,
  ...saying({ ...eligibility, answers: { ...eligibility.answers, medicalSubsidy } }),
})

describe('the CSV of a destination with settings of its own', () => {
  test('has its columns in its order, without the header line, in UTF-8 with its mark', () => {
    const destination = destinationOf('csv', {
      columns: ['payer_number', 'recipient_number', 'name'],
      header: false,
      encoding: 'utf-8',
    })
    expect(Buffer.from(must(renderCsv(withPatient({ name: '𠮷田, 直子' }), destination))).toString()).toBe(
      '\ufeff88138243,1234566,"𠮷田, 直子"\r\n,,"𠮷田, 直子"\r\n',
    )
  })

  test('reads the same in Python’s csv module', () => {
    const bytes = must(renderCsv(withPatient({ name: '髙﨑 "陽", 翔' }), destinationOf('csv')))
    const script = `import csv,io,json,sys
rows=list(csv.DictReader(io.TextIOWrapper(sys.stdin.buffer,encoding='cp932',newline='')))
print(json.dumps([[r['name'],r['row_kind'],r['valid_to']] for r in rows]))`
    expect(JSON.parse(execFileSync(outside('python3'), ['-c', script], { input: bytes, encoding: 'utf8' }))).toEqual([
      ['髙﨑 "陽", 翔', 'benefit', '2027-09-30'],
      ['髙﨑 "陽", 翔', 'vaccination', '2027-03-31'],
    ])
  })
})

describe('the eligibility XML', () => {
  const settings = { institutionCode: '1310000001' }
  const destination = destinationOf('xml', settings)

  /** Texts by path, as an independent parser reads them by the declared encoding. */
  const xpath = (bytes: Uint8Array, path: string) =>
    execFileSync(outside('xmllint'), ['--nonet', '--xpath', `string(${path})`, '-'], {
      input: bytes,
      encoding: 'utf8',
    }).trim()

  test.each(['cp932', 'utf-8'] as const)('reads in %s with xmllint: person, header and subsidy', (encoding) => {
    const bytes = must(renderEligibilityXml(document, destinationOf('xml', { ...settings, encoding })))
    const texts = [
      '//MedicalInstitutionCode',
      '//ProcessExecutionTime',
      '//ArbitraryFileIdentifier',
      '//SegmentOfResult',
      '//CharacterCodeIdentifier',
      '//Name',
      '//NameKana',
      '//Birthdate',
      '//ReferenceNumber',
      '//MedicalSubsidyAnswerState',
      '//PublicPayerNumber',
      '//PublicRecipientNumber',
      '//CertificateExpirationDate',
    ].map((path) => xpath(bytes, path))
    expect(texts).toEqual([
      '1310000001',
      '20261123091233',
      document.deliveryId,
      '1',
      encoding === 'utf-8' ? '0' : '1',
      '髙﨑　陽翔',
      'ﾀｶｻｷ ﾊﾙﾄ',
      '20210228',
      '00123',
      'present',
      '88138243',
      '1234566',
      '20270930',
    ])
    expect(Buffer.from(bytes).toString('latin1')).toMatch(
      /^<\?xml version="1.0" encoding="(Shift_JIS|UTF-8)" standalone="no"\?>\r\n<XmlMsg>/,
    )
  })

  test('reads in Python’s XML parser, which takes it from its declared encoding', () => {
    const bytes = must(
      renderEligibilityXml(
        withPatient({ name: '<&>"\'　髙' }),
        destinationOf('xml', { ...settings, encoding: 'utf-8' }),
      ),
    )
    const script = `import sys,xml.etree.ElementTree as e
print(e.fromstring(sys.stdin.buffer.read()).find('.//Name').text)`
    const name = execFileSync(outside('python3'), ['-c', script], {
      input: bytes,
      encoding: 'utf8',
      env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
    })
    expect(name.trim()).toBe('<&>"\'　髙')
  })

  test('an absent answer is a state of its own and no empty list that could be read as an end', () => {
    const bytes = must(renderEligibilityXml(withSubsidy({ state: 'absent' }), destination))
    expect(xpath(bytes, '//MedicalSubsidyAnswerState')).toBe('absent')
    expect(xpath(bytes, 'count(//MedicalSubsidyInfo)')).toBe('0')
  })

  test('is refused for what the encoding or XML cannot hold, naming the element', () => {
    const refused = { ok: false, error: { code: 'TEXT_NOT_ENCODABLE', detail: { field: 'Name' } } }
    expect(renderEligibilityXml(withPatient({ name: '𠮷田' }), destination)).toEqual(refused)
    expect(renderEligibilityXml(withPatient({ name: '田\u0008中' }), destination)).toEqual(refused)
  })

  test('lies under the name of a face reader’s result', () => {
    const { deliveryId: _, nameForm: __, ...visit } = document
    const { id, fileName } = renderDelivery(visit, destination, {})
    expect(fileName).toBe(`OQSsiquc01res_face_${id}_20261123091233.xml`)
  })
})

describe('the line of receipt.txt', () => {
  const receipt = destinationOf('receipt')
  const lineOf = (content: HandoverDocument) =>
    new TextDecoder('shift_jis').decode(must(renderReceiptLine(content, receipt)))

  test('has the ten fields Dynamics reads', () => {
    expect(lineOf(withPatient({ name: '結城 和央' }))).toBe(
      '00123,0,0,0,0,0,結城　和央,2026/11/23,09:12:33,受付:007\r\n',
    )
  })

  test.each([
    ['見本　　花子', '見本　花子'],
    ['MIHON JOHN PAUL', 'MIHON　JOHN　PAUL'],
    ['O’BRIEN MARY', 'O’BRIEN　MARY'],
    ['見本　花子（はなこ）', '見本　花子（はなこ）'],
  ])('parts the name %s by one full-width space, and changes nothing else in it', (name, written) => {
    expect(lineOf(withPatient({ name })).split(',')[6]).toBe(written)
  })

  fault('receipt', 'The receipt computer needs a patient number, and there is none', {
    seen: 'PATIENT_NUMBER_MISSING',
    detail: { destination: 'receipt' },
    data: 'No file is made without it.',
    recovery: 'The number is typed, and the file goes out by itself.',
  })
  test('is refused without a patient number', () => {
    expect(renderReceiptLine({ ...document, patientNumber: null }, receipt)).toMatchObject({
      error: { code: 'PATIENT_NUMBER_MISSING' },
    })
  })

  test.each(['結城,和央', '結城\r\n和央', '　', '𠮷田'])('is refused for the name %j', (name) => {
    expect(renderReceiptLine(withPatient({ name }), receipt)).toEqual({
      ok: false,
      error: { code: 'TEXT_NOT_ENCODABLE', detail: { field: 'name' } },
    })
  })

  test('of a rehearsal lies under another name than Dynamics reads', () => {
    const { deliveryId: _, nameForm: __, ...visit } = document
    expect(renderDelivery(visit, destinationOf('receipt'), {}).fileName).toBe('receipt.txt')
    expect(renderDelivery({ ...visit, training: true }, destinationOf('receipt'), {}).fileName).toBe(
      'training_receipt.txt',
    )
  })
})

describe('the FHIR bundle', () => {
  const resourceSchema = z.looseObject({ resourceType: z.string() })
  const bundleSchema = z.looseObject({
    entry: z.array(z.object({ fullUrl: z.string(), resource: resourceSchema })),
  })
  const fhir = destinationOf('fhir', { institutionCode: '1312345678' })
  const bundleOf = (content: HandoverDocument, destination = fhir) =>
    bundleSchema.parse(JSON.parse(Buffer.from(must(renderFhirBundle(content, destination))).toString()))
  const resources = (content: HandoverDocument, type: string, destination = fhir) =>
    bundleOf(content, destination)
      .entry.map(({ resource }) => resource)
      .filter(({ resourceType }) => resourceType === type)
  const second = { ...benefit, payerNumber: null, recipientNumber: null, monthlyCapYen: null }
  const two = withSubsidy({ state: 'present', items: [benefit, second] })
  const representation = (code: string) => ({
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation', valueCode: code }],
  })

  test.each([
    ['two certificates', two],
    ['no answer', withSubsidy({ state: 'absent' })],
    ['a rehearsal', { ...two, training: true, patientNumber: null }],
  ])('with %s is valid FHIR R4 for a public validator', (_, content) => {
    const { valid, messages } = new Fhir().validate(JSON.stringify(bundleOf(content)), { errorOnUnexpected: true })
    expect(messages.filter(({ severity }) => severity === 'error' || severity === 'fatal')).toEqual([])
    expect(valid).toBe(true)
  })

  test('has a JP_Coverage per certificate with what its profile requires, in order, each reference resolved', () => {
    const bundle = bundleOf(two)
    const coverages = resources(two, 'Coverage')
    expect(coverages).toMatchObject([
      {
        meta: { profile: ['http://jpfhir.jp/fhir/core/StructureDefinition/JP_Coverage'] },
        status: 'active',
        type: {
          coding: [{ system: 'urn:oid:1.2.392.100495.20.2.61', code: '8' }],
          text: '子ども医療費受給者証',
        },
        subscriberId: '1234566',
        period: { start: '2026-10-01', end: '2027-09-30' },
        order: 1,
        costToBeneficiary: [{ valueMoney: { value: 2500, currency: 'JPY' } }],
      },
      { order: 2 },
    ])
    expect(coverages[1]).not.toHaveProperty('costToBeneficiary')
    const references = JSON.stringify(coverages).match(/urn:uuid:[0-9a-f-]{36}/g) ?? []
    const known = bundle.entry.map(({ fullUrl }) => fullUrl)
    expect(references).toHaveLength(4)
    expect(references.filter((reference) => !known.includes(reference))).toEqual([])
  })

  test('names the payer by its number and the person by name and kana', () => {
    expect(resources(two, 'Organization')[0]).toMatchObject({
      identifier: [{ system: 'http://jpfhir.jp/fhir/core/mhlw/IdSystem/PublicPayerNumber', value: '88138243' }],
    })
    expect(resources(two, 'Patient')[0]).toMatchObject({
      meta: { profile: ['http://jpfhir.jp/fhir/core/StructureDefinition/JP_Patient'] },
      identifier: [{ system: 'urn:oid:1.2.392.100495.20.3.51.11312345678', value: '00123' }],
      // As written and as spoken, by the words of the official example.
      name: [
        { ...representation('IDE'), text: '髙﨑　陽翔' },
        { ...representation('SYL'), text: 'タカサキ　ハルト' },
      ],
      birthDate: '2021-02-28',
    })
  })

  test('claims the profile of a patient only where the number says whose it is', () => {
    const [unnumbered] = resources({ ...two, patientNumber: null }, 'Patient')
    expect(unnumbered).not.toHaveProperty('identifier')
    expect(unnumbered).not.toHaveProperty('meta')
    const [ofNobody] = resources(two, 'Patient', destinationOf('fhir'))
    expect(ofNobody).toMatchObject({ identifier: [{ use: 'usual', value: '00123' }] })
    expect(ofNobody).not.toHaveProperty('meta')
  })

  test('numbers what is on the claim in its order; what has ended comes after it, cancelled and without a number', () => {
    const certificate = (payerNumber: string, validTo = '2027-09-30') => ({
      ...{ ...benefit, certificateTypeId: payerNumber, certificateName: payerNumber },
      ...{ payerNumber, validFrom: '2025-10-01', validTo },
    })
    const items = [certificate('15138019', '2026-10-31'), certificate('54136015'), certificate('21136015')]
    const coverages = resources(withSubsidy({ state: 'present', items }), 'Coverage')
    expect(coverages.map(({ type, status, order }) => [type, status, order])).toMatchObject([
      [{ text: '21136015' }, 'active', 1],
      [{ text: '54136015' }, 'active', 2],
      [{ text: '15138019' }, 'cancelled', undefined],
    ])
    expect(coverages[2]?.period).toEqual({ start: '2025-10-01', end: '2026-10-31' })
  })

  test('has no end for a certificate that goes on', () => {
    const open = withSubsidy({ state: 'present', items: [{ ...benefit, validTo: '9999-12-31' }] })
    expect(resources(open, 'Coverage')[0]?.period).toEqual({ start: '2026-10-01' })
  })

  test('says of an answer without certificates what it is', () => {
    expect(resources(withSubsidy({ state: 'absent' }), 'OperationOutcome')[0]).toMatchObject({
      issue: [{ code: 'not-found', diagnostics: 'medicalSubsidy: absent' }, {}, {}],
    })
  })

  test('is the same, byte for byte, for the same delivery', () => {
    expect(must(renderFhirBundle(two, fhir))).toEqual(must(renderFhirBundle(two, fhir)))
  })
})
