// The rows of comma-separated values (RFC 4180) as a file of many megabytes comes in, piece by piece: each with the line it
// begins on, and never more held than the row that is not whole yet. What stands in a row is for csv.ts.
import { parseCsv } from './csv.ts'

export interface CsvRow {
  /** As it stands in the file, without its line end. */
  readonly text: string
  /** Counted from 1; a row may go over several. */
  readonly line: number
}

/** A row that is longer has lost a quotation mark. */
const longest = 100_000

export interface CsvRows {
  /** The rows that have become whole. */
  add(piece: string): CsvRow[]
  /** What is left: the last row, where the file ends without a line end. */
  end(): CsvRow[]
}

export function createCsvRows(): CsvRows {
  let rest = ''
  let line = 1
  /** How far `rest` has been looked at, and whether that ends between quotation marks. */
  let at = 0
  let isQuoted = false
  /** Lines that the row at the beginning of `rest` goes over already. */
  let inside = 0
  const pattern = /["\n]/g

  const take = (): CsvRow[] => {
    const rows: CsvRow[] = []
    let start = 0
    pattern.lastIndex = at
    for (let match = pattern.exec(rest); match; match = pattern.exec(rest)) {
      if (match[0] === '"') isQuoted = !isQuoted
      else if (isQuoted && match.index - start < longest) inside++
      else {
        rows.push({ text: withoutEnd(rest.slice(start, match.index)), line })
        line += inside + 1
        inside = 0
        isQuoted = false
        start = match.index + 1
      }
    }
    rest = rest.slice(start)
    at = rest.length
    return rows
  }

  return {
    add(piece) {
      rest += piece
      return take()
    },
    end() {
      const last = rest
      rest = ''
      return last === '' ? [] : [{ text: withoutEnd(last), line }]
    },
  }
}

const withoutEnd = (text: string) => (text.endsWith('\r') ? text.slice(0, -1) : text)

/** The cells of one row; null where it is none. */
export function csvCells(text: string): readonly string[] | null {
  if (!text.includes('"')) return text.split(',')
  const rows = parseCsv(text)
  return rows?.length === 1 ? (rows[0] ?? null) : null
}
