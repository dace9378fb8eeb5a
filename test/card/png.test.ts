import { constants, deflateRawSync, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pngOfPixels, readPng, writePng } from '../../src-main/card/png.ts'
import { pixelsOf, pngChunk, pngHeader, pngOf, pngSignature, smallPng } from './grey-png.ts'

const rows = (stride: number, height: number, filter = 0) =>
  Buffer.concat(
    Array.from({ length: height }, () => Buffer.concat([Buffer.of(filter), Buffer.alloc(stride - 1, 0xa5)])),
  )
const data = (raw: Uint8Array) => pngChunk('IDAT', deflateSync(raw))

describe('a PNG of a card', () => {
  test.each([
    [1, 3],
    [2, 5],
    [4, 9],
    [8, 17],
  ])('with %i bits of grey is read', (depth, stride) => {
    const raw = rows(stride, 4)
    expect(readPng(pngOf(pngHeader(16, 4, depth), data(raw)))).toEqual({ width: 16, height: 4, depth, rows: raw })
  })

  test('keeps its pixels and loses everything else when it is written anew', () => {
    const note = pngChunk('tEXt', Buffer.from('Comment\0<script>'))
    const [first, second] = [deflateSync(rows(17, 4)).subarray(0, 7), deflateSync(rows(17, 4)).subarray(7)]
    const image = readPng(pngOf(pngHeader(16, 4, 8), note, pngChunk('IDAT', first), note, pngChunk('IDAT', second)))
    if (!image) throw new Error('not read')
    const written = writePng(image)
    expect(Buffer.from(written).includes('script')).toBe(false)
    expect(pixelsOf(written)).toEqual({ width: 16, height: 4, pixels: Buffer.alloc(64, 0xa5) })
  })

  const fine = data(rows(3, 4))
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['another signature', Buffer.concat([Buffer.from('GIF89a00'), smallPng().subarray(8)])],
    ['no end', smallPng().subarray(0, -12)],
    ['a chunk that is cut short', smallPng().subarray(0, -14)],
    ['a damaged chunk', pngOf(pngHeader(16, 4, 1), pngChunk('IDAT', deflateSync(rows(3, 4)), { damaged: true }))],
    ['no header', pngOf(fine)],
    ['a header that comes late', pngOf(fine, pngHeader(16, 4, 1))],
    ['a short header', pngOf(pngChunk('IHDR', Buffer.alloc(12)), fine)],
    ['no width', pngOf(pngHeader(0, 4, 1), data(rows(1, 4)))],
    ['no height', pngOf(pngHeader(16, 0, 1), data(Buffer.alloc(0)))],
    ['more than 2048 columns', pngOf(pngHeader(2049, 1, 1), data(rows(258, 1)))],
    ['more than 2048 rows', pngOf(pngHeader(8, 2049, 1), data(rows(2, 2049)))],
    ['16 bits', pngOf(pngHeader(16, 4, 16), data(rows(33, 4)))],
    ['colour', pngOf(pngHeader(16, 4, 8, 2, 0, 0, 0), data(rows(49, 4)))],
    ['a palette', pngOf(pngHeader(16, 4, 1, 3, 0, 0, 0), fine)],
    ['interlace', pngOf(pngHeader(16, 4, 1, 0, 0, 0, 1), fine)],
    ['too few pixels', pngOf(pngHeader(16, 4, 1), data(rows(3, 3)))],
    ['too many pixels', pngOf(pngHeader(16, 4, 1), data(rows(3, 5)))],
    ['an unknown filter', pngOf(pngHeader(16, 4, 1), data(rows(3, 4, 5)))],
    ['pixels that are not compressed', pngOf(pngHeader(16, 4, 1), pngChunk('IDAT', rows(3, 4)))],
  ])('with %s is refused', (_, file) => {
    expect(readPng(file)).toBeNull()
  })

  test('that would fill the memory is refused before it does', () => {
    const megabyte = deflateRawSync(Buffer.alloc(1_000_000), { finishFlush: constants.Z_FULL_FLUSH })
    const bomb = Buffer.concat([Buffer.of(0x78, 0x9c), ...Array<Buffer>(400).fill(megabyte)])
    const before = process.resourceUsage().maxRSS
    expect(readPng(pngOf(pngHeader(16, 4, 1), pngChunk('IDAT', bomb)))).toBeNull()
    // Kilobytes.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(100_000)
  })

  test('with any bytes changed is read or refused', () => {
    const original = pngOf(pngHeader(16, 4, 8), data(rows(17, 4)))
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.nat(255), (at, byte) => {
        const changed = Buffer.from(original)
        changed[at] = byte
        const image = readPng(changed)
        if (image) expect(image.rows.length).toBe(17 * 4)
      }),
      { numRuns: 3_000 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (noise) => {
        expect(readPng(Buffer.concat([pngSignature, noise]))).toBeNull()
      }),
    )
  })
})

test('pixels become a PNG with the same pixels', () => {
  const pixels = Uint8ClampedArray.from({ length: 7 * 5 }, (_, index) => (index * 37) % 256)
  expect(pixelsOf(pngOfPixels(7, 5, pixels))).toEqual({ width: 7, height: 5, pixels: Buffer.from(pixels) })
})
