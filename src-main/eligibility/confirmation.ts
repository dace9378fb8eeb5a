// What the clinic has confirmed about a patient's certificates, and how a visit carries it on. Nothing that is held ever
// ends here unless the source named an end with a day and a person accepted it. What one decision does is effect.ts's; here
// the effects of all of them become what is held and what is handed over.
import { z } from 'zod'
import { isDuplicate, isSameRegistration } from './advice.ts'
import type { Difference } from './assessment.ts'
import { judgeBenefit } from './benefit.ts'
import { type Decided, type Effect, effectOf } from './effect.ts'
import { endedItem, type Handed, type HandedItem, handedAsSaid, handedSchema, type LeftOutReason } from './handed.ts'
import { type Benefit, benefitSchema, type Eligibility, eligibilitySchema, momentSchema } from './model.ts'
import { type ChosenOrder, orderBenefits } from './order.ts'
import type { SchemeMaster } from './schemes.ts'

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
    .object({ ...kept, eligibility: eligibilitySchema })
    .transform(({ eligibility, ...rest }) => ({ ...rest, handed: handedAsSaid(eligibility) })),
])
export type Confirmation = z.infer<typeof confirmationSchema>

/** What the clinic brings to the order on the claim. */
interface ClaimContext {
  readonly master: SchemeMaster
  readonly chosenOrders: readonly ChosenOrder[]
  readonly places: readonly { readonly destination: string; readonly places: number }[]
}

interface Settled {
  readonly difference: Difference
  readonly effect: Effect
  readonly choice: Decided | null
}

/**
 * What is held and handed over after a visit. `decisions` answers every question among `differences` (see undecided); `at`
 * is RFC 3339 in clinic time.
 */
export function confirm(input: {
  readonly before: Pick<Confirmation, 'held' | 'decided'> | null
  readonly today: Eligibility
  readonly differences: readonly Difference[]
  readonly decisions: readonly Decision[]
  readonly at: string
  readonly clinic: ClaimContext
}): Confirmation {
  const { before, today, differences, at, clinic } = input
  const settled = differences.map((difference): Settled => {
    const choice = choiceAbout(difference, input.decisions)
    return { difference, choice, effect: effectOf(difference, choice, today.asOf) }
  })
  const handed = handedOver(today, settled, clinic)
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

/** The items of an answer that is there today; those of an ended one are not among them. */
const saidToday = ({ answers: { medicalSubsidy } }: Eligibility): readonly Benefit[] =>
  medicalSubsidy.state === 'present' ? medicalSubsidy.items : []

function heldAfter(
  { difference, effect }: Settled,
  before: Pick<Confirmation, 'held'> | null,
  today: Eligibility,
  at: string,
): Confirmation['held'] {
  const said = difference.benefit === null ? undefined : saidToday(today)[difference.benefit]
  const known = before?.held.find(({ benefit }) => benefit === difference.confirmed)
  // A source that never says some of it does not take away what the other one has said.
  const isPoorer = difference.kind === 'unchanged' && known?.source === 'pmh' && today.source === 'terminal'
  return effect.held.flatMap((version): Confirmation['held'] => {
    if (version === 'said' && !isPoorer) {
      return said ? [{ benefit: said, source: today.source, fetchedAt: today.fetchedAt, confirmedAt: at }] : []
    }
    return known ? [{ ...known, benefit: protectedAs(known.benefit, said) }] : []
  })
}

/** 不開示 is nobody's to refuse: it takes effect whatever becomes of the rest. */
const protectedAs = (benefit: Benefit, said: Benefit | undefined): Benefit =>
  said?.undisclosed ? { ...benefit, undisclosed: true } : benefit

function handedOver(today: Eligibility, settled: readonly Settled[], clinic: ClaimContext): Handed {
  const said = saidToday(today)
  const judged = (benefit: Benefit) => judgeBenefit(benefit, today.asOf, clinic.master)
  const versionOf = ({ difference: { benefit, confirmed } }: Settled, version: 'said' | 'confirmed') => {
    const now = benefit === null ? undefined : said[benefit]
    return version === 'said' ? now : confirmed && protectedAs(confirmed, now)
  }

  const ends = endedItems(today, settled).map(({ benefit, on }) => endedItem(judged(benefit), on, today.asOf))
  const counted = settled.flatMap((each) =>
    each.effect.handed.flatMap(({ version, basis, isEnd }): HandedItem[] => {
      const benefit = versionOf(each, version)
      return benefit && !isEnd ? [{ benefit: judged(benefit), basis, endedOn: null }] : []
    }),
  )
  const items = [...counted, ...ends]

  const order = orderBenefits(
    items.map(({ benefit }) => benefit),
    { master: clinic.master, chosen: clinic.chosenOrders, places: [] },
  )
  const onClaim = order.steps.flatMap(({ benefit }) => items[benefit] ?? [])
  const off = order.leftOut.filter(({ reason }) => reason === 'overlap' || reason === 'duplicate')
  const others = items.filter((item, place) => !onClaim.includes(item) && !off.some(({ benefit }) => benefit === place))
  const leftOut = [
    ...settled.flatMap((each) => {
      const { leftOut: left } = each.effect
      const benefit = left && versionOf(each, left.version)
      return left && benefit ? [{ benefit: judged(benefit), reason: left.reason }] : []
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
function endedItems({ answers: { medicalSubsidy } }: Eligibility, settled: readonly Settled[]) {
  const isEnded = medicalSubsidy.state === 'ended'
  const listed = isEnded ? medicalSubsidy.items : []
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
