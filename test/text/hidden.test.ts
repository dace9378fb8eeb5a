import { describe, expect, test } from 'vitest'
import { hiddenField, mapTexts, showHidden } from '../../src-main/text/hidden.ts'

describe('what nobody sees', () => {
  test('is shown by its code, and line ends and everything else stay', () => {
    expect(showHidden('山\u202e田\r\n\t髙\u{e0100}﨑\u0085')).toBe('山〔U+202E〕田\r\n\t髙\u{e0100}﨑〔U+0085〕')
    expect(showHidden('\u{1fffe}\ud842')).toBe('〔U+1FFFE〕〔U+D842〕')
    expect(showHidden('山\u3164田\u034f\uffa0\u115f\u180e')).toBe(
      '山〔U+3164〕田〔U+034F〕〔U+FFA0〕〔U+115F〕〔U+180E〕',
    )
  })

  test('is found by the field that holds it, however deep', () => {
    expect(hiddenField({ a: ['b', { name: 'c\u200b' }], d: 'e\u200b' })).toBe('name')
    expect(hiddenField({ lines: ['a\nb'], none: null, number: 1 })).toBeNull()
  })
})

test('every text inside a value is changed, with the name of its field', () => {
  const value = { a: ['b', { name: 'c' }], none: null, number: 1 }
  expect(mapTexts(value, (text, field) => `${field}:${text}`)).toEqual({
    a: ['a:b', { name: 'name:c' }],
    none: null,
    number: 1,
  })
})
