// What the 資格確認端末 lays into its folders: results as XML, bulk answers as archives, and what a vendor says of its names.
import { zipSync } from 'fflate'
import { unzipDocuments } from '../../../src-main/hub/terminal/bulk-answer.ts'
import { looksEncrypted } from '../../../src-main/hub/terminal/encrypted.ts'
import { readMapping, shippedMapping } from '../../../src-main/hub/terminal/mapping.ts'
import { readMessage } from '../../../src-main/hub/terminal/message.ts'
import { personaById } from '../../../src-main/stand-ins/people/personas.ts'
import { answerBody, answerFile, personElement } from '../../../src-main/stand-ins/terminal/answer-xml.ts'
import { readXml, type XmlElement } from '../../../src-main/text/xml-reader.ts'
import { escapeText } from '../../../src-main/text/xml-text.ts'
import { testDay } from '../../clock.ts'
import { mutateJson } from '../mutate-json.ts'
import { holds, markers, refused, same, type Target, taken, verdictOf } from '../target.ts'

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')

function answer(encoding: 'utf-8' | 'cp932', persona = 'nanbyo'): Uint8Array {
  const person = personaById(persona, testDay)
  if (!person) throw new Error('no sample')
  const element = personElement({ persona: person, cardNumber: '77', referenceNumber: '4711', day: testDay })
  const at = `${testDay.replaceAll('-', '')}091233`
  const header = {
    at,
    institutionCode: '1312345678',
    fileIdentifier: 'f1',
    classification: 1,
    segment: '1',
    code: '',
    message: '',
    encoding,
  } as const
  return answerFile(header, answerBody([element]))
}

const attributeText = (text: string) =>
  escapeText(text)
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, (one) => `&#${one.charCodeAt(0)};`)

/** Written the other way round; a carriage return would be read as a line end. */
const printed = ({ name, attributes, children, text }: XmlElement): string =>
  `<${name}${attributes.map(([key, value]) => ` ${key}="${attributeText(value)}"`).join('')}>${escapeText(text).replaceAll('\r', '&#13;')}${children.map(printed).join('')}</${name}>`

const rules = { mapping: shippedMapping, training: true }
const names = Object.values(shippedMapping.person)

export const xmlTarget = async (): Promise<Target> => ({
  covers: ['src-main/text/xml-reader.ts', 'src-main/hub/terminal/'],
  seeds: [answer('utf-8'), answer('cp932'), answer('utf-8', 'kodomo')],
  words: [
    ...[
      ...markers,
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<!DOCTYPE a [<!ENTITY x "y">]>',
      '&#x41;',
      '&amp;',
      '&x;',
      '<a b="1">',
      '</a>',
      '/>',
    ],
    ...[
      'encoding="Shift_JIS"',
      'encoding="UTF-8"',
      '<?xml version="1.0"?>',
      '99999999',
      '20260230',
      ...names.map((name) => `<${name}>1</${name}>`),
    ],
  ],
  longest: 60_000,
  run(input) {
    const reading = readXml(input)
    if ('flaw' in reading) {
      looksEncrypted(input)
      return refused(reading)
    }
    // Of what went over a limit by being written longer nothing is said.
    const again = readXml(utf8(printed(reading.root)))
    if (!('flaw' in again)) same('XML that is written anew is read as the same', again.root, reading.root)
    else holds('XML that is written anew is XML', again.flaw === 'size')
    const result = readMessage(reading.root, rules)
    if (!result.ok) return verdictOf(result)
    holds('a moment is one', !Number.isNaN(Date.parse(result.value.processedAt)))
    const kept = readMessage(reading.root, { ...rules, training: false })
    holds('outside training it is read as well', kept.ok)
    return taken
  },
})

export const archiveTarget = async (): Promise<Target> => ({
  covers: ['src-main/hub/terminal/bulk-answer.ts', 'src-main/text/xml-reader.ts'],
  seeds: [
    zipSync({ 'a.xml': answer('utf-8') }),
    zipSync({ 'a.xml': [utf8('<a>1</a>'), { level: 0 }], 'QZHIMITSU.xml': utf8('<b/>'), 'c.txt': utf8('x') }),
  ],
  words: [
    '.xml',
    '../',
    'PK\u0003\u0004',
    'PK\u0001\u0002',
    'PK\u0005\u0006',
    new Uint8Array([0xff, 0xff, 0xff, 0x7f]),
  ],
  longest: 20_000,
  run(input) {
    const documents = unzipDocuments(input)
    return typeof documents === 'string' ? refused(documents) : taken
  },
})

export const mappingTarget = async (): Promise<Target> => ({
  covers: ['src-main/hub/terminal/mapping.ts', 'src-main/ground/typed-text.ts'],
  seeds: [utf8(JSON.stringify(shippedMapping)), utf8(JSON.stringify({ ...shippedMapping, note: 'x' }, null, 2))],
  words: ['{', '}', ',', '"', '//', 'null', '\ufeff'],
  longest: 30_000,
  mutate: mutateJson(['confirmed', 'assumed', 'a b', 'Name']),
  run(input) {
    const mapping = readMapping(Buffer.from(input).toString('utf8'))
    if (!mapping.ok) return verdictOf(mapping)
    same('a mapping that is written anew is the same', readMapping(JSON.stringify(mapping.value)), mapping)
    return taken
  },
})
