import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fail } from '../../../src-main/ground/result.ts'
import { type Mapping, readMapping, shippedMapping } from '../../../src-main/hub/terminal/mapping.ts'
import { readMessage } from '../../../src-main/hub/terminal/message.ts'
import { personaById } from '../../../src-main/stand-ins/people/personas.ts'
import {
  type AnswerHeader,
  answerBody,
  answerFile,
  personElement,
} from '../../../src-main/stand-ins/terminal/answer-xml.ts'
import { readXml } from '../../../src-main/text/xml-reader.ts'
import { fault } from '../../faults.ts'
import { must } from '../../support.ts'

const day = '2026-11-23'
const header: AnswerHeader = {
  at: '20261123091233',
  institutionCode: '1312345678',
  fileIdentifier: '',
  classification: 1,
  segment: '1',
  code: '',
  message: '',
  encoding: 'utf-8',
}
const persona = personaById('nanbyo', day)
if (!persona) throw new Error('no sample')
const element = personElement({ persona, cardNumber: '77', referenceNumber: '4711', day })
const file = (changes: Partial<AnswerHeader> = {}, body = answerBody([element])) =>
  Buffer.from(answerFile({ ...header, ...changes }, body)).toString('utf8')
const rules = { mapping: shippedMapping, training: true }
const read = (text: string, changes: Partial<typeof rules> = {}) => {
  const reading = readXml(Buffer.from(text, 'utf8'))
  if ('flaw' in reading) throw new Error(reading.flaw)
  return readMessage(reading.root, { ...rules, ...changes })
}
const codeOf = (text: string) => {
  const message = read(text)
  return message.ok ? null : [message.error.code, message.error.detail?.field]
}

describe('a result of the terminal', () => {
  test('is read whole', () => {
    const message = must(read(file()))
    expect(message).toMatchObject({
      processedAt: '2026-11-23T09:12:33+09:00',
      confirmedOn: day,
      outcome: 'done',
      report: { qualification: 'valid', codes: [], unknown: [] },
    })
    expect(message.results).toHaveLength(1)
    expect(message.results[0]).toMatchObject({
      person: { name: '佐藤　美咲', birthDate: '1979-04-12', sex: 'female' },
      referenceNumber: '4711',
      benefits: [{ payerNumber: '54136015', recipientNumber: expect.any(String), monthlyCapYen: 10_000 }],
    })
  })

  test.each(['2', '3', '9', '', '7'])('with SegmentOfResult %j is no answer, whatever else stands in it', (segment) => {
    const message = must(read(file({ segment })))
    expect(message.outcome).toBe(segment === '2' ? 'inProgress' : 'abnormal')
    expect(message.results).toEqual([])
  })

  test('with an error in its body is no answer either', () => {
    const text = file().replace('<ProcessingResultStatus>1<', '<ProcessingResultStatus>2<')
    expect(must(read(text)).outcome).toBe('abnormal')
  })

  test('keeps what no mapping knows, and lists it', () => {
    const text = file().replace('<Sex1>', '<NewThing flag="1">新しい項目</NewThing><Sex1>')
    expect(must(read(text)).report.unknown).toEqual([
      { path: 'XmlMsg/MessageBody/ResultList/ResultOfQualificationConfirmation/NewThing/@flag', text: '1' },
      { path: 'XmlMsg/MessageBody/ResultList/ResultOfQualificationConfirmation/NewThing', text: '新しい項目' },
    ])
  })

  test('tells the 適用区分 of 限度額適用認定証 with its period, and lists one that nobody knows', () => {
    const limit = (flag: string) =>
      file().replace(
        '<ReferenceNumber>',
        `<LimitApplicationCertificateRelatedInfo><LimitApplicationCertificateClassificationFlag>${flag}</LimitApplicationCertificateClassificationFlag><LimitApplicationCertificateValidEndDate>20270331</LimitApplicationCertificateValidEndDate></LimitApplicationCertificateRelatedInfo><ReferenceNumber>`,
      )
    const known = must(read(limit('A03')))
    expect(known.results[0]?.insurance.limit).toEqual({ category: 'A03', validFrom: null, validTo: '2027-03-31' })
    expect(known.report.unknown).toEqual([])
    const unknown = must(read(limit('Z99')))
    expect(unknown.results[0]?.insurance.limit).toBeNull()
    expect(unknown.report.unknown).toEqual([
      { path: expect.stringContaining('/LimitApplicationCertificateClassificationFlag'), text: 'Z99' },
    ])
  })

  test.each([
    ['0', false],
    ['1', true],
    ['2', false],
    ['3', null],
    ['9', null],
    ['', null],
  ])('with consent %j to tell the 適用区分 says %j of it: who could not be asked has not refused', (code, consent) => {
    const name = 'LimitApplicationCertificateRelatedConsFlg'
    const text = file().replace('<ReferenceNumber>', `<${name}>${code}</${name}><ReferenceNumber>`)
    expect(must(read(text)).results[0]?.insurance.limitConsent).toBe(consent)
  })

  test('reads every item of a 医療券', () => {
    const items = {
      TicketType: '01',
      MedicalTicketValidDate: '20261101',
      MedicalTicketExpirationDate: '20261130',
      IssueNumber: '123',
      MedicalTreatmentMonth: '202611',
      DesignatedMedicalInstitutionCode: '1312345678',
      DesignatedMedicalInstitutionFlag: '0',
      DesignatedMedicalInstitutionName: 'まどぐち内科クリニック',
      PrescriptionIssuerMedicalInstitutionCode: '1312345679',
      PrescriptionIssuerMedicalInstitutionName: '見本医院',
      InjuryName1: '高血圧症',
      InjuryName2: '糖尿病',
      InjuryName3: '脂質異常症',
      MedicalTreatmentType: '02',
      SelfPayAmount: '3000',
      DistrictContactName: '見本　一郎',
      HandlingContactName: '見本　二郎',
      SingleOrCombinedUse: '02',
      StatusOfSocialInsurance: '01',
      ConsistencyFlag: '1',
      StatusOfInfecton: '02',
      StatusOfElderlyMedicalCare: '02',
      StatusOfPrefecturalExpenses: '02',
      Remarks1: '備考の1',
      Remarks2: '備考の2',
      Remarks3: '備考の3',
    }
    const ticket = Object.entries(items).map(([name, value]) => `<${name}>${value}</${name}>`)
    const text = file()
      .replace('<InsuredCardClassification>01<', '<InsuredCardClassification>A1<')
      .replace('<InsurerNumber>06139901<', '<InsurerNumber>12131015<')
      .replace(
        '<ReferenceNumber>',
        `<PublicExpenseResultList><MedicalTicketInfo>${ticket.join('')}</MedicalTicketInfo></PublicExpenseResultList><ReferenceNumber>`,
      )
    const { results, report } = must(read(text))
    expect(report.unknown).toEqual([])
    expect(results[0]?.insurance).toMatchObject({
      isAssistance: true,
      tickets: [
        {
          payerNumber: '12131015',
          recipientNumber: '77',
          kind: 'treatment',
          validFrom: '2026-11-01',
          validTo: '2026-11-30',
          month: '2026-11',
          issueNumber: '123',
          selfPayYen: 3_000,
          use: 'combined',
          institution: null,
          isElsewhere: false,
        },
      ],
    })
    expect(results[0]?.insurance.tickets[0]?.details.map(({ value }) => value)).toEqual([
      '医療券',
      '2026-11-01',
      '2026-11-30',
      '123',
      '202611',
      '1312345678',
      '一致',
      'まどぐち内科クリニック',
      '1312345679',
      '見本医院',
      '高血圧症',
      '糖尿病',
      '脂質異常症',
      '入院外',
      '3000',
      '見本　一郎',
      '見本　二郎',
      '併用',
      'あり',
      '不整合あり',
      'なし',
      'なし',
      'なし',
      '備考の1',
      '備考の2',
      '備考の3',
    ])
  })

  test('with the consents that stand in every result has nothing unknown in it', () => {
    const consents = [
      'SpecificHealthCheckupsInfo',
      'PharmaceuticalInfo',
      'PharmacistsInfo',
      'DiagnosisInfo',
      'OperationInfo',
    ]
      .flatMap((name) => ['ConsFlg', 'ConsTime', 'AcquisitionTime', 'AvailableTime'].map((end) => name + end))
      .map((name) => `<${name}>1</${name}>`)
    const text = file().replace('<ReferenceNumber>', `${consents.join('')}<ReferenceNumber>`)
    expect(must(read(text)).report.unknown).toEqual([])
  })

  test('of a certificate without a last day is as good as any other', () => {
    const text = file().replace(/<CertificateExpirationDate>\d+</, '<CertificateExpirationDate>99999999<')
    expect(must(read(text)).results[0]?.benefits).toMatchObject([{ validTo: '9999-12-31' }])
  })

  test('says nothing about benefits outside training while their names are only assumed', () => {
    expect(must(read(file(), { training: false })).results[0]?.benefits).toBeNull()
    const mapping: Mapping = { ...shippedMapping, subsidies: { ...shippedMapping.subsidies, status: 'confirmed' } }
    expect(must(read(file(), { training: false, mapping })).results[0]?.benefits).toHaveLength(1)
  })

  fault('terminal', 'A result of the terminal has a date that is none, or two names', {
    seen: 'TERMINAL_FILE_INVALID',
    detail: { field: 'Birthdate' },
    data: 'Nothing of it is taken; the field is named.',
    recovery: 'The screen of the terminal is looked at.',
  })
  test.each([
    ['a birth date that is none', (text: string) => text.replace('19790412', '19790431'), 'Birthdate'],
    ['two names', (text: string) => text.replace('<NameKana>', '<Name>別人</Name><NameKana>'), 'Name'],
    ['no time', (text: string) => text.replace('20261123091233', ''), 'ProcessExecutionTime'],
    ['a cap that is no number', (text: string) => text.replace('>10000<', '>一万円<'), 'MaxCopaymentAmount'],
    [
      'a flag that protects somebody and is unclear',
      (text: string) => text.replace('<NotDisclosed>0', '<NotDisclosed>はい'),
      'NotDisclosed',
    ],
    ['another root', (text: string) => text.replaceAll('XmlMsg', 'Xml'), 'XmlMsg'],
  ])('with %s is refused by name', (_name, change, field) => {
    expect(codeOf(change(file()))).toEqual(['TERMINAL_FILE_INVALID', field])
  })
})

describe('the mapping', () => {
  test('of a vendor takes the place of the shipped one', () => {
    expect(must(readMapping(JSON.stringify({ ...shippedMapping, version: 2 }))).version).toBe(2)
  })

  test('of an earlier version keeps the shipped names for what it does not have', () => {
    const { insurance: _insurance, ticket: _ticket, limit, ...rest } = shippedMapping
    const earlier = { ...rest, limit: { element: limit.element, flag: limit.flag } }
    expect(must(readMapping(JSON.stringify(earlier)))).toEqual(shippedMapping)
  })

  fault('terminal', 'The list of the terminal’s names is wrong', {
    seen: 'TERMINAL_MAPPING_INVALID',
    detail: { field: 'limit.element' },
    data: 'The names of before go on counting.',
    recovery: 'The file is mended, and is read by itself.',
  })
  test.each([
    ['a field nobody knows', JSON.stringify({ ...shippedMapping, extra: 1 }), ''],
    [
      'a name XML does not allow',
      JSON.stringify({ ...shippedMapping, limit: { element: 'a b', flag: 'c' } }),
      'limit.element',
    ],
  ])('with %s changes nothing', (_name, text, field) => {
    expect(readMapping(text)).toMatchObject({ error: { code: 'TERMINAL_MAPPING_INVALID', detail: { field } } })
  })

  test('that is no JSON changes nothing, and its line is told', () => {
    expect(readMapping('{\n  "version": 1\n  "field": {}')).toEqual(fail('TERMINAL_MAPPING_INVALID', { line: 3 }))
  })
})

test('no change to a file crashes its reading or makes a benefit that was not in it', () => {
  const bytes = answerFile({ ...header, encoding: 'cp932' }, answerBody([element]))
  const said = new Set(
    must(read(file()))
      .results.flatMap(({ benefits }) => benefits ?? [])
      .map(({ payerNumber }) => payerNumber),
  )
  const edit = fc.record({
    at: fc.nat(bytes.length - 1),
    kind: fc.constantFrom('flip', 'cut', 'repeat', 'insert'),
    value: fc.nat(255),
    length: fc.nat(40),
  })
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      let changed = Buffer.from(bytes)
      for (const { at, kind, value, length } of edits) {
        const place = Math.min(at, changed.length)
        const piece = changed.subarray(place, place + length)
        if (kind === 'flip' && place < changed.length) changed[place] = value
        if (kind === 'cut') changed = Buffer.concat([changed.subarray(0, place), changed.subarray(place + length)])
        if (kind === 'repeat') changed = Buffer.concat([changed.subarray(0, place), piece, changed.subarray(place)])
        if (kind === 'insert')
          changed = Buffer.concat([changed.subarray(0, place), Buffer.from([value]), changed.subarray(place)])
      }
      const reading = readXml(changed)
      if ('flaw' in reading) return
      const message = readMessage(reading.root, rules)
      if (!message.ok) return
      const text = new TextDecoder('shift_jis').decode(changed)
      for (const { benefits } of message.value.results) {
        for (const { payerNumber } of benefits ?? []) {
          // What is read stands in the file, letter by letter.
          if (payerNumber !== null && !said.has(payerNumber)) expect(text).toContain(payerNumber)
        }
      }
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 2_000) },
  )
})
