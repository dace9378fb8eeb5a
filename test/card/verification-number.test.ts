import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CardFront, verificationNumberB } from '../../src-main/card/verification-number.ts'
import { fail } from '../../src-main/ground/result.ts'
import { must } from '../support.ts'

const front = (changes: Partial<CardFront> = {}): CardFront => ({
  birthDate: '1980-02-17',
  printedYear: 'era',
  expiryYear: '2035',
  securityCode: '2285',
  ...changes,
})
const digits = (changes?: Partial<CardFront>) =>
  Buffer.from(must(verificationNumberB(front(changes)))).toString('latin1')

describe('照合番号B', () => {
  test('is birth date, expiry year and security code, as a real card took it', () => {
    expect(digits()).toBe('55021720352285')
  })

  test.each([
    ['2019-05-01', '010501', '令和 begins'],
    ['2019-04-30', '310430', '平成 ends'],
    ['1989-01-08', '010108', '平成 begins'],
    ['1989-01-07', '640107', '昭和 ends'],
    ['1926-12-25', '011225', '昭和 begins'],
    ['1926-12-24', '151224', '大正 ends'],
    ['1912-07-30', '010730', '大正 begins'],
    ['1912-07-29', '450729', '明治 ends'],
    ['1868-01-25', '010125', '明治 begins'],
    ['2024-02-29', '060229', 'a leap day'],
  ])('of %s begins with %s: %s', (birthDate, expected) => {
    expect(digits({ birthDate }).slice(0, 6)).toBe(expected)
  })

  test('has the year that the Japanese calendar of ICU tells, on any day since the calendar is the western one', () => {
    const calendar = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { year: 'numeric', timeZone: 'UTC' })
    const day = fc.date({ min: new Date('1873-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(day, (date) => {
        const shown = calendar.formatToParts(date).find(({ type }) => type === 'year')?.value ?? ''
        const expected = shown === '元' ? '01' : shown.padStart(2, '0')
        expect(digits({ birthDate: date.toISOString().slice(0, 10) }).slice(0, 2)).toBe(expected)
      }),
      { numRuns: 3_000 },
    )
  })

  test('has the last two digits of a western year where that is printed', () => {
    expect(digits({ printedYear: 'western' })).toBe('80021720352285')
    expect(digits({ printedYear: 'western', birthDate: '2004-12-01' })).toBe('04120120352285')
  })

  test('is bytes of its own, which can be wiped', () => {
    const number = must(verificationNumberB(front()))
    number.fill(0)
    expect(digits()).toBe('55021720352285')
  })

  test.each([
    ['birthDate', '1868-01-24'],
    ['birthDate', '2023-02-29'],
    ['birthDate', '19800217'],
    ['birthDate', '1980-2-17'],
    ['birthDate', '1980-02-17T00:00:00Z'],
    ['birthDate', ''],
    ['expiryYear', '35'],
    ['expiryYear', '２０３５'],
    ['expiryYear', '20351'],
    ['securityCode', '228'],
    ['securityCode', '22855'],
    ['securityCode', '228a'],
    ['securityCode', '2285\n'],
  ] as const)('is not made when %s is "%s"', (field, value) => {
    expect(verificationNumberB(front({ [field]: value }))).toEqual(fail('REQUEST_INVALID', { field }))
  })

  test('is never 12 digits long, whatever goes in', () => {
    const typed = fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{0,12}$/))
    fc.assert(
      fc.property(typed, typed, typed, (birthDate, expiryYear, securityCode) => {
        const result = verificationNumberB(front({ birthDate, expiryYear, securityCode }))
        if (result.ok) expect(result.value.length).toBe(14)
      }),
    )
  })
})
