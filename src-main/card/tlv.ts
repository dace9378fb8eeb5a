// BER-TLV objects (ISO/IEC 7816-4, 5.2.2) in bytes that a card gave: tags of one to three bytes, definite lengths, nothing
// else. The bytes are hostile: nothing outside them is read, nothing throws, and one wrong object refuses them all.

export interface TlvHeader {
  /** All bytes of the tag as one number, for example 0x30 or 0xff20. */
  readonly tag: number
  /** Where the value begins, counted as the offset is. */
  readonly start: number
  /** Where it ends; may lie outside the bytes, when only the beginning of an object is known yet. */
  readonly end: number
}

export interface Tlv {
  readonly tag: number
  /** A view, not a copy. In a constructed object these are the objects within: read them with `readTlvs`. */
  readonly value: Uint8Array
}

const longestTag = 3
const longestLength = 4

/** The header of the object that begins at `offset`; null if none does. */
export function readHeader(bytes: Uint8Array, offset = 0): TlvHeader | null {
  const head = bytes.subarray(offset, offset + longestTag + longestLength)
  const tagLength = tagLengthOf(head)
  const form = head[tagLength]
  if (tagLength === 0 || form === undefined) return null
  const extra = form < 0x80 ? 0 : form & 0x7f
  const start = tagLength + 1 + extra
  // 80 is the indefinite length; 84 and more cannot be content of a card.
  if (form === 0x80 || extra >= longestLength || start > head.length) return null
  const length = extra === 0 ? form : bigEndian(head.subarray(tagLength + 1, start))
  return { tag: bigEndian(head.subarray(0, tagLength)), start: offset + start, end: offset + start + length }
}

/**
 * The objects that fill `bytes`, in their order; null if anything else is among them. A rest of only 00 or only FF is
 * filler of a file and no object.
 */
export function readTlvs(bytes: Uint8Array): Tlv[] | null {
  const objects: Tlv[] = []
  for (let offset = 0; offset < bytes.length; ) {
    const header = readHeader(bytes, offset)
    if (!header) return isFiller(bytes.subarray(offset)) ? objects : null
    if (header.end > bytes.length) return null
    objects.push({ tag: header.tag, value: bytes.subarray(header.start, header.end) })
    offset = header.end
  }
  return objects
}

/** 1 to 3; 0 if no tag starts here. Numbers that fit the shorter form must use it. */
function tagLengthOf([first = 0, second = 0, third = 0xff]: Uint8Array): number {
  if (first === 0) return 0
  if ((first & 0x1f) !== 0x1f) return 1
  if (second < 0x1f || second === 0x80) return 0
  if (second < 0x80) return 2
  return third < 0x80 ? 3 : 0
}

const bigEndian = (bytes: Uint8Array) => bytes.reduce((number, byte) => number * 256 + byte, 0)

const isFiller = (bytes: Uint8Array) => {
  const [first] = bytes
  return (first === 0x00 || first === 0xff) && bytes.every((byte) => byte === first)
}
