// The PIN, typed by the patient: masked, never sent before Enter, and the last try only after it was agreed to. The digits
// leave this component in one call and are forgotten here at once.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button, Checkbox } from 'react-aria-components'
import { screen } from '../../src-main/contract/ja.ts'
import type { VisitView } from '../../src-main/contract/reception.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import { Icon } from '../parts/icon.tsx'
import styles from './pin-entry.module.css'

const places = [0, 1, 2, 3]
const { length } = places
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

export function PinEntry({ visit, act }: { readonly visit: VisitView; readonly act: Act }) {
  const [pin, setPin] = useState('')
  const [isAgreed, setAgreed] = useState(false)
  const [isSending, setSending] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const tries = visit.pin?.triesLeft ?? 0
  const isLast = tries === 1
  const mayTry = pin.length === length && !isSending && (!isLast || isAgreed)

  useEffect(() => {
    field.current?.focus()
    // Esc counts wherever the focus is.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') void act('cancelVisit', { visitId: visit.id })
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [act, visit.id])

  const clear = () => setPin('')
  const type = (text: string) => setPin(text.replace(/[^0-9]/g, '').slice(0, length))
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (!mayTry) return
    setSending(true)
    const request = { visitId: visit.id, pin, lastTry: isLast && isAgreed }
    clear()
    await act('enterPin', request)
    setSending(false)
    setAgreed(false)
  }
  const cancel = () => act('cancelVisit', { visitId: visit.id })

  return (
    <form className={styles.entry} onSubmit={send} autoComplete="off">
      <div className={styles.ask}>
        <h2 className={styles.title}>{screen.pin.title}</h2>
        <p className={styles.note}>{screen.pin.note}</p>

        <label className={styles.label} htmlFor="pin">
          {screen.pin.label}
        </label>
        <div className={styles.fieldRow}>
          <div className={styles.field}>
            <input
              id="pin"
              ref={field}
              className={styles.input}
              type="password"
              inputMode="numeric"
              autoComplete="off"
              maxLength={length}
              value={pin}
              readOnly={isSending}
              aria-describedby="pin-tries"
              onChange={(event) => type(event.target.value)}
            />
            <div className={styles.boxes} aria-hidden="true">
              {places.map((place) => (
                <span key={place} className={place < pin.length ? styles.filled : styles.empty} />
              ))}
            </div>
          </div>
          <p id="pin-tries" className={isLast ? styles.lastTries : styles.tries}>
            {screen.pin.tries(tries)}
          </p>
        </div>
        <p className="visually-hidden" role="status">
          {pin.length > 0 ? screen.pin.progress(pin.length) : ''}
        </p>

        {visit.pin?.wrong && (
          <p className={styles.wrong} role="alert">
            <Icon name="error" />
            {screen.pin.wrong(tries)}
          </p>
        )}
        {isLast ? (
          <div className={styles.last}>
            <p>
              <Icon name="warning" /> <strong>{screen.pin.lastTry}</strong>
            </p>
            <Checkbox className={styles.agree} isSelected={isAgreed} onChange={setAgreed}>
              <span className={styles.box}>{isAgreed && <Icon name="ok" />}</span>
              {screen.pin.lastTryConfirm}
            </Checkbox>
          </div>
        ) : (
          <p className={styles.small}>{screen.pin.triesNote}</p>
        )}

        <div className={styles.actions}>
          <Action weight="primary" type="submit" isDisabled={!mayTry}>
            {screen.pin.send}
            <kbd className={styles.key}>{screen.keys.send}</kbd>
          </Action>
          <Action onPress={cancel}>
            {screen.cancel}
            <kbd className={styles.key}>{screen.keys.cancel}</kbd>
          </Action>
        </div>
      </div>

      <fieldset className={styles.keypad}>
        <legend className="visually-hidden">{screen.pin.keypad}</legend>
        {digits.map((digit) => (
          <Key key={digit} className={styles.digit} onPress={() => type(pin + digit)}>
            {digit}
          </Key>
        ))}
        <Key className={styles.word} onPress={clear}>
          {screen.pin.clear}
        </Key>
        <Key className={styles.digit} onPress={() => type(`${pin}0`)}>
          0
        </Key>
        <Key className={styles.word} onPress={() => type(pin.slice(0, -1))}>
          {screen.pin.back}
        </Key>
      </fieldset>
    </form>
  )
}

/** A key of the pad leaves the focus in the field, so that Enter still sends after a press with the mouse. */
function Key(props: { readonly className?: string; readonly onPress: () => void; readonly children: string }) {
  return <Button preventFocusOnPress {...props} />
}
