// Whether two systems mean the same person: by birth date and kana. Kanji are never compared (● stands in for what a
// terminal cannot write, and third-level kanji differ between systems).

/** The vowel that a long mark after a kana lengthens, by the kana in rows of one vowel. */
const vowelRows: Readonly<Record<string, string>> = {
  ア: 'アカサタナハマヤラワガザダバパ',
  イ: 'イキシチニヒミリヰギジヂビピ',
  ウ: 'ウクスツヌフムユルグズヅブプヴ',
  エ: 'エケセテネヘメレヱゲゼデベペ',
  オ: 'オコソトノホモヨロヲゴゾドボポ',
}
const vowelOf = new Map(Object.entries(vowelRows).flatMap(([vowel, row]) => [...row].map((kana) => [kana, vowel])))

const smallKana = 'ァィゥェォッャュョヮヵヶ'
const largeKana = 'アイウエオツヤユヨワカケ'

/** ー and the dashes that are typed for it. */
const longMarks = /[ー－‐‑–—―−─-]/

/**
 * Kana as they are compared: full-width katakana with composed voiced marks, small kana large, long marks as the vowel
 * they stand for, without spaces and dots.
 */
function comparableKana(text: string): string {
  const katakana = text
    // The spacing marks ゛ ゜ become those that compose.
    .replaceAll('\u309b', '\u3099')
    .replaceAll('\u309c', '\u309a')
    .normalize('NFKC')
    .replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .replace(/[\s・･.．,，、]/g, '')
    .toUpperCase()
  let comparable = ''
  for (const kana of katakana) {
    const large = largeKana[smallKana.indexOf(kana)] ?? kana
    comparable += longMarks.test(kana) ? (vowelOf.get(comparable.at(-1) ?? '') ?? 'ー') : large
  }
  return comparable
}

/** What two records of one person have in common; null where the kana say nothing (empty, or with a ●). */
export function personKey(person: { readonly birthDate: string; readonly nameKana: string }): string | null {
  const { birthDate, nameKana } = person
  const kana = comparableKana(nameKana)
  return kana === '' || kana.includes('●') ? null : `${birthDate} ${kana}`
}
