// The hub cannot say who the patient is: with another PIN of theirs (券面事項入力補助) the card can, for the sheet. Offered, not
// asked for; the last try only after it was agreed to.
import { type FormEvent, useRef, useState } from 'react'
import type { VisitView } from '../../src-main/contract/reception.ts'
import type { Failure } from '../../src-main/ground/result.ts'
import { screen } from '../../src-main/words/desk.ts'
import { sentence } from '../../src-main/words/failures.ts'
import type { Act } from '../act.ts'
import { birthDate } from '../format.ts'
import { useScan } from '../keys/guarded-keys.tsx'
import { Action } from '../parts/action.tsx'
import { usePatientLooks } from '../patient-looks.ts'
import { LastTry } from '../pin/last-try.tsx'
import { PinField, pinLength } from '../pin/pin-field.tsx'
import styles from './holder-form.module.css'

export function HolderForm({ visit, act }: { readonly visit: VisitView; readonly act: Act }) {
  const [isOpen, setOpen] = useState(false)
  const [pin, setPin] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isAgreed, setAgreed] = useState(false)
  const [isSending, setSending] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const { holder } = visit
  usePatientLooks(isOpen && holder === null)
  // A scanner at the wrong moment would spend a try.
  useScan(() => setPin(''))
  if (holder) {
    return (
      <p className={styles.holder} role="status">
        {screen.holder.read(holder.name, holder.address)}　{birthDate(holder.birthDate)}
      </p>
    )
  }
  if (!isOpen) {
    return (
      <p>
        <Action weight="quiet" onPress={() => setOpen(true)}>
          {screen.holder.open}
        </Action>
      </p>
    )
  }
  const isLast = failure?.code === 'PIN_LAST_TRY'
  const maySend = pin.length === pinLength && !isSending && failure?.code !== 'PIN_BLOCKED' && (!isLast || isAgreed)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (!maySend) return
    setSending(true)
    setPin('')
    setFailure(await act('readAttributes', { visitId: visit.id, pin, lastTry: isLast && isAgreed }))
    setSending(false)
    setAgreed(false)
    field.current?.focus()
  }
  return (
    <form className={styles.form} onSubmit={send} autoComplete="off">
      <p id="holder-note">{screen.holder.note}</p>
      <label className={styles.label} htmlFor="pin">
        {screen.holder.label}
      </label>
      <div className={styles.row}>
        <PinField
          words={screen.pin}
          ref={field}
          pin={pin}
          isSending={isSending}
          describedBy="holder-note"
          onChange={setPin}
        />
        <Action type="submit" isDisabled={!maySend}>
          {screen.holder.send}
        </Action>
      </div>
      {isLast ? (
        <LastTry
          warning={sentence({ code: 'PIN_LAST_TRY' }).message}
          consent={screen.holder.lastTryConfirm}
          isAgreed={isAgreed}
          onChange={setAgreed}
        />
      ) : (
        failure && (
          <p className={styles.wrong} role="alert">
            {sentence(failure).message}
          </p>
        )
      )}
    </form>
  )
}
