import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Destination } from '../../src-main/contract/destination.ts'
import type { Encoding } from '../../src-main/ground/encodings.ts'
import { encode, inWritableText } from '../../src-main/handover/formats/encoding.ts'
import type { HandoverDocument } from '../../src-main/handover/formats/handover-document.ts'
import { renderDelivery } from '../../src-main/handover/formats/render.ts'
import { toHalfWidthKana } from '../../src-main/text/width.ts'
import { fault } from '../faults.ts'
import { at, benefit, day, eligibility, patient } from '../store/samples.ts'
import { destinationOf } from './destination-of.ts'
import { orcaDestination } from './orca/lane.ts'
import { saying } from './saying.ts'

const named = (name: string, nameKana = 'ヨシダ　ナオコ'): HandoverDocument => ({
  deliveryId: '6f1c9a52-0d3e-4b7a-9a51-2f3f0c1d2e4b',
  visitId: '0b8f1f0e-7f2d-4a57-8f55-8a9f2f1c7d10',
  visitNumber: 7,
  visitDay: day,
  confirmedAt: at,
  training: false,
  patientNumber: null,
  confirmedName: null,
  nameForm: 'original',
  ...saying({ ...eligibility, patient: { ...patient, name, nameKana } }),
})
const approved = { 𠮷: '吉', '葛\u{e0100}': '葛' }
const cp932 = { encoding: 'cp932', unwritable: 'hold', substitutions: {} } as const
const nameOf = ({ nameForm, eligibility: { patient: person } }: HandoverDocument) => [nameForm, person.name]

describe('a name that the encoding does not have', () => {
  fault('locale', 'A name has a kanji that the clinic has approved a replacement for', {
    seen: 'nothing',
    class: 'permanent',
    data: 'The file has the replacement, and says so; the store keeps the name as it came.',
    recovery: 'Nothing is to be done.',
  })
  test('is replaced by the table the clinic approved, and the document says so', () => {
    expect(nameOf(inWritableText(named('𠮷田　直子'), { ...cp932, substitutions: approved }))).toEqual([
      'substituted',
      '吉田　直子',
    ])
  })

  test('with a variation selector is one character of the table', () => {
    expect(nameOf(inWritableText(named('葛\u{e0100}西　直子'), { ...cp932, substitutions: approved }))).toEqual([
      'substituted',
      '葛西　直子',
    ])
  })

  test('in letters with voicing marks of their own is written in one letter each, and is no other name', () => {
    const document = inWritableText(named('ハ\u3099ナナ', 'ハ\u3099ナナ'), cp932)
    expect(nameOf(document)).toEqual(['original', 'バナナ'])
    expect(document.eligibility.patient.nameKana).toBe('バナナ')
    // A mark without its letter is not guessed.
    expect(nameOf(inWritableText(named('\u3099山'), cp932))).toEqual(['original', '\u3099山'])
  })

  test('gives way to the kana where the destination says so', () => {
    expect(nameOf(inWritableText(named('𠮷田　直子'), { ...cp932, unwritable: 'kana' }))).toEqual([
      'kana',
      'ヨシダ　ナオコ',
    ])
  })

  test('is left as it is without either, or without kana, and its format refuses it', () => {
    expect(nameOf(inWritableText(named('𠮷田　直子'), cp932))).toEqual(['original', '𠮷田　直子'])
    expect(nameOf(inWritableText(named('𠮷田', ''), { ...cp932, unwritable: 'kana' }))).toEqual(['original', '𠮷田'])
    const { deliveryId: _, nameForm: __, ...visit } = named('𠮷田', '')
    expect(renderDelivery(visit, destinationOf('csv', { unwritable: 'kana' }), {})).toMatchObject({
      state: 'rejected',
      failure: { code: 'TEXT_NOT_ENCODABLE', detail: { field: 'name' } },
    })
  })

  test('is never touched where the encoding has it, approved table or not', () => {
    const substitutions = { 髙: '高', 𠮷: '吉' }
    expect(nameOf(inWritableText(named('髙田'), { ...cp932, substitutions }))).toEqual(['original', '髙田'])
    expect(nameOf(inWritableText(named('𠮷田'), { ...cp932, encoding: 'utf-8', substitutions }))).toEqual([
      'original',
      '𠮷田',
    ])
  })

  test('is one text among others: certificates and municipalities follow the same table', () => {
    const document = named('田中')
    const answers = {
      ...eligibility.answers,
      medicalSubsidy: { state: 'present' as const, items: [{ ...benefit, certificateName: '𠮷野市医療証' }] },
    }
    const written = inWritableText(
      { ...document, ...saying({ ...eligibility, answers }) },
      { ...cp932, substitutions: approved },
    )
    expect(written.handed.items).toMatchObject([{ benefit: { certificateName: '吉野市医療証' } }])
    expect(written.nameForm).toBe('original')
  })

  test('whatever it is, nothing is ever written that is not in the original, the table or the kana', () => {
    const unit = fc.constantFrom(...'田中𠮷髙﨑ヨ〜ー●?〓■', '葛\u{e0100}')
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1 }), fc.constantFrom('hold', 'kana'), (name, unwritable) => {
        const [form, text] = nameOf(inWritableText(named(name), { ...cp932, unwritable, substitutions: approved }))
        if (form === 'kana') return text === 'ヨシダ　ナオコ'
        if (form === 'original') return text === name
        return text === name.replaceAll('葛\u{e0100}', '葛').replaceAll('𠮷', '吉')
      }),
    )
  })
})

describe('a confirmed spelling of a name with ●', () => {
  const spelt = (confirmedName: string, name = '●田　直子') => ({ ...named(name), confirmedName })
  const written = (document: HandoverDocument, destination: Destination) => {
    const { deliveryId: _, nameForm: __, ...visit } = document
    return Buffer.from(renderDelivery(visit, destination, { 𠮷: '吉' }).payload)
  }
  const csv = (encoding: Encoding) => destinationOf('csv', { encoding, columns: ['name', 'name_form'], header: false })
  const textOf = (document: HandoverDocument, encoding: Encoding) => {
    const text = new TextDecoder(encoding === 'cp932' ? 'shift_jis' : 'utf-8').decode(written(document, csv(encoding)))
    return text.split('\r\n')[0]
  }

  test('stands in its place where the encoding has it, and the file says so', () => {
    expect(textOf(spelt('髙田　直子'), 'cp932')).toBe('髙田　直子,confirmed')
    expect(textOf(spelt('𠮷田　直子'), 'utf-8')).toBe('𠮷田　直子,confirmed')
    expect(
      written(
        spelt('髙田　直子'),
        destinationOf('xml', { encoding: 'utf-8', institutionCode: '1312345678' }),
      ).toString(),
    ).toContain('<Name>髙田　直子</Name>')
    const { patient: person } = JSON.parse(written(spelt('𠮷田　直子'), destinationOf('json')).toString())
    expect(person).toMatchObject({ name: '𠮷田　直子', nameForm: 'confirmed' })
  })

  test('does not where the encoding lacks it, nor where the source’s name is another', () => {
    expect(textOf(spelt('𠮷田　直子'), 'cp932')).toBe('●田　直子,original')
    expect(textOf(spelt('髙田　直子', '●山　直子'), 'cp932')).toBe('●山　直子,original')
    expect(textOf(spelt('髙田　直子', '高田　直子'), 'utf-8')).toBe('高田　直子,original')
    const { patient: person } = JSON.parse(written(named('●田　直子'), destinationOf('json')).toString())
    expect(person).not.toHaveProperty('nameForm')
  })

  test.each(['receipt', 'fhir', 'orca'] as const)('is not in what goes as %s', (format) => {
    const document = { ...spelt('田田　直子'), patientNumber: '00123' }
    const destination = format === 'orca' ? orcaDestination() : destinationOf(format)
    const bytes = written(document, destination)
    const text = new TextDecoder(format === 'receipt' ? 'shift_jis' : 'utf-8').decode(bytes)
    expect(text).toContain('●田　直子')
    expect(text).not.toContain('田田　直子')
  })
})

test('half a surrogate pair has no bytes in either encoding', () => {
  expect(encode('\ud842', 'utf-8').ok).toBe(false)
  expect(encode('\ud842', 'cp932').ok).toBe(false)
})

test.each([
  ['タカサキ　ハルト', 'ﾀｶｻｷ ﾊﾙﾄ'],
  ['ガッパヴァー・ヲ゛', 'ｶﾞｯﾊﾟｳﾞｧｰ･ｦﾞ'],
  ['ｱ a 亜', 'ｱ a 亜'],
])('%s is %s in half width', (full, half) => {
  expect(toHalfWidthKana(full)).toBe(half)
})
