// An answer that could not be had while the patient was there. Until it comes, the last version we hold is shown, marked as
// such in every category; that is never handed over and never becomes an answer version of its own.
import { type Answers, answersSchema, type Eligibility, type Patient } from '../eligibility/model.ts'

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

/** The answer that came after all, with what it means for whoever acted on the last one. */
export const lateEligibility = (
  patient: Patient,
  answer: Omit<Eligibility, 'patient'>,
  last: Eligibility | null,
): Eligibility => ({
  patient,
  ...answer,
  askedLater: { differs: last && contentOf(last.answers) !== contentOf(answer.answers) },
})

/** What the source said, without its order. */
function contentOf(answers: Answers): string {
  // In the order of the schema's fields, whoever has put it together.
  return JSON.stringify(answersSchema.parse(answers), (key, value: unknown) =>
    key === 'items' && Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : value,
  )
}
