// Four masked places: one real field for the keyboard and for assistive technology, four boxes for the eye.
import type { Ref } from 'react'
import type { PinWords } from '../../src-main/words/patient.ts'
import styles from './pin-field.module.css'

const places = [0, 1, 2, 3]
export const pinLength = places.length

/** What counts of a typed text: digits, no more than a PIN has. */
export const pinDigits = (text: string): string => text.replace(/[^0-9]/g, '').slice(0, pinLength)

export function PinField(props: {
  readonly words: Pick<PinWords, 'progress'>
  readonly ref: Ref<HTMLInputElement>
  readonly pin: string
  readonly isSending: boolean
  readonly describedBy: string
  /** Our keys stand beside it: a tablet's own would lie over them, and always in the same order. */
  readonly hasKeypad?: boolean
  readonly onChange: (pin: string) => void
}) {
  const { pin } = props
  return (
    <div className={styles.field}>
      <input
        id="pin"
        ref={props.ref}
        className={styles.input}
        type="password"
        inputMode={props.hasKeypad ? 'none' : 'numeric'}
        autoComplete="off"
        maxLength={pinLength}
        value={pin}
        readOnly={props.isSending}
        aria-describedby={props.describedBy}
        onChange={(event) => props.onChange(pinDigits(event.target.value))}
      />
      <div className={styles.boxes} aria-hidden="true">
        {places.map((place) => (
          <span key={place} className={place < pin.length ? styles.filled : styles.empty} />
        ))}
      </div>
      <p className="visually-hidden" role="status">
        {pin.length > 0 ? props.words.progress(pin.length) : ''}
      </p>
    </div>
  )
}
