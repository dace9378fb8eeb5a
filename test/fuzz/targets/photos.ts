// The photo of a card, through the thread that takes hostile JPEG 2000: slow, because each photo has a thread of its own.
import { createPhotoDecoder } from '../../../src-main/card/photo.ts'
import { readPng } from '../../../src-main/card/png.ts'
import images from '../../../src-main/stand-ins/card/images.json' with { type: 'json' }
import { holds, type Target, taken, verdictOf } from '../target.ts'

const marker = (...bytes: readonly number[]) => Uint8Array.from([0xff, ...bytes])

export const photoTarget = async (): Promise<Target> => {
  const decode = createPhotoDecoder({
    entry: new URL('../../../src-main/card/photo-thread.ts', import.meta.url),
    limitMs: 20_000,
  })
  const photos = [images.nanbyo, images.gaiji].map(({ photo }) => new Uint8Array(Buffer.from(photo, 'base64')))
  return {
    covers: ['src-main/card/photo.ts', 'src-main/card/png.ts'],
    seeds: photos,
    // Markers of a codestream (ISO/IEC 15444-1, annex A) and the names of boxes.
    words: [
      marker(0x4f, 0xff, 0x51),
      marker(0x52),
      marker(0x5c),
      marker(0x90),
      marker(0x93),
      marker(0xd9),
      'jp2c',
      'jP  ',
      'ihdr',
    ],
    isSlow: true,
    longest: 70_000,
    async run(input) {
      const png = await decode(input)
      if (png.ok) {
        const image = readPng(png.value)
        holds(
          'what comes of a photo is a picture of a size to show',
          image !== null && image.width <= 1_024 && image.height <= 1_024,
        )
        return taken
      }
      return verdictOf(png)
    },
  }
}
