// The PIN with its tries, and what was wrong with the last one: the same at the desk and, larger, on the patient's own screen.
import type { PinWords } from '../../src-main/words/patient.ts'
import { Icon } from '../parts/icon.tsx'
import { PinField } from './pin-field.tsx'
import styles from './pin-tries.module.css'
import type { PinTyping } from './use-pin.ts'

export function PinTries(props: {
  readonly words: PinWords
  readonly typing: PinTyping
  readonly triesLeft: number
  readonly isWrong: boolean
  readonly size?: 'desk' | 'patient'
}) {
  const { words, typing, triesLeft, isWrong, size = 'desk' } = props
  return (
    <>
      <div className={`${styles.row} ${styles[size]}`}>
        <PinField
          words={words}
          ref={typing.field}
          pin={typing.pin}
          isSending={typing.isSending}
          describedBy="pin-tries"
          hasKeypad
          onChange={typing.setPin}
        />
        <p id="pin-tries" className={typing.isLast ? styles.lastTries : styles.tries}>
          {words.tries(triesLeft)}
        </p>
      </div>
      {isWrong && (
        <p className={`${styles.wrong} ${styles[size]}`} role="alert">
          <Icon name="error" />
          {words.wrong(triesLeft)}
        </p>
      )}
    </>
  )
}
