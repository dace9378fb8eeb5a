// The terminal's linking application can write its files encrypted (encrypt.conf, encrypt_face.conf). Its cipher is not ours
// to open; that a file is encrypted, and not damaged, can be seen, and then somebody can switch it off.

/** So few bytes tell nothing. */
const least = 128

/** Letters do for a look. */
const sample = 65_536

/**
 * Bytes that are no text at all and as evenly spread as a cipher makes them, or base64 from end to end. XML begins with `<`;
 * zeros after a power cut, archives and texts in another encoding are something else.
 */
export function looksEncrypted(bytes: Uint8Array): boolean {
  if (bytes.length < least) return false
  const head = Buffer.from(bytes.subarray(0, sample))
  if (head.subarray(0, 8).toString('latin1') === 'Salted__') return true
  if (isXmlOrArchive(head)) return false
  if (/^[A-Za-z0-9+/\r\n]+=*[\r\n]*$/.test(head.toString('latin1'))) return true
  const counts = new Map<number, number>()
  for (const byte of head) counts.set(byte, (counts.get(byte) ?? 0) + 1)
  const controls = [...counts].reduce((sum, [byte, count]) => (isControl(byte) ? sum + count : sum), 0) / head.length
  const most = Math.max(...counts.values()) / head.length
  // Of 256 values 30 are control characters that no text has: 12 of 100.
  return controls > 0.04 && controls < 0.25 && most < 0.06
}

const isControl = (byte: number) => byte === 0x7f || (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)

function isXmlOrArchive(head: Buffer): boolean {
  const text = head.subarray(0, 64).toString('latin1')
  return /^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*</.test(text) || text.startsWith('PK') || text.startsWith('\x1f\x8b')
}
