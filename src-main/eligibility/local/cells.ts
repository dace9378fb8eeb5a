// The cells of one row of the master, read by the names of their columns. What has been read as what it means is noted, so that
// whatever is left can be told as it is written: a cell is never dropped.
import { type ColumnKey, columns, placeOf } from './columns.ts'

export type Cells = readonly string[]

/** `assumed`: codes are read as they are assumed to be meant, where patients are invented; `confirmed`: those alone. */
export type CodeReading = 'assumed' | 'confirmed'

export const cellOf = (cells: Cells, key: ColumnKey): string => cells[placeOf(key)] ?? ''

export const itemOf = (key: ColumnKey): string => columns[placeOf(key)]?.[1] ?? ''

/** No day: for the first one none at all, for the last one no end. Other masters of the publisher use the nines. */
const noDay = ['', '00000000', '99991231', '99999999']

/** YYYYMMDD as YYYY-MM-DD; null: nothing is written, or no end; undefined: it is no day. */
export function dayOf(cells: Cells, key: 'validFrom' | 'validTo'): string | null | undefined {
  const text = cellOf(cells, key)
  if (noDay.includes(text)) return null
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? []
  const iso = `${year}-${month}-${day}`
  const moment = new Date(iso)
  // What no calendar has (30 February) becomes another day.
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(iso) ? iso : undefined
}

export interface CellReader {
  text(key: ColumnKey): string
  /** null: nothing is written, or no number. */
  number(key: ColumnKey): number | null
  /** Both are null: null. */
  range(from: ColumnKey, to: ColumnKey): { readonly from: number | null; readonly to: number | null } | null
  /** null where one of the two is missing. */
  pair(one: ColumnKey, other: ColumnKey): readonly [number, number] | null
  isSaid(key: ColumnKey): boolean
  /** Those of the flags that are said, by the names they are given here. */
  said<const Name extends string>(flags: readonly (readonly [Name, ColumnKey])[]): Name[]
  /** null: nothing is written, or nothing whose meaning is known. */
  code<M>(key: ColumnKey, meanings: Readonly<Record<string, M>>): M | null
  /** Whatever is written and has not been read. */
  rest(): { readonly item: string; readonly text: string }[]
}

export function createCellReader(cells: Cells, reading: CodeReading, readAlready: readonly ColumnKey[]): CellReader {
  const read = new Set<ColumnKey>(readAlready)
  const text = (key: ColumnKey) => {
    read.add(key)
    return cellOf(cells, key)
  }
  const isNumber = (key: ColumnKey) => /^[0-9]+(?:\.[0-9]+)?$/.test(cellOf(cells, key))
  const number = (key: ColumnKey) => (isNumber(key) ? Number(text(key)) : null)
  const isSaid = (key: ColumnKey) => /^[01]$/.test(cellOf(cells, key)) && text(key) === '1'
  return {
    text,
    number,
    range(from, to) {
      const found = { from: number(from), to: number(to) }
      return found.from === null && found.to === null ? null : found
    },
    pair: (one, other) => (isNumber(one) && isNumber(other) ? [Number(text(one)), Number(text(other))] : null),
    isSaid,
    said: (flags) => flags.filter(([, key]) => isSaid(key)).map(([name]) => name),
    code(key, meanings) {
      if (reading !== 'assumed' || !Object.hasOwn(meanings, cellOf(cells, key))) return null
      return meanings[text(key)] ?? null
    },
    rest: () =>
      columns.flatMap(([key, item], place) => {
        const written = cells[place] ?? ''
        return written === '' || written === '0' || read.has(key) ? [] : [{ item, text: written }]
      }),
  }
}
