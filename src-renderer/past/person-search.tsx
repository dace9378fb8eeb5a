// Looking for a patient: by 診察券番号, or by kana and birth date as a person says them.
import { type FormEvent, useState } from 'react'
import { typedDay } from '../../src-main/eligibility/written-day.ts'
import { pastScreen as words } from '../../src-main/words/past.ts'
import { plainNumber } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { BirthDateField } from '../parts/birth-date-field.tsx'
import form from '../parts/form.module.css'
import styles from './past-page.module.css'

/** Whom somebody looks for. */
export type SoughtPerson =
  | { readonly kind: 'number'; readonly patientNumber: string }
  | { readonly kind: 'name'; readonly nameKana: string; readonly birthDate: string }

export function PersonSearch(props: {
  readonly isOpen: boolean
  readonly note: string
  readonly onFind: (person: SoughtPerson) => Promise<unknown>
}) {
  const { isOpen, note, onFind } = props
  const [number, setNumber] = useState('')
  const [nameKana, setNameKana] = useState('')
  const [born, setBorn] = useState('')
  const [isWrong, setWrong] = useState(false)
  const patientNumber = plainNumber(number)
  const day = typedDay(born)
  const findNumber = (event: FormEvent) => {
    event.preventDefault()
    if (patientNumber !== '') void onFind({ kind: 'number', patientNumber })
  }
  const findName = (event: FormEvent) => {
    event.preventDefault()
    setWrong(day === null || nameKana.trim() === '')
    if (day !== null && nameKana.trim() !== '') void onFind({ kind: 'name', nameKana: nameKana.trim(), birthDate: day })
  }
  return (
    <details className={styles.search} open={isOpen}>
      <summary>{words.search}</summary>
      <form className={form.fields} onSubmit={findNumber} autoComplete="off">
        <label className={form.labelled}>
          {words.number}
          <input maxLength={20} value={number} onChange={({ target }) => setNumber(target.value)} />
        </label>
        <Action type="submit">{words.findNumber}</Action>
      </form>
      <form className={`${form.fields} ${form.fromTop}`} onSubmit={findName} autoComplete="off">
        <label className={form.labelled}>
          {words.nameKana}
          <input maxLength={100} value={nameKana} onChange={({ target }) => setNameKana(target.value)} />
        </label>
        <div className={form.labelled}>
          <span aria-hidden="true">{words.birthDate}</span>
          <BirthDateField value={born} isWrong={isWrong} onChange={setBorn} />
        </div>
        <div>
          <Action type="submit">{words.findName}</Action>
        </div>
      </form>
      {isWrong && (
        <p className={form.trouble} role="alert">
          {words.wrong}
        </p>
      )}
      <p className={styles.note}>{note}</p>
    </details>
  )
}
