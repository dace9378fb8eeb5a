// Text in the encodings in which programs in Japan write it, told apart by what it says.

/**
 * UTF-8 if it is that, else CP932; null: neither. Kana of half width in CP932 can look like UTF-8 of two bytes a character;
 * Japanese in UTF-8 takes three.
 */
export function decodeJapanese(bytes: Uint8Array): string | null {
  const [utf8, cp932] = ['utf-8', 'shift_jis'].map((encoding) => {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      return null
    }
  })
  const isPlausible = utf8 != null && (!/[\u0080-\u07ff]/.test(utf8) || /[\u3000-\u9fff]/.test(utf8))
  return (isPlausible ? utf8 : (cp932 ?? utf8)) ?? null
}
