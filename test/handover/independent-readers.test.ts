// What other programs make of our files: Python's line splitting, csv and expat, libxml2 under its own idea of Shift_JIS.
// What one of them would read otherwise than it was written is not written.
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import type { DestinationFormat } from '../../src-main/contract/destination.ts'
import { encode } from '../../src-main/handover/formats/encoding.ts'
import type { ConfirmedVisit } from '../../src-main/handover/formats/handover-document.ts'
import { renderDelivery } from '../../src-main/handover/formats/render.ts'
import { fault } from '../faults.ts'
import { outside } from '../outside.ts'
import { at, day, eligibility, patient } from '../store/samples.ts'
import { destinationOf } from './destination-of.ts'
import { saying } from './saying.ts'

const named = (name: string): ConfirmedVisit => ({
  visitId: '0b8f1f0e-7f2d-4a57-8f55-8a9f2f1c7d10',
  visitNumber: 7,
  visitDay: day,
  confirmedAt: at,
  training: false,
  patientNumber: '00123',
  confirmedName: null,
  ...saying({ ...eligibility, patient: { ...patient, name } }),
})

function rendered(name: string, format: DestinationFormat, settings: Readonly<Record<string, unknown>> = {}) {
  const more = format === 'xml' ? { institutionCode: '1310000001' } : {}
  return renderDelivery(named(name), destinationOf(format, { ...more, ...settings }), {})
}

/** What a Python program prints as JSON about bytes. */
const inPython = (program: string, input: Uint8Array) =>
  JSON.parse(
    execFileSync(outside('python3'), ['-c', `import sys,json,csv,io\n${program}`], { input, encoding: 'utf8' }),
  )

const unseen = {
  'a next line (U+0085)': '\u0085',
  'a line separator (U+2028)': '\u2028',
  'a paragraph separator (U+2029)': '\u2029',
  'a swapped byte order mark (U+FFFE)': '\ufffe',
  'no character at all (U+FFFF)': '\uffff',
  'another of Unicode’s own (U+1FFFF)': '\u{1ffff}',
  'a byte order mark inside (U+FEFF)': '\ufeff',
  'a mark that turns the direction (U+202E)': '\u202e',
  'an isolate (U+2067)': '\u2067',
  'a right-to-left mark (U+200F)': '\u200f',
  'a space without width (U+200B)': '\u200b',
  'a joiner (U+200D)': '\u200d',
  'a soft hyphen (U+00AD)': '\u00ad',
  'an old terminal’s control (U+009B)': '\u009b',
  'a bell (U+0007)': '\u0007',
  'NUL (U+0000)': '\u0000',
  'half a surrogate pair (U+D842)': '\ud842',
}

describe('a name with a character that nobody sees', () => {
  const formats = [
    ['csv', { encoding: 'utf-8' }, 'name'],
    ['csv', { encoding: 'cp932' }, 'name'],
    ['xml', { encoding: 'utf-8' }, 'Name'],
    ['xml', { encoding: 'cp932' }, 'Name'],
    ['json', {}, 'name'],
    ['fhir', {}, 'text'],
    ['receipt', {}, 'name'],
  ] as const

  test.each(Object.entries(unseen))('%s holds the file back in every format', (_, character) => {
    for (const [format, settings, field] of formats) {
      expect([format, rendered(`山${character}田`, format, settings)]).toMatchObject([
        format,
        { state: 'rejected', failure: { code: 'TEXT_NOT_ENCODABLE', detail: { field } } },
      ])
    }
  })

  test('gives way to the kana where the destination says so, or to what the clinic has approved', () => {
    const utf8 = destinationOf('csv', { encoding: 'utf-8', columns: ['name', 'name_form'] })
    const text = (payload: Uint8Array) => Buffer.from(payload).toString().split('\r\n')[1]
    const kana = renderDelivery(named('山\u202e田'), { ...utf8, unwritable: 'kana' }, {})
    expect(text(kana.payload)).toBe(`${patient.nameKana},kana`)
    const approved = renderDelivery(named('山\u202e田'), utf8, { '\u202e': '' })
    expect(text(approved.payload)).toBe('山田,substituted')
  })

  test('is what the readers stumble over: lines and XML as they would have been written', () => {
    expect(
      inPython('print(json.dumps(len(sys.stdin.buffer.read().decode().splitlines())))', Buffer.from('山\u0085田\r\n')),
    ).toBe(2)
    const xml = Buffer.from('<?xml version="1.0" encoding="UTF-8"?><Name>山\ufffe田</Name>')
    expect(() =>
      execFileSync(outside('xmllint'), ['--noout', '-'], { input: xml, stdio: ['pipe', 'ignore', 'ignore'] }),
    ).toThrow()
    const expat = `import xml.parsers.expat as e
try:
  e.ParserCreate().Parse(sys.stdin.buffer.read(), True); print('true')
except e.ExpatError: print('false')`
    expect(inPython(expat, xml)).toBe(false)
  })
})

describe('a UTF-8 file', () => {
  const names = ['髙﨑　陽翔', '𠮷田, "直" 子', '葛\u{e0100}西', 'Ⅰ ㈱ ～－―', "O'Neil <&>"]

  test.each(names)('CSV has as many lines as rows for %j, in Python’s splitlines and csv alike', (name) => {
    const { payload } = rendered(name, 'csv', { encoding: 'utf-8' })
    const program = `text=sys.stdin.buffer.read().decode('utf-8-sig')
rows=list(csv.DictReader(io.StringIO(text,newline='')))
print(json.dumps([len(text.splitlines()),len(rows),[r['name'] for r in rows]]))`
    const [lines, rows, read] = inPython(program, payload)
    expect([lines, read]).toEqual([rows + 1, Array.from({ length: rows }, () => name)])
  })

  test.each(names)('XML is read by expat and libxml2 for %j', (name) => {
    const { payload } = rendered(name, 'xml', { encoding: 'utf-8' })
    const program = `import xml.etree.ElementTree as e
print(json.dumps(e.fromstring(sys.stdin.buffer.read()).find('.//Name').text))`
    expect(inPython(program, payload)).toBe(name)
    const read = execFileSync(outside('xmllint'), ['--nonet', '--xpath', 'string(//Name)', '-'], {
      input: payload,
      encoding: 'utf8',
    })
    expect(read.replace(/\n$/, '')).toBe(name)
  })
})

describe('XML that declares Shift_JIS', () => {
  /** Every character of the BMP that CP932 can write, but the aliases, which become what Windows knows. */
  const aliases = '\u2014\u301c\u2016\u2212\u00a2\u00a3\u00ac'
  const writable = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => !/[\p{Cc}\p{Cs}]/u.test(character) && !aliases.includes(character) && encode(character, 'cp932').ok,
  )

  test('is read alike by libxml2, by JIS’s table and by Windows’, character by character', () => {
    expect(writable.length).toBeGreaterThan(7_400)
    for (let start = 0; start < writable.length; start += 2_500) {
      const name = `${writable.slice(start, start + 2_500).join('')}.`
      const { payload } = rendered(name, 'xml', { encoding: 'cp932' })
      expect(Buffer.from(payload).toString('latin1')).toContain('encoding="Shift_JIS"')
      const read = execFileSync(outside('xmllint'), ['--nonet', '--xpath', 'string(//Name)', '-'], {
        input: payload,
        encoding: 'utf8',
      })
      expect(read.replace(/\n$/, '')).toBe(name)
      // As a reader with another table would have it: decoded by that one first. The declaration then tells the truth.
      for (const table of ['shift_jis', 'shift_jis_2004', 'cp932', 'mskanji']) {
        const program = `import xml.etree.ElementTree as e
text=sys.stdin.buffer.read().decode('${table}').replace('Shift_JIS','UTF-8',1)
print(json.dumps(e.fromstring(text.encode()).find('.//Name').text))`
        expect([table, inPython(program, payload)]).toEqual([table, name])
      }
    }
  }, 120_000)

  test('writes a wave dash of JIS as the one that Windows knows', () => {
    const { payload } = rendered('山〜田', 'xml', { encoding: 'cp932' })
    expect(Buffer.from(payload).toString('latin1')).toContain('&#xFF5E;')
  })

  test('has plain bytes where all readers agree', () => {
    const { payload } = rendered('山田　太郎', 'xml', { encoding: 'cp932' })
    expect(Buffer.from(payload).toString('latin1')).not.toContain('&#')
  })
})

describe('a text that a spreadsheet would calculate', () => {
  const formulas = ['=HYPERLINK("http://x")', '+cmd|x', '-2+3', '@SUM(1)', '＝1+1', '＠x']

  fault('locale', 'A name begins with a sign that a spreadsheet would calculate', {
    seen: 'TEXT_LIKE_FORMULA',
    detail: { destination: 'receipt' },
    data: 'No such file is made.',
    recovery: 'Clinic IT says in the settings how such a text is written.',
  })
  test.each(formulas)('%s is held back by default, for CSV and receipt.txt', (name) => {
    for (const format of ['csv', 'receipt'] as const) {
      expect(rendered(name, format)).toMatchObject({
        state: 'rejected',
        failure: { code: 'TEXT_LIKE_FORMULA', detail: { field: 'name' } },
      })
    }
  })

  test.each(formulas)('%s goes behind an apostrophe, or as it is, where the destination says so', (name) => {
    const read = (way: string) => {
      const { payload } = rendered(name, 'csv', { formulas: way, encoding: 'utf-8' })
      const program = `text=sys.stdin.buffer.read().decode('utf-8-sig')
print(json.dumps([r['name'] for r in csv.DictReader(io.StringIO(text,newline=''))][0]))`
      return inPython(program, payload)
    }
    expect([read('quote'), read('keep')]).toEqual([`'${name}`, name])
  })

  test.each(['-', '－', '-5', '+1.5', '山田=太郎'])('%s is none, and is written as it is', (name) => {
    expect(rendered(name, 'csv')).toMatchObject({ state: 'queued' })
  })

  test('is nothing special for formats that no spreadsheet opens', () => {
    for (const format of ['json', 'fhir', 'xml'] as const) expect(rendered('=1', format).state).toBe('queued')
  })
})
