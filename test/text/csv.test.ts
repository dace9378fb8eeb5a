import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCsv } from '../../src-main/text/csv.ts'
import { outside } from '../outside.ts'

/** Python's csv module, strict: what another program makes of the same texts. */
function pythonReads(texts: readonly string[]): unknown {
  const program = `
import csv, io, json, sys
print(json.dumps([list(csv.reader(io.StringIO(t, newline=''), strict=True)) for t in json.load(sys.stdin)]))`
  return JSON.parse(
    execFileSync(outside('python3'), ['-c', program], { input: JSON.stringify(texts), encoding: 'utf8' }),
  )
}

const field = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.stringMatching(/^[",\r\n 氏名;]{0,6}$/),
  fc.constantFrom('', '氏名', '"', 'a,b', 'a\r\nb'),
)
const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`
const written = (value: string, isQuoted: boolean) => (isQuoted || /[",\r\n]/.test(value) ? quoted(value) : value)

describe('comma-separated values', () => {
  test('that were written by the rules are read as they were', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.tuple(field, fc.boolean()), { minLength: 1, maxLength: 5 }), { maxLength: 5 }),
        fc.constantFrom('\r\n', '\n', '\r'),
        (rows, end) => {
          const text = rows.map((row) => `${row.map(([value, isQuoted]) => written(value, isQuoted)).join(',')}${end}`)
          expect(parseCsv(text.join(''))).toEqual(rows.map((row) => row.map(([value]) => value)))
        },
      ),
    )
  })

  test('are read as Python reads them', () => {
    const texts = fc
      .sample(fc.array(fc.array(fc.tuple(field, fc.boolean()), { minLength: 2, maxLength: 4 }), { maxLength: 4 }), 200)
      .map((rows) => rows.map((row) => row.map(([value, isQuoted]) => written(value, isQuoted)).join(',')).join('\r\n'))
    expect(texts.map(parseCsv)).toEqual(pythonReads(texts))
  })

  test.each([
    ['', []],
    ['a', [['a']]],
    ['a,b\r\n', [['a', 'b']]],
    ['a,\n', [['a', '']]],
    ['a,', [['a', '']]],
    [',', [['', '']]],
    ['"a"', [['a']]],
    ['"a\r\nb","c"', [['a\r\nb', 'c']]],
    ['a\n\nb', [['a'], [''], ['b']]],
  ])('%j', (text, rows) => {
    expect(parseCsv(text)).toEqual(rows)
  })

  test.each(['a"b', '"a', '"a"b', '"a""', 'a,"b\n', '"a" ,b'])('%j is none, and is refused whole', (text) => {
    expect(parseCsv(text)).toBeNull()
  })

  test('of any bytes are read or refused, and never for long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const rows = parseCsv(text)
        if (rows) expect(rows.flat().join('').length).toBeLessThanOrEqual(text.length)
      }),
    )
    expect(parseCsv('"'.repeat(200_001))).toBeNull()
  })
})
