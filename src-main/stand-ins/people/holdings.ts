// What the hub holds about one person, and how that becomes the answer for a day: which certificates and vouchers count,
// which are over, what the person does not share. Pure, in the words of docs/hub-api.yaml.
import type {
  WireCertificate,
  WireCheckup,
  WireCheckupVoucher,
  WireDose,
  WireEligibility,
  WireVaccinationVoucher,
} from '../../hub/pmh/wire.ts'

export const categories = ['medicalSubsidy', 'vaccination', 'checkup'] as const
export type Category = (typeof categories)[number]
/** The answer without the person and the day it is about. */
export type Answer = Omit<WireEligibility, 'patientReference' | 'asOf'>

export interface Holdings {
  readonly certificates: readonly WireCertificate[]
  readonly vaccinationVouchers: readonly WireVaccinationVoucher[]
  /** null: nobody has told the hub; [] is known to be none. */
  readonly doses: readonly WireDose[] | null
  readonly checkupVouchers: readonly WireCheckupVoucher[]
  /** As `doses`. */
  readonly checkups: readonly WireCheckup[] | null
}

export const noHoldings: Holdings = {
  certificates: [],
  vaccinationVouchers: [],
  doses: null,
  checkupVouchers: [],
  checkups: null,
}

/** `withheld`: what the person does not share with this clinic on this visit. */
export function answerFor(holdings: Holdings, day: string, withheld: ReadonlySet<Category>): Answer {
  const { certificates, vaccinationVouchers, doses, checkupVouchers, checkups } = holdings
  const refused = { status: 'notConsented' } as const
  return {
    medicalSubsidy: withheld.has('medicalSubsidy') ? refused : standing(certificates, day),
    vaccination: withheld.has('vaccination')
      ? refused
      : { ...standing(vaccinationVouchers, day), ...(doses && { records: [...doses] }) },
    checkup: withheld.has('checkup')
      ? refused
      : { ...standing(checkupVouchers, day), ...(checkups && { records: [...checkups] }) },
  }
}

/** Withdrawn items are told as long as their period runs, so that the clinic sees that they do not count. */
function standing<T extends { readonly validTo: string; readonly isDeleted?: boolean }>(
  items: readonly T[],
  day: string,
) {
  const current = items.filter(({ validTo }) => validTo >= day)
  if (current.length > 0) return { status: 'present' as const, items: current }
  const over = items.filter(({ isDeleted }) => !isDeleted)
  const endedOn = over
    .map(({ validTo }) => validTo)
    .sort()
    .at(-1)
  return endedOn === undefined ? { status: 'none' as const } : { status: 'ended' as const, endedOn, items: over }
}
