// What the clinic has confirmed about a patient's certificates, and how a visit carries it on. Nothing that is held ever
// ends here unless the source named an end with a day and a person accepted it. What one decision does is effect.ts's; here
// the effects of all of them become what is held and what is handed over.
import { z } from 'zod'
import { isDuplicate, isSameRegistration } from './advice.ts'
import type { Assessment, Difference } from './assessment.ts'
import { type Decided, type Effect, effectOf, protectedAs } from './effect.ts'
import { endedItem, type Handed, type HandedItem, handedAsSaid, handedSchema, type LeftOutReason } from './handed.ts'
import { isMedicalTicket } from './medical-tickets.ts'
import {
  answerSchema,
  type Benefit,
  benefitSchema,
  dateSchema,
  type Eligibility,
  momentSchema,
  registeredBenefitSchema,
} from './model.ts'
import { type ChosenOrder, orderBenefits } from './order.ts'
import type { SchemeMaster } from './schemes.ts'
import type { ChosenHelps } from './together.ts'

const heldSchema = z.object({
  benefit: registeredBenefitSchema,
  /** Which version it comes from, and when that was fetched. */
  source: z.enum(['pmh', 'terminal']),
  fetchedAt: momentSchema,
  confirmedAt: momentSchema,
})

const decisionSchema = z.object({
  /** Key of the difference. */
  key: z.string(),
  choice: z.enum(['accept', 'keep', 'paper', 'leave']),
  at: momentSchema,
})
export type Decision = z.infer<typeof decisionSchema>

const kept = {
  held: z.array(heldSchema),
  decided: z.array(decisionSchema),
  /** When a person, or the answer itself, has settled the visit: what every file of it says, whenever that is written. */
  confirmedAt: momentSchema,
}

export const confirmationSchema = z.union([
  z.object({ ...kept, handed: handedSchema }),
  // As earlier versions of the program kept it: the answer that was handed over, without what was left out of it.
  z
    .object({
      ...kept,
      eligibility: z.object({ asOf: dateSchema, answers: z.object({ medicalSubsidy: answerSchema(benefitSchema) }) }),
    })
    .transform(({ eligibility: { asOf, answers }, ...rest }) => ({
      ...rest,
      handed: handedAsSaid(answers.medicalSubsidy, asOf),
    })),
])
export type Confirmation = z.infer<typeof confirmationSchema>

/** What the clinic brings to the order on the claim. */
interface ClaimContext {
  readonly master: SchemeMaster
  readonly chosenOrders: readonly ChosenOrder[]
  readonly chosenHelps: readonly ChosenHelps[]
  readonly places: readonly { readonly destination: string; readonly places: number }[]
}

interface Settled {
  readonly difference: Difference
  readonly effect: Effect
  readonly choice: Decided | null
}

/** An answer with what it means at this clinic: what is confirmed is what was judged and shown. */
type Judged = Pick<Assessment, 'benefits' | 'differences'>

/**
 * What is held and handed over after a visit. `decisions` answers every question among the differences of `assessment`,
 * which is that of `today` (see undecided); `at` is RFC 3339 in clinic time.
 */
export function confirm(input: {
  readonly before: Pick<Confirmation, 'held' | 'decided'> | null
  readonly today: Eligibility
  readonly assessment: Judged
  readonly decisions: readonly Decision[]
  readonly at: string
  readonly clinic: ClaimContext
}): Confirmation {
  const { before, today, assessment, at, clinic } = input
  const settled = assessment.differences.map((difference): Settled => {
    const choice = choiceAbout(difference, input.decisions)
    return { difference, choice, effect: effectOf(difference, choice, today.asOf) }
  })
  const handed = handedOver(today, assessment.benefits, settled, clinic)
  // Nobody was asked about certificates: what is known about them stays as it is.
  if (today.answers.medicalSubsidy.state === 'unreachable') {
    return { held: before?.held ?? [], decided: before?.decided ?? [], confirmedAt: at, handed }
  }
  return {
    held: settled.flatMap((each) => heldAfter(each, before, today, at)),
    decided: settled.flatMap(({ difference: { key, decided }, choice }) => {
      if (choice === null || choice === 'accept') return []
      // The first time counts: repeating it would put the next question off for ever.
      const isOld = decided !== null && !input.decisions.some((decision) => decision.key === key)
      return [{ key, choice, at: isOld ? decided.at : at }]
    }),
    confirmedAt: at,
    handed,
  }
}

function choiceAbout({ key, decided, choices }: Difference, decisions: readonly Decision[]): Decided | null {
  if (choices.length === 0) return null
  return decisions.find((decision) => decision.key === key)?.choice ?? decided?.choice ?? 'leave'
}

function heldAfter(
  { difference, effect }: Settled,
  before: Pick<Confirmation, 'held'> | null,
  today: Eligibility,
  at: string,
): Confirmation['held'] {
  const { medicalSubsidy } = today.answers
  const said = medicalSubsidy.state === 'present' ? medicalSubsidy.items[difference.benefit ?? -1] : undefined
  const known = before?.held[difference.held ?? -1]
  // A source that never says some of it does not take away what the other one has said.
  const isPoorer = difference.kind === 'unchanged' && known?.source === 'pmh' && today.source === 'terminal'
  return effect.held.flatMap((version): Confirmation['held'] => {
    if (version === 'said' && !isPoorer) {
      return said ? [{ benefit: said, source: today.source, fetchedAt: today.fetchedAt, confirmedAt: at }] : []
    }
    return known ? [{ ...known, benefit: protectedAs(known.benefit, said) }] : []
  })
}

/** `benefits`: those of today's answer, judged. */
function handedOver(
  today: Eligibility,
  benefits: Assessment['benefits'],
  settled: readonly Settled[],
  clinic: ClaimContext,
): Handed {
  const judged = benefits.map(({ benefit }) => benefit)
  const listed = judged.filter((benefit) => !isMedicalTicket(benefit))
  // Those of an answer that is there today; those of an ended one are not among them.
  const said = today.answers.medicalSubsidy.state === 'present' ? listed : []
  const versionOf = ({ difference: { benefit, confirmed } }: Settled, version: 'said' | 'confirmed') =>
    version === 'said' ? said[benefit ?? -1] : confirmed

  const ends = endedItems(today, listed, settled).map(({ benefit, on }) => endedItem(benefit, on, today.asOf))
  const counted = settled.flatMap((each) =>
    each.effect.handed.flatMap(({ version, basis, isEnd }): HandedItem[] => {
      const benefit = versionOf(each, version)
      return benefit && !isEnd ? [{ benefit, basis, endedOn: null }] : []
    }),
  )
  // A 医療券 comes beside whatever is registered, and needs no decision.
  const tickets = judged
    .filter(isMedicalTicket)
    .map((benefit): HandedItem => ({ benefit, basis: 'source', endedOn: null }))
  const items = [...counted, ...tickets, ...ends]

  const order = orderBenefits(
    items.map(({ benefit }) => benefit),
    { master: clinic.master, chosen: clinic.chosenOrders, helps: clinic.chosenHelps, places: [] },
  )
  const onClaim = order.steps.flatMap(({ benefit }) => items[benefit] ?? [])
  const off = order.leftOut.filter(
    ({ reason }) => reason === 'overlap' || reason === 'duplicate' || reason === 'otherHelp',
  )
  const others = items.filter((item, place) => !onClaim.includes(item) && !off.some(({ benefit }) => benefit === place))
  const leftOut = [
    ...settled.flatMap((each) => {
      const { leftOut: left } = each.effect
      const benefit = left && versionOf(each, left.version)
      return left && benefit ? [{ benefit, reason: left.reason }] : []
    }),
    ...said
      .filter((benefit) => isDuplicate(benefit, said))
      .map((benefit) => ({ benefit, reason: 'duplicate' as const })),
    ...off.flatMap(({ benefit, reason }) => {
      const item = items[benefit]
      return item && reason !== 'places' && reason !== 'reimbursed' ? [{ benefit: item.benefit, reason }] : []
    }),
  ]
  return {
    ...stateOf(today, [...onClaim, ...others], leftOut),
    items: [...onClaim, ...others],
    onClaim: onClaim.length,
    leftOut,
    places: [...clinic.places],
    enteredAt: null,
  }
}

/** What is handed over to say that it has ended: as the source lists it, else as the clinic held it. */
function endedItems(
  { answers: { medicalSubsidy } }: Eligibility,
  benefits: readonly Benefit[],
  settled: readonly Settled[],
) {
  const isEnded = medicalSubsidy.state === 'ended'
  const listed = isEnded ? benefits : []
  const decided = settled.flatMap(({ difference: { kind, confirmed, endedOn }, effect }) =>
    confirmed !== null && endedOn !== null
      ? [{ kind, confirmed, endedOn, isEnd: effect.handed.some(({ isEnd }) => isEnd) }]
      : [],
  )
  const refused = decided.filter(({ kind, isEnd }) => kind === 'ended' && !isEnd)
  const isIn = (benefits: readonly Benefit[], benefit: Benefit) =>
    benefits.some((other) => isSameRegistration(other, benefit))
  return [
    ...listed
      .filter((item) => !refused.some(({ confirmed }) => isSameRegistration(item, confirmed)))
      .map((benefit) => ({ benefit, on: isEnded ? medicalSubsidy.endedOn : benefit.validTo })),
    ...decided
      .filter(({ isEnd, confirmed }) => isEnd && !isIn(listed, confirmed))
      .map(({ confirmed, endedOn }) => ({ benefit: confirmed, on: endedOn })),
  ]
}

function stateOf(
  { answers: { medicalSubsidy } }: Eligibility,
  items: readonly HandedItem[],
  leftOut: readonly { readonly reason: LeftOutReason }[],
): Pick<Handed, 'state' | 'endedOn'> {
  const ends = items.flatMap(({ endedOn }) => endedOn ?? [])
  if (medicalSubsidy.state === 'ended' && ends.length > 0) return { state: 'ended', endedOn: medicalSubsidy.endedOn }
  if (items.length > ends.length) return { state: 'present', endedOn: null }
  if (ends.length > 0) return { state: 'ended', endedOn: ends.toSorted().at(-1) ?? null }
  const isRefused = leftOut.some(({ reason }) => reason === 'notAccepted' || reason === 'endNotAccepted')
  if (isRefused || medicalSubsidy.state === 'present') return { state: 'notAccepted', endedOn: null }
  return { state: medicalSubsidy.state, endedOn: medicalSubsidy.state === 'ended' ? medicalSubsidy.endedOn : null }
}
