// The bar code on a vial: a GS1 element string, as a scanner types it. Vaccines carry GTIN (01), expiry (17) and lot (10)
// (医療用医薬品のバーコード表示, 厚生労働省 医政経発0830第1号, 2016-08-30).

/** AIs of fixed length that may stand before the lot: digits behind the two of the AI. */
const fixed: Readonly<Record<string, number>> = { '01': 14, '02': 14, '11': 6, '13': 6, '15': 6, '17': 6 }

/** What ends an element of variable length: FNC1, typed as the control character GS; some scanners type a bar. */
const separators = [String.fromCharCode(29), '|']

/** 製造番号 out of what was typed or scanned; text that is no element string is taken as it is. */
export function lotOf(text: string): string {
  const plain = text.trim().replace(/^\](?:d2|C1|e0)/, '')
  const bracketed = /\(10\)([^(]+)/.exec(plain)?.[1]
  if (bracketed !== undefined) return bracketed.trim()
  // A lot may begin with any digits: only with a GTIN in front it is an element string.
  if (!/^01\d{14}\d/.test(plain)) return plain
  let rest = plain
  while (rest !== '') {
    const ai = rest.slice(0, 2)
    const length = fixed[ai]
    if (length !== undefined) {
      rest = rest.slice(2 + length)
      continue
    }
    const end = Math.min(...separators.map((one) => rest.indexOf(one)).map((at) => (at < 0 ? rest.length : at)))
    if (ai === '10') return rest.slice(2, end)
    rest = rest.slice(end + 1)
  }
  return plain
}
