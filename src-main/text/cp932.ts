// A strict encoder for Windows-31J (CP932), what Japanese receipt computers read. Built from the platform's own decoder,
// so both directions agree by construction. A character that has no bytes is refused: a silent `?` in a name is a wrong
// patient. Choices among duplicates and the seven JIS aliases: docs/decisions/0002-cp932.md.
import { fail, ok, type Result } from '../ground/result.ts'

/**
 * Characters that JIS X 0208 has under one code point and Windows' table under another. They are the same character
 * (same row and cell), so they get its bytes: the wave dash of JIS-based systems is no reason to refuse a name.
 */
const jisAliases: Readonly<Record<string, string>> = {
  '\u2014': '\u2015', // 1-29 dash
  '\u301c': '\uff5e', // 1-33 wave dash
  '\u2016': '\u2225', // 1-34 double vertical line
  '\u2212': '\uff0d', // 1-61 minus
  '\u00a2': '\uffe0', // 1-81 cent
  '\u00a3': '\uffe1', // 1-82 pound
  '\u00ac': '\uffe2', // 2-44 not
}

/** Which of several byte pairs for one character Windows itself writes: JIS X 0208, NEC row 13, IBM, NEC's copies of IBM. */
function rank(lead: number): number {
  if (lead === 0x87) return 1
  if (lead >= 0xfa) return 2
  if (lead === 0xed || lead === 0xee) return 3
  return 0
}

/** CP932 code by UTF-16 code unit, 0 where there is none. Every character of CP932 is a single code unit. */
function buildTable(): Uint16Array {
  const decoder = new TextDecoder('shift_jis')
  const codes = new Uint16Array(0x10000)
  for (let byte = 0x20; byte <= 0x7e; byte++) codes[byte] = byte
  for (const control of [0x09, 0x0a, 0x0d]) codes[control] = control
  // Half-width kana.
  for (let byte = 0xa1; byte <= 0xdf; byte++) codes[0xff61 + byte - 0xa1] = byte

  // One decoder call for all pairs, each followed by a line feed: a call for each would cost the first visit 50 ms.
  const pairs: number[] = []
  const bytes: number[] = []
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    // 0xA0–0xDF are single bytes; 0xF0–0xF9 are user-defined characters, which every computer has differently.
    if ((lead >= 0xa0 && lead <= 0xdf) || (lead >= 0xf0 && lead <= 0xf9)) continue
    for (let trail = 0x40; trail <= 0xfc; trail++) {
      if (trail === 0x7f) continue
      pairs.push((lead << 8) | trail)
      bytes.push(lead, trail, 0x0a)
    }
  }
  const text = decoder.decode(Uint8Array.from(bytes))
  let at = 0
  for (const pair of pairs) {
    const end = text.indexOf('\n', at)
    const character = text.charCodeAt(at)
    // What means nothing is U+FFFD, in some decoders followed by the second byte.
    if (end - at === 1 && character !== 0xfffd) {
      const known = codes[character]
      if (!known || rank(pair >> 8) < rank(known >> 8)) codes[character] = pair
    }
    at = end + 1
  }
  for (const [alias, character] of Object.entries(jisAliases)) {
    codes[alias.charCodeAt(0)] = codes[character.charCodeAt(0)] ?? 0
  }
  return codes
}

let table: Uint16Array | undefined

/** `text` as CP932 bytes, without a mark at the start. Errors: TEXT_NOT_ENCODABLE. */
export function encodeCp932(text: string): Result<Uint8Array> {
  table ??= buildTable()
  const bytes = new Uint8Array(text.length * 2)
  let length = 0
  for (let index = 0; index < text.length; index++) {
    const code = table[text.charCodeAt(index)]
    if (!code) return fail('TEXT_NOT_ENCODABLE')
    if (code > 0xff) bytes[length++] = code >> 8
    bytes[length++] = code
  }
  return ok(bytes.subarray(0, length))
}

/** Bytes that Shift_JIS as JIS has it and Windows' table read as other characters: yen, overline, wave dash and their like. */
const readOtherwise = [0x5c, 0x7e, 0x815c, 0x815f, 0x8160, 0x8161, 0x817c, 0x8191, 0x8192, 0x81ca]

/** Neither of NEC's row 13 nor of IBM's additions, which Shift_JIS as JIS has it does not know, nor one of the above. */
const isInAnyShiftJis = (code: number) => rank(code >> 8) === 0 && !readOtherwise.includes(code)

/**
 * XML for a file that declares `Shift_JIS`, as the official terminal's do: readers take that for Windows' table (.NET,
 * MSXML) or for that of JIS (libxml2, Java), where 髙, 﨑 and Ⅰ are missing and ～ is another character. Whatever they do
 * not agree on is written as a character reference, which all of them read alike. What has no bytes stays as it is.
 */
export function forAnyShiftJis(xml: string): string {
  table ??= buildTable()
  const codes = table
  return xml.replace(/[^\n\r -[\]-}]/gu, (character) => {
    const code = codes[character.charCodeAt(0)] ?? 0
    if (code === 0 || character.length > 1 || isInAnyShiftJis(code)) return character
    // The aliases, too, as the character that Windows knows.
    const known = windowsNames.get(character) ?? character
    return `&#x${known.charCodeAt(0).toString(16).toUpperCase()};`
  })
}

const windowsNames = new Map(Object.entries(jisAliases))
