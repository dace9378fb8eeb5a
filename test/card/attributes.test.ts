import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAttributes } from '../../src-main/card/attributes.ts'
import { holderFileLength } from '../../src-main/card/holder-file.ts'
import { fail, ok } from '../../src-main/ground/result.ts'
import { text, tlv } from './build-tlv.ts'

const person = {
  name: '𠮷田　直子',
  address: '東京都八王子市元本郷町三丁目２４番１号',
  birthDate: '1972-03-15',
  sex: 'female',
}
const objects = {
  offsets: tlv(0xdf21, Buffer.alloc(8)),
  name: tlv(0xdf22, text(person.name)),
  address: tlv(0xdf23, text(person.address)),
  birthDate: tlv(0xdf24, text('19720315')),
  sex: tlv(0xdf25, text('2')),
}
/** The file with some objects replaced, or left out (null). */
const fileWith = (changes: Partial<Record<keyof typeof objects, Buffer | null>> = {}) =>
  tlv(0xff20, ...Object.values({ ...objects, ...changes }).filter((object) => object !== null))

const invalid = fail('CARD_RESPONSE_INVALID')

describe('the four attributes', () => {
  test('are read', () => {
    expect(parseAttributes(fileWith())).toEqual(ok(person))
  })

  test.each([
    ['two bytes before them', Buffer.concat([Buffer.of(0x01, 0x02), fileWith()])],
    ['FF behind them', Buffer.concat([fileWith(), Buffer.alloc(500, 0xff)])],
    ['00 behind them', Buffer.concat([fileWith(), Buffer.alloc(500)])],
    ['other bytes behind them', Buffer.concat([fileWith(), text('rest')])],
    ['filler among them', tlv(0xff20, ...Object.values(objects), Buffer.alloc(9, 0xff))],
    ['an object more', tlv(0xff20, ...Object.values(objects), tlv(0xdf2e, text('new')))],
    ['another order', tlv(0xff20, ...Object.values(objects).reverse())],
    ['no offsets', fileWith({ offsets: null })],
  ])('are read with %s', (_, file) => {
    expect(parseAttributes(file)).toEqual(ok(person))
  })

  test.each([
    ['1', 'male'],
    ['2', 'female'],
    ['9', 'other'],
    ['0', 'unknown'],
    ['3', 'unknown'],
  ])('have the sex %s as %s', (code, sex) => {
    expect(parseAttributes(fileWith({ sex: tlv(0xdf25, text(code)) }))).toEqual(ok({ ...person, sex }))
  })

  test.each(['20240229', '19000101', '18680125'])('have the day %s', (digits) => {
    const birthDate = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
    expect(parseAttributes(fileWith({ birthDate: tlv(0xdf24, text(digits)) }))).toEqual(ok({ ...person, birthDate }))
  })

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['only filler', Buffer.alloc(64, 0xff)],
    ['another outer object', tlv(0xff30, ...Object.values(objects))],
    ['three bytes before it', Buffer.concat([Buffer.alloc(3, 1), fileWith()])],
    ['an end that is cut off', fileWith().subarray(0, -1)],
    [
      'an end that is cut off between two objects',
      tlv(0xff20, ...Object.values(objects), tlv(0xdf2e, text('new'))).subarray(0, -6),
    ],
    ['no name', fileWith({ name: null })],
    ['no address', fileWith({ address: null })],
    ['no birth date', fileWith({ birthDate: null })],
    ['no sex', fileWith({ sex: null })],
    ['an empty name', fileWith({ name: tlv(0xdf22) })],
    ['a name in CP932', fileWith({ name: tlv(0xdf22, Buffer.from('8d82', 'hex')) })],
    ['an address that ends within a character', fileWith({ address: tlv(0xdf23, text('東京').subarray(0, -1)) })],
    ['a line break in the name', fileWith({ name: tlv(0xdf22, text('佐藤\n美咲')) })],
    ['30 February', fileWith({ birthDate: tlv(0xdf24, text('20240230')) })],
    ['month 13', fileWith({ birthDate: tlv(0xdf24, text('20241301')) })],
    ['day 0', fileWith({ birthDate: tlv(0xdf24, text('20240100')) })],
    ['a date of nine digits', fileWith({ birthDate: tlv(0xdf24, text('202401010')) })],
    ['a date in full-width digits', fileWith({ birthDate: tlv(0xdf24, text('２０２４０１０１')) })],
    ['a sex of two digits', fileWith({ sex: tlv(0xdf25, text('12')) })],
    ['a sex that is no digit', fileWith({ sex: tlv(0xdf25, text('F')) })],
    ['two names', tlv(0xff20, ...Object.values(objects), objects.name)],
    ['objects that run over', tlv(0xff20, Buffer.concat(Object.values(objects)).subarray(0, -1))],
  ])('with %s are no answer of a card', (_, file) => {
    expect(parseAttributes(file)).toEqual(invalid)
  })

  test('in any mutated file are four or none', () => {
    const file = fileWith()
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 4 }),
        fc.nat(9),
        (changes, cut) => {
          const mutated = Buffer.from(file.subarray(0, file.length - cut))
          for (const [at, byte] of changes) if (at < mutated.length) mutated[at] = byte
          const result = parseAttributes(mutated)
          if (!result.ok) {
            expect(result).toEqual(invalid)
            return
          }
          expect(result.value.name).not.toBe('')
          expect(result.value.birthDate).toMatch(/^\d{4}-\d{2}-\d{2}$/)
        },
      ),
      { numRuns: 10_000 },
    )
  })
})

describe('how much of the file has to be read', () => {
  test('is told by its first bytes', () => {
    const file = fileWith()
    expect(holderFileLength(file.subarray(0, 8))).toBe(file.length)
    expect(holderFileLength(Buffer.concat([Buffer.of(1, 2), file.subarray(0, 6)]))).toBe(file.length + 2)
  })

  test.each([
    Buffer.alloc(0),
    Buffer.of(0xff),
    Buffer.of(0xff, 0x20),
    Buffer.alloc(16, 0xff),
    Buffer.from('30820400', 'hex'),
  ])('is not known from %j', (head) => {
    expect(holderFileLength(head)).toBeNull()
  })
})
