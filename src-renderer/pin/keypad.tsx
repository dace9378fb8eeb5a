// The keys of a PIN on the screen. In random order the pad looks different to whoever watches from behind; the order
// stays while one PIN is typed, and assistive technology hears the digit, wherever it stands.
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { PinWords } from '../../src-main/words/patient.ts'
import styles from './keypad.module.css'

const inOrder = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const

/** Fisher and Yates; 32 random bits for at most ten places leave no order more likely that anybody could tell. */
function shuffled(): readonly string[] {
  const keys: string[] = [...inOrder]
  for (const [step, random] of [...crypto.getRandomValues(new Uint32Array(keys.length - 1))].entries()) {
    const last = keys.length - 1 - step
    const chosen = random % (last + 1)
    const [a = '', b = ''] = [keys[last], keys[chosen]]
    keys[last] = b
    keys[chosen] = a
  }
  return keys
}

export function Keypad(props: {
  readonly words: PinWords
  readonly isShuffled: boolean
  readonly size?: 'desk' | 'patient'
  readonly onDigit: (digit: string) => void
  readonly onBack: () => void
  readonly onClear: () => void
}) {
  const [keys] = useState(() => (props.isShuffled ? shuffled() : inOrder))
  const digit = (key: string) => (
    <Key key={key} className={styles.digit} onPress={() => props.onDigit(key)}>
      {key}
    </Key>
  )
  return (
    <fieldset className={`${styles.keypad} ${styles[props.size ?? 'desk']}`}>
      <legend className="visually-hidden">{props.words.keypad}</legend>
      {keys.slice(0, 9).map(digit)}
      <Key className={styles.word} onPress={props.onClear}>
        {props.words.clear}
      </Key>
      {keys.slice(9).map(digit)}
      <Key className={styles.word} onPress={props.onBack}>
        {props.words.back}
      </Key>
    </fieldset>
  )
}

/** A key of the pad leaves the focus in the field, so that Enter still sends after a press with the mouse. */
function Key(props: {
  readonly className: string | undefined
  readonly onPress: () => void
  readonly children: string
}) {
  const { className = '', ...rest } = props
  return <Button preventFocusOnPress className={className} {...rest} />
}
