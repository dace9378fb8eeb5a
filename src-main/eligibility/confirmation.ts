// What the clinic has confirmed about a patient's certificates, and how a visit carries it on. Nothing that is held ever
// ends here unless the source named an end with a day and a person accepted it; what a person did not accept is neither
// held nor handed over.
import { z } from 'zod'
import type { ClaimOrder, Difference } from './assessment.ts'
import { type Benefit, benefitSchema, type Eligibility, eligibilitySchema, momentSchema } from './model.ts'

const heldSchema = z.object({
  benefit: benefitSchema,
  /** Which version it comes from, and when that was fetched. */
  source: z.enum(['pmh', 'terminal']),
  fetchedAt: momentSchema,
  confirmedAt: momentSchema,
})

const decisionSchema = z.object({
  /** Key of the difference. */
  key: z.string(),
  choice: z.enum(['accept', 'keep', 'paper']),
  at: momentSchema,
})
export type Decision = z.infer<typeof decisionSchema>

export const confirmationSchema = z.object({
  held: z.array(heldSchema),
  decided: z.array(decisionSchema),
  /** Today's answer as it was confirmed, certificates in the order of the claim: what is handed over. */
  eligibility: eligibilitySchema,
})
export type Confirmation = z.infer<typeof confirmationSchema>

/**
 * What is held after a visit. `decisions` answers every question among `differences` (see undecided); `at` is RFC 3339 in
 * clinic time.
 */
export function confirm(input: {
  readonly before: Confirmation | null
  readonly today: Eligibility
  readonly differences: readonly Difference[]
  readonly order: ClaimOrder
  readonly decisions: readonly Decision[]
  readonly at: string
}): Confirmation {
  const { before, today, differences, at } = input
  const choiceOf = ({ key, decided, choices }: Difference): Decision['choice'] | null =>
    choices.length === 0
      ? null
      : (input.decisions.find((decision) => decision.key === key)?.choice ?? decided?.choice ?? 'keep')
  const answer = today.answers.medicalSubsidy
  const items = answer.state === 'present' ? answer.items : []

  const held = differences.flatMap((difference) => {
    const said = difference.benefit === null ? undefined : items[difference.benefit]
    const takesOver = difference.choices.length === 0 || choiceOf(difference) === 'accept'
    if (said && takesOver) {
      return [{ benefit: said, source: today.source, fetchedAt: today.fetchedAt, confirmedAt: at }]
    }
    const isEnded = !said && difference.endedOn !== null && choiceOf(difference) === 'accept'
    const known = before?.held.find(({ benefit }) => benefit === difference.confirmed)
    return known && !isEnded ? [known] : []
  })

  const kept = differences.filter((difference) => difference.choices.length > 0 && choiceOf(difference) !== 'accept')
  const decided = kept.map((difference) => ({
    key: difference.key,
    choice: choiceOf(difference) ?? 'keep',
    // The first time counts: repeating it would put the next question off for ever.
    at: difference.decided && !input.decisions.some(({ key }) => key === difference.key) ? difference.decided.at : at,
  }))
  return { held, decided, eligibility: confirmedEligibility(today, kept, input.order) }
}

/** Today's answer without what a person did not accept. */
function confirmedEligibility(today: Eligibility, kept: readonly Difference[], order: ClaimOrder): Eligibility {
  const { withdrawn: _withdrawn, insurance: _insurance, ...said } = today
  const { medicalSubsidy } = today.answers
  const confirmed = (): Eligibility['answers']['medicalSubsidy'] => {
    if (medicalSubsidy.state === 'ended' && kept.some(({ kind }) => kind === 'ended')) return { state: 'absent' }
    if (medicalSubsidy.state !== 'present') return medicalSubsidy
    const held = new Set(kept.map(({ benefit }) => benefit))
    const items = inClaimOrder(medicalSubsidy.items, order).filter((benefit) => {
      return !held.has(medicalSubsidy.items.indexOf(benefit))
    })
    return items.length === 0 ? { state: 'absent' } : { state: 'present', items }
  }
  return { ...said, answers: { ...said.answers, medicalSubsidy: confirmed() } }
}

/**
 * The claim's certificates first, in its order; then those that do not count today as the source listed them. What stands
 * twice, or for another of the same days, has been told to staff and is not handed over.
 */
function inClaimOrder(items: readonly Benefit[], { steps, leftOut }: ClaimOrder): Benefit[] {
  const first = steps.flatMap(({ benefit }) => items[benefit] ?? [])
  const isOff = (place: number) => leftOut.some(({ benefit, reason }) => benefit === place && reason !== 'places')
  return [...first, ...items.filter((item, place) => !first.includes(item) && !isOff(place))]
}
