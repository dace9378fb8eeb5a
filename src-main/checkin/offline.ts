// What is shown when the person is known and the source cannot be reached: the last version we hold, marked as such in
// every category. It is never handed over and never becomes an answer version of its own.
import type { Eligibility, Patient } from '../eligibility/model.ts'

/** `last` is the newest stored answer of this patient, null when there is none. `now` is RFC 3339. */
export function unreachableEligibility(
  patient: Patient,
  asOf: string,
  now: string,
  last: Eligibility | null,
): Eligibility {
  const unreachable = <T>(answer: { readonly state: string; readonly items?: T[] } | undefined) => ({
    state: 'unreachable' as const,
    cached: last && { fetchedAt: last.fetchedAt, items: answer?.items ?? [] },
  })
  return {
    patient,
    asOf,
    fetchedAt: now,
    source: last?.source ?? 'pmh',
    answers: {
      medicalSubsidy: unreachable(last?.answers.medicalSubsidy),
      vaccination: unreachable(last?.answers.vaccination),
      checkup: unreachable(last?.answers.checkup),
    },
  }
}
