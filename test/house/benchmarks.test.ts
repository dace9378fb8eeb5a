// docs/benchmarks.md is made of measured figures and of nothing else; every goal stands in it, and one that is missed says why.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compared, hasMoved } from '../bench/compare.ts'
import { described } from '../bench/figures.ts'
import { asJson, judge, keptOf, readKept, renewed, shareOfGoal } from '../bench/kept.ts'
import { timeCovered } from '../bench/life.ts'
import { spread } from '../bench/measure.ts'
import { slopeOf } from '../bench/memory-samples.ts'
import { missed } from '../bench/missed.ts'
import { documentOf, picturesOf } from '../bench/report.ts'

const docs = join(import.meta.dirname, '../../docs')
const file = join(docs, 'benchmarks/figures.json')

describe('the page of the benchmarks', () => {
  const kept = () => readKept(readFileSync(file, 'utf8'))

  test('says what its figures say, in text and in pictures', () => {
    expect(readFileSync(join(docs, 'benchmarks.md'), 'utf8')).toBe(documentOf(kept()))
    for (const { file: name, svg } of picturesOf(kept())) {
      expect(readFileSync(join(docs, 'benchmarks', name), 'utf8')).toBe(svg)
    }
  })

  test('has only figures that are described', () => {
    const { figures } = kept()
    const unknown = Object.keys(figures).filter((name) => !(name in described) && !/^failed: |\.leftOut$/.test(name))
    expect(unknown).toEqual([])
  })

  test('says why of every goal that is missed or was not measured', () => {
    const without = judge(kept()).filter(({ name, isMet }) => !isMet && !(name in missed))
    expect(without.map(({ name, value }) => `${name}: ${value}`)).toEqual([])
  })
})

test('whatever a figure is held against, and whatever has a reason for missing a goal, is a figure', () => {
  const against = Object.values(described).flatMap(({ against: name }) => (name && !name.includes(' ') ? [name] : []))
  expect(against.length).toBeGreaterThan(5)
  expect(against.filter((name) => !(name in described))).toEqual([])
  expect(Object.keys(missed).filter((name) => !described[name]?.goal)).toEqual([])
})

describe('figures that are kept', () => {
  const measured = {
    'told.changeBytes': 668,
    'pcsc.checkInToFloor': spread([1.6, 1.7, 1.8]),
    'hospital.leftOut': 'PostgreSQL is not installed',
  }
  const kept = keptOf(measured, { cores: '2' }, '2026-11-30')

  test('are read as they were written, by their flat names, with the range beside them', () => {
    expect(readKept(JSON.stringify(asJson(kept)))).toEqual(kept)
    expect(asJson(kept)).toMatchObject({ 'told.changeBytes': 668, 'pcsc.checkInToFloor': 1.7 })
    expect(kept.ranges).toEqual({ 'pcsc.checkInToFloor': { low: 1.6, high: 1.8, runs: 3 } })
    // As the first versions wrote them.
    expect(readKept('{"told.changeBytes":668}').figures).toEqual({ 'told.changeBytes': 668 })
    expect(() => readKept('{"told.changeBytes":[]}')).toThrow()
    expect(() => readKept('no')).toThrow('this is no JSON')
  })

  test('are beside those of another run, and marked where they cannot be the same', () => {
    const later = keptOf({ ...measured, 'pcsc.checkInToFloor': spread([1.2, 1.3]) }, {}, '2026-12-01')
    expect(hasMoved(kept, later, 'pcsc.checkInToFloor')).toBe(true)
    expect(hasMoved(kept, kept, 'pcsc.checkInToFloor')).toBe(false)
    expect(hasMoved(kept, later, 'told.changeBytes')).toBe(false)
    const text = compared(kept, later)
    expect(text).toMatch(/pcsc\.checkInToFloor +× +1\.7 \[1\.6–1\.8, 3\] +1\.25 \[1\.2–1\.3, 2\] +0\.74\*/)
    expect(text).toMatch(/hospital\.leftOut .*PostgreSQL is not installed/)
  })

  test('of a part that was measured anew take the place of its own and leave the others', () => {
    const failed = keptOf({ ...measured, 'failed: told': 'it hung' }, {}, '2026-11-30')
    const anew = renewed(failed, keptOf({ 'told.changeBytes': 1 }, {}, '2026-12-01'), ['told'])
    expect(anew.figures).toEqual({ ...kept.figures, 'told.changeBytes': 1 })
    expect(anew.measuredAt).toBe('2026-11-30, told anew 2026-12-01')
  })
})

test('a goal is missed by what is beyond it, whichever way it points, and a slope only where its range says so', () => {
  expect(shareOfGoal(1.7, { atMost: 1.5 })).toBeCloseTo(1.13)
  expect(shareOfGoal(0.4, { atLeast: 0.8 })).toBe(2)
  expect(shareOfGoal(0, { atMost: 0 })).toBe(0)
  expect(shareOfGoal(1, { atMost: 0 })).toBe(Number.POSITIVE_INFINITY)
  const slope = (low: number) =>
    keptOf({ 'memory.agentSlopeBytesPerCheckIn': { median: 9, low, high: 20, runs: 40 } }, {}, '')
  const isMet = (low: number) =>
    judge(slope(low)).find(({ name }) => name === 'memory.agentSlopeBytesPerCheckIn')?.isMet
  expect([isMet(-2), isMet(3)]).toEqual([true, false])
})

test('a slope is told with what it may be, and one odd sample does not move it', () => {
  const points = (of: (x: number) => number) => Array.from({ length: 40 }, (_, x): [number, number] => [x, of(x)])
  const rising = slopeOf(points((x) => 7 * x + (x === 20 ? 9_000 : 0)))
  expect(rising).toMatchObject({ median: 7, low: 7, high: 7 })
  const level = slopeOf(points((x) => (x * 37) % 11))
  expect(level.low).toBeLessThan(0)
  expect(level.high).toBeGreaterThan(0)
})

test('what waits at the same time has waited once', () => {
  expect(
    timeCovered([
      [10, 20],
      [0, 4],
      [15, 30],
      [16, 18],
    ]),
  ).toBe(24)
})

test('pictures say in words what they show', () => {
  const kept = keptOf(
    { 'pcsc.checkInToFloor': 1.7, 'hub.requestsToFloor': 1.1, 'store.lookupAt1kUs': 90, 'store.lookupAt1MUs': 130 },
    {},
    '',
  )
  const [goals, store] = picturesOf(kept)
  expect(goals?.svg).toContain('2 figures as a share of their goals, of which 1 are beyond it')
  expect(store?.svg).toContain('lookup: milliseconds at a thousand to a million stored visits')
  for (const { svg } of picturesOf(kept)) expect(svg).not.toMatch(/href|url\(|<script|@font-face/)
})
