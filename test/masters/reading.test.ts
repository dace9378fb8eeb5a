// The publisher's file, read piece by piece: taken as a whole or not at all, with the line of what is wrong.
import { describe, expect, test } from 'vitest'
import { createMasterReader } from '../../src-main/masters/reading.ts'
import { sampleMaster } from '../../src-main/stand-ins/masters/sample-master.ts'
import { masterRow } from '../eligibility/local/samples.ts'
import { fault } from '../faults.ts'

function read(bytes: Uint8Array, piece = 4_096) {
  const reader = createMasterReader()
  for (let at = 0; at < bytes.length; at += piece) {
    const failure = reader.add(bytes.subarray(at, at + piece))
    if (failure) return { ok: false as const, error: failure }
  }
  return reader.end()
}

const bytesOf = (lines: readonly string[]) => Buffer.from(lines.map((line) => `${line}\r\n`).join(''))
const good = masterRow({}).join(',')
const others = (count: number) =>
  Array.from({ length: count }, (_, place) => masterRow({ division: String(place + 2) }).join(','))

describe('a master', () => {
  test('of the usual size is read whole, however it comes in pieces', () => {
    const bytes = Buffer.from([...sampleMaster(2_000)].join(''))
    const [one, other] = [read(bytes, 1_021), read(bytes, bytes.length)]
    expect(one).toEqual(other)
    expect(one).toMatchObject({ ok: true, value: { count: 2_000, withoutNumber: 0 } })
  })

  test('that was made up to rehearse with is told from the publisher’s, also a piece of it', () => {
    expect(read(Buffer.from([...sampleMaster(1)].join('')))).toMatchObject({ ok: true, value: { isSample: true } })
    expect(read(bytesOf([good]))).toMatchObject({ ok: true, value: { isSample: false } })
  })

  test('is the same for the same seed, and another for another', () => {
    const text = (seed: number) => [...sampleMaster(300, seed)].join('')
    expect(text(1)).toBe(text(1))
    expect(text(1)).not.toBe(text(2))
  })

  test('may come without its mark, with line ends of any system, and without a last one', () => {
    for (const text of [`${good}\n`, `\uFEFF${good}\r\n`, good]) {
      expect(read(Buffer.from(text))).toMatchObject({ ok: true, value: { count: 1 } })
    }
  })

  test('tells rows that no number finds, and takes the same row once', () => {
    const result = read(bytesOf([good, good, masterRow({ payerNumber: '' }).join(',')]))
    expect(result).toMatchObject({ ok: true, value: { count: 3, withoutNumber: 1 } })
    expect(result.ok && result.value.rows).toHaveLength(1)
  })
})

describe('no master', () => {
  test('is told by what is wrong first, wherever the pieces end', () => {
    const broken = Buffer.concat([Buffer.from(`not a row\r\n${good}\r\n`), Buffer.from([0xff, 10]), bytesOf([good])])
    for (const piece of [7, 300, broken.length]) {
      expect(read(broken, piece)).toEqual({ ok: false, error: { code: 'MASTER_COLUMNS', detail: { line: 1 } } })
    }
  })

  fault('files', 'The master of local schemes has another encoding (saved by a spreadsheet)', {
    seen: 'MASTER_ENCODING',
    detail: { line: 1 },
    data: 'Nothing is taken; the master of before counts.',
    recovery: 'The publisher’s file is chosen as it is.',
  })
  fault('files', 'The master of local schemes is cut off, or has other columns', {
    seen: 'MASTER_COLUMNS',
    detail: { line: 5 },
    data: 'Nothing is taken; the master of before counts.',
    recovery: 'The publisher’s file is chosen as it is.',
  })
  fault('files', 'The master of local schemes has a day that is none', {
    seen: 'MASTER_CELL',
    detail: { line: 3, field: '有効終了年月日' },
    data: 'Nothing is taken; the master of before counts.',
    recovery: 'The publisher’s file is chosen as it is.',
  })
  fault('files', 'The master of local schemes is empty', {
    seen: 'MASTER_EMPTY',
    data: 'Nothing is taken; the master of before counts.',
    recovery: 'The publisher’s file is chosen.',
  })
  test.each<[string, Uint8Array, object]>([
    [
      'in CP932',
      Buffer.concat([Buffer.from([0x93, 0x8c, 0x8b, 0x9e]), Buffer.from(good)]),
      { code: 'MASTER_ENCODING', detail: { line: 1 } },
    ],
    ['in UTF-16', Buffer.from(`\uFEFF${good}`, 'utf16le'), { code: 'MASTER_ENCODING', detail: { line: 1 } }],
    [
      'with broken bytes far down',
      Buffer.concat([bytesOf([good, ...others(200)]), Buffer.from([0x83, 0x65, 10]), bytesOf([good])]),
      { code: 'MASTER_ENCODING', detail: { line: 202 } },
    ],
    [
      'with a character cut off at its end',
      Buffer.from(good.replace(/,/g, '')).subarray(0, 4),
      { code: 'MASTER_ENCODING', detail: { line: 1 } },
    ],
    ['with a header', bytesOf(['事業名,略称', good]), { code: 'MASTER_COLUMNS', detail: { line: 1 } }],
    [
      'with a row that is cut off',
      bytesOf([good, ...others(3), good.slice(0, -9)]),
      { code: 'MASTER_COLUMNS', detail: { line: 5 } },
    ],
    [
      'with an open quotation mark',
      bytesOf([good, `"${good}`, ...others(3)]),
      { code: 'MASTER_COLUMNS', detail: { line: 2 } },
    ],
    [
      'with a day that is none, behind a row of two lines',
      bytesOf([
        masterRow({ incomeClassName: '"課税\r\n世帯"' }).join(','),
        masterRow({ validTo: '20261301' }).join(','),
      ]),
      { code: 'MASTER_CELL', detail: { line: 3, field: '有効終了年月日' } },
    ],
    ['that is empty', new Uint8Array(), { code: 'MASTER_EMPTY' }],
  ])('is a file %s', (_, bytes, error) => {
    expect(read(bytes)).toEqual({ ok: false, error })
    expect(read(bytes, 7)).toEqual({ ok: false, error })
  })

  fault('huge', 'A file of a hundred megabytes is taken for the master of local schemes', {
    seen: 'MASTER_TOO_LARGE',
    data: 'It is not read to its end; the master of before counts.',
    recovery: 'The publisher’s file is chosen.',
  })
  test('is a file ten times as large as the publisher’s, which is not read to its end', () => {
    const reader = createMasterReader()
    // One line that never ends, so that nothing of it is a row.
    const piece = Buffer.alloc(30_000_000, 'x')
    expect([1, 2, 3].map(() => reader.add(piece))).toEqual([null, null, null])
    expect(reader.add(piece)).toEqual({ code: 'MASTER_TOO_LARGE' })
    expect(reader.add(bytesOf([good]))).toEqual({ code: 'MASTER_TOO_LARGE' })
  })
})
