// What the receipt computer does not get and staff have to enter, where nobody can miss it: until they say that they have,
// the visit is not done, whatever became of its files.

import type { VisitView } from '../../src-main/contract/reception.ts'
import { byHand } from '../../src-main/eligibility/handed.ts'
import type { Benefit } from '../../src-main/eligibility/model.ts'
import { screen } from '../../src-main/words/desk.ts'
import { byHandText, eligibilityScreen as words } from '../../src-main/words/eligibility.ts'
import type { Act } from '../act.ts'
import { clinicTime, plainDate } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { Icon } from '../parts/icon.tsx'
import panel from '../parts/panel.module.css'
import styles from './by-hand.module.css'
import { isReadOnly } from './elsewhere.ts'

export function ByHand({ visit, act }: { readonly visit: VisitView; readonly act: Act }) {
  const { id: visitId, handed } = visit
  const list = handed ? byHand(handed) : []
  if (!handed || list.length === 0) return null
  const { enteredAt } = handed
  const say = (isEntered: boolean) => act('enteredByHand', { visitId, isEntered })
  return (
    <section className={enteredAt === null ? `${panel.asking} ${styles.open}` : panel.panel} aria-labelledby="by-hand">
      <h3 id="by-hand" className={panel.title}>
        <Icon name={enteredAt === null ? 'warning' : 'ok'} />
        {enteredAt === null ? words.byHand(list.length) : words.enteredAt(list.length, clinicTime(enteredAt))}
      </h3>
      <ul className={styles.list}>
        {list.map((each, place) => (
          // The same certificate may be missing twice, for two reasons.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes after the visit is confirmed
          <li key={place}>
            <strong>{each.benefit.certificateName}</strong> {byHandText(each)}
            {/* Numbers that nobody accepted are not for copying. */}
            {each.reason !== 'notAccepted' && <Figures benefit={each.benefit} />}
          </li>
        ))}
      </ul>
      {!isReadOnly(visit) && (
        <p>
          {enteredAt === null ? (
            <Action onPress={() => say(true)}>{words.entered}</Action>
          ) : (
            <Action weight="quiet" onPress={() => say(false)}>
              {words.notEntered}
            </Action>
          )}
        </p>
      )}
    </section>
  )
}

/** Both numbers and the period in one line, to be typed from or to be compared with the paper. */
function Figures({ benefit }: { readonly benefit: Benefit }) {
  const { payerNumber, recipientNumber, validFrom, validTo } = benefit
  return (
    <span className={styles.figures}>
      <span>
        {screen.payerNumber} <b>{payerNumber ?? screen.missing}</b>
      </span>
      <span>
        {screen.recipientNumber} <b>{recipientNumber ?? screen.missing}</b>
      </span>
      <span>
        {screen.period}{' '}
        <b>
          {plainDate(validFrom)} ～ {validTo >= '9000' ? words.openEnd : plainDate(validTo)}
        </b>
      </span>
    </span>
  )
}
