// Text into a destination's bytes, and the clinic's policy for what it cannot hold. Never a silent `?`, `■` or `〓`: a
// character is replaced only by the table the clinic has approved, a name only by its kana where the destination says
// so, and the document tells which it was. Anything else holds the file back.
import { composedKana, wholeCharacters } from '../../eligibility/characters.ts'
import { isSpellingOf } from '../../eligibility/name-spelling.ts'
import type { Encoding } from '../../ground/encodings.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { encodeCp932 } from '../../text/cp932.ts'
import { hasHiddenCharacter, mapTexts } from '../../text/hidden.ts'
import type { HandoverDocument } from './handover-document.ts'

/** Bytes without a mark at the start. Errors: TEXT_NOT_ENCODABLE (in either encoding also for what nobody sees). */
export function encode(text: string, encoding: Encoding): Result<Uint8Array> {
  if (encoding === 'cp932') return encodeCp932(text)
  return hasHiddenCharacter(text) ? fail('TEXT_NOT_ENCODABLE') : ok(Buffer.from(text, 'utf8'))
}

/** A part of one line: no line end, no tab. */
export const isOfOneLine = (text: string): boolean => !/[\t\n\r]/.test(text) && !hasHiddenCharacter(text)

/**
 * What a spreadsheet would calculate instead of showing it. A number is one, and so is a dash alone; in Japanese the
 * full-width signs count, too.
 */
const isLikeFormula = (text: string): boolean =>
  /^[=+\-@\uff1d\uff0b\uff0d\uff20]./su.test(text) && !/^[-+]?\d+(?:\.\d+)?$/.test(text)

/** A text of a line as the destination wants such ones: as it is, behind an apostrophe, or not at all (null). */
export function beforeFormulas(text: string, way: 'hold' | 'quote' | 'keep'): string | null {
  if (way === 'keep' || !isLikeFormula(text)) return text
  return way === 'quote' ? `'${text}` : null
}

/** Approved replacements, by character (one with its variation selector counts as one). */
export type Substitutions = Readonly<Record<string, string>>

/**
 * With the spelling that the clinic has confirmed in the place of a name with ●, where `encoding` holds it. Not for what asks
 * or answers by the source's own name.
 */
export function inConfirmedSpelling(document: HandoverDocument, encoding: Encoding): HandoverDocument {
  const { confirmedName: name, eligibility } = document
  if (name === null || !isSpellingOf(name, eligibility.patient.name) || !encode(name, encoding).ok) return document
  const patient = { ...eligibility.patient, name }
  return { ...document, nameForm: 'confirmed', eligibility: { ...eligibility, patient } }
}

/** What a municipality writes freely about a certificate; a break elsewhere (a name, a number) is a fault and holds the file. */
const freeTexts: readonly string[] = ['segment', 'incomeSegment', 'additionalConditions']

/** The document as `encoding` can hold it under the clinic's policy; what still cannot be written is left to its format. */
export function inWritableText(
  document: HandoverDocument,
  rules: { readonly encoding: Encoding; readonly unwritable: 'hold' | 'kana'; readonly substitutions: Substitutions },
): HandoverDocument {
  const canWrite = (text: string) => encode(text, rules.encoding).ok
  const substitute = (text: string) => {
    const letters = canWrite(text) ? text : composedKana(text)
    return canWrite(letters)
      ? letters
      : letters.replace(wholeCharacters, (one) => (canWrite(one) ? one : (rules.substitutions[one] ?? one)))
  }
  const eligibility = mapTexts(document.eligibility, substitute)
  // Nobody at the desk can take a line break out of what a municipality has written.
  const handed = mapTexts(document.handed, (text, field) =>
    substitute(freeTexts.includes(field) ? text.replace(/[\t\n\r]+/g, ' ') : text),
  )
  const { name, nameKana } = eligibility.patient
  if (!canWrite(name) && rules.unwritable === 'kana' && nameKana !== '') {
    return {
      ...document,
      nameForm: 'kana',
      handed,
      eligibility: { ...eligibility, patient: { ...eligibility.patient, name: nameKana } },
    }
  }
  const isSame = name === composedKana(document.eligibility.patient.name) || name === document.eligibility.patient.name
  return { ...document, nameForm: isSame ? document.nameForm : 'substituted', eligibility, handed }
}
