// Half-width kana, as the official terminal writes NameKana. The platform knows the way from half to full width (NFKC);
// the way back is that table turned around.

const halfWidth = new Map<string, string>()
for (let code = 0xff61; code <= 0xff9f; code++) {
  const half = String.fromCharCode(code)
  halfWidth.set(half.normalize('NFKC'), half)
  // ﾞ and ﾟ are characters of their own behind the kana they sound.
  for (const mark of ['\uff9e', '\uff9f']) {
    const sounded = `${half}${mark}`.normalize('NFKC')
    if (sounded.length === 1) halfWidth.set(sounded, half + mark)
  }
}
// Alone they are not what NFKC makes of them, the combining marks.
halfWidth.set('\u309b', '\uff9e').set('\u309c', '\uff9f').set('\u3000', ' ')

/** Full-width katakana, marks and spaces in half width; everything else as it is. */
export const toHalfWidthKana = (text: string): string =>
  [...text].map((character) => halfWidth.get(character) ?? character).join('')
