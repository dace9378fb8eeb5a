// Which characters of a name will be trouble later: on the claim weeks from now, or in the receipt computer today. Each
// with what could stand for it. Nothing is replaced here: a substitute counts only once the clinic has approved it.
import { z } from 'zod'
import { isInJisX0208 } from './characters.ts'
import type { Patient } from './model.ts'
import proposals from './substitutes.json' with { type: 'json' }

const proposed: Readonly<Record<string, string>> = proposals.pairs

export const nameAdviceSchema = z.object({
  faults: z.array(
    z.object({
      /** As it stands in the name, with its variation selector if it has one. */
      character: z.string(),
      /** `U+20BB7`, of the character itself. */
      codePoint: z.string(),
      /**
       * `masked`: ● stands for a character that the insurer's system does not have. `variant`: a glyph chosen by a
       * variation selector (IVS). `private`: 外字, another shape on every computer. `notOnClaim`: outside JIS X 0208.
       */
      fault: z.enum(['masked', 'variant', 'private', 'notOnClaim']),
      /** The receipt computer's file cannot hold it either. */
      isUnwritable: z.boolean(),
      /** What could stand for it, null where nothing is known. */
      substitute: z.string().nullable(),
      isApproved: z.boolean(),
    }),
  ),
  /** What a claim can carry today; `none`: not even the kana. */
  claim: z.object({ form: z.enum(['original', 'substituted', 'kana', 'none']), text: z.string() }),
})
export type NameAdvice = z.infer<typeof nameAdviceSchema>

/** A character together with the variation selector that may follow it. */
const characters = /.[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]|./gsu
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
  const all = name.match(characters) ?? []
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
  return { faults, claim: claimName(all, faults, nameKana) }
}

function faultOf(character: string): NameAdvice['faults'][number]['fault'] | null {
  if (character === '●') return 'masked'
  if (selector.test(character)) return 'variant'
  if (isPrivate(character)) return 'private'
  if (isOnClaim(character)) return null
  return 'notOnClaim'
}

/** ASCII and half-width kana have their full-width twin on the claim. */
const isOnClaim = (character: string) => /^[ -~\uff61-\uff9f]$/.test(character) || isInJisX0208(character)

function substituteFor(character: string, fault: NameAdvice['faults'][number]['fault']): string | null {
  if (fault !== 'variant') return proposed[character] ?? null
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
