// PNG files for tests, made chunk by chunk so that each can be wrong, and read by hand.
import { crc32, deflateSync, inflateSync } from 'node:zlib'

export const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')

export function pngChunk(type: string, data: Uint8Array, options: { readonly damaged?: boolean } = {}): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(options.damaged ? (crc32(body) ^ 1) >>> 0 : crc32(body))
  return Buffer.concat([length, body, sum])
}

/** IHDR: colour type, compression, filter method and interlace follow the depth. */
export function pngHeader(width: number, height: number, depth: number, ...format: number[]): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  return pngChunk('IHDR', Buffer.concat([header, Buffer.of(depth, ...(format.length ? format : [0, 0, 0, 0]))]))
}

export const pngOf = (...chunks: Buffer[]) =>
  Buffer.concat([pngSignature, ...chunks, pngChunk('IEND', Buffer.alloc(0))])

/** Black and white, 1 bit a pixel. */
export const smallPng = (width = 16, height = 4) =>
  pngOf(pngHeader(width, height, 1), pngChunk('IDAT', deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height))))

/** The pixels of an 8-bit grey PNG whose rows have no filter, as its own bytes say. */
export function pixelsOf(png: Uint8Array): {
  readonly width: number
  readonly height: number
  readonly pixels: Buffer
} {
  const bytes = Buffer.from(png)
  const header = bytes.subarray(8)
  const [width, height] = [header.readUInt32BE(8), header.readUInt32BE(12)]
  const data: Buffer[] = []
  for (let offset = 8; offset < bytes.length; offset += 12 + bytes.readUInt32BE(offset)) {
    const end = offset + 8 + bytes.readUInt32BE(offset)
    if (bytes.readUInt32BE(end) !== crc32(bytes.subarray(offset + 4, end))) throw new Error('a chunk is damaged')
    if (bytes.toString('latin1', offset + 4, offset + 8) === 'IDAT') data.push(bytes.subarray(offset + 8, end))
  }
  const rows = inflateSync(Buffer.concat(data))
  const pixels = Array.from({ length: height }, (_, row) =>
    rows.subarray(row * (width + 1) + 1, (row + 1) * (width + 1)),
  )
  return { width, height, pixels: Buffer.concat(pixels) }
}
