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

  test('tells the 適用区分 of 限度額適用認定証, and leaves out one it does not know', () => {
    const limit = (flag: string) =>
      file().replace(
        '<ReferenceNumber>',
        `<LimitApplicationCertificateRelatedInfo><LimitApplicationCertificateClassificationFlag>${flag}</LimitApplicationCertificateClassificationFlag></LimitApplicationCertificateRelatedInfo><ReferenceNumber>`,
      )
    expect(must(read(limit('A03'))).results[0]?.limitCategory).toBe('A03')
    expect(must(read(limit('Z99'))).results[0]?.limitCategory).toBeNull()
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
