// Several helps of municipalities for one patient: as a rule one of them alone may be used, and which one is each
// municipality's own rule (age, advantage, the patient's choice). No rule of thumb decides that: it is asked once for each
// combination of schemes, and the clinic's word counts from then on. A prefecture's own helps go together with them.
import type { Benefit } from './model.ts'
import type { SchemeMaster } from './schemes.ts'

/** What the clinic has said of helps that come together, by what stands for their schemes. */
export interface ChosenHelps {
  readonly of: readonly string[]
  /** At least one of them; all: they may be used together there. */
  readonly used: readonly string[]
}

export const isMunicipal = ({ scheme, payerNumber }: Benefit, { precedence }: SchemeMaster): boolean =>
  scheme.kind === 'local' && !precedence.before.payerNumbers.includes(payerNumber ?? '')

/** `used` null: nobody has said yet. The numbers are the places of the certificates. */
export interface HelpsTogether {
  readonly benefits: readonly number[]
  readonly used: readonly number[] | null
}

/** `counting`: what would stand on the claim. null: there is at most one help, so that nothing is to be said. */
export function helpsTogether(
  counting: readonly { readonly benefit: Benefit; readonly index: number; readonly key: string }[],
  master: SchemeMaster,
  chosen: readonly ChosenHelps[],
): HelpsTogether | null {
  const helps = counting.filter(({ benefit }) => isMunicipal(benefit, master))
  const keys = new Set(helps.map(({ key }) => key))
  if (keys.size < 2) return null
  const choice = chosen.find(({ of }) => of.length === keys.size && of.every((key) => keys.has(key)))
  const used = choice && helps.filter(({ key }) => choice.used.includes(key)).map(({ index }) => index)
  return { benefits: helps.map(({ index }) => index), used: used ?? null }
}

/** What a person said, `used` being some of `helps`, all by their places; null when it is not. */
export function chosenHelps(
  keyOf: (place: number) => string | null,
  { benefits: helps }: HelpsTogether,
  used: readonly number[],
): ChosenHelps | null {
  if (used.length === 0 || !used.every((place) => helps.includes(place))) return null
  const keys = (places: readonly number[]) => [...new Set(places.flatMap((place) => keyOf(place) ?? []))].sort()
  return { of: keys(helps), used: keys(used) }
}
