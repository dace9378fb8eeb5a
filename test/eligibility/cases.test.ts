// The case table passes, case by case: what is named in a case is compared word for word.
import { describe, expect, test } from 'vitest'
import { assessCase, cases, told } from './cases.ts'

describe.each([...new Set(cases.map(({ file }) => file))])('%s', (file) => {
  test.each(cases.filter((one) => one.file === file).map((one) => [one.名前, one] as const))('%s', (_name, one) => {
    const said = told(assessCase(one))
    const expected = Object.fromEntries(Object.entries(one).filter(([key]) => key in said))
    expect(Object.keys(expected).length, 'the case expects something').toBeGreaterThan(0)
    expect(Object.fromEntries(Object.entries(said).filter(([key]) => key in expected))).toEqual(expected)
  })
})

test('the table has at least eighty cases, each under a name of its own', () => {
  expect(cases.length).toBeGreaterThanOrEqual(80)
  expect(new Set(cases.map(({ 名前 }) => 名前)).size).toBe(cases.length)
})
