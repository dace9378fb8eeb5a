import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { csvColumns } from '../../src-main/contract/destination.ts'
import type { HandoverDocument } from '../../src-main/handover/formats/handover-document.ts'
import { renderCsv } from '../../src-main/handover/formats/import-csv.ts'
import { renderJson } from '../../src-main/handover/formats/import-json.ts'
import { renderDelivery } from '../../src-main/handover/formats/render.ts'
import { outside } from '../outside.ts'
import { at, benefit, day, eligibility, patient, voucher } from '../store/samples.ts'
import { must } from '../support.ts'
import { destinationOf } from './destination-of.ts'
import { saying } from './saying.ts'

const docs = join(import.meta.dirname, '../../docs')

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
const csv = destinationOf('csv')
const withPatient = (changes: Partial<typeof patient>): HandoverDocument => ({
  ...document,
  ...saying({ ...eligibility, patient: { ...patient, ...changes } }),
})
const withAnswers = (answers: Partial<typeof eligibility.answers>): HandoverDocument => ({
  ...document,
  ...saying({ ...eligibility, answers: { ...eligibility.answers, ...answers } }),
})
const absent = { state: 'absent' } as const
const stale = { state: 'unreachable' as const, cached: { fetchedAt: at, items: [benefit] } }

/** A reader as the specification describes it: RFC 4180 lines as objects by column name. */
function readCsv(bytes: Uint8Array): Record<string, string>[] {
  const text = new TextDecoder('shift_jis', { fatal: true }).decode(bytes)
  expect(text.endsWith('\r\n')).toBe(true)
  const [header = [], ...lines] = text
    .slice(0, -2)
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    )
  return lines.map((cells) => {
    expect(cells).toHaveLength(header.length)
    return Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']))
  })
}
const csvOf = (content: HandoverDocument, destination = csv) => readCsv(must(renderCsv(content, destination)))

describe('the CSV file', () => {
  test('has a line per benefit and voucher, the visit repeated on each', () => {
    const visit = {
      format_version: '3',
      training: '0',
      delivery_id: document.deliveryId,
      visit_id: document.visitId,
      visit_number: '7',
      visit_date: '2026-11-23',
      confirmed_at: at,
      as_of: '2026-11-23',
      fetched_at: at,
      source: 'pmh',
      patient_number: '00123',
      name: '髙﨑　陽翔',
      name_form: 'original',
      name_kana: 'タカサキ　ハルト',
      birth_date: '2021-02-28',
      sex: 'male',
      medical_subsidy_state: 'present',
      medical_subsidy_ended_on: '',
      medical_subsidy_by_hand: '0',
      vaccination_state: 'present',
      vaccination_ended_on: '',
      checkup_state: 'absent',
      checkup_ended_on: '',
    }
    const empty = Object.fromEntries(csvColumns.map((column) => [column, '']))
    expect(csvOf(document)).toEqual([
      {
        ...empty,
        ...visit,
        row_kind: 'benefit',
        row_number: '1',
        certificate_type_id: 'CHILD01',
        certificate_name: '子ども医療費受給者証',
        scheme_code: '88',
        scheme_name: '乳幼児医療費助成（マル乳）',
        scheme_kind: 'local',
        payer_number: '88138243',
        recipient_number: '1234566',
        valid_from: '2026-10-01',
        valid_to: '2027-09-30',
        validity: 'valid',
        monthly_cap_yen: '2500',
        always_reimbursed: '0',
        undisclosed: '0',
        income_segment: '一般',
        history_key: '20261001-1',
        warnings: 'MONTHLY_CAP_ON_PAPER',
        certificate_basis: 'source',
      },
      {
        ...empty,
        ...visit,
        row_kind: 'vaccination',
        row_number: '2',
        certificate_name: '麻しん風しん 第2期',
        valid_from: '2026-04-01',
        valid_to: '2027-03-31',
        voucher_id: 'V-001',
        municipality: '八王子市',
      },
    ])
  })

  test('reads with iconv, has CRLF at every line end and no mark at the start', () => {
    const bytes = must(renderCsv(document, csv))
    const { status, stdout } = spawnSync(outside('iconv'), ['-f', 'CP932', '-t', 'UTF-8'], {
      input: bytes,
      encoding: 'utf8',
    })
    expect({ status, start: stdout.slice(0, 24) }).toEqual({ status: 0, start: 'format_version,training,' })
    expect(stdout).toContain('髙﨑　陽翔')
    expect(stdout.match(/\r\n/g)).toHaveLength(3)
    expect(stdout.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  test('still carries the answer states when there is nothing else', () => {
    const rows = csvOf(withAnswers({ medicalSubsidy: absent, vaccination: { state: 'withheld' } }))
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      medical_subsidy_state: 'absent',
      vaccination_state: 'withheld',
      checkup_state: 'absent',
      row_kind: 'none',
      row_number: '1',
      payer_number: '',
    })
  })

  test('tells the last day of what has ended', () => {
    const rows = csvOf(
      withAnswers({
        medicalSubsidy: { state: 'ended', endedOn: '2026-10-31', items: [benefit] },
      }),
    )
    expect(rows[0]).toMatchObject({ medical_subsidy_state: 'ended', medical_subsidy_ended_on: '2026-10-31' })
    expect(rows[0]).toMatchObject({ row_kind: 'benefit', validity: 'over' })
  })

  test('never hands over what is only cached', () => {
    const rows = csvOf(withAnswers({ medicalSubsidy: stale, vaccination: absent }))
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ medical_subsidy_state: 'unreachable', row_kind: 'none', payer_number: '' })
  })

  test('leaves out the source’s own reference of the patient', () => {
    expect(Buffer.from(must(renderCsv(document, csv))).includes(patient.ref)).toBe(false)
  })

  test('keeps every encodable text as it is: commas, quotes and, where it is wanted, what a spreadsheet would calculate', () => {
    const keeping = destinationOf('csv', { formulas: 'keep' })
    const text = fc.string({ unit: fc.constantFrom(...'",;=+-@\\ a1髙﨑ｱ～') })
    fc.assert(
      fc.property(text, text, (name, segment) => {
        const content = withAnswers({
          medicalSubsidy: { state: 'present', items: [{ ...benefit, segment }] },
          vaccination: absent,
          checkup: absent,
        })
        const { eligibility: answer } = content
        const [row] = csvOf({ ...content, eligibility: { ...answer, patient: { ...patient, name } } }, keeping)
        return row?.name === name && row.segment === segment
      }),
    )
  })

  test.each([
    ['a character outside CP932', '𠮷田　直子'],
    ['a line break', '田中\r\n太郎'],
    ['a control character', '田中\u0007太郎'],
    ['DEL', '田中\u007f太郎'],
    ['NUL', '田中\u0000太郎'],
  ])('is refused for %s, naming the field and not its content', (_, text) => {
    const refused = (field: string) => ({ ok: false, error: { code: 'TEXT_NOT_ENCODABLE', detail: { field } } })
    expect(renderCsv(withPatient({ name: text }), csv)).toEqual(refused('name'))
    const items = [{ ...voucher, municipality: text }] as const
    expect(renderCsv(withAnswers({ vaccination: { state: 'present', items: [...items] } }), csv)).toEqual(
      refused('municipality'),
    )
  })

  test('has a municipality’s own text in one line, and holds a number that is broken', () => {
    const written = (changes: Partial<typeof benefit>) => {
      const {
        deliveryId: _,
        nameForm: __,
        ...visit
      } = withAnswers({
        medicalSubsidy: { state: 'present', items: [{ ...benefit, ...changes }] },
      })
      return renderDelivery(visit, csv, {})
    }
    const delivery = written({ additionalConditions: '調剤を含む\r\n訪問看護を含む', segment: '区分\t一般' })
    expect(delivery.failure).toBeNull()
    expect(readCsv(delivery.payload)[0]).toMatchObject({
      additional_conditions: '調剤を含む 訪問看護を含む',
      segment: '区分 一般',
    })
    expect(written({ recipientNumber: '1234\n566' })).toMatchObject({
      state: 'rejected',
      failure: { code: 'TEXT_NOT_ENCODABLE', detail: { field: 'recipient_number' } },
    })
  })

  test('is described column by column in docs/import-file.md', () => {
    const page = readFileSync(join(docs, 'import-file.md'), 'utf8')
    const described = [...page.matchAll(/^\| +(\d+) \| `(\w+)` +\|/gm)].map(([, number, name]) => [
      Number(number),
      name,
    ])
    expect(described).toEqual(csvColumns.map((name, index) => [index + 1, name]))
  })
})

describe('the JSON file', () => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true })
  formats.default(ajv)
  const validate = ajv.compile(
    z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(join(docs, 'import-file.schema.json'), 'utf8'))),
  )
  const jsonOf = (content: HandoverDocument): unknown =>
    JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(must(renderJson(content))))
  const errorsOf = (content: unknown) => (validate(content) ? [] : validate.errors)

  test.each([
    ['benefits and vouchers', document],
    ['a training visit', { ...document, training: true }],
    ['a confirmed name', { ...document, nameForm: 'confirmed' } as const],
    ['nothing at all', withAnswers({ medicalSubsidy: absent, vaccination: absent })],
    ['no consent', withAnswers({ medicalSubsidy: { state: 'withheld' } })],
    [
      'an end',
      withAnswers({
        medicalSubsidy: { state: 'ended', endedOn: day, items: [benefit] },
        checkup: { state: 'ended', endedOn: day, items: [] },
      }),
    ],
    ['a category that could not be asked', withAnswers({ medicalSubsidy: stale })],
    ['a name outside CP932', withPatient({ name: '𠮷田\n直子' })],
    [
      'a certificate with hardly anything on it',
      withAnswers({
        medicalSubsidy: {
          state: 'present',
          items: [
            {
              ...benefit,
              payerNumber: null,
              recipientNumber: null,
              monthlyCapYen: null,
              incomeSegment: null,
            },
          ],
        },
      }),
    ],
  ])('fits its schema with %s', (_, content) => {
    expect(errorsOf(jsonOf(content))).toEqual([])
  })

  test('carries the answers as they are, the person without the source’s reference', () => {
    const { ref: _ref, ...person } = patient
    expect(jsonOf(document)).toEqual({
      formatVersion: 3,
      deliveryId: document.deliveryId,
      visitId: document.visitId,
      visitNumber: 7,
      visitDay: day,
      confirmedAt: at,
      training: false,
      patientNumber: '00123',
      asOf: day,
      fetchedAt: at,
      source: 'pmh',
      patient: person,
      answers: {
        medicalSubsidy: {
          state: 'present',
          items: [{ ...benefit, basis: 'source', endedOn: null }],
          byHand: 0,
          leftOut: [],
        },
        checkup: { state: 'absent' },
        vaccination: {
          state: 'present',
          items: [
            {
              id: 'V-001',
              name: voucher.name,
              municipality: '八王子市',
              validFrom: '2026-04-01',
              validTo: '2027-03-31',
            },
          ],
        },
      },
    })
  })

  test('keeps what the patient answered before a dose, and earlier doses, for the doctor', () => {
    const answers = [{ question: '今日の体調', answer: '昨日から熱がある', needsDoctor: true }]
    const questionnaire = { name: '予診票', answeredAt: at, answers }
    const dose = {
      ...{ handle: null, clinic: '隣町医院', municipality: null, medium: 'paper' as const, vaccineCode: 'bcg' },
      ...{ vaccineName: 'BCG', doseNumber: 1, givenOn: '2026-01-10', lotNumber: 'KH999', site: null },
    }
    const vaccination = { state: 'present' as const, items: [{ ...voucher, questionnaire }] }
    const history = { doses: [dose], checkups: [] }
    const text = Buffer.from(
      must(
        renderJson({
          ...document,
          ...saying({ ...eligibility, answers: { ...eligibility.answers, vaccination }, history }),
        }),
      ),
    ).toString()
    expect(text).toContain('V-001')
    for (const kept of ['昨日から熱がある', '隣町医院', 'KH999']) expect(text).not.toContain(kept)
  })

  test('never hands over what is only cached', () => {
    expect(jsonOf(withAnswers({ medicalSubsidy: stale }))).toMatchObject({
      answers: { medicalSubsidy: { state: 'unreachable' } },
    })
    expect(Buffer.from(must(renderJson(withAnswers({ medicalSubsidy: stale })))).includes('88138243')).toBe(false)
  })

  test('the schema refuses another version, an unknown field, a benefit with a missing field and one among vouchers', () => {
    const good = z.looseObject({ answers: z.looseObject({}) }).parse(jsonOf(document))
    const { payerNumber: _, ...incomplete } = benefit
    const wrong = [
      { ...good, formatVersion: 2 },
      { ...good, individualNumber: '1' },
      { ...good, answers: { ...good.answers, medicalSubsidy: { state: 'present', items: [incomplete] } } },
      { ...good, answers: { ...good.answers, checkup: { state: 'present', items: [benefit] } } },
      { ...good, answers: { ...good.answers, checkup: { state: 'present', items: [] } } },
      { ...good, answers: { ...good.answers, checkup: { state: 'unreachable', cached: null } } },
    ]
    expect(wrong.map((content) => validate(content))).toEqual(wrong.map(() => false))
  })
})

describe('rendering for all destinations', () => {
  const { deliveryId: _, nameForm: __, ...visit } = withPatient({ name: '𠮷田　直子' })
  const destinations = [destinationOf('csv', { id: 'receipt' }), destinationOf('json', { id: 'chart' })]
  const renderDeliveries = (confirmed: typeof visit) =>
    destinations.map((destination) => renderDelivery(confirmed, destination, {}))

  test('a format that refuses leaves a rejected row, the others get their file', () => {
    const [csv, json] = renderDeliveries(visit)
    expect(csv).toMatchObject({
      destination: 'receipt',
      format: 'csv',
      state: 'rejected',
      failure: { code: 'TEXT_NOT_ENCODABLE', detail: { destination: 'receipt', field: 'name' } },
      payload: new Uint8Array(),
    })
    expect(json).toMatchObject({ destination: 'chart', format: 'json', state: 'queued', failure: null })
    expect(JSON.parse(Buffer.from(json?.payload ?? []).toString())).toMatchObject({ deliveryId: json?.id })
  })

  test('file names sort by visit, hold the delivery id and no patient data, and mark training', () => {
    const [csv, json] = renderDeliveries(visit)
    expect(csv?.fileName).toBe(`madoguchi_20261123_0007_${csv?.id}.csv`)
    expect(json?.fileName).toBe(`madoguchi_20261123_0007_${json?.id}.json`)
    expect(csv?.id).not.toBe(json?.id)
    const [rehearsal] = renderDeliveries({ ...visit, training: true })
    expect(rehearsal?.fileName).toBe(`training_madoguchi_20261123_0007_${rehearsal?.id}.csv`)
  })
})
