// 診察券番号 of the patient in the result's head: brought by the card, typed once by staff, or said again when the card is
// another one. A number that belongs to somebody else is moved only on a second, explicit word.
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { Reception, VisitView } from '../../src-main/contract/reception.ts'
import type { Failure } from '../../src-main/ground/result.ts'
import { screen } from '../../src-main/words/desk.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { sexText } from '../../src-main/words/states.ts'
import type { Act } from '../act.ts'
import { useDraft, useForget, useIsHalfTyped } from '../drafts.tsx'
import { birthDate, plainNumber } from '../format.ts'
import { useScan } from '../keys/guarded-keys.tsx'
import { Action } from '../parts/action.tsx'
import { AskingAction } from '../parts/asking-action.tsx'
import form from '../parts/form.module.css'
import { Headline } from '../parts/headline.tsx'
import { Icon } from '../parts/icon.tsx'
import { useEscape } from '../use-escape.ts'
import styles from './patient-number.module.css'

const words = screen.patientNumber

export function PatientNumber(props: {
  readonly visit: VisitView
  readonly taken: Reception['numberTaken']
  readonly act: Act
}) {
  const { visit, taken, act } = props
  const { id: visitId, patientNumber, staleNumber } = visit
  const draft = `${visitId} number`
  const [isOpen, setOpen] = useState(useIsHalfTyped(draft))
  const forget = useForget()
  const close = () => {
    forget(draft)
    setOpen(false)
  }
  if (isOpen) return <NumberForm visit={visit} taken={taken} act={act} onClose={close} />

  const isStale = patientNumber === null && staleNumber !== null
  return (
    <div className={`${form.line} ${styles.line}`}>
      <span className={form.lineLabel}>{words.label}</span>
      {patientNumber !== null && <strong className={styles.number}>{patientNumber}</strong>}
      {patientNumber === null && !isStale && <span className={styles.none}>{words.none}</span>}
      {isStale && (
        <>
          <span className={styles.stale}>
            <Icon name="warning" />
            {words.stale(staleNumber)}
          </span>
          <Action onPress={() => act('linkPatientNumber', { visitId, patientNumber: staleNumber, isMoved: false })}>
            {words.relink}
          </Action>
        </>
      )}
      <Action weight="quiet" className={form.way} onPress={() => setOpen(true)}>
        {patientNumber !== null || isStale ? words.change : words.enter}
      </Action>
      {patientNumber !== null && (
        <AskingAction
          {...(form.way && { className: form.way })}
          question={words.unlinks(patientNumber)}
          yes={words.unlink}
          onYes={() => act('unlinkPatientNumber', { visitId })}
        >
          {words.unlink}
        </AskingAction>
      )}
    </div>
  )
}

function NumberForm(props: {
  readonly visit: VisitView
  readonly taken: Reception['numberTaken']
  readonly act: Act
  readonly onClose: () => void
}) {
  const { visit, act, onClose } = props
  const [typed, setTyped] = useDraft(`${visit.id} number`, 'typed', visit.patientNumber ?? '')
  const [failure, setFailure] = useState<Failure | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  useEscape(onClose)
  useScan((text) => {
    setTyped(text)
    setFailure(null)
    field.current?.focus()
  })
  useEffect(() => field.current?.select(), [])

  const patientNumber = plainNumber(typed)
  const isNumber = /^[0-9A-Za-z-]{1,20}$/.test(patientNumber)
  // It arrives after the refusal, or with it.
  const taken = props.taken?.visitId === visit.id && props.taken.number === patientNumber ? props.taken : null
  const holder = taken?.holder ?? null
  const isTaken = failure?.code === 'PATIENT_NUMBER_TAKEN'
  const link = async (isMoved: boolean) => {
    if (!isNumber) return
    const refused = await act('linkPatientNumber', { visitId: visit.id, patientNumber, isMoved })
    // Once the number is linked, whatever else went wrong is told above.
    if (refused?.code === 'PATIENT_NUMBER_TAKEN') setFailure(refused)
    else onClose()
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    void link(false)
  }
  return (
    <form className={styles.form} onSubmit={send} autoComplete="off">
      <div className={`${form.line} ${styles.line}`}>
        <label className={form.lineLabel} htmlFor={id}>
          {words.label}
        </label>
        <input
          ref={field}
          id={id}
          className={styles.field}
          value={typed}
          maxLength={20}
          inputMode="numeric"
          aria-describedby={`${id}-note`}
          onChange={({ target }) => {
            setTyped(target.value)
            setFailure(null)
          }}
        />
        <Action type="submit" weight="primary" isDisabled={!isNumber || isTaken}>
          {words.save}
        </Action>
        <Action weight="quiet" className={form.way} onPress={onClose}>
          {words.close}
        </Action>
      </div>
      <p id={`${id}-note`} className={styles.note}>
        {typed !== '' && !isNumber ? words.rule : words.note}
        {visit.deliveries.some(({ path }) => path !== null) && words.filesKeep}
      </p>
      {isTaken && (
        <div className={styles.taken} role="alert">
          <Headline level={3} className={styles.takenTitle}>
            {sentence(failure).message}
          </Headline>
          {holder && (
            <p className={styles.holder}>
              {words.takenBy(holder.name, holder.nameKana, birthDate(holder.birthDate), sexText[holder.sex])}
            </p>
          )}
          {taken && !holder && <p>{words.takenByUnknown}</p>}
          <p>
            {sentence(failure).next}
            {words.moves}
          </p>
          <Action onPress={() => link(true)}>{words.move}</Action>
        </div>
      )}
    </form>
  )
}
