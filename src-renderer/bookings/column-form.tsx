// Which column of the list holds what, and for which day it is: shown with what stands in it, asked once and remembered.
import { type FormEvent, useId, useState } from 'react'
import type { BookingColumns, BookingsView } from '../../src-main/contract/bookings.ts'
import { bookingsScreen as words } from '../../src-main/words/bookings.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import styles from './bookings-page.module.css'

const fields = ['patientNumber', 'nameKana', 'birthDate'] as const satisfies readonly (keyof BookingColumns)[]

export function ColumnForm(props: { readonly draft: NonNullable<BookingsView['draft']>; readonly act: Act }) {
  const { draft, act } = props
  const [chosen, setChosen] = useState(draft.chosen)
  const [day, setDay] = useState(draft.day)
  const id = useId()
  const { patientNumber, nameKana, birthDate } = chosen
  const columns = patientNumber && nameKana && birthDate ? { patientNumber, nameKana, birthDate } : null
  const isReady = columns !== null && new Set(Object.values(columns)).size === fields.length && day !== ''
  const start = (event: FormEvent) => {
    event.preventDefault()
    if (columns && isReady) void act('startBookings', { columns, day })
  }
  return (
    <form className={styles.form} onSubmit={start}>
      {fields.map((field) => {
        const samples = draft.columns.find(({ name }) => name === chosen[field])?.samples ?? []
        return (
          <div key={field} className={styles.field}>
            <label htmlFor={`${id}${field}`}>{words.field[field]}</label>
            <select
              id={`${id}${field}`}
              className={form.control}
              value={chosen[field] ?? ''}
              onChange={({ target }) => setChosen({ ...chosen, [field]: target.value || undefined })}
            >
              <option value="">{words.noColumn}</option>
              {draft.columns.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
            <span className={styles.samples}>
              {samples.length > 0 && words.samples(samples.map((sample) => sample || words.noValue).join('、'))}
            </span>
          </div>
        )
      })}
      <div className={styles.field}>
        <label htmlFor={`${id}day`}>{words.day}</label>
        <input
          id={`${id}day`}
          className={form.control}
          type="date"
          value={day}
          onChange={({ target }) => setDay(target.value)}
        />
      </div>
      <div className={form.ways}>
        <Action type="submit" weight="primary" isDisabled={!isReady}>
          {words.start}
        </Action>
        <Action onPress={() => act('readBookings', { content: null })}>{words.discard}</Action>
      </div>
    </form>
  )
}
