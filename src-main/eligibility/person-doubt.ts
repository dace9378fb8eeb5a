// Whether the source means the person it meant before. A reference that suddenly has another birth date, or a card that
// suddenly leads to another reference, may be a mistake of the source: then the file would carry one patient's number and
// another patient's name. A changed family name looks the same, so only a person can tell.
import { mayBeOne } from './matching.ts'
import type { Patient } from './model.ts'

export interface PersonDoubt {
  /** What led to somebody else than before: the source's reference, or the card's certificate. */
  readonly by: 'reference' | 'card'
  /** Whom it led to before. */
  readonly before: Patient
}

/** The last answers known under the patient's reference and for their card; null where there is none. */
export function personDoubt(
  patient: Patient,
  last: { readonly ofReference: Patient | null; readonly ofCard: Patient | null },
): PersonDoubt | null {
  const { ofReference, ofCard } = last
  if (ofReference && !mayBeOne(ofReference, patient)) return { by: 'reference', before: ofReference }
  if (ofCard && ofCard.ref !== patient.ref) return { by: 'card', before: ofCard }
  return null
}
