// The designed end of a visit without an answer: never a dead end, always a sentence and a way on.

import type { VisitView } from '../../src-main/contract/reception.ts'
import { failureClass, failureOrigin } from '../../src-main/ground/failures.ts'
import { referenceOf } from '../../src-main/ground/reference.ts'
import { visitRules } from '../../src-main/ground/states.ts'
import { screen } from '../../src-main/words/desk.ts'
import { sentence } from '../../src-main/words/failures.ts'
import type { Act } from '../act.ts'
import { later } from '../later.tsx'
import { Action } from '../parts/action.tsx'
import { Headline } from '../parts/headline.tsx'
import { Icon } from '../parts/icon.tsx'
import { KeyedAction } from '../parts/keyed-action.tsx'
import { Reference } from '../parts/reference.tsx'
import { PrintAction } from '../print/printable.tsx'
import styles from './failure-panel.module.css'

const HolderForm = later(async () => (await import('./holder-form.tsx')).HolderForm)

/** A visit that did not get its answer: what happened, what to do now, and the two ways on. */
export function FailurePanel({ visit, act }: { readonly visit: VisitView; readonly act: Act }) {
  const failure = visit.failure ?? { code: 'AGENT_FAULT' as const }
  const { message, next } = sentence(failure)
  // Trying again is offered first only where it can help.
  // Nobody could be asked who the patient is: the sheet, and the card itself, are left.
  const isHubLost = failureOrigin(failure.code) === 'hub'
  const mayHelp = failureClass[failure.code] === 'transient'
  // Its patient's card begins it here by itself; or another desk has it.
  const isBetweenDesks = failure.code === 'VISIT_MOVED' || failure.code === 'VISIT_ELSEWHERE'
  return (
    <section className={styles.panel}>
      <p className={styles.number}>{screen.number(visit.number)}</p>
      <Headline className={styles.title}>
        <Icon
          name={visit.state === 'cancelled' ? 'unknown' : isBetweenDesks ? 'warning' : 'error'}
          className={visit.state === 'cancelled' || isBetweenDesks ? styles.calmSign : styles.sign}
        />
        {message}
      </Headline>
      <p className={styles.next}>{next}</p>
      <div className={styles.actions}>
        {visitRules.mayDo(visit.state, 'retry') && !isBetweenDesks && (
          <KeyedAction
            shortcut={screen.keys.askAgain}
            weight={mayHelp ? 'primary' : 'secondary'}
            onPress={() => act('retryVisit', { visitId: visit.id })}
          >
            {screen.retry}
          </KeyedAction>
        )}
        {visitRules.mayDo(visit.state, 'close') && (
          <Action weight={mayHelp ? 'secondary' : 'primary'} onPress={() => act('closeVisit', { visitId: visit.id })}>
            {screen.close}
          </Action>
        )}
        <PrintAction>{screen.sheet.print}</PrintAction>
      </div>
      {isHubLost && visit.certificate && <HolderForm visit={visit} act={act} />}
      <Reference number={referenceOf(visit.id)} />
      <details className={styles.code}>
        <summary>{screen.code}</summary>
        {failure.code}
      </details>
    </section>
  )
}
