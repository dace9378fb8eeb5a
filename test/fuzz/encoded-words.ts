// A word in every encoding in which it may come in: bytes as they are, text in UTF-8 and, where it has it, in CP932.
import { encodeCp932 } from '../../src-main/text/cp932.ts'

export function inEveryEncoding(word: string | Uint8Array): readonly Uint8Array[] {
  if (typeof word !== 'string') return [word]
  const utf8 = Buffer.from(word, 'utf8')
  const cp932 = encodeCp932(word)
  return cp932.ok && Buffer.compare(cp932.value, utf8) !== 0 ? [utf8, cp932.value] : [utf8]
}
