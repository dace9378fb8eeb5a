// Nothing asserts on wall-clock time: whoever waits does it by `eventually`, whose limit only catches what hangs. The
// pollers of the test runner give up after a second, which a loaded machine takes for less.
import { expect, test } from 'vitest'
import { sourcesIn, textOf } from './sources.ts'

const files = sourcesIn('test')

test('no test waits by a poller that gives up after a second', () => {
  expect(files.length).toBeGreaterThan(100)
  const impatient = /\b(expect\.poll|vi\.wait(For|Until))\(/
  // Playwright's own are told to be patient in playwright.config.ts.
  const found = files.filter((name) => !/^test\/(e2e|desktop)\b/.test(name) && impatient.test(textOf(name)))
  expect(found).toEqual([])
})
