// What passes between this desk and the others about a visit: who asks for one, and what has become of what was asked. Numbers only,
// for a patient may be looking. Nothing takes the focus, so that no Enter of before gives a visit away.
import { use, useEffect, useRef } from 'react'
import type { AskingView } from '../../src-main/contract/asking.ts'
import type { VisitView } from '../../src-main/contract/reception.ts'
import { isIn, passingVisitStates } from '../../src-main/ground/states.ts'
import { askingScreen as text } from '../../src-main/words/asking.ts'
import type { Act } from '../act.ts'
import { DraftsContext } from '../drafts.tsx'
import { Action } from '../parts/action.tsx'
import { Icon } from '../parts/icon.tsx'
import styles from './asking.module.css'

export function AskingNotices(props: {
  readonly asking: AskingView
  readonly current: VisitView | null
  /** Other people's data are not opened now. */
  readonly isPatientLooking: boolean
  readonly act: Act
}) {
  const { asking, current, isPatientLooking, act } = props
  useHeldByDrafts(asking, act)
  const passing = isIn(passingVisitStates, current?.state) ? current : null
  return (
    <>
      {asking.asked.map(({ visitId, number, desk }) => (
        <div key={visitId} className={styles.asked}>
          <Icon name="warning" />
          <div className={styles.text}>
            <p role="status">
              <strong>{text.asked(number, desk)}</strong>
            </p>
            {passing?.id === visitId && <p>{text.cardAgain}</p>}
          </div>
          <div className={styles.ways}>
            <Action onPress={() => void act('answerAsked', { visitId, isGiven: true })}>{text.give}</Action>
            <Action onPress={() => void act('answerAsked', { visitId, isGiven: false })}>{text.keep}</Action>
          </div>
        </div>
      ))}
      {asking.told.map(({ visitId, number, desk, what }) => (
        <div key={visitId} className={styles.told}>
          <Icon name={what === 'got' ? 'ok' : 'unknown'} />
          <p className={styles.text} role="status">
            {text.told[what](number, desk)}
          </p>
          <div className={styles.ways}>
            {what === 'got' && !isPatientLooking && (
              <Action onPress={() => void act('showVisit', { visitId })}>{text.open}</Action>
            )}
            <Action weight="quiet" onPress={() => void act('dismissTold', { visitId })}>
              {text.seen}
            </Action>
          </div>
        </div>
      ))}
    </>
  )
}

/** A visit about which something is half typed does not go by itself: only this page knows that. */
function useHeldByDrafts(asking: AskingView, act: Act): void {
  const { places } = use(DraftsContext)
  const said = useRef(new Set<string>())
  useEffect(() => {
    for (const id of said.current) if (!asking.asked.some(({ visitId }) => visitId === id)) said.current.delete(id)
    const typed = places()
    for (const { visitId } of asking.asked) {
      if (said.current.has(visitId) || !typed.some((place) => place === visitId || place.includes(visitId))) continue
      said.current.add(visitId)
      void act('attendVisit', { visitId })
    }
  })
}
