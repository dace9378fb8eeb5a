// The day so far: who has been at the counter, and whether the receipt computer has its file.
import { memo } from 'react'
import type { ListedVisit } from '../../src-main/contract/reception.ts'
import type { VisitState } from '../../src-main/ground/states.ts'
import { screen } from '../../src-main/words/desk.ts'
import { visitStateText } from '../../src-main/words/states.ts'
import { clinicTime, plainDate } from '../format.ts'
import type { IconName } from '../parts/icon.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import styles from './visit-list.module.css'

const look: Record<VisitState, readonly [Tone, IconName]> = {
  reading: ['plain', 'waiting'],
  identifying: ['plain', 'waiting'],
  asking: ['plain', 'waiting'],
  choosing: ['care', 'warning'],
  answered: ['care', 'warning'],
  confirmed: ['plain', 'waiting'],
  handedOver: ['good', 'ok'],
  acknowledged: ['good', 'ok'],
  failed: ['bad', 'error'],
  offline: ['care', 'warning'],
  cancelled: ['plain', 'unknown'],
}

function lookOf({ state, isHeldUp, byHand }: ListedVisit): { tone: Tone; icon: IconName; text: string } {
  if (isHeldUp) return { tone: 'care', icon: 'warning', text: screen.heldUp }
  if (byHand > 0) return { tone: 'care', icon: 'warning', text: screen.needsHand }
  const [tone, icon] = look[state]
  return { tone, icon, text: visitStateText[state] }
}

/** Today's visits and earlier ones that wait for a person, newest first; choosing one shows what was answered then. */
export const VisitList = memo(function VisitList(props: {
  readonly visits: readonly ListedVisit[]
  /** The patient is looking, so no other patient may be in sight. */
  readonly isHidden: boolean
  readonly today: string
  readonly shownId: string | undefined
  readonly onShow: (visitId: string) => void
}) {
  return (
    <section className={styles.visits} aria-labelledby="todays-visits">
      <h2 id="todays-visits">{screen.visits}</h2>
      {props.isHidden && <p className={styles.none}>{screen.visitsHidden}</p>}
      {!props.isHidden && props.visits.length === 0 && <p className={styles.none}>{screen.noVisits}</p>}
      {/* Kept while it is hidden: to draw a busy day's list anew would hold up the result that comes with it. */}
      <ol className={styles.list} hidden={props.isHidden}>
        {props.visits.map((visit) => (
          <Row
            key={visit.id}
            visit={visit}
            isToday={visit.day === props.today}
            isShown={visit.id === props.shownId}
            onShow={props.onShow}
          />
        ))}
      </ol>
    </section>
  )
})

const Row = memo(function Row(props: {
  readonly visit: ListedVisit
  readonly isToday: boolean
  readonly isShown: boolean
  readonly onShow: (visitId: string) => void
}) {
  const { visit, isToday, isShown, onShow } = props
  const { tone, icon, text } = lookOf(visit)
  return (
    <li>
      <button type="button" className={styles.visit} aria-current={isShown} onClick={() => onShow(visit.id)}>
        <span className={styles.number}>{visit.number}</span>
        <span className={styles.who}>
          <span className={styles.name}>{visit.name ?? screen.unknownPatient}</span>
          <span className={styles.time}>
            {isToday ? clinicTime(visit.startedAt) : plainDate(visit.day)}
            {visit.byHand > 0 && ` ${screen.needsHandNote(visit.byHand)}`}
          </span>
        </span>
        <Tag tone={tone} icon={icon}>
          {text}
        </Tag>
      </button>
    </li>
  )
})
