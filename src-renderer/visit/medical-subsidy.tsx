// The 公費 of a visit as cards: what the source says while it is being decided, and from then on what was handed over, with
// the places on the claim that the files have.

import type { Answers, Assessment, Benefit, HandedItem, VisitView } from '../../src-main/contract/reception.ts'
import { certificateBasisText, eligibilityScreen as words } from '../../src-main/words/eligibility.ts'
import { answerText } from '../../src-main/words/states.ts'
import { BenefitCard } from './benefit-card.tsx'
import styles from './category-answer.module.css'
import { CategoryAnswer, CategorySection } from './category-answer.tsx'
import type { Origin } from './explanation.tsx'

type HandedView = NonNullable<VisitView['handed']>

/** The certificates an answer shows, whatever its state. */
export function saidBenefits(answer: Answers['medicalSubsidy']): readonly Benefit[] {
  if (answer.state === 'unreachable') return answer.cached?.items ?? []
  return 'items' in answer ? answer.items : []
}

/** The cards in the order of the claim; what does not get on it follows as the source listed it. */
export function SaidSubsidy(props: {
  readonly answer: Answers['medicalSubsidy']
  readonly assessment: Assessment
  readonly today: string
  readonly origin: Origin
}) {
  const { answer, assessment, today, origin } = props
  const said = saidBenefits(answer)
  const claim = assessment.order.steps.map(({ benefit }) => benefit)
  const places = [...claim, ...[...said.keys()].filter((place) => !claim.includes(place))]
  const sorted = places.flatMap((place) => said[place] ?? [])
  // What was cached is no longer today's.
  const cached = answer.state === 'unreachable' ? (answer.cached?.fetchedAt ?? null) : null
  return (
    <CategoryAnswer category="medicalSubsidy" answer={withItems(answer, sorted)} today={today}>
      {(benefit, isToday) => {
        const place = said.indexOf(benefit)
        return (
          <BenefitCard
            key={place}
            benefit={benefit}
            isToday={isToday}
            assessed={assessment.benefits[place] ?? { advice: [], saidSince: null }}
            // Nothing has been handed over: no card has a place yet.
            place={null}
            origin={cached === null ? origin : { ...origin, fetchedAt: cached }}
          />
        )
      }}
    </CategoryAnswer>
  )
}

/** Exactly what was handed over, in its order. */
export function HandedSubsidy(props: {
  readonly handed: HandedView
  /** What the source said. */
  readonly said: Answers['medicalSubsidy']
  readonly origin: Origin
}) {
  const { handed, said, origin } = props
  const { state, items, onClaim, assessed } = handed
  const isOver = ({ benefit, endedOn }: HandedItem) => endedOn !== null && benefit.validity === 'over'
  const cards = items.map((item, at) => ({ item, at }))
  const card = ({ item, at }: (typeof cards)[number]) => {
    const { benefit, basis } = item
    return (
      <BenefitCard
        key={at}
        benefit={benefit}
        isToday={!isOver(item)}
        assessed={assessed[at] ?? { advice: [], saidSince: null }}
        place={onClaim > 1 && at < carried(handed) ? at + 1 : null}
        mark={certificateBasisText[basis]}
        isByHand={at < onClaim && at >= everywhere(handed)}
        origin={basis === 'source' ? origin : null}
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

function withItems(answer: Answers['medicalSubsidy'], items: Benefit[]): Answers['medicalSubsidy'] {
  if (answer.state === 'unreachable') return { ...answer, cached: answer.cached && { ...answer.cached, items } }
  return 'items' in answer ? { ...answer, items } : answer
}
