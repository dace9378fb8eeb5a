// The 公費 of a visit as cards: what the source says while it is being decided, and from then on what was handed over, with
// the places on the claim that the files have.

import type { VisitView } from '../../src-main/contract/reception.ts'
import type { Assessment } from '../../src-main/eligibility/assessment.ts'
import type { HandedItem } from '../../src-main/eligibility/handed.ts'
import type { AnswerOf } from '../../src-main/eligibility/model.ts'
import { certificateBasisText, eligibilityScreen as words } from '../../src-main/words/eligibility.ts'
import { answerText } from '../../src-main/words/states.ts'
import { BenefitCard, type OpenCapSheet } from './benefit-card.tsx'
import styles from './category-answer.module.css'
import { CategoryAnswer, CategorySection } from './category-answer.tsx'
import type { Origin } from './explanation.tsx'

type HandedView = NonNullable<VisitView['handed']>

type SaidState = NonNullable<VisitView['answers']>['medicalSubsidy']

/** The cards in the order of the claim; what does not get on it follows as the source listed it. */
export function SaidSubsidy(props: {
  readonly answer: SaidState
  readonly assessment: Assessment
  readonly today: string
  /** Of the visit. */
  readonly day: string
  readonly origin: Origin
  readonly onCapSheet: OpenCapSheet
  readonly paid: VisitView['paid']
}) {
  const { answer, assessment, today, origin, onCapSheet } = props
  const said = assessment.benefits
  const claim = assessment.order.steps.map(({ benefit }) => benefit)
  const places = [...claim, ...[...said.keys()].filter((place) => !claim.includes(place))]
  const sorted = places.flatMap((place) => said[place] ?? [])
  // What was cached is no longer today's.
  const cached = answer.state === 'unreachable' ? (answer.cached?.fetchedAt ?? null) : null
  return (
    <CategoryAnswer category="medicalSubsidy" answer={withItems(answer, sorted)} today={today}>
      {(judged, isToday) => (
        <BenefitCard
          key={said.indexOf(judged)}
          benefit={judged.benefit}
          day={props.day}
          isToday={isToday}
          assessed={judged}
          // Nothing has been handed over: no card has a place yet.
          place={null}
          origin={cached === null ? origin : { ...origin, fetchedAt: cached }}
          onCapSheet={onCapSheet}
          paid={props.paid}
        />
      )}
    </CategoryAnswer>
  )
}

/** Exactly what was handed over, in its order. */
export function HandedSubsidy(props: {
  readonly handed: HandedView
  /** What the source said. */
  readonly said: SaidState
  /** Of the visit. */
  readonly day: string
  readonly origin: Origin
  readonly onCapSheet: OpenCapSheet
  readonly paid: VisitView['paid']
}) {
  const { handed, said, origin, onCapSheet } = props
  const { state, items, onClaim, assessed } = handed
  const isOver = ({ benefit, endedOn }: HandedItem) => endedOn !== null && benefit.validity === 'over'
  const cards = items.map((item, at) => ({ item, at }))
  const card = ({ item, at }: (typeof cards)[number]) => {
    const { benefit, basis } = item
    return (
      <BenefitCard
        key={at}
        benefit={benefit}
        day={props.day}
        isToday={!isOver(item)}
        assessed={assessed[at] ?? { advice: [], saidSince: null, local: null }}
        place={onClaim > 1 && at < carried(handed) ? at + 1 : null}
        mark={certificateBasisText[basis]}
        isByHand={at < onClaim && at >= everywhere(handed)}
        origin={basis === 'source' ? origin : null}
        onCapSheet={onCapSheet}
        paid={props.paid}
      />
    )
  }
  return (
    <CategorySection
      category="medicalSubsidy"
      state={state}
      endedOn={handed.endedOn}
      note={state === said.state || state === 'notAccepted' ? null : words.sourceSaid(answerText[said.state].label)}
    >
      <div className={styles.items}>{cards.filter(({ item }) => !isOver(item)).map(card)}</div>
      <div className={styles.past}>{cards.filter(({ item }) => isOver(item)).map(card)}</div>
    </CategorySection>
  )
}

/** Places on the claim at the destination that has most of them: what stands behind them is in no file. */
const carried = ({ places, onClaim }: HandedView): number =>
  places.length === 0 ? onClaim : Math.max(...places.map((each) => each.places))

/** What stands within them is in every file. */
const everywhere = ({ places, onClaim }: HandedView): number =>
  places.length === 0 ? onClaim : Math.min(...places.map((each) => each.places))

/** The answer with its certificates as they were judged. */
function withItems<T>(answer: SaidState, items: T[]): AnswerOf<T> {
  switch (answer.state) {
    case 'present':
      return { state: answer.state, items }
    case 'ended':
      return { ...answer, items }
    case 'unreachable':
      return { state: answer.state, cached: answer.cached && { ...answer.cached, items } }
    default:
      return { state: answer.state }
  }
}
