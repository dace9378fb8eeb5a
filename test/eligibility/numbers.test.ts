import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkDigit,
  hasRightCheckDigit,
  isNationalRecipientNumber,
  isPayerNumber,
} from '../../src-main/eligibility/numbers.ts'

describe('検証番号', () => {
  test.each([
    ['5401602', '7'],
    ['3312001', '5'],
    ['0613048', '8'],
  ])('of the published worked example %s is %s', (body, digit) => {
    expect(checkDigit(body)).toBe(digit)
  })

  test.each([
    // 東京都の負担者番号の一覧
    ...['52138013', '52137015', '54136015', '54136023', '38136016', '38136024', '51136018', '51137016', '82138009'],
    // 八王子市の案内、ORCAの見本
    ...['81136244', '81137242', '88138243', '88131248', '89131247', '91320010'],
  ])('of the real number %s fits', (number) => {
    expect(hasRightCheckDigit(number)).toBe(true)
  })

  test('of the Digital Agency sample 87654321 does not fit', () => {
    expect(hasRightCheckDigit('87654321')).toBe(false)
  })

  test('notices every single wrong digit', () => {
    const body = fc.stringMatching(/^[0-9]{7}$/)
    fc.assert(
      fc.property(body, fc.nat(7), fc.integer({ min: 1, max: 9 }), (seven, at, by) => {
        const number = [...`${seven}${checkDigit(seven)}`]
        expect(hasRightCheckDigit(number.join(''))).toBe(true)
        number[at] = String((Number(number[at]) + by) % 10)
        expect(hasRightCheckDigit(number.join(''))).toBe(false)
      }),
    )
  })
})

describe('the shape of a number', () => {
  test('a payer number is eight half-width digits', () => {
    expect(isPayerNumber('54136015')).toBe(true)
    for (const odd of ['', '5413601', '541360155', '５４１３６０１５', '5413601a', ' 54136015', '54136015\n']) {
      expect(isPayerNumber(odd)).toBe(false)
    }
  })

  test('a national recipient number is seven half-width digits', () => {
    expect(isNationalRecipientNumber('5401609')).toBe(true)
    for (const odd of ['', '540160', '54016090', '５４０１６０９', 'A-00123', '5401609\n']) {
      expect(isNationalRecipientNumber(odd)).toBe(false)
    }
  })
})
