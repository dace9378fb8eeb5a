// Which characters a claim may carry: JIS X 0208 and nothing else (記録条件仕様). The set is built once from the platform's
// EUC-JP decoder, whose table is JIS X 0208 with Windows' additions in rows 9–15 and 89–92, which are left out.

/** JIS-based tables have seven characters of JIS X 0208 under other code points than the platform's decoder. */
const jisNames = ['\u2014', '\u301c', '\u2016', '\u2212', '\u00a2', '\u00a3', '\u00ac']

function jisX0208(): ReadonlySet<string> {
  const decoder = new TextDecoder('euc-jp')
  const bytes: number[] = []
  // Rows 1–8 are signs, digits, kana and other letters; 16–84 are kanji.
  for (let row = 1; row <= 84; row++) {
    if (row > 8 && row < 16) continue
    for (let cell = 1; cell <= 94; cell++) bytes.push(0xa0 + row, 0xa0 + cell, 0x0a)
  }
  const characters = decoder.decode(Uint8Array.from(bytes)).split('\n')
  return new Set([...characters.filter((character) => character.length === 1 && character !== '\ufffd'), ...jisNames])
}

let known: ReadonlySet<string> | undefined

/** A character together with the variation selector that may follow it (IVS, JIS X 0213 standardized variants). */
export const wholeCharacters = /.[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]|./gsu

/**
 * Kana with their voicing marks as letters of their own (ハ + U+3099, as some systems keep them) in one letter each (バ): the same
 * letter, and nothing is lost. A mark that belongs to no letter stays.
 */
export const composedKana = (text: string): string =>
  text.replace(/[\u3041-\u30ff][\u3099\u309a]/g, (pair) => pair.normalize('NFC'))

/**
 * What Unicode itself says a character stands for, where that is one character of a claim: a radical of a dictionary (⼀ U+2F00)
 * for its kanji, a space that does not break for a space.
 */
export function plainForm(character: string): string | null {
  const plain = character.normalize('NFKC')
  return plain !== character && [...plain].length === 1 && isOnClaim(plain) ? plain : null
}

/** ASCII and half-width kana have their full-width twin on the claim. */
export const isOnClaim = (character: string): boolean =>
  /^[ -~\uff61-\uff9f]$/.test(character) || isInJisX0208(character)

/** One character of JIS X 0208 (level 1 and 2 kanji, kana, signs). Half-width characters are not in it. */
export function isInJisX0208(character: string): boolean {
  known ??= jisX0208()
  return known.has(character)
}
