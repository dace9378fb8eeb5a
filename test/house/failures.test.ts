// Policy reads a failure's class and its origin. A code's name is for people: one that is renamed must not change what
// the agent does, and one that is added must not fall under a rule by its spelling.
import { expect, test } from 'vitest'
import { failureCodes } from '../../src-main/ground/failures.ts'
import { sourcesIn, textOf } from './sources.ts'

const files = sourcesIn('src-main', 'src-renderer', 'native', 'test')

const prefixes = [...new Set(failureCodes.map((code) => code.split('_')[0]))].join('|')
/** `startsWith('HUB_')` and `/^HUB_/`, `/^(CARD|READER)_/` and the like; a list of whole codes ends in `$`. */
const prefixTest = new RegExp(
  `\\.startsWith\\(\\s*['"\`](${prefixes})[A-Z_]*_['"\`]|/\\^\\(?(\\?:)?(${prefixes})[A-Z_|]*[)_](?![^/\\n]*\\$/)`,
)

test('what a prefix test looks like is known', () => {
  expect("failure.code.startsWith('HUB_')").toMatch(prefixTest)
  expect('/^(CARD|READER)_/.test(failure.code)').toMatch(prefixTest)
  expect('/^HUB_/.test(failure.code)').toMatch(prefixTest)
  expect('expect(code).toMatch(/^CARD_CERTIFICATE_(INVALID|EXPIRED)$/)').not.toMatch(prefixTest)
})

test('nothing reads a policy from the first letters of a failure', () => {
  expect(files.length).toBeGreaterThan(300)
  const found = files.filter((file) => file !== 'test/house/failures.test.ts' && prefixTest.test(textOf(file)))
  expect(found).toEqual([])
})
