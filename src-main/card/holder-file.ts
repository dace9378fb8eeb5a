// What the two files about the card's holder have in common (券面事項入力補助 0002 and 券面事項確認 0002): one outer object
// FF20 and plain objects in it, dates as eight digits, the sex as one. Bytes after the outer object are filler of the
// file. Source: public readings of real cards; the official specification is disclosed on application.
import { readHeader, readTlvs } from './tlv.ts'

const outerTag = 0xff20
/** Some cards put two bytes before the outer object. */
const outerOffsets = [0, 2]

const outerHeader = (bytes: Uint8Array) =>
  outerOffsets.map((offset) => readHeader(bytes, offset)).find((header) => header?.tag === outerTag)

/** How many bytes of the file are content, told by its first block (at least 8 bytes); null if it is no such file. */
export const holderFileLength = (head: Uint8Array): number | null => outerHeader(head)?.end ?? null

/** The objects of such a file by tag; null if it is none, is cut short, or says something twice. */
export function readHolderFile(file: Uint8Array): ReadonlyMap<number, Uint8Array> | null {
  const outer = outerHeader(file)
  if (!outer || outer.end > file.length) return null
  const objects = readTlvs(file.subarray(outer.start, outer.end))
  const byTag = new Map(objects?.map(({ tag, value }) => [tag, value]))
  return byTag.size === objects?.length ? byTag : null
}

const ascii = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

/** `YYYYMMDD` → `YYYY-MM-DD`; null if that is no day of the calendar. */
export function readDate(bytes: Uint8Array | undefined): string | null {
  const digits = /^([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(ascii(bytes ?? new Uint8Array()))
  if (!digits) return null
  const date = digits.slice(1).join('-')
  const parsed = new Date(`${date}T00:00:00Z`)
  // 30 February would roll over into March.
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? date : null
}

const sexes = { '1': 'male', '2': 'female', '9': 'other' } as const
export type CardSex = (typeof sexes)[keyof typeof sexes] | 'unknown'

/** JIS X 0303 (ISO/IEC 5218): one digit, 1 男, 2 女, 9 適用不能; every other digit is 不明. null if it is no digit. */
export function readSex(bytes: Uint8Array | undefined): CardSex | null {
  const digit = ascii(bytes ?? new Uint8Array())
  if (!/^[0-9]$/.test(digit)) return null
  return digit === '1' || digit === '2' || digit === '9' ? sexes[digit] : 'unknown'
}
