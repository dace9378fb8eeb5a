// The rows of a long file, however it is cut into pieces on its way.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCsv } from '../../src-main/text/csv.ts'
import { createCsvRows, csvCells } from '../../src-main/text/csv-rows.ts'

const written = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

function inPieces(text: string, cuts: readonly number[]) {
  const rows = createCsvRows()
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).toSorted((a, b) => a - b), text.length]
  const found = places.slice(1).flatMap((to, index) => rows.add(text.slice(places[index], to)))
  return [...found, ...rows.end()]
}

test('rows come out as of the whole text, wherever it is cut', () => {
  const field = fc.oneof(fc.stringMatching(/^[",\r\n 氏名;]{0,6}$/), fc.constantFrom('', 'a\r\nb', '"', '氏名'))
  fc.assert(
    fc.property(
      fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 6 }),
      fc.constantFrom('\r\n', '\n'),
      fc.array(fc.nat(), { maxLength: 6 }),
      (rows, end, cuts) => {
        const text = rows.map((row) => `${row.map(written).join(',')}${end}`).join('')
        const found = inPieces(text, cuts)
        expect(found.map((row) => csvCells(row.text))).toEqual(parseCsv(text))
      },
    ),
  )
})

test('a row knows the line it begins on, also behind one that goes over several', () => {
  const found = inPieces('a,b\r\n"c\nd\ne",f\ng,h', [9])
  expect(found.map(({ line }) => line)).toEqual([1, 2, 5])
})

test('a quotation mark that is never closed makes no row of the rest', () => {
  const [first, rest] = inPieces(`a,b\n"c,d\n${'e,f\n'.repeat(50_000)}`, [10])
  expect(csvCells(first?.text ?? '')).toEqual(['a', 'b'])
  expect({ line: rest?.line, cells: csvCells(rest?.text ?? '') }).toEqual({ line: 2, cells: null })
})
