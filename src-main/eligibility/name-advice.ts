// Which characters of a name will be trouble later: on the claim weeks from now, or in the receipt computer today. Each
// with what could stand for it. Nothing is replaced here: a substitute counts only once the clinic has approved it.
import type { NameAdvice } from './assessment.ts'
import { composedKana, isInJisX0208, isOnClaim, plainForm, wholeCharacters } from './characters.ts'
import type { Patient } from './model.ts'
import proposals from './substitutes.json' with { type: 'json' }

const proposed: Readonly<Record<string, string>> = proposals.pairs

const selector = /[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]$/u
const isPrivate = (character: string) => /^\p{Co}/u.test(character)

/**
 * `approved`: the clinic's table, by character (with its selector). `canWrite`: whether every destination's encoding
 * holds a text.
 */
export function adviseName(
  { name, nameKana }: Pick<Patient, 'name' | 'nameKana'>,
  clinic: {
    readonly approved: Readonly<Record<string, string>>
    readonly canWrite: (text: string) => boolean
  },
): NameAdvice {
  const all = composedKana(name).match(wholeCharacters) ?? []
  const faults = [...new Set(all)].flatMap((character): NameAdvice['faults'] => {
    const fault = faultOf(character)
    if (!fault) return []
    const known = Object.hasOwn(clinic.approved, character) ? clinic.approved[character] : undefined
    return [
      {
        character,
        codePoint: `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
        fault,
        isUnwritable: !clinic.canWrite(character),
        substitute: known ?? substituteFor(character, fault),
        isApproved: known !== undefined,
      },
    ]
  })
  return { faults, claim: claimName(all, faults, composedKana(nameKana)) }
}

function faultOf(character: string): NameAdvice['faults'][number]['fault'] | null {
  if (character === '●') return 'masked'
  if (selector.test(character)) return 'variant'
  if (isPrivate(character)) return 'private'
  if (isOnClaim(character)) return null
  return 'notOnClaim'
}

function substituteFor(character: string, fault: NameAdvice['faults'][number]['fault']): string | null {
  if (fault !== 'variant') return proposed[character] ?? plainForm(character)
  // The selector only picks a shape: the character itself, or what stands for it.
  const base = character.replace(selector, '')
  return isInJisX0208(base) ? base : (proposed[base] ?? null)
}

function claimName(all: readonly string[], faults: NameAdvice['faults'], nameKana: string): NameAdvice['claim'] {
  if (faults.length === 0) return { form: 'original', text: all.join('') }
  const approved = new Map(faults.map((fault) => [fault.character, fault.isApproved ? fault.substitute : null]))
  if (faults.every(({ character }) => typeof approved.get(character) === 'string')) {
    return { form: 'substituted', text: all.map((character) => approved.get(character) ?? character).join('') }
  }
  const isPlainKana = nameKana !== '' && [...nameKana].every(isOnClaim)
  return isPlainKana ? { form: 'kana', text: nameKana } : { form: 'none', text: '' }
}
