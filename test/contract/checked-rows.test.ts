// What was checked is known again, and nothing else is: neither what only looks like it nor what does not fit.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { checkedRows } from '../../src-main/contract/checked-rows.ts'

function counted() {
  const checks: number[] = []
  const row = z.object({ number: z.int().refine((number) => checks.push(number) > 0) })
  return { checks, rows: checkedRows(row) }
}

test('a row that was given out is not checked again, and is the same one', () => {
  const { checks, rows } = counted()
  const first = rows.parse([{ number: 1 }, { number: 2 }])
  const next = rows.parse([first[0], { number: 3 }])
  expect(checks).toEqual([1, 2, 3])
  expect(next[0]).toBe(first[0])
})

test('a row that is like it, or was made of it, is checked', () => {
  const { checks, rows } = counted()
  const [row] = rows.parse([{ number: 1 }])
  rows.parse([{ number: 1 }, { ...row }])
  expect(checks).toEqual([1, 1, 1])
})

test.each([
  ['a row that does not fit', { number: 'one' }],
  ['something else than a row', null],
])('%s is refused where it is, and again the next time', (_what, given) => {
  const { rows } = counted()
  for (const _turn of [1, 2]) {
    const { error } = rows.safeParse([{ number: 1 }, given])
    expect(error?.issues[0]?.path[0]).toBe(1)
    expect(rows.safeParse(given).success).toBe(false)
  }
})

test('what a row has besides is left out', () => {
  const { rows } = counted()
  expect(rows.parse([{ number: 1, more: true }])).toEqual([{ number: 1 }])
})
