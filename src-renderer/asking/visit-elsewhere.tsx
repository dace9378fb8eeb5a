// A visit that another desk has, or had when nothing more was heard of that: whose it is, and the way to go on with it here.
import type { DeskOfVisit } from '../../src-main/contract/asking.ts'
import type { VisitView } from '../../src-main/contract/reception.ts'
import { isIn, passingVisitStates } from '../../src-main/ground/states.ts'
import { askingScreen as text } from '../../src-main/words/asking.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import { AskingAction } from '../parts/asking-action.tsx'
import { Icon } from '../parts/icon.tsx'
import styles from './asking.module.css'

export function VisitElsewhere(props: {
  readonly visit: Pick<VisitView, 'id' | 'number' | 'state'>
  readonly desk: DeskOfVisit
  readonly act: Act
}) {
  const { visit, desk, act } = props
  const { id: visitId, number } = visit
  const { name, isAskedFor } = desk
  const isGone = desk.had === 'gone'
  return (
    <div className={styles.elsewhere}>
      <Icon name={isGone ? 'warning' : 'waiting'} />
      <p className={styles.text} role="status">
        <strong>{isGone ? text.gone(number, name) : text.there(number, name)}</strong>
        <span>{isGone ? text.goneNote : isAskedFor ? text.asking : text.thereNote}</span>
        {isIn(passingVisitStates, visit.state) && <span>{text.cardAgain}</span>}
      </p>
      {isGone ? (
        <AskingAction
          question={text.takesOver(number, name)}
          yes={text.takeOver}
          weight="primary"
          onYes={() => void act('takeOverVisit', { visitId })}
        >
          {text.goOn}
        </AskingAction>
      ) : (
        <Action
          weight={isAskedFor ? 'secondary' : 'primary'}
          onPress={() => void act('askForVisit', { visitId, isAsked: !isAskedFor })}
        >
          {isAskedFor ? text.withdraw : text.goOn}
        </Action>
      )}
    </div>
  )
}
