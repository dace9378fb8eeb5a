// Looking for a patient: by 診察券番号, or by kana and birth date as a person says them.
import { type FormEvent, useState } from 'react'
import { pastScreen as words } from '../../src-main/words/past.ts'
import { dayOfEra, type EraName, eraNames, plainNumber } from '../format.ts'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import styles from './past-page.module.css'

type Era = EraName | 'western'

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
  const [born, setBorn] = useState<{ era: Era; year: string; month: string; day: string }>({
    era: '昭和',
    year: '',
    month: '',
    day: '',
  })
  const [isWrong, setWrong] = useState(false)
  const patientNumber = plainNumber(number)
  const day = dayOfEra(born.era, Number(born.year), Number(born.month), Number(born.day))
  const findNumber = (event: FormEvent) => {
    event.preventDefault()
    if (patientNumber !== '') void onFind({ kind: 'number', patientNumber })
  }
  const findName = (event: FormEvent) => {
    event.preventDefault()
    setWrong(day === null || nameKana.trim() === '')
    if (day !== null && nameKana.trim() !== '') void onFind({ kind: 'name', nameKana: nameKana.trim(), birthDate: day })
  }
  const part = (name: 'year' | 'month' | 'day', digits: number) => (
    <label className={form.labelled}>
      {words[name]}
      <input
        className={form.narrow}
        inputMode="numeric"
        maxLength={digits}
        value={born[name]}
        onChange={({ target }) => setBorn({ ...born, [name]: target.value.normalize('NFKC').replace(/\D/g, '') })}
      />
    </label>
  )
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
      <form className={form.fields} onSubmit={findName} autoComplete="off">
        <label className={form.labelled}>
          {words.nameKana}
          <input maxLength={100} value={nameKana} onChange={({ target }) => setNameKana(target.value)} />
        </label>
        <fieldset className={form.fields}>
          <legend>{words.birthDate}</legend>
          <label className={form.labelled}>
            {words.era}
            <select
              value={born.era}
              onChange={({ target }) =>
                setBorn({ ...born, era: eraNames.find((era) => era === target.value) ?? 'western' })
              }
            >
              {eraNames.map((era) => (
                <option key={era}>{era}</option>
              ))}
              <option value="western">{words.western}</option>
            </select>
          </label>
          {part('year', 4)}
          {part('month', 2)}
          {part('day', 2)}
        </fieldset>
        <Action type="submit">{words.findName}</Action>
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
