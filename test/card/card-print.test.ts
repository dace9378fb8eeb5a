import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCardPrint } from '../../src-main/card/card-print.ts'
import { fail } from '../../src-main/ground/result.ts'
import { must } from '../support.ts'
import { text, tlv } from './build-tlv.ts'
import { smallPng } from './grey-png.ts'

const photo = Buffer.from('ff4fff51', 'hex')
const objects = {
  offsets: tlv(0xdf21, Buffer.alloc(18)),
  birthDate: tlv(0xdf22, text('19720315')),
  sex: tlv(0xdf23, text('2')),
  key: tlv(0xdf24, Buffer.alloc(270)),
  name: tlv(0xdf25, smallPng(200, 24)),
  address: tlv(0xdf26, smallPng(400, 48)),
  photo: tlv(0xdf27, photo),
  signature: tlv(0xdf28, Buffer.alloc(256)),
  validTo: tlv(0xdf29, text('20350315')),
  code: tlv(0xdf2a, smallPng(24, 12)),
}
const fileWith = (changes: Partial<Record<keyof typeof objects, Buffer | null>> = {}) =>
  tlv(0xff20, ...Object.values({ ...objects, ...changes }).filter((object) => object !== null))

/** Width and height as the header of a PNG says. */
const sizeOf = (png: Uint8Array) => [Buffer.from(png).readUInt32BE(16), Buffer.from(png).readUInt32BE(20)]

describe('what is printed on the card', () => {
  test.each([
    ['as it is', fileWith()],
    ['with filler behind it', Buffer.concat([fileWith(), Buffer.alloc(900, 0xff)])],
    ['with two bytes before it', Buffer.concat([Buffer.of(1, 2), fileWith()])],
    ['with an object nobody knows', tlv(0xff20, ...Object.values(objects), tlv(0xdf3f, text('new')))],
  ])('is read %s', (_, file) => {
    const { namePng, addressPng, ...rest } = must(parseCardPrint(file))
    expect(rest).toEqual({ birthDate: '1972-03-15', sex: 'female', photo, validTo: '2035-03-15' })
    expect(sizeOf(namePng)).toEqual([200, 24])
    expect(sizeOf(addressPng)).toEqual([400, 48])
  })

  test.each(['birthDate', 'sex', 'name', 'address', 'photo', 'validTo'] as const)(
    'is refused without its %s',
    (field) => {
      expect(parseCardPrint(fileWith({ [field]: null }))).toEqual(fail('CARD_RESPONSE_INVALID'))
    },
  )

  test.each([
    ['an image that is none', { name: tlv(0xdf25, text('<svg onload="alert(1)"/>')) }],
    ['an image that is too large', { address: tlv(0xdf26, smallPng(2056, 1)) }],
    ['an expiry that is no day', { validTo: tlv(0xdf29, text('20350231')) }],
    ['a birth date that is no day', { birthDate: tlv(0xdf22, text('1972031')) }],
    ['a sex that is no digit', { sex: tlv(0xdf23, text('?')) }],
  ])('is refused with %s', (_, changes) => {
    expect(parseCardPrint(fileWith(changes))).toEqual(fail('CARD_RESPONSE_INVALID'))
  })

  test('in any mutated file is whole or refused', () => {
    const file = fileWith()
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(255), fc.nat(40), (at, byte, cut) => {
        const mutated = Buffer.from(file.subarray(0, file.length - cut))
        if (at < mutated.length) mutated[at] = byte
        const result = parseCardPrint(mutated)
        if (!result.ok) expect(result).toEqual(fail('CARD_RESPONSE_INVALID'))
      }),
      { numRuns: 3_000 },
    )
  })
})
