// A birth date as people say it, in one field: by its era or by the western year, with what was understood beside it, because
// a patient's certificate carries the one and a computer the other.
import { useId } from 'react'
import { typedDay } from '../../src-main/eligibility/written-day.ts'
import { birthDateField as words } from '../../src-main/words/birth-date.ts'
import { birthDate } from '../format.ts'
import form from './form.module.css'

export function BirthDateField(props: {
  readonly id?: string
  readonly value: string
  readonly onChange: (typed: string) => void
  /** Somebody has gone on without one. */
  readonly isWrong: boolean
  readonly isDisabled?: boolean
}) {
  const { value, onChange, isWrong, isDisabled = false } = props
  const own = useId()
  const id = props.id ?? own
  const day = typedDay(value)
  const isTrouble = isWrong && day === null
  return (
    <span className={form.told}>
      <input
        id={id}
        className={form.control}
        aria-label={words.label}
        autoComplete="off"
        maxLength={20}
        disabled={isDisabled}
        value={value}
        aria-invalid={isTrouble}
        aria-describedby={`${id}told`}
        onChange={({ target }) => onChange(target.value)}
      />
      <span id={`${id}told`} className={isTrouble ? form.trouble : form.hint} aria-live="polite">
        {day !== null ? birthDate(day) : isTrouble ? words.wrong : words.hint}
      </span>
    </span>
  )
}
