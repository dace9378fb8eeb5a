// The PIN, typed by the patient at the desk's screen.
import { useCallback } from 'react'
import type { VisitView } from '../../src-main/contract/reception.ts'
import { screen } from '../../src-main/words/desk.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import { Icon } from '../parts/icon.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import { Keypad } from './keypad.tsx'
import { LastTry } from './last-try.tsx'
import styles from './pin-entry.module.css'
import { PinTries } from './pin-tries.tsx'
import { usePin } from './use-pin.ts'

export function PinEntry(props: {
  readonly visit: VisitView
  readonly isShuffled: boolean
  readonly act: Act
  /** The patient cannot use the PIN. */
  readonly onOther: () => void
}) {
  const { visit, act } = props
  const tries = visit.pin?.triesLeft ?? 0
  const cancel = useCallback(() => void act('cancelVisit', { visitId: visit.id }), [act, visit.id])
  const typing = usePin({
    visitId: visit.id,
    triesLeft: tries,
    enter: async (request) => void (await act('enterPin', request)),
    cancel,
  })

  return (
    <form className={styles.entry} onSubmit={typing.submit} autoComplete="off">
      <div className={styles.ask}>
        <h2 className={styles.title}>{screen.pin.title}</h2>
        <p className={styles.note}>{screen.pin.note}</p>
        {visit.hold && (
          <p className={styles.ahead}>
            <Icon name="warning" />
            {screen.hub.ahead}
          </p>
        )}

        <label className={styles.label} htmlFor="pin">
          {screen.pin.label}
        </label>
        <PinTries words={screen.pin} typing={typing} triesLeft={tries} isWrong={visit.pin?.wrong === true} />
        {typing.isLast ? (
          <LastTry
            warning={screen.pin.lastTry}
            consent={screen.pin.lastTryConfirm}
            isAgreed={typing.isAgreed}
            onChange={typing.agree}
          />
        ) : (
          <p className={styles.small}>{screen.pin.triesNote}</p>
        )}
        <p className={typing.isSending ? styles.note : 'visually-hidden'} role="status">
          {typing.isSending && screen.pin.sendingNote}
        </p>

        <div className={styles.actions}>
          <Action weight="primary" type="submit" isDisabled={!typing.mayTry}>
            {typing.isSending ? screen.pin.sending : screen.pin.send}
            <KeyCap>{screen.keys.send}</KeyCap>
          </Action>
        </div>
      </div>
      {/* Beside what is asked, so that the ways out are in view however long that gets. */}
      <div className={styles.beside}>
        <Keypad
          words={screen.pin}
          isShuffled={props.isShuffled}
          onDigit={typing.add}
          onBack={typing.back}
          onClear={typing.clear}
        />
        <div className={styles.actions}>
          <Action onPress={cancel}>
            {screen.cancel}
            <KeyCap>{screen.keys.cancel}</KeyCap>
          </Action>
          <Action weight="quiet" onPress={props.onOther}>
            {screen.face.other}
          </Action>
        </div>
      </div>
    </form>
  )
}
