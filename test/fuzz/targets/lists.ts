// Lists of people and numbers as other programs export them: bookings, 請求件数, the national master of local schemes, and what
// they are all read with.
import { chooseColumns, readBookings, readBookingTable } from '../../../src-main/background/bookings/list.ts'
import { createMasterReader } from '../../../src-main/masters/reading.ts'
import { readClaims } from '../../../src-main/reports/claims-file.ts'
import { sampleMaster } from '../../../src-main/stand-ins/masters/sample-master.ts'
import { encodeCp932 } from '../../../src-main/text/cp932.ts'
import { parseCsv } from '../../../src-main/text/csv.ts'
import { createCsvRows, csvCells } from '../../../src-main/text/csv-rows.ts'
import { decodeJapanese } from '../../../src-main/text/japanese.ts'
import { must } from '../../support.ts'
import { holds, markers, refused, same, type Target, taken, verdictOf } from '../target.ts'

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')
const cp932 = (text: string) => must(encodeCp932(text))

const printed = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')

export const csvTarget = async (): Promise<Target> => ({
  covers: ['src-main/text/'],
  seeds: [utf8('a,b\r\n"c,""d",e\n'), cp932('番号,カナ\r\n12,ﾋﾄｸﾊﾅｺ\r\n'), utf8('"\n\n",\n,,\r')],
  words: ['"', '""', '","', '\r\n', '\n', '\r', ',', '\ufeff'],
  longest: 20_000,
  run(input) {
    const text = decodeJapanese(input)
    if (text === null) return refused(null)
    const rows = parseCsv(text)
    if (rows === null) return refused(null)
    if (rows.length > 0) same('rows that are written anew are read as the same', parseCsv(printed(rows)), rows)
    // The reader that takes a file in pieces has been written for itself: wherever it is cut, its rows are the same. A carriage
    // return alone ends a row for one of them only.
    if (!/\r(?!\n)/.test(text)) {
      const cut = text.length >> 1
      const inPieces = createCsvRows()
      const found = [...inPieces.add(text.slice(0, cut)), ...inPieces.add(text.slice(cut)), ...inPieces.end()]
      same(
        'a file that comes in pieces has the same rows',
        found.map((row) => csvCells(row.text)),
        rows,
      )
    }
    return taken
  },
})

export const bookingsTarget = async (): Promise<Target> => ({
  covers: [
    'src-main/background/bookings/list.ts',
    'src-main/text/',
    'src-main/eligibility/written-day.ts',
    'src-main/eligibility/calendar.ts',
  ],
  seeds: [
    utf8('診察券番号,フリガナ,生年月日\n12,サトウ ミサキ,1979-04-12\n13,ﾋﾄｸﾊﾅｺ,S54.4.12\n'),
    cp932('患者ID,カナ,誕生日\r\n"0012","ﾋﾄｸ ﾊﾅｺ","昭和54年4月12日"\r\n'),
    utf8('12,サトウ,19790412\n'),
  ],
  words: [
    ...markers,
    '診察券番号',
    '生年月日',
    'カナ',
    '昭和',
    '令和元年',
    'H31.4.30',
    '1979/04/12',
    ',',
    '"',
    '\r\n',
    '１２',
    '9999999999',
  ],
  longest: 20_000,
  run(input) {
    const table = readBookingTable(input)
    if (!table.ok) return verdictOf(table)
    const { columns, rows } = table.value
    holds('every column has a name of its own', new Set(columns).size === columns.length)
    const [patientNumber = '', nameKana = '', birthDate = ''] = columns
    const named = { patientNumber, nameKana, birthDate, ...chooseColumns(table.value, null) }
    const bookings = readBookings(table.value, named)
    if (!bookings.ok) return verdictOf(bookings)
    holds('every row is a booking', bookings.value.length === rows.length)
    for (const booking of bookings.value) {
      const isWhole = booking.patientNumber !== '' && booking.nameKana !== '' && booking.birthDate !== null
      holds('a booking that is complete has everything', !booking.isComplete || isWhole)
    }
    return taken
  },
})

export const claimsTarget = async (): Promise<Target> => ({
  covers: ['src-main/reports/claims-file.ts', 'src-main/text/', 'src-main/eligibility/calendar.ts'],
  seeds: [utf8('診療月,件数\n2026-10,1234\n令和8年11月,"1,000件"\n'), cp932('R8.10,12\r\n202611,13枚\r\n')],
  words: ['令和元年', 'R8.10', 'H31.4', '2026年10月', '診療分', '件', ',', '\n', ...markers],
  longest: 8_000,
  run(input) {
    const claims = readClaims(input)
    if (!claims.ok) return verdictOf(claims)
    for (const { month, count } of claims.value) {
      holds('a month is one', /^\d{4}-(0[1-9]|1[0-2])$/.test(month))
      holds('a number is one', Number.isInteger(count) && count >= 0)
    }
    return taken
  },
})

const masterRows = [...sampleMaster(12)]

export const masterTarget = async (): Promise<Target> => ({
  covers: ['src-main/masters/reading.ts', 'src-main/text/csv', 'src-main/eligibility/local/'],
  seeds: masterRows.map(utf8),
  words: [...markers, ',', ',,', '"', '\n', '\r\n', '"\n"', '20260401', '99999999', '１３', '13'],
  longest: 16_000,
  run(input) {
    const whole = createMasterReader()
    const failure = whole.add(input)
    const result = failure ? { ok: false as const, error: failure } : whole.end()
    const inPieces = createMasterReader()
    for (let at = 0; at < input.length; at += 37) inPieces.add(input.subarray(at, at + 37))
    same('however it is cut, a master is read as the same', inPieces.end(), result)
    return verdictOf(result)
  },
})
