// The day so far: who has been at the counter, and whether the receipt computer has its file.
import { Button } from 'react-aria-components'
import { screen, visitStateText } from '../../src-main/contract/ja.ts'
import type { ListedVisit } from '../../src-main/contract/reception.ts'
import type { VisitState } from '../../src-main/contract/visit.ts'
import { clinicTime, plainDate } from '../format.ts'
import type { IconName } from '../parts/icon.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import styles from './visit-list.module.css'

const look: Record<VisitState, readonly [Tone, IconName]> = {
  reading: ['plain', 'waiting'],
  identifying: ['plain', 'waiting'],
  asking: ['plain', 'waiting'],
  answered: ['care', 'warning'],
  confirmed: ['plain', 'waiting'],
  handedOver: ['good', 'ok'],
  acknowledged: ['good', 'ok'],
  failed: ['bad', 'error'],
  offline: ['care', 'warning'],
  cancelled: ['plain', 'unknown'],
}

function lookOf({ state, isHeldUp }: ListedVisit): { tone: Tone; icon: IconName; text: string } {
  if (isHeldUp) return { tone: 'care', icon: 'warning', text: screen.heldUp }
  const [tone, icon] = look[state]
  return { tone, icon, text: visitStateText[state] }
}

/** Today's visits and earlier ones that wait for a person, newest first; choosing one shows what was answered then. */
export function VisitList(props: {
  /** null: the patient is looking, so no other patient may be in sight. */
  readonly visits: readonly ListedVisit[] | null
  readonly currentId: string | undefined
  readonly today: string
  readonly shownId: string | undefined
  readonly onShow: (visitId: string | null) => void
}) {
  return (
    <section className={styles.visits} aria-labelledby="todays-visits">
      <h2 id="todays-visits">{screen.visits}</h2>
      {props.visits === null && <p className={styles.none}>{screen.visitsHidden}</p>}
      {props.visits?.length === 0 && <p className={styles.none}>{screen.noVisits}</p>}
      <ol className={styles.list}>
        {props.visits?.map((visit) => {
          const { tone, icon, text } = lookOf(visit)
          return (
            <li key={visit.id}>
              <Button
                className={styles.visit}
                aria-current={visit.id === props.shownId}
                onPress={() => props.onShow(visit.id === props.currentId ? null : visit.id)}
              >
                <span className={styles.number}>{visit.number}</span>
                <span className={styles.who}>
                  <span className={styles.name}>{visit.name ?? screen.unknownPatient}</span>
                  <span className={styles.time}>
                    {visit.day === props.today ? clinicTime(visit.startedAt) : plainDate(visit.day)}
                  </span>
                </span>
                <Tag tone={tone} icon={icon}>
                  {text}
                </Tag>
              </Button>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
