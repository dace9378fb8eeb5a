// Looking something up must never look like the patient at the counter.

import type { Reception, VisitView } from '../../src-main/contract/reception.ts'
import { visitRules } from '../../src-main/ground/states.ts'
import { screen } from '../../src-main/words/desk.ts'
import { faceReader, terminalReader } from '../../src-main/words/terminal.ts'
import type { Act } from '../act.ts'
import { VisitElsewhere } from '../asking/visit-elsewhere.tsx'
import { Action } from '../parts/action.tsx'
import { BackAction } from '../parts/back-action.tsx'
import { Icon } from '../parts/icon.tsx'
import { PrintAction } from '../print/printable.tsx'
import { PrintableVisit } from '../print/printable-visit.tsx'
import { isElsewhere, isReadOnly } from './elsewhere.ts'
import styles from './past-visit.module.css'
import { Result } from './result-later.ts'

/** An earlier visit of the day, so marked that nobody takes it for the patient at the counter. */
export function PastVisit(props: {
  readonly visit: VisitView
  readonly today: string
  readonly act: Act
  readonly numberTaken: Reception['numberTaken']
  /** Who stands at the counter meanwhile; null: nobody. */
  readonly current: VisitView | null
  /** Nobody is in the middle of a check-in. */
  readonly isCounterFree: boolean
  readonly onBack: () => void
}) {
  const { visit, today, act, current, isCounterFree, onBack } = props
  const isFromTerminal = visit.reader === terminalReader
  const elsewhere = isElsewhere(visit) ? visit.desk : null
  const mayChange = !isReadOnly(visit)
  const isMoved = visit.failure?.code === 'VISIT_MOVED' && visit.desk?.had === 'here'
  const isWaiting = isMoved || (mayChange && visitRules.mayDo(visit.state, 'takeUp'))
  const isChoosing = mayChange && visitRules.mayDo(visit.state, 'choose')
  return (
    <PrintableVisit visit={visit}>
      {elsewhere ? (
        <VisitElsewhere visit={visit} desk={elsewhere} act={act} />
      ) : (
        <p className={styles.past} role="status">
          <Icon name="waiting" />
          {isFromTerminal ? faceReader.arrived(visit.number) : screen.past(visit.number)}
          {visit.isCopy && screen.pastCopy}
        </p>
      )}
      <Result visit={visit} today={today} act={act} numberTaken={props.numberTaken} isCurrent={false}>
        {isWaiting && isCounterFree && (
          <Action weight="primary" onPress={() => act('takeUpVisit', { visitId: visit.id })}>
            {isMoved ? screen.takeUpMoved : screen.takeUp}
          </Action>
        )}
        {isWaiting && !isCounterFree && <span>{isMoved ? screen.takeUpMovedLater : screen.takeUpLater}</span>}
        <BackAction weight={isWaiting || isChoosing || elsewhere ? 'secondary' : 'primary'} onBack={onBack}>
          {/* Never called the way to the next patient when another one comes to be seen behind it. */}
          {current
            ? screen.pastBackTo(current.patient?.name ?? null)
            : isFromTerminal
              ? faceReader.done
              : screen.pastBack}
        </BackAction>
        <PrintAction />
      </Result>
    </PrintableVisit>
  )
}
