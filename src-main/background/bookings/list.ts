// A list of bookings as whatever program has exported it: CSV in CP932 or UTF-8, with or without a header, days in any
// calendar. What cannot be read as a number, kana or day stays empty; a person looks at such a line, nothing is guessed.
import type { BookingColumns } from '../../contract/bookings.ts'
import { patientNumberSchema } from '../../contract/calls.ts'
import { writtenDay } from '../../eligibility/written-day.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { parseCsv } from '../../text/csv.ts'
import { decodeJapanese } from '../../text/japanese.ts'

export interface BookingTable {
  /** Names of the columns, each once; `列1`, `列2` … where the file has no header. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface ReadBooking {
  /** As it stands in the list where it is no 診察券番号. */
  readonly patientNumber: string
  readonly nameKana: string
  /** YYYY-MM-DD */
  readonly birthDate: string | null
  /** All three are there. */
  readonly isComplete: boolean
}

const maxRows = 5_000

/** Errors: BOOKINGS_UNREADABLE (no CSV in one of the encodings, empty, or too long). */
export function readBookingTable(bytes: Uint8Array): Result<BookingTable> {
  const text = decodeJapanese(bytes)
  const lines = text === null ? null : parseCsv(text)
  const filled = lines?.filter((line) => line.some((field) => field.trim() !== '')) ?? []
  const [first] = filled
  const width = Math.max(0, ...filled.map(({ length }) => length))
  // A program may write numbers as a spreadsheet wants them.
  if (!first || width < 3 || filled.length > maxRows) return fail('BOOKINGS_UNREADABLE')
  // Where nothing looks like a number or a day. The names of columns are remembered, so no patient may be taken for one.
  const hasHeader = !first.some((field) => /^[a-z]{0,2}-?\d/i.test(field.normalize('NFKC').trim()))
  const names = Array.from({ length: width }, (_, index) => (hasHeader && first[index]?.trim()) || `列${index + 1}`)
  const columns = names.map((name, index) => (names.indexOf(name) === index ? name : `${name}（${index + 1}列目）`))
  const rows = hasHeader ? filled.slice(1) : filled
  return rows.length === 0 ? fail('BOOKINGS_UNREADABLE') : ok({ columns, rows })
}

const headers: Readonly<Record<keyof BookingColumns, RegExp>> = {
  patientNumber: /診察券|患者(番号|id|コード|no)|カルテ(番号|id|no)|^id$/i,
  nameKana: /カナ|フリガナ|ふりがな|かな/,
  birthDate: /生年月日|誕生日/,
}

/** The columns as they were mapped the last time, if this list has them; else those whose headers say what they are. */
export function chooseColumns({ columns }: BookingTable, remembered: BookingColumns | null): Partial<BookingColumns> {
  if (remembered && Object.values(remembered).every((name) => columns.includes(name))) return remembered
  const named = (pattern: RegExp) => {
    const fitting = columns.filter((name) => pattern.test(name.normalize('NFKC')))
    // Two that could be meant: a person says which.
    return fitting.length === 1 ? fitting[0] : undefined
  }
  const patientNumber = named(headers.patientNumber)
  const nameKana = named(headers.nameKana)
  const birthDate = named(headers.birthDate)
  return {
    ...(patientNumber !== undefined && { patientNumber }),
    ...(nameKana !== undefined && { nameKana }),
    ...(birthDate !== undefined && { birthDate }),
  }
}

/** Errors: REQUEST_INVALID with the column that the list does not have, or that is meant twice. */
export function readBookings({ columns, rows }: BookingTable, chosen: BookingColumns): Result<ReadBooking[]> {
  const places = new Map(Object.entries(chosen).map(([field, name]) => [field, columns.indexOf(name)]))
  for (const [field, place] of places) {
    const isOther = [...places.values()].filter((other) => other === place).length > 1
    if (place < 0 || isOther) return fail('REQUEST_INVALID', { field })
  }
  return ok(
    rows.map((row) => {
      const field = (name: keyof BookingColumns) => (row[places.get(name) ?? -1] ?? '').normalize('NFKC').trim()
      const number = patientNumberSchema.safeParse(field('patientNumber'))
      const nameKana = field('nameKana').slice(0, 100)
      const birthDate = writtenDay(field('birthDate'))
      return {
        patientNumber: number.success ? number.data : field('patientNumber').slice(0, 20),
        nameKana,
        birthDate,
        isComplete: number.success && nameKana !== '' && birthDate !== null,
      }
    }),
  )
}
