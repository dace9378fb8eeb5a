// docs/rules.md says what the rule files say. After a change of one, `vitest run test/house/rules-page.test.ts --update` writes the page anew.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dated } from '../../src-main/eligibility/dated.ts'
import { books } from '../rules/books.ts'
import { datedRules, rulesPage } from '../rules/page.ts'
import { root } from '../support.ts'

test('the page of rules is what the rule files say', async () => {
  await expect(rulesPage(books)).toMatchFileSnapshot(join(root, 'docs/rules.md'))
})

test.each(books.map((book) => [book.title, book] as const))(
  '%s: every rule has its source, every source a rule',
  (_title, book) => {
    expect(book.rules.length).toBeGreaterThan(3)
    const named = new Set(book.rules.map(({ source }) => source))
    expect([...named].filter((name) => !(name in book.sources))).toEqual([])
  },
)

describe('a rule that changes', () => {
  const file = dated(
    [
      {
        name: 'a',
        dose: [
          { to: '2026-03-31', is: 2 },
          { from: '2026-04-01', to: '2027-03-31', is: 3 },
          { from: '2027-04-01', is: 2 },
        ],
      },
      { name: 'b' },
    ],
    (data) => data as readonly { readonly name: string; readonly dose?: number }[],
  )
  const rows = datedRules(file, (all) =>
    all.map(({ name, dose = 0 }) => ({ about: name, says: `${dose}`, source: 's' })),
  )

  test('is a row for each time it says something else, and one that stays is one row', () => {
    expect(rows.map(({ about, says, from, to }) => [about, says, from, to])).toEqual([
      ['a', '2', null, '2026-03-31'],
      ['a', '2', '2027-04-01', null],
      ['b', '0', null, null],
      ['a', '3', '2026-04-01', '2027-03-31'],
    ])
  })
})

test('what has no source is refused', () => {
  const book = { title: 't', files: ['f'], rules: [{ about: 'a', says: 'b', source: 'none' }], sources: {} }
  expect(() => rulesPage([book])).toThrow('no source none')
})
