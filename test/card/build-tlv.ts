// BER-TLV objects for tests, written the other way round than the agent reads them.

const bytesOf = (number: number) => {
  const hex = number.toString(16)
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')
}

/** One object; `tag` as in 0xdf22. Lengths take the shortest form. */
export function tlv(tag: number, ...values: Uint8Array[]): Buffer {
  const value = Buffer.concat(values)
  const length = bytesOf(value.length)
  const header = value.length < 0x80 ? length : Buffer.concat([Buffer.of(0x80 | length.length), length])
  return Buffer.concat([bytesOf(tag), header, value])
}

export const text = (characters: string) => Buffer.from(characters, 'utf8')
