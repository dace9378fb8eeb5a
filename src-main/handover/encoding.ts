// Text into a destination's bytes, and the clinic's policy for what it cannot hold. Never a silent `?`, `■` or `〓`: a
// character is replaced only by the table the clinic has approved, a name only by its kana where the destination says
// so, and the document tells which it was. Anything else holds the file back.
import { fail, ok, type Result } from '../contract/result.ts'
import { encodeCp932 } from '../text/cp932.ts'
import type { HandoverDocument } from './document.ts'

export type Encoding = 'cp932' | 'utf-8'

/** Bytes without a mark at the start. Errors: TEXT_NOT_ENCODABLE (also half a surrogate pair). */
export function encode(text: string, encoding: Encoding): Result<Uint8Array> {
  if (encoding === 'cp932') return encodeCp932(text)
  return text.isWellFormed() ? ok(Buffer.from(text, 'utf8')) : fail('TEXT_NOT_ENCODABLE')
}

export const hasControlCharacter = (text: string): boolean =>
  [...text].some((character) => character < ' ' || character === '\u007f')

/** Approved replacements, by character (one with its variation selector counts as one). */
export type Substitutions = Readonly<Record<string, string>>

/** A character together with the variation selector that may follow it (IVS, JIS X 0213 standardized variants). */
const characters = /.[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]|./gsu

/** The document as `encoding` can hold it under the clinic's policy; what still cannot be written is left to its format. */
export function inWritableText(
  document: HandoverDocument,
  rules: { readonly encoding: Encoding; readonly unwritable: 'hold' | 'kana'; readonly substitutions: Substitutions },
): HandoverDocument {
  const canWrite = (text: string) => encode(text, rules.encoding).ok
  const substitute = (text: string) =>
    canWrite(text) ? text : text.replace(characters, (one) => (canWrite(one) ? one : (rules.substitutions[one] ?? one)))
  const eligibility = mapTexts(document.eligibility, substitute)
  const { name, nameKana } = eligibility.patient
  if (!canWrite(name) && rules.unwritable === 'kana' && nameKana !== '') {
    return {
      ...document,
      nameForm: 'kana',
      eligibility: { ...eligibility, patient: { ...eligibility.patient, name: nameKana } },
    }
  }
  const isSame = name === document.eligibility.patient.name
  return { ...document, nameForm: isSame ? 'original' : 'substituted', eligibility }
}

/** Every text inside a plain value, changed by `change`. */
function mapTexts<T>(value: T, change: (text: string) => string): T
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]))
}
