// The PIN with its tries, and what was wrong with the last one: the same at the desk and, larger, on the patient's own screen.
import { screen } from '../../src-main/words/desk.ts'
import { Icon } from '../parts/icon.tsx'
import { PinField } from './pin-field.tsx'
import styles from './pin-tries.module.css'
import type { PinTyping } from './use-pin.ts'

export function PinTries(props: {
  readonly typing: PinTyping
  readonly triesLeft: number
  readonly isWrong: boolean
  readonly size?: 'desk' | 'patient'
}) {
  const { typing, triesLeft, isWrong, size = 'desk' } = props
  return (
    <>
      <div className={`${styles.row} ${styles[size]}`}>
        <PinField
          ref={typing.field}
          pin={typing.pin}
          isSending={typing.isSending}
          describedBy="pin-tries"
          hasKeypad
          onChange={typing.setPin}
        />
        <p id="pin-tries" className={typing.isLast ? styles.lastTries : styles.tries}>
          {screen.pin.tries(triesLeft)}
        </p>
      </div>
      {isWrong && (
        <p className={`${styles.wrong} ${styles[size]}`} role="alert">
          <Icon name="error" />
          {screen.pin.wrong(triesLeft)}
        </p>
      )}
    </>
  )
}
