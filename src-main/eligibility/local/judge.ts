// What the national master of local schemes says about one certificate: paid in kind here, not in the list, or another
// prefecture's. It says nothing where no master was imported, and nothing of a certificate that does not count on the day.
import { z } from 'zod'
import type { Benefit } from '../model.ts'
import { isPayerNumber } from '../numbers.ts'
import { type LocalScheme, localSchemeSchema } from './scheme.ts'

/** The schemes that are paid in kind, by number and day; none: it is not in the master. */
export interface LocalSchemes {
  readonly find: (payerNumber: string, day: string) => readonly LocalScheme[]
}

export const localFindingSchema = z.object({
  /**
   * `inKind`: in the master. `notListed`: not in it; it may be paid back later. `otherPrefecture`: whether it is in it or
   * not, without a contract it is paid back later.
   */
  standing: z.enum(['inKind', 'notListed', 'otherPrefecture']),
  schemes: z.array(localSchemeSchema),
})
export type LocalFinding = z.infer<typeof localFindingSchema>

/** `institutionCode`: the clinic's own, ten digits that begin with its prefecture; null: nobody has said. */
export function judgeLocal(
  { scheme, validity, payerNumber }: Pick<Benefit, 'scheme' | 'validity' | 'payerNumber'>,
  day: string,
  clinic: { readonly localSchemes: LocalSchemes | null; readonly institutionCode: string | null },
): LocalFinding | null {
  if (clinic.localSchemes === null || scheme.kind === 'national' || validity !== 'valid') return null
  if (payerNumber === null || !isPayerNumber(payerNumber)) return null
  const schemes = [...clinic.localSchemes.find(payerNumber, day)]
  // Whether it is a local one at all is for a person to say.
  if (scheme.kind === 'unknown' && schemes.length === 0) return null
  const prefecture = clinic.institutionCode?.slice(0, 2) ?? null
  if (prefecture !== null && prefecture !== payerNumber.slice(2, 4)) return { standing: 'otherPrefecture', schemes }
  return { standing: schemes.length > 0 ? 'inKind' : 'notListed', schemes }
}
