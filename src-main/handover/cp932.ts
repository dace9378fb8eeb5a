// A strict encoder for Windows-31J (CP932), what Japanese receipt computers read. Built from the platform's own decoder,
// so both directions agree by construction. A character that has no bytes is refused: a silent `?` in a name is a wrong
// patient. Choices among duplicates and the seven JIS aliases: docs/decisions/0002-cp932.md.
import { fail, ok, type Result } from '../contract/result.ts'

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

let table: ReadonlyMap<string, number> | undefined

function encodingTable(): ReadonlyMap<string, number> {
  if (table) return table
  const decoder = new TextDecoder('shift_jis')
  const codes = new Map<string, number>()
  for (let byte = 0x20; byte <= 0x7e; byte++) codes.set(String.fromCharCode(byte), byte)
  for (const control of ['\t', '\r', '\n']) codes.set(control, control.charCodeAt(0))
  for (let byte = 0xa1; byte <= 0xdf; byte++) codes.set(decoder.decode(Uint8Array.of(byte)), byte)
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    // 0xA0–0xDF are half-width kana; 0xF0–0xF9 are user-defined characters, which every computer has differently.
    if ((lead >= 0xa0 && lead <= 0xdf) || (lead >= 0xf0 && lead <= 0xf9)) continue
    for (let trail = 0x40; trail <= 0xfc; trail++) {
      if (trail === 0x7f) continue
      const character = decoder.decode(Uint8Array.of(lead, trail))
      if ([...character].length !== 1 || character === '\ufffd') continue
      const known = codes.get(character)
      if (known === undefined || rank(lead) < rank(known >> 8)) codes.set(character, (lead << 8) | trail)
    }
  }
  for (const [alias, character] of Object.entries(jisAliases)) {
    const code = codes.get(character)
    if (code !== undefined) codes.set(alias, code)
  }
  table = codes
  return codes
}

/** `text` as CP932 bytes. Errors: TEXT_NOT_ENCODABLE. */
export function encodeCp932(text: string): Result<Uint8Array> {
  const codes = encodingTable()
  const bytes: number[] = []
  for (const character of text) {
    const code = codes.get(character)
    if (code === undefined) return fail('TEXT_NOT_ENCODABLE')
    if (code > 0xff) bytes.push(code >> 8, code & 0xff)
    else bytes.push(code)
  }
  return ok(Uint8Array.from(bytes))
}
