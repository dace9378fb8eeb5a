// Whether the receipt computer has its file: one word beside the patient, and the whole story below the answer.
import type { JSX } from 'react'
import type { DeliveryView } from '../../src-main/contract/reception.ts'
import { referenceOf } from '../../src-main/ground/reference.ts'
import type { Failure } from '../../src-main/ground/result.ts'
import {
  type DeliveryAct,
  type DeliveryState,
  offeredFor,
  settledStates,
  writtenStates,
} from '../../src-main/ground/states.ts'
import { screen } from '../../src-main/words/desk.ts'
import { eligibilityScreen } from '../../src-main/words/eligibility.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { deliveryStateText, destinationKindText } from '../../src-main/words/states.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import type { IconName } from '../parts/icon.tsx'
import { Reference } from '../parts/reference.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import styles from './deliveries.module.css'

const look: Record<DeliveryState, readonly [Tone, IconName]> = {
  queued: ['plain', 'waiting'],
  publishing: ['plain', 'waiting'],
  delivered: ['good', 'ok'],
  acknowledged: ['good', 'ok'],
  refused: ['bad', 'error'],
  rejected: ['bad', 'error'],
  conflict: ['bad', 'error'],
  cancelled: ['plain', 'unknown'],
}

const heldUp: readonly [Tone, IconName] = ['care', 'warning']

/** What a failure that passes makes of a state: it waits, for the way to be free or to be taken. */
const waitingText: Partial<Record<DeliveryState, string>> = {
  queued: screen.heldUp,
  publishing: screen.heldUp,
  delivered: screen.untaken,
}

/** While the hand-over is held for the clock, the day of a file is no question yet: what is to be done is said above. */
const toldOf = ({ state, failure }: DeliveryView): Failure | null =>
  state === 'queued' && failure?.code === 'VISIT_DAY_WRONG' ? { ...failure, code: 'CLOCK_WRONG' } : failure

/** All files of the visit in one word, to be seen without scrolling. `byHand`: 公費 that staff have to enter themselves. */
export function DeliverySummary(props: { readonly deliveries: readonly DeliveryView[]; readonly byHand: number }) {
  const { deliveries, byHand } = props
  if (deliveries.length === 0) return null
  const isHeldUp = deliveries.some(({ failure }) => failure !== null)
  const isEvery = (...states: readonly DeliveryState[]) => deliveries.every(({ state }) => states.includes(state))
  const isWritten = isEvery(...writtenStates)
  const state: DeliveryState = isEvery('cancelled')
    ? 'cancelled'
    : isEvery(...settledStates)
      ? 'acknowledged'
      : isWritten
        ? 'delivered'
        : 'queued'
  const [tone, icon] = isHeldUp || byHand > 0 ? heldUp : look[state]
  return (
    <p>
      <span className={styles.summary}>{screen.delivery}</span>{' '}
      <span className={styles.word}>
        <Tag tone={tone} icon={icon}>
          {isHeldUp ? screen.heldUp : byHand > 0 ? screen.needsHand : deliveryStateText[state]}
        </Tag>
      </span>
      {byHand > 0 && <span className={styles.byHand}>{eligibilityScreen.byHand(byHand)}</span>}
    </p>
  )
}

/** Whether each destination has its file, and what to do where it has not. `act`: null where nothing is to be done here. */
export function Deliveries(props: { readonly deliveries: readonly DeliveryView[]; readonly act: Act | null }) {
  const { deliveries, act } = props
  return (
    <section className={styles.deliveries} aria-labelledby="deliveries">
      <h3 id="deliveries" className={styles.title}>
        {screen.delivery}
      </h3>
      {deliveries.length === 0 && <p className={styles.none}>{screen.noDelivery}</p>}
      <ul>
        {deliveries.map((delivery) => (
          <li key={delivery.id} className={styles.delivery}>
            <Delivery delivery={delivery} act={act} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Delivery({ delivery, act }: { readonly delivery: DeliveryView; readonly act: Act | null }) {
  const { state, byHand } = delivery
  const failure = toldOf(delivery)
  // Written, and yet not all of it.
  const isShort = byHand > 0 && look[state][0] === 'good'
  const [tone, icon] = (failure && state in waitingText) || isShort ? heldUp : look[state]
  return (
    <>
      <span className={styles.destination}>
        {destinationKindText[delivery.format]}
        <span className={styles.format}>{delivery.destination}</span>
      </span>
      <Tag tone={tone} icon={icon}>
        {(failure && waitingText[state]) ?? deliveryStateText[state]}
      </Tag>
      {delivery.path !== null && (
        <details>
          <summary>{screen.filePath}</summary>
          <span className={styles.path}>{delivery.path}</span>
        </details>
      )}
      {failure && (
        <p className={styles.failure}>
          {sentence(failure).message}
          {sentence(failure).next} <Reference number={referenceOf(delivery.id)} />
        </p>
      )}
      {byHand > 0 && <p className={styles.short}>{eligibilityScreen.byHand(byHand)}</p>}
      {delivery.format === 'receipt' && <p className={styles.short}>{screen.receptionOnly}</p>}
      {act && <DeliveryActions delivery={delivery} act={act} />}
    </>
  )
}

/** What a person may do with one file; a file that is on its way needs nobody. */
function DeliveryActions({ delivery, act }: { readonly delivery: DeliveryView; readonly act: Act }) {
  const { id: deliveryId, state, failure } = delivery
  const way: Record<DeliveryAct, JSX.Element> = {
    retry: (
      <Action key="retry" onPress={() => act('retryDelivery', { deliveryId })}>
        {screen.deliveryRetry}
      </Action>
    ),
    markImported: (
      <Action key="markImported" onPress={() => act('markDeliveryImported', { deliveryId })}>
        {screen.deliveryImported}
      </Action>
    ),
    cancel: (
      <Action key="cancel" onPress={() => act('cancelDelivery', { deliveryId })}>
        {screen.deliveryCancel}
      </Action>
    ),
  }
  return <p className={styles.actions}>{offeredFor(state, failure !== null).map((each) => way[each])}</p>
}
