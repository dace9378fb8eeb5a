// A rule file as it is on a day: what changes, what comes and goes, and what a file must not leave open.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../src-main/eligibility/calendar.ts'
import { dated } from '../../src-main/eligibility/dated.ts'

const same = (data: unknown) => data

test('a value has the form that holds on the day', () => {
  const file = dated(
    {
      product: [
        { to: '2026-03-31', is: '23価' },
        { from: '2026-04-01', is: '20価' },
      ],
    },
    same,
  )
  expect(file.on('2026-03-31')).toEqual({ product: '23価' })
  expect(file.on('2026-04-01')).toEqual({ product: '20価' })
  expect(file.turns).toEqual(['2026-04-01'])
})

test('a value is not there before its first form and after its last', () => {
  const file = dated({ a: 1, b: [{ from: '2026-04-01', to: '2027-03-31', is: { c: 2 } }] }, same)
  expect(['2026-03-31', '2026-04-01', '2027-04-01'].map((day) => file.on(day))).toEqual([
    { a: 1 },
    { a: 1, b: { c: 2 } },
    { a: 1 },
  ])
})

test('an entry of a list is there on the days it holds', () => {
  const file = dated([{ name: 'always' }, { name: 'now', holds: { from: '2026-04-01', to: '2027-03-31' } }], same)
  expect(file.on('2026-03-31')).toEqual([{ name: 'always' }])
  expect(file.on('2026-04-01')).toEqual([{ name: 'always' }, { name: 'now' }])
  expect(file.on('2027-04-01')).toEqual([{ name: 'always' }])
  expect(file.turns).toEqual(['2026-04-01', '2027-04-01'])
})

test.each([
  [
    'a day between two forms',
    [
      { to: '2026-03-31', is: 1 },
      { from: '2026-04-02', is: 2 },
    ],
  ],
  [
    'a day with two forms',
    [
      { to: '2026-04-01', is: 1 },
      { from: '2026-04-01', is: 2 },
    ],
  ],
  ['a form without an end before another', [{ is: 1 }, { from: '2026-04-01', is: 2 }]],
  ['a day that is none', [{ to: '2026-02-30', is: 1 }]],
  ['a word that is none', [{ until: '2026-02-28', is: 1 }]],
])('a file with %s is refused', (_what, forms) => {
  expect(() => dated({ forms }, same)).toThrow()
})

test('on every day exactly one form holds, and nothing changes between two turns', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(lengths, fc.integer({ min: -500, max: 3_000 }), (days, offset) => {
      let from = '2026-04-01'
      const forms = days.map((length, index) => {
        const form = { from, to: addDays(from, length - 1), is: index }
        from = addDays(from, length)
        return form
      })
      const file = dated({ forms }, same)
      const day = addDays('2026-04-01', offset)
      const expected = forms.find((form) => form.from <= day && day <= form.to)
      expect(file.on(day)).toEqual(expected ? { forms: expected.is } : {})
      const turn = file.turns.filter((one) => one <= day).at(-1)
      if (turn) expect(file.on(turn)).toBe(file.on(day))
    }),
  )
})
