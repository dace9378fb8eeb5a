import { expect, test } from 'vitest'
import { pauseLeft } from '../../src-main/staff/tries.ts'

const at = '2026-11-23T09:30:00.000+09:00'
const later = (seconds: number) => new Date(Date.parse(at) + seconds * 1000)
const left = (failures: number, seconds = 0) => pauseLeft({ failures, triedAt: at }, later(seconds)) / 1000

test('two slips cost nothing; from the third on the pause doubles, up to a quarter of an hour', () => {
  expect(pauseLeft(null, later(0))).toBe(0)
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 40].map((failures) => left(failures))).toEqual([
    0, 0, 30, 60, 120, 240, 480, 900, 900, 900,
  ])
})

test('the pause runs out, and a try noted by a clock that was ahead keeps nobody waiting', () => {
  expect([left(3, 29), left(3, 30), left(8, 899), left(8, 900), left(8, -1)]).toEqual([1, 0, 1, 0, 0])
})
