// In which order the certificates go on the claim, each with the reason for its place, and what does not get on it. A
// person may change the order with the keyboard; the agent remembers it for the same schemes. What has gone out keeps the
// order it went out in, and says so.
import { useState } from 'react'
import type { ClaimOrder as Order } from '../../src-main/eligibility/assessment.ts'
import type { Benefit } from '../../src-main/eligibility/model.ts'
import { schemeKey } from '../../src-main/eligibility/order.ts'
import { screen } from '../../src-main/words/desk.ts'
import { leftOutText, orderBasis, orderRuleText, eligibilityScreen as words } from '../../src-main/words/eligibility.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import { AskingAction } from '../parts/asking-action.tsx'
import { Icon } from '../parts/icon.tsx'
import panel from '../parts/panel.module.css'
import { Question } from '../parts/question.tsx'
import { Tag } from '../parts/tag.tsx'
import styles from './claim-order.module.css'
import { Explanation, type Origin } from './explanation.tsx'

const rules = screen.clinicRules

/** `onOrder` with the places of the certificates in their new order; null: only to be looked at. */
export function ClaimOrder(props: {
  readonly benefits: readonly Benefit[]
  readonly order: Order
  /** What was left out for another registration of it when it went out. */
  readonly replaced: readonly { readonly name: string; readonly text: string }[]
  readonly origin: Origin
  /** The places as they went out; null: the visit is not confirmed yet, so that a change still counts for it. */
  readonly handedOrder: readonly number[] | null
  readonly onOrder: ((sequence: readonly number[]) => void) | null
  readonly act: Act
}) {
  const { benefits, order, replaced, origin, handedOrder, onOrder, act } = props
  const { steps, leftOut, decidedBy } = order
  /** Asked before it is made: it counts for every patient with the same schemes. */
  const [wanted, setWanted] = useState<readonly number[] | null>(null)
  const nameOf = (place: number) => benefits[place]?.certificateName ?? ''
  const off = [...leftOut.map((each) => ({ name: nameOf(each.benefit), text: leftOutText(each) })), ...replaced]
  const places = steps.map(({ benefit }) => benefit)
  const isForNext = handedOrder?.some((place, at) => place !== places[at]) === true
  const swapped = (at: number) => {
    const [first, second] = [places[at], places[at + 1]]
    return places.map((place, index) => (index === at ? second : index === at + 1 ? first : place) ?? place)
  }
  return (
    <section className={panel.panel} aria-labelledby="claim-order">
      <h3 id="claim-order" className={panel.title}>
        {isForNext ? words.nextOrder : words.order}
        <Tag tone="plain" icon={decidedBy === 'clinic' ? 'ok' : 'unknown'}>
          {decidedBy === 'clinic' ? words.orderClinic : words.orderProposed}
        </Tag>
      </h3>
      <ol className={styles.steps}>
        {steps.map(({ benefit, rule }, at) => (
          <li key={benefit} className={styles.step}>
            <span className={styles.place}>{words.place(at + 1)}</span>
            <span className={styles.name}>
              {nameOf(benefit)}
              <span className={styles.reason}>{orderRuleText[rule]}</span>
            </span>
            {onOrder && (
              <span className={styles.moves}>
                <Action
                  weight="quiet"
                  aria-label={words.moveUp(nameOf(benefit))}
                  isDisabled={at === 0}
                  onPress={() => setWanted(swapped(at - 1))}
                >
                  {words.up}
                </Action>
                <Action
                  weight="quiet"
                  aria-label={words.moveDown(nameOf(benefit))}
                  isDisabled={at === steps.length - 1}
                  onPress={() => setWanted(swapped(at))}
                >
                  {words.down}
                </Action>
              </span>
            )}
          </li>
        ))}
      </ol>
      {onOrder && wanted && (
        <Question
          question={words.orders(wanted.map(nameOf))}
          yes={words.reorder}
          onYes={() => {
            setWanted(null)
            onOrder(wanted)
          }}
          onNo={() => setWanted(null)}
        />
      )}
      {isForNext && <p className={styles.handed}>{words.handedOrder(handedOrder.map(nameOf))}</p>}
      {onOrder && <p className={styles.note}>{handedOrder ? words.orderNext : words.orderNow}</p>}
      {onOrder && <TakenBack order={order} benefits={benefits} act={act} />}
      {off.length > 0 && (
        <ul className={styles.leftOut} aria-label={words.leftOut}>
          {off.map(({ name, text }) => (
            <li key={`${name} ${text}`}>
              <Icon name="warning" className={styles.sign} />
              <span>
                <strong>{name}</strong> {text}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Explanation origin={origin} bases={steps.map(({ rule }) => orderBasis(rule))} />
    </section>
  )
}

/** What the clinic has decided about these schemes goes back to the proposal, or to the question. */
function TakenBack(props: { readonly order: Order; readonly benefits: readonly Benefit[]; readonly act: Act }) {
  const { order, benefits, act } = props
  const keysOf = (places: readonly number[]) => [
    ...new Set(places.flatMap((place) => (benefits[place] ? [schemeKey(benefits[place])] : []))),
  ]
  const { steps, decidedBy, together } = order
  const schemes = keysOf(steps.map(({ benefit }) => benefit))
  return (
    <p className={styles.back}>
      {decidedBy === 'clinic' && (
        <AskingAction
          question={rules.proposes}
          yes={rules.propose}
          onYes={() => act('takeRuleBack', { rule: { kind: 'order', schemes } })}
        >
          {rules.propose}
        </AskingAction>
      )}
      {together?.used && (
        <AskingAction
          label={`${rules.helps} ${rules.ask}`}
          question={rules.asks}
          yes={rules.ask}
          onYes={() => act('takeRuleBack', { rule: { kind: 'helps', schemes: keysOf(together.benefits) } })}
        >
          {rules.ask}
        </AskingAction>
      )}
    </p>
  )
}
