import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import createCodec from '@cornerstonejs/codec-openjpeg'
import fc from 'fast-check'
import { JpxImage } from 'jpeg2000'
import { beforeAll, describe, expect, test } from 'vitest'
import { createPhotoDecoder } from '../../src-main/card/photo.ts'
import { fail } from '../../src-main/ground/result.ts'
import { fault } from '../faults.ts'
import { eventually, must, temporaryFolder } from '../support.ts'
import { pixelsOf } from './grey-png.ts'

const entry = new URL('../../src-main/card/photo-thread.ts', import.meta.url)
const decode = createPhotoDecoder({ entry, limitMs: 30_000 })
const invalid = fail('CARD_RESPONSE_INVALID')

interface Shape {
  readonly width: number
  readonly height: number
  readonly components?: number
  readonly bits?: number
  /** 1 keeps every pixel. */
  readonly ratio?: number
}

let codec: Awaited<ReturnType<typeof createCodec>>
beforeAll(async () => {
  codec = await createCodec({ print: () => {} })
})

/** Something like a face: a bright oval with shades on a ramp. */
function portrait(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, index) => {
    const [x, y] = [(index % width) / width, Math.floor(index / width) / height]
    const isFace = Math.hypot(x - 0.5, (y - 0.45) * 0.8) < 0.3
    return isFace ? 200 - 60 * Math.hypot(x - 0.4, y - 0.4) + 12 * Math.sin(40 * x) * Math.cos(30 * y) : 90 + 60 * y
  })
}

/** A codestream, made by the codec's encoder. */
function encode(pixels: Uint8Array, { width, height, components = 1, bits = 8, ratio = 1 }: Shape): Buffer {
  const encoder = new codec.J2KEncoder()
  const image = { width, height, bitsPerSample: bits, componentCount: components, isSigned: false }
  encoder.getDecodedBuffer({ ...image, isUsingColorTransform: components === 3 }).set(pixels)
  encoder.setQuality(ratio === 1, 0)
  // Each one halves the picture.
  encoder.setDecompositions(Math.min(5, Math.floor(Math.log2(Math.min(width, height)))))
  if (ratio !== 1) encoder.setCompressionRatio(0, ratio)
  encoder.encode()
  const encoded = Buffer.from(encoder.getEncodedBuffer())
  encoder.delete()
  return encoded
}

const box = (type: string, content: Uint8Array, length = content.length + 8) => {
  const header = Buffer.alloc(8)
  header.writeUInt32BE(length)
  header.write(type, 4, 'latin1')
  return Buffer.concat([header, content])
}
const jp2Signature = box('jP  ', Buffer.from('0d0a870a', 'hex'))

/** What the other decoder makes of it. */
function otherPixels(codestream: Uint8Array): Buffer {
  const image = new JpxImage()
  image.parse(codestream)
  expect(image.tiles.length).toBe(1)
  return Buffer.from(image.tiles[0]?.items ?? [])
}

/** A codestream of a small picture with numbers of its SIZ marker changed. */
function withSize(changes: Readonly<Record<number, number>>): Buffer {
  const changed = encode(portrait(16, 16), { width: 16, height: 16 })
  for (const [offset, value] of Object.entries(changes)) changed.writeUInt32BE(value, Number(offset))
  return changed
}
const siz = { right: 8, bottom: 12, left: 16, tileWidth: 24, tileHeight: 28 }

describe('a photo', () => {
  test.each([
    [240, 320],
    [33, 17],
    [1, 1],
  ])(
    'of %i × %i pixels without loss is the picture that went in, for us and for another decoder',
    async (width, height) => {
      const picture = portrait(width, height)
      const codestream = encode(picture, { width, height })
      const png = pixelsOf(must(await decode(codestream)))
      expect(png).toEqual({ width, height, pixels: Buffer.from(picture) })
      expect(otherPixels(codestream).equals(png.pixels)).toBe(true)
    },
  )

  test.each([8, 20])('compressed to one %ith is what another decoder sees, to one step of grey', async (ratio) => {
    const [width, height] = [240, 320]
    const codestream = encode(portrait(width, height), { width, height, ratio })
    const { pixels } = pixelsOf(must(await decode(codestream)))
    const other = otherPixels(codestream)
    const furthest = other.reduce((most, grey, index) => Math.max(most, Math.abs(grey - (pixels[index] ?? 999))), 0)
    expect(other.length).toBe(width * height)
    expect(furthest).toBeLessThanOrEqual(1)
  })

  test.each([
    [
      'in a JP2 file',
      (codestream: Buffer) => Buffer.concat([jp2Signature, box('ftyp', Buffer.alloc(12)), box('jp2c', codestream)]),
    ],
    [
      'in a JP2 file whose last box has no length',
      (codestream: Buffer) => Buffer.concat([jp2Signature, box('jp2c', codestream, 0)]),
    ],
    ['with filler behind it', (codestream: Buffer) => Buffer.concat([codestream, Buffer.alloc(40, 0xff)])],
  ])('is read %s', async (_, wrap) => {
    const picture = portrait(24, 32)
    const png = pixelsOf(must(await decode(wrap(encode(picture, { width: 24, height: 32 })))))
    expect(png.pixels).toEqual(Buffer.from(picture))
  })
})

describe('what is no photo of a card', () => {
  /** Takes everything for a picture: what is refused here never reached a thread. */
  const believer = createPhotoDecoder({
    entry: new URL(
      `data:text/javascript,import { parentPort } from 'node:worker_threads'; parentPort.postMessage(new Uint8Array(1))`,
    ),
  })

  test('would be believed by the decoder of the next test if it looked like one', async () => {
    expect((await believer(withSize({}))).ok).toBe(true)
  })

  test.each([
    ['nothing', () => Buffer.alloc(0)],
    ['text', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a JPEG', () => Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex')],
    ['only a marker', () => Buffer.from('ff4fff51', 'hex')],
    ['a JP2 file without picture', () => jp2Signature],
    ['a box that points back', () => Buffer.concat([jp2Signature, box('jp2c', Buffer.alloc(60), 4)])],
    [
      'a box shorter than its own header',
      () => Buffer.concat([jp2Signature, box('\0\0\0\0', Buffer.concat([Buffer.from('jp2c'), withSize({})]), 4)]),
    ],
    ['a box that runs over', () => Buffer.concat([jp2Signature, box('jp2c', Buffer.alloc(60), 4000)])],
    ['more than 64 KB', () => Buffer.concat([withSize({}), Buffer.alloc(65_536)])],
    ['1025 columns', () => withSize({ [siz.right]: 1025 })],
    ['1025 rows', () => withSize({ [siz.bottom]: 1025 })],
    ['no columns', () => withSize({ [siz.left]: 16 })],
    ['less than no columns', () => withSize({ [siz.left]: 17 })],
    ['colour', () => encode(new Uint8Array(16 * 16 * 3), { width: 16, height: 16, components: 3 })],
    ['16 bits', () => encode(new Uint8Array(16 * 16 * 2), { width: 16, height: 16, bits: 16 })],
  ])('is refused before anything decodes it: %s', async (_, file) => {
    expect(await believer(file())).toEqual(invalid)
  })

  test.each([
    ['its header alone', () => encode(portrait(64, 64), { width: 64, height: 64 }).subarray(0, 100)],
    ['no header behind its size', () => withSize({}).subarray(0, 43)],
    ['tiles of no width', () => withSize({ [siz.tileWidth]: 0 })],
    ['noise behind its size', () => Buffer.concat([withSize({}).subarray(0, 43), Buffer.alloc(400, 0x5a)])],
  ])('is refused when the decoder cannot make a picture of %s', async (_, file) => {
    expect(await decode(file())).toEqual(invalid)
  })

  test.each([
    ['throws', 'throw 99120'],
    ['ends without a word', ''],
    ['ends the process', 'process.exit(7)'],
    ['answers something else', `import { parentPort } from 'node:worker_threads'; parentPort.postMessage('<svg/>')`],
  ])('is refused when the thread %s', async (_, script) => {
    const broken = createPhotoDecoder({ entry: new URL(`data:text/javascript,${encodeURIComponent(script)}`) })
    expect(await broken(withSize({}))).toEqual(invalid)
  })

  test('leaves no word on the console', () => {
    const noise = Buffer.concat([withSize({}).subarray(0, 43), Buffer.alloc(400, 0x5a)]).toString('hex')
    const module = new URL('../../src-main/card/photo.ts', import.meta.url)
    const script = `import { createPhotoDecoder } from '${module}'
      const result = await createPhotoDecoder({ entry: new URL('${entry}') })(Buffer.from('${noise}', 'hex'))
      process.exitCode = result.ok ? 1 : 0`
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script])
    expect([status, stdout.toString(), stderr.toString()]).toEqual([0, '', ''])
  })

  test('ends in a picture of its size or a code, whatever bytes are changed', async () => {
    const original = encode(portrait(16, 16), { width: 16, height: 16 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        async (changes) => {
          const changed = Buffer.from(original)
          for (const [at, byte] of changes) changed[at] = byte
          const result = await createPhotoDecoder({ entry, limitMs: 3000 })(changed)
          if (result.ok) expect(pixelsOf(result.value).pixels.length).toBeGreaterThan(0)
          else expect(result).toEqual(invalid)
        },
      ),
      { numRuns: 12 },
    )
  })

  fault('huge', 'The photo of a card is made to take for ever', {
    seen: 'CARD_RESPONSE_INVALID',
    data: 'It is given up at its limit; the desk goes on meanwhile.',
    recovery: 'The PIN identifies.',
  })
  test('but would be a picture after seconds is given up at the limit, and its thread with it', async () => {
    // A million pixels in pieces of 5 × 4: a few hundred bytes, long work.
    const busy = withSize({ [siz.right]: 1024, [siz.bottom]: 1024, [siz.tileWidth]: 5, [siz.tileHeight]: 4 })
    expect(await createPhotoDecoder({ entry, limitMs: 100 })(busy)).toEqual(invalid)
    await eventually('the thread has gone', () => !process.getActiveResourcesInfo().includes('MessagePort'))
  })

  test('is there as soon as it is decoded, also where its thread does not end', async () => {
    const lingering = join(temporaryFolder(), 'thread.mjs')
    writeFileSync(
      lingering,
      `import { parentPort } from 'node:worker_threads'
      parentPort.postMessage(new Uint8Array([7]))
      setInterval(() => undefined, 1_000)`,
    )
    const decoding = createPhotoDecoder({ entry: lingering, limitMs: 1_000_000 })(
      encode(portrait(16, 16), { width: 16, height: 16 }),
    )
    expect(must(await decoding)).toEqual(new Uint8Array([7]))
  })
})
