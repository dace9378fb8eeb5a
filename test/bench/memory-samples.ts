// What a process has of the computer's memory, sample by sample over check-ins, and the line through the samples.
import { readFileSync } from 'node:fs'
import { type Figures, median, type Spread } from './measure.ts'

export const checkIns = 10_000
const sampleEvery = 200
/** Caches are full, code is compiled. */
const settledAfter = 2_000
const megabyte = 1_000_000

export type Point = [x: number, y: number]

/**
 * The line through the points after Theil and Sen: the median of the slopes of all pairs, which a few odd samples do not move; and
 * the slopes between which the true one lies with 95 % certainty, by Kendall's distribution for many points (Sen, 1968).
 */
export function slopeOf(points: readonly Point[]): Spread {
  const slopes = points
    .flatMap(([x1, y1], place) => points.slice(place + 1).map(([x2, y2]) => (y2 - y1) / (x2 - x1)))
    .sort((one, other) => one - other)
  const count = points.length
  const width = 1.96 * Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18)
  const at = (place: number) => slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(place)))] ?? Number.NaN
  return {
    ...{ median: median(slopes), low: at((slopes.length - width) / 2), high: at((slopes.length + width) / 2) },
    runs: count,
  }
}

/** Its slope once all is settled, with the samples for the picture. */
export const slopeFigure = (points: readonly Point[]): Spread => ({
  ...slopeOf(points.filter(([x]) => x >= settledAfter)),
  points: points.map(([x, y]): Point => [x, y / megabyte]),
})

/** What a process has after so many check-ins. `points`: check-ins and bytes. */
export function sizeFigures(process: string, points: readonly Point[]): Figures {
  const at = (count: number) => (points.find(([x]) => x === count)?.[1] ?? Number.NaN) / megabyte
  return {
    [`memory.${process}At1Mb`]: at(1),
    [`memory.${process}At1kMb`]: at(1_000),
    [`memory.${process}At10kMb`]: at(checkIns),
  }
}

/** Whether it is looked at after so many. */
export const isSampled = (count: number) => count === 1 || count % sampleEvery === 0

/** Bytes that a process shares with no other. */
export const ownBytes = (pid: number | 'self'): number =>
  Number(/^Private_Dirty:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) * 1_024
