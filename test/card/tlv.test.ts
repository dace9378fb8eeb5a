import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readHeader, readTlvs, type Tlv } from '../../src-main/card/tlv.ts'
import { outside } from '../outside.ts'
import { temporaryFolder } from '../support.ts'
import { tlv } from './build-tlv.ts'

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const plain = (objects: readonly Tlv[] | null) =>
  objects?.map(({ tag, value }) => [tag.toString(16), Buffer.from(value).toString('hex')]) ?? null

describe('objects that are fine', () => {
  test.each([
    ['a tag of one byte', '800105', [['80', '05']]],
    ['a tag of two bytes', 'df220161', [['df22', '61']]],
    ['a tag of three bytes', '7f81010161', [['7f8101', '61']]],
    ['no value', '8000', [['80', '']]],
    ['a length in 81', '80810105', [['80', '05']]],
    ['a length in 82', '8082000105', [['80', '05']]],
    ['a length in 83', '808300000105', [['80', '05']]],
    [
      'several',
      '800105810106',
      [
        ['80', '05'],
        ['81', '06'],
      ],
    ],
    ['nothing', '', []],
    ['filler of 00', '800105000000', [['80', '05']]],
    ['filler of FF', '800105ffffff', [['80', '05']]],
    ['one byte of filler', '800105ff', [['80', '05']]],
  ])('%s', (_, hex, expected) => {
    expect(plain(readTlvs(bytes(hex)))).toEqual(expected)
  })

  test('objects within an object are read from its value', () => {
    const [outer] = readTlvs(tlv(0xff20, tlv(0xdf21, Buffer.of(1)), tlv(0xdf22, Buffer.of(2)))) ?? []
    expect(outer?.tag).toBe(0xff20)
    expect(plain(readTlvs(outer?.value ?? new Uint8Array()))).toEqual([
      ['df21', '01'],
      ['df22', '02'],
    ])
  })

  test('of an object only the beginning is needed to know how long it is', () => {
    expect(readHeader(bytes('ff20820400'))).toEqual({ tag: 0xff20, start: 5, end: 5 + 0x400 })
    expect(readHeader(bytes('ff208204'))).toBeNull()
    expect(readHeader(bytes('0102ff2003'), 2)).toEqual({ tag: 0xff20, start: 5, end: 8 })
  })
})

describe('bytes that are refused', () => {
  test.each([
    ['a value that is cut short', '800205'],
    ['a length that is cut short', '8082'],
    ['a tag that is cut short', 'df'],
    ['a tag without length', '80'],
    ['the indefinite length', '3080800105' + '0000'],
    ['the indefinite length, also where 128 bytes follow', `8080${'00'.repeat(127)}05`],
    ['a length in 84', '808400000001' + '05'],
    ['a tag of four bytes', '7f8181010161'],
    ['a tag written longer than needed', '9f1e0161'],
    ['a tag number that begins with zeros', '9f80010161'],
    ['00 between two objects', '8001050081' + '0106'],
    ['filler of two kinds', '80010500ff'],
    ['a second object that is cut short', '8001058105'],
  ])('%s', (_, hex) => {
    expect(readTlvs(bytes(hex))).toBeNull()
  })
})

/** Single-byte tags of the classes whose content openssl does not interpret. */
const simpleTag = fc.integer({ min: 0x40, max: 0xfe }).map((byte) => ((byte & 0x1f) === 0x1f ? byte - 1 : byte) & 0xdf)
const longTag = fc.constantFrom(0xdf22, 0xff20, 0x5f37, 0x7f8101, 0xdffe7f)

describe('any bytes', () => {
  test('are read or refused, never beyond their end, and what is read covers them all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (noise) => {
        // What lies behind the view must not matter.
        const wide = Buffer.concat([Buffer.alloc(8, 0x80), noise, Buffer.alloc(300, 0x01)])
        const view = wide.subarray(8, 8 + noise.length)
        const objects = readTlvs(view)
        expect(plain(objects)).toEqual(plain(readTlvs(noise)))
        for (const { value } of objects ?? []) {
          expect(value.byteOffset).toBeGreaterThanOrEqual(view.byteOffset)
          expect(value.byteOffset + value.length).toBeLessThanOrEqual(view.byteOffset + view.length)
        }
      }),
      { numRuns: 20_000 },
    )
  })

  test('that were written as objects are read as the same objects', () => {
    const object = fc.record({ tag: fc.oneof(simpleTag, longTag), value: fc.uint8Array({ maxLength: 300 }) })
    fc.assert(
      fc.property(fc.array(object, { maxLength: 6 }), (objects) => {
        const written = Buffer.concat(objects.map(({ tag, value }) => tlv(tag, value)))
        expect(plain(readTlvs(written))).toEqual(plain(objects))
      }),
      { numRuns: 2_000 },
    )
  })

  test('of a megabyte are refused without delay', () => {
    for (const byte of [0x00, 0x1f, 0x30, 0x80, 0xff]) {
      expect(readTlvs(Buffer.concat([Buffer.alloc(1_000_000, byte), Buffer.of(0x01)]))).toBeNull()
    }
  })
})

describe('openssl, which is not us', () => {
  test('reads what we accept at the same places, with the same tags and lengths', () => {
    const file = join(temporaryFolder(), 'objects.der')
    const lengthForm = fc.constantFrom([], [0x81], [0x82, 0], [0x83, 0, 0])
    const value = fc.array(fc.nat(255), { maxLength: 5 })
    const candidate = fc.tuple(fc.nat(255), lengthForm, fc.nat(5), value).map((parts) => Uint8Array.from(parts.flat()))
    const samples = fc.sample(candidate, { seed: 5218, numRuns: 20_000 }).filter((bytesOfOne) => {
      const objects = readTlvs(bytesOfOne)
      const [object] = objects ?? []
      // One primitive object outside the universal class, whose content openssl would look into, and no filler.
      const isComparable = object && object.tag >= 0x40 && object.tag < 0x100 && !(object.tag & 0x20)
      return isComparable && objects?.length === 1 && readHeader(bytesOfOne)?.end === bytesOfOne.length
    })
    const written = Buffer.concat(samples)
    writeFileSync(file, written)
    const { stdout, status } = spawnSync(outside('openssl'), ['asn1parse', '-inform', 'DER', '-in', file], {
      encoding: 'utf8',
    })
    expect(status).toBe(0)
    const theirs = [...stdout.matchAll(/^ *(\d+):d=0 +hl=(\d) l= *(\d+) prim: (appl|cont|priv) \[ (\d+) \]/gm)].map(
      ([, offset, header, length, kind, number]) => [
        Number(offset),
        Number(header),
        Number(length),
        kind,
        Number(number),
      ],
    )
    const ours: unknown[] = []
    for (let offset = 0; offset < written.length; ) {
      const header = readHeader(written, offset)
      if (!header) throw new Error('what was accepted is not accepted any longer')
      const kind = ['univ', 'appl', 'cont', 'priv'][header.tag >> 6]
      ours.push([offset, header.start - offset, header.end - header.start, kind, header.tag & 0x1f])
      offset = header.end
    }
    expect(ours.length).toBeGreaterThan(500)
    expect(theirs).toEqual(ours)
  })
})
