// The reader of settings files takes what JSON.parse takes, and of everything else it says where it goes wrong.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearestOf } from '../../src-main/ground/nearest-word.ts'
import { readJsonText } from '../../src-main/settings/json-text.ts'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test('every JSON is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      const read = readJsonText(text)
      expect(read.faults ?? read.content).toEqual(JSON.parse(text))
    }),
  )
})

test('whatever is cut out of a file or put into it, it is read as it stands, or has a place in the file that is wrong', () => {
  const whole = JSON.stringify({ mode: 'live', hub: { url: 'https://a' }, list: [1, -2.5e3, true, null, ''] }, null, 2)
  const places = fc.nat({ max: whole.length })
  const pieces = fc.constantFrom(
    '',
    ',',
    '"',
    '“',
    '{',
    '}',
    '[',
    ']',
    ':',
    '：',
    '\\',
    '//',
    '\t',
    '\n',
    '0',
    "'",
    'x',
  )
  fc.assert(
    fc.property(places, fc.nat({ max: 3 }), pieces, (at, without, piece) => {
      const text = `${whole.slice(0, at)}${piece}${whole.slice(at + without)}`
      const { faults } = readJsonText(text)
      const isTwice = faults?.every(({ reason }) => reason === 'twice')
      expect(faults === null || isTwice).toBe(isJson(text))
      const lines = text.split('\n')
      for (const { line = 0, column = 1 } of faults ?? []) {
        expect(line).toBeGreaterThan(0)
        expect(line).toBeLessThanOrEqual(lines.length)
        expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1)
      }
    }),
  )
})

test('columns are counted as a person counts characters', () => {
  const read = readJsonText('{ "𠮷": "吉", x }')
  expect(read.faults).toEqual([{ path: [], reason: 'unquoted', line: 1, column: 13 }])
})

test.each([
  ['retensionDays', 'retentionDays'],
  ['RetentionDays', 'retentionDays'],
  ['retentionDay', 'retentionDays'],
  ['mdoe', 'mode'],
  ['colour', null],
  ['id', null],
])('of known words the nearest to %s is %s', (typed, near) => {
  expect(nearestOf(typed, ['mode', 'retentionDays', 'it'])).toBe(near)
})

test('brackets within each other are read as far as a setting could mean them, and told where they go too deep', () => {
  const nested = (deep: number) => `{ "name": "[[{", "value": ${'['.repeat(deep)}${']'.repeat(deep)} }`
  expect(readJsonText(nested(90)).faults).toBe(null)
  for (const deep of [100, 5_000, 200_000]) {
    expect(readJsonText(nested(deep)).faults).toEqual([{ path: [], reason: 'tooDeep', line: 1, column: 126 }])
  }
})
