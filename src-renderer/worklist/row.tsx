// A visit in the list: who, as reception tells people apart, and whether anything of it waits for a person.

import { memo } from 'react'
import type { DeskOfVisit } from '../../src-main/contract/asking.ts'
import type { ListedVisit } from '../../src-main/contract/reception.ts'
import { numberText } from '../../src-main/contract/visit-number.ts'
import type { VisitState } from '../../src-main/ground/states.ts'
import { screen } from '../../src-main/words/desk.ts'
import { visitStateText } from '../../src-main/words/states.ts'
import { ageText, clinicTime, plainDate } from '../format.ts'
import type { IconName } from '../parts/icon.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import styles from './rows.module.css'

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

function lookOf({ state, isHeldUp, byHand, desk }: ListedVisit): { tone: Tone; icon: IconName; text: string } {
  // What stands where it is open is another desk's to see to.
  if (desk?.had === 'there') return { tone: 'plain', icon: 'waiting', text: screen.worklist.elsewhere.there }
  if (desk?.had === 'gone') return { tone: 'care', icon: 'warning', text: screen.worklist.elsewhere.gone }
  if (isHeldUp) return { tone: 'care', icon: 'warning', text: screen.worklist.pile.unsent }
  if (byHand > 0) return { tone: 'care', icon: 'warning', text: screen.needsHand }
  const [tone, icon] = look[state]
  return { tone, icon, text: visitStateText[state] }
}

/** Sooner where another desk has it open, for that is what one has to know of it. */
function deskOf(desk: DeskOfVisit | null, isSooner: boolean): string | false {
  if (!desk) return false
  const isOpenElsewhere = desk.had === 'there' || desk.had === 'gone'
  if (isOpenElsewhere !== isSooner) return false
  return desk.had === 'here' ? screen.worklist.deskHere : screen.worklist.desk(desk.name)
}

export const Row = memo(function Row(props: {
  readonly visit: ListedVisit
  readonly top: string
  readonly place: number
  readonly count: number
  readonly today: string
  readonly isShown: boolean
  /** What is said of every row: that it is none of today's. */
  readonly mark: string | null
  readonly isStop: boolean
  readonly onShow: (visitId: string) => void
  readonly onFocus: (visitId: string) => void
}) {
  const { visit, today, isShown, isStop, onShow, onFocus } = props
  const { tone, icon, text } = lookOf(visit)
  const { id, birthDate, patientNumber, nth } = visit
  const mark = props.mark ?? (visit.isCopy ? screen.worklist.copy : null)
  // Where there is little room the last of them are cut off; whom one has to do with is said by the first.
  const facts = [
    birthDate && ageText(today, birthDate),
    deskOf(visit.desk, true),
    patientNumber && screen.worklist.patientNumber(patientNumber),
    visit.hasNote && screen.note.has,
    visit.byHand > 0 && screen.needsHandNote(visit.byHand),
    deskOf(visit.desk, false),
  ].filter((fact) => typeof fact === 'string')
  return (
    <li className={styles.row} style={{ top: props.top }} aria-posinset={props.place} aria-setsize={props.count}>
      <button
        type="button"
        className={styles.visit}
        aria-current={isShown}
        tabIndex={isStop ? 0 : -1}
        onFocus={() => onFocus(id)}
        onClick={() => onShow(id)}
      >
        <span className={styles.when}>
          <span className={styles.number}>{numberText(visit.number)}</span>
          <span className={styles.time}>
            {visit.day === today ? clinicTime(visit.startedAt) : plainDate(visit.day).slice(5)}
          </span>
          {mark && <span className={styles.mark}>{mark}</span>}
        </span>
        <span className={styles.name}>{visit.name ?? screen.unknownPatient}</span>
        <span className={styles.state}>
          <Tag tone={tone} icon={icon}>
            {text}
          </Tag>
        </span>
        <span className={styles.fact}>{visit.nameKana}</span>
        <span className={styles.state}>
          {nth > 1 && (
            <Tag tone="care" icon="warning">
              {screen.worklist.nth(nth)}
            </Tag>
          )}
        </span>
        <span className={styles.facts}>{facts.join('　')}</span>
      </button>
    </li>
  )
})
