// The PIN on the patient's own screen: masked, with keys for a finger, and the same care for the last try as at the desk.
import { useCallback } from 'react'
import type { CallRequest } from '../../src-main/contract/calls.ts'
import type { PatientView } from '../../src-main/contract/patient-view.ts'
import type { PatientWords } from '../../src-main/words/patient.ts'
import { Action } from '../parts/action.tsx'
import { Keypad } from '../pin/keypad.tsx'
import { LastTry } from '../pin/last-try.tsx'
import { PinTries } from '../pin/pin-tries.tsx'
import { usePin } from '../pin/use-pin.ts'
import styles from './patient-pin.module.css'

export type PinStep = Extract<PatientView['step'], { kind: 'pin' }>

export function PatientPin(props: {
  readonly words: PatientWords['pin']
  readonly step: PinStep
  readonly isShuffled: boolean
  readonly enter: (request: CallRequest<'enterPin'>) => Promise<void>
  readonly cancel: (visitId: string) => void
}) {
  const { words, step, enter } = props
  const cancel = useCallback(() => props.cancel(step.visitId), [props.cancel, step.visitId])
  const typing = usePin({ visitId: step.visitId, triesLeft: step.triesLeft, enter, cancel })
  return (
    <form className={styles.entry} onSubmit={typing.submit} autoComplete="off">
      <div className={styles.ask}>
        <h1 className={styles.title}>{words.title}</h1>
        {!typing.isLast && <p className={styles.note}>{words.note}</p>}
        <label className="visually-hidden" htmlFor="pin">
          {words.label}
        </label>
        <PinTries words={words} typing={typing} triesLeft={step.triesLeft} isWrong={step.wrong} size="patient" />
        {typing.isLast && (
          <LastTry
            warning={words.lastTry}
            consent={words.lastTryConfirm}
            isAgreed={typing.isAgreed}
            onChange={typing.agree}
          />
        )}
        <div className={styles.actions}>
          <Action weight="primary" type="submit" isDisabled={!typing.mayTry} className={styles.action ?? ''}>
            {typing.isSending ? words.sending : words.send}
          </Action>
          <Action onPress={cancel} className={styles.action ?? ''}>
            {words.stop}
          </Action>
        </div>
      </div>
      <Keypad
        words={words}
        size="patient"
        isShuffled={props.isShuffled}
        onDigit={typing.add}
        onBack={typing.back}
        onClear={typing.clear}
      />
    </form>
  )
}
