// Grey PNG images (ISO/IEC 15948), written by us alone: what comes from a card is read strictly and written anew, so that
// a screen never gets a card's own bytes.
import { crc32, deflateSync, inflateSync } from 'node:zlib'

export interface GreyImage {
  readonly width: number
  readonly height: number
  /** Bits per pixel: 1, 2, 4 or 8. */
  readonly depth: number
  /** Top to bottom; each row is one filter byte (PNG, clause 9) and its pixels, filled up to a whole byte. */
  readonly rows: Uint8Array
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex')
/** A line of an address at print resolution is far below. */
const sideLimit = 2048
const greyColour = 0

const rowLength = (width: number, depth: number) => 1 + Math.ceil((width * depth) / 8)

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** The bytes of a PNG file. */
export function writePng({ width, height, depth, rows }: GreyImage): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = depth
  header[9] = greyColour
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
  return new Uint8Array(Buffer.concat([signature, ...chunks]))
}

/** 8-bit pixels without filter bytes, as a decoder gives them, top to bottom. */
export function pngOfPixels(width: number, height: number, pixels: Uint8ClampedArray): Uint8Array {
  const rows = Buffer.alloc((width + 1) * height)
  for (let row = 0; row < height; row++)
    rows.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1)
  return writePng({ width, height, depth: 8, rows })
}

/** A grey PNG of at most 2048 × 2048 pixels, not interlaced; null for everything else. Only its pixels are taken. */
export function readPng(file: Uint8Array): GreyImage | null {
  const chunks = readChunks(file)
  const header = chunks?.[0]?.type === 'IHDR' && chunks[0].data.length === 13 ? chunks[0].data : null
  if (!chunks || !header) return null
  const width = header.readUInt32BE(0)
  const height = header.readUInt32BE(4)
  const [depth = 0, ...format] = header.subarray(8)
  // Colour type, compression, filter method, interlace.
  const isPlainGrey = [1, 2, 4, 8].includes(depth) && format.every((byte) => byte === 0)
  const isSmall = width > 0 && height > 0 && width <= sideLimit && height <= sideLimit
  if (!isPlainGrey || !isSmall) return null
  const stride = rowLength(width, depth)
  const data = chunks.filter(({ type }) => type === 'IDAT').map((part) => part.data)
  const rows = inflate(Buffer.concat(data), stride * height)
  if (!rows) return null
  for (let start = 0; start < rows.length; start += stride) if ((rows[start] ?? 0) > 4) return null
  return { width, height, depth, rows }
}

/** All chunks up to IEND; null if one is cut short or damaged, or IEND is missing. */
function readChunks(file: Uint8Array): { readonly type: string; readonly data: Buffer }[] | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (!bytes.subarray(0, signature.length).equals(signature)) return null
  const chunks: { readonly type: string; readonly data: Buffer }[] = []
  for (let offset = signature.length; offset + 12 <= bytes.length; ) {
    const end = offset + 12 + bytes.readUInt32BE(offset)
    if (end > bytes.length || crc32(bytes.subarray(offset + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return null
    const type = bytes.toString('latin1', offset + 4, offset + 8)
    if (type === 'IEND') return chunks
    chunks.push({ type, data: bytes.subarray(offset + 8, end - 4) })
    offset = end
  }
  return null
}

/** Inflated to exactly `length` bytes; null otherwise. Never holds more than that. */
function inflate(data: Uint8Array, length: number): Buffer | null {
  try {
    const inflated = inflateSync(data, { maxOutputLength: length })
    return inflated.length === length ? inflated : null
  } catch {
    return null
  }
}
