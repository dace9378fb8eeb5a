// The national master of local schemes as the publisher's file brings it: UTF-8, no header, 94 columns, read piece by piece. It
// is taken as a whole or not at all; the first thing that is wrong is told with its line.
import { createHash } from 'node:crypto'
import { rowFault, rowKeys } from '../eligibility/local/row.ts'
import { isSampleRow } from '../eligibility/local/sample.ts'
import type { FailureCode } from '../ground/failures.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import type { MasterRow } from '../store/local-masters.ts'
import { type CsvRow, createCsvRows, csvCells } from '../text/csv-rows.ts'

export interface ReadMaster {
  /** Each once; rows that nobody can be shown for a number are among `count` alone. */
  readonly rows: readonly MasterRow[]
  readonly count: number
  readonly withoutNumber: number
  /** An invented one, made to rehearse with. */
  readonly isSample: boolean
}

export interface MasterReader {
  /**
   * Errors, and nothing more is read then: MASTER_ENCODING, MASTER_COLUMNS, MASTER_CELL (with the column), each with the
   * line; MASTER_TOO_LARGE.
   */
  add(piece: Uint8Array): Failure | null
  /** Errors: the same, and MASTER_EMPTY. */
  end(): Result<ReadMaster>
}

/** The publisher's file has 10 MB and 23,000 rows. */
const mostBytes = 100_000_000
const mostRows = 300_000

export function createMasterReader(): MasterReader {
  const lines = createLineDecoder()
  const csv = createCsvRows()
  const rows = new Map<string, MasterRow>()
  let count = 0
  let withoutNumber = 0
  let isSample = false
  let failure: Failure | null = null

  const take = ({ text, line }: CsvRow): Failure | null => {
    const cells = csvCells(text)
    if (cells === null) return failureAt('MASTER_COLUMNS', line)
    const fault = rowFault(cells)
    if (fault)
      return fault.item === null ? failureAt('MASTER_COLUMNS', line) : failureAt('MASTER_CELL', line, fault.item)
    if (++count > mostRows) return { code: 'MASTER_TOO_LARGE' }
    isSample ||= isSampleRow(cells)
    const keys = rowKeys(cells)
    if (keys.payerNumber === '') withoutNumber++
    else {
      const digest = createHash('sha256').update(text).digest('base64').slice(0, 22)
      rows.set(digest, { ...keys, digest, content: text })
    }
    return null
  }
  /** Everything until the first row that is none. */
  const takeAll = (found: readonly CsvRow[]) => {
    for (const row of found) failure ??= take(row)
  }

  return {
    add(piece) {
      if (failure) return failure
      const { text, fault } = lines.add(piece)
      takeAll(csv.add(text))
      failure ??= fault
      return failure
    },
    end() {
      const { text, fault } = lines.end()
      takeAll(csv.add(text))
      failure ??= fault
      if (!failure) takeAll(csv.end())
      if (failure) return { ok: false, error: failure }
      return count === 0 ? fail('MASTER_EMPTY') : ok({ rows: [...rows.values()], count, withoutNumber, isSample })
    },
  }
}

function failureAt(code: FailureCode, line: number, field?: string): Failure {
  return { code, detail: { line, ...(field !== undefined && { field }) } }
}

/** The text until the first line that is none, and what is wrong with that: MASTER_ENCODING with its line, MASTER_TOO_LARGE. */
interface Decoded {
  readonly text: string
  readonly fault: Failure | null
}

/** UTF-8 with or without its mark, in whole lines. */
function createLineDecoder() {
  const first = new TextDecoder('utf-8', { fatal: true })
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let isFirst = true
  let line = 1
  let bytes = 0
  /** Pieces of the line that is not whole yet. */
  let rest: Uint8Array[] = []

  const decode = (content: Uint8Array): Decoded => {
    const using = isFirst ? first : decoder
    if (content.length > 0) isFirst = false
    try {
      const text = using.decode(content)
      line += lineEnds(content)
      return { text, fault: null }
    } catch {
      // What is wrong in a line before it is told first, however the file comes in pieces.
      const broken = brokenLine(content)
      const text = using.decode(content.subarray(0, broken.start))
      return { text, fault: failureAt('MASTER_ENCODING', line + broken.line) }
    }
  }

  return {
    add(piece: Uint8Array): Decoded {
      bytes += piece.length
      if (bytes > mostBytes) return { text: '', fault: { code: 'MASTER_TOO_LARGE' } }
      const end = piece.lastIndexOf(newline) + 1
      const whole = end === 0 ? new Uint8Array() : Buffer.concat([...rest, piece.subarray(0, end)])
      rest = end === 0 ? [...rest, piece] : [piece.subarray(end)]
      return decode(whole)
    },
    end: (): Decoded => decode(Buffer.concat(rest)),
  }
}

const newline = 10

function lineEnds(content: Uint8Array): number {
  let count = 0
  for (let at = content.indexOf(newline); at >= 0; at = content.indexOf(newline, at + 1)) count++
  return count
}

/** The first line that is no UTF-8: how many stand before it, and where it begins. No character has a line end among its bytes. */
function brokenLine(content: Uint8Array): { readonly line: number; readonly start: number } {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for (let [line, start] = [0, 0]; ; line++) {
    const end = content.indexOf(newline, start)
    try {
      decoder.decode(content.subarray(start, end < 0 ? content.length : end))
    } catch {
      return { line, start }
    }
    if (end < 0) return { line, start }
    start = end + 1
  }
}
