// `--compare FILE`: what was measured now beside an earlier run. A change counts where the two ranges do not meet; what lies
// within them may be chance.
import { described } from './figures.ts'
import type { Kept } from './kept.ts'

type Row = readonly string[]

const shown = (value: number | string | undefined) => (value === undefined ? '–' : String(value))

function withRange({ figures, ranges }: Kept, name: string): string {
  const range = ranges[name]
  return range ? `${shown(figures[name])} [${range.low}–${range.high}, ${range.runs}]` : shown(figures[name])
}

/** Whether what was measured before and now cannot be the same; only known where both have a range. */
export function hasMoved(before: Kept, after: Kept, name: string): boolean {
  const [one, other] = [before.ranges[name], after.ranges[name]]
  return Boolean(one && other && (one.high < other.low || other.high < one.low))
}

function rowOf(before: Kept, after: Kept, name: string): Row {
  const [was, is] = [before.figures[name], after.figures[name]]
  const ratio = typeof was === 'number' && typeof is === 'number' && was !== 0 ? (is / was).toFixed(2) : '–'
  const mark = hasMoved(before, after, name) ? '*' : ''
  return [name, described[name]?.unit ?? '', withRange(before, name), withRange(after, name), `${ratio}${mark}`]
}

/** A table for people, with each figure that was measured now. */
export function compared(before: Kept, after: Kept): string {
  const head: Row = ['figure', 'unit', 'before', 'after', 'ratio']
  const rows = [head, ...Object.keys(after.figures).map((name) => rowOf(before, after, name))]
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return `${lines.join('\n')}\n\nmedian [nine of ten runs, runs]; * the ranges of before and after do not meet\n`
}
