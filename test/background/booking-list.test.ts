import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseColumns, readBookings, readBookingTable } from '../../src-main/background/bookings/list.ts'
import { encodeCp932 } from '../../src-main/text/cp932.ts'
import { fault } from '../faults.ts'
import { must } from '../support.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const cp932 = (text: string) => must(encodeCp932(text))

const plain =
  'カルテ番号,氏名,フリガナ,生年月日,電話\r\n0012345,佐藤　美咲,サトウ　ミサキ,1979/11/24,\r\n77,髙﨑陽翔,ﾀｶｻｷ ﾊﾙﾄ,R3.2.28,\r\n'
const expected = [
  { patientNumber: '0012345', nameKana: 'サトウ ミサキ', birthDate: '1979-11-24', isComplete: true },
  { patientNumber: '77', nameKana: 'タカサキ ハルト', birthDate: '2021-02-28', isComplete: true },
]

/** A list with columns that say what they are. */
function read(bytes: Uint8Array) {
  const table = must(readBookingTable(bytes))
  const { patientNumber = '', nameKana = '', birthDate = '' } = chooseColumns(table, null)
  return must(readBookings(table, { patientNumber, nameKana, birthDate }))
}

describe('a list of bookings', () => {
  test.each([
    ['CP932', cp932(plain)],
    ['UTF-8', utf8(plain)],
    ['UTF-8 with its mark', utf8(`\ufeff${plain}`)],
    ['another line end', utf8(plain.replaceAll('\r\n', '\n'))],
  ])('is read in %s, and its columns are known by their headers', (_what, bytes) => {
    expect(read(bytes)).toEqual(expected)
  })

  test('of kana in half width is not taken for UTF-8, even where its bytes could be that', () => {
    // 0xC3 0xB1 is ﾃｱ in CP932 and ñ in UTF-8.
    const bytes = Uint8Array.from([...utf8('1,'), 0xc3, 0xb1, 0xc3, 0xb1, ...utf8(',1979-11-24')])
    expect(must(readBookingTable(bytes)).rows).toEqual([['1', 'ﾃｱﾃｱ', '1979-11-24']])
  })

  test('without a header has numbered columns, and nobody’s data become the name of one', () => {
    const table = must(readBookingTable(utf8('0012345,サトウ ミサキ,19791124\n')))
    expect(table).toEqual({ columns: ['列1', '列2', '列3'], rows: [['0012345', 'サトウ ミサキ', '19791124']] })
    expect(chooseColumns(table, null)).toEqual({})
  })

  test('keeps the mapping of the last time where it has those columns', () => {
    const table = must(readBookingTable(utf8('a,b,c\n1,2,3\n')))
    const remembered = { patientNumber: 'a', nameKana: 'c', birthDate: 'b' }
    expect(chooseColumns(table, remembered)).toEqual(remembered)
    expect(chooseColumns(table, { ...remembered, birthDate: 'd' })).toEqual({})
  })

  test('with two columns that could be meant leaves the choice to a person', () => {
    const table = must(readBookingTable(utf8('ID,カナ氏名,カナ住所,生年月日\n1,2,3,4\n')))
    expect(chooseColumns(table, null)).toEqual({ patientNumber: 'ID', birthDate: '生年月日' })
  })

  test('with the same header twice tells them apart', () => {
    expect(must(readBookingTable(utf8('番号,番号,日\n1,2,3\n'))).columns).toEqual(['番号', '番号（2列目）', '日'])
  })

  test('whose columns are not there or the same is refused with the one that is wrong', () => {
    const table = must(readBookingTable(utf8('a,b,c\n1,2,3\n')))
    const columns = { patientNumber: 'a', nameKana: 'b', birthDate: 'x' }
    expect(readBookings(table, columns)).toMatchObject({ error: { detail: { field: 'birthDate' } } })
    expect(readBookings(table, { ...columns, birthDate: 'a' })).toMatchObject({ error: { code: 'REQUEST_INVALID' } })
  })

  test('keeps what is missing or no number, kana or day for a person', () => {
    const lines = ['1,サトウ,13月1日', ',サトウ,1979-11-24', '1,,1979-11-24', '1 or 2,サトウ,1979-11-24', '1']
    const table = must(readBookingTable(utf8(`番号,かな,日\n${lines.join('\n')}\n`)))
    const bookings = must(readBookings(table, { patientNumber: '番号', nameKana: 'かな', birthDate: '日' }))
    expect(bookings.map(({ isComplete }) => isComplete)).toEqual([false, false, false, false, false])
    expect(bookings).toHaveLength(lines.length)
  })

  fault('huge', 'A list of bookings has more rows than anybody books', {
    seen: 'BOOKINGS_UNREADABLE',
    data: 'Nothing of it is taken.',
    recovery: 'The right file is chosen.',
  })
  test.each([
    ['nothing', utf8('')],
    ['only a header', utf8('番号,かな,日\n')],
    ['two columns', utf8('番号,日\n1,2\n')],
    ['a broken quote', utf8('番号,"かな,日\n1,2,3\n')],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0xfd])],
    ['more than anybody books', utf8('1,2,3\n'.repeat(5_001))],
  ])('that is %s is refused', (_what, bytes) => {
    expect(readBookingTable(bytes)).toEqual({ ok: false, error: { code: 'BOOKINGS_UNREADABLE' } })
  })

  test('of any bytes is read or refused, and never throws', () => {
    const runs = Number(process.env.FUZZ_RUNS ?? 500)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const table = readBookingTable(bytes)
        if (!table.ok) return
        const [patientNumber = '', nameKana = '', birthDate = ''] = table.value.columns
        must(readBookings(table.value, { patientNumber, nameKana, birthDate }))
      }),
      { numRuns: runs },
    )
  })
})
