// The certificates of the visit against what ORCA holds: what is new there, what has another period, what is there
// already. Nothing is ever deleted, and no start is moved later: earlier visits were claimed under it.
import { bareNumber, type OrcaBenefit } from '../formats/orca-visit.ts'

/** A 公費 of the patient in ORCA. `id`: its 公費ID, null where the call does not tell. */
export interface HeldBenefit extends OrcaBenefit {
  readonly id: string | null
}

export interface Plan {
  readonly added: readonly OrcaBenefit[]
  /** With the period it shall have. */
  readonly changed: readonly HeldBenefit[]
  /** Several held ones overlap one of the visit: which of them is meant, a person must say. */
  readonly isUnclear: boolean
}

export function planFor(wanted: readonly OrcaBenefit[], held: readonly HeldBenefit[]): Plan {
  const added: OrcaBenefit[] = []
  const changed: HeldBenefit[] = []
  let isUnclear = false
  for (const benefit of wanted) {
    const same = held.filter((other) => isSameCertificate(other, benefit))
    // The source may say a thing twice.
    const isSaid = added.some((other) => isSameCertificate(other, benefit) && isSamePeriod(other, benefit))
    if (isSaid || same.some((other) => isSamePeriod(other, benefit))) continue
    const [match, ...others] = same.filter((other) => overlaps(other, benefit))
    if (!match) {
      added.push(benefit)
      continue
    }
    if (others.length > 0) isUnclear = true
    const renewed = { ...match, validTo: benefit.validTo }
    if (benefit.validFrom < match.validFrom) renewed.validFrom = benefit.validFrom
    if (!isSamePeriod(renewed, match)) changed.push(renewed)
  }
  return { added, changed, isUnclear }
}

const isSameCertificate = (held: OrcaBenefit, wanted: OrcaBenefit) =>
  bareNumber(held.payerNumber) === wanted.payerNumber && bareNumber(held.recipientNumber) === wanted.recipientNumber

const isSamePeriod = (a: OrcaBenefit, b: OrcaBenefit) => a.validFrom === b.validFrom && a.validTo === b.validTo

const overlaps = (a: OrcaBenefit, b: OrcaBenefit) => a.validFrom <= b.validTo && b.validFrom <= a.validTo
