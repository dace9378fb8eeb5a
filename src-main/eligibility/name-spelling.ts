// Whether a name that the clinic has confirmed is the source's, with the letters that the source could only write as ●. It
// says nothing else than the source does: whoever reads the file gets the same name, not another one.
import { composedKana, wholeCharacters } from './characters.ts'

/** A letter (kanji and kana are such; 〇 is none to Unicode) that is seen and is the same on every computer. */
const oneLetter = /^[[\p{L}\u3007]--\p{DI}][\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]?$/v

/** Every ● of `source` is exactly one letter in `confirmed`, and everything else stands as it is; without a ● nothing is to be confirmed. */
export function isSpellingOf(confirmed: string, source: string): boolean {
  const theirs: readonly string[] = composedKana(source).match(wholeCharacters) ?? []
  const ours = composedKana(confirmed).match(wholeCharacters) ?? []
  const stands = (one: string, at: number) => (theirs[at] === '●' ? oneLetter.test(one) : one === theirs[at])
  return theirs.includes('●') && ours.length === theirs.length && ours.every(stands)
}
