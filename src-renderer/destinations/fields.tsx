// The fields of the form: a name, a control, and below it what is wrong with what stands in it.
import { type ReactNode, useId } from 'react'
import { destinationFields, destinationsScreen as words } from '../../src-main/words/destinations.ts'
import form from '../parts/form.module.css'
import styles from './destinations-page.module.css'
import type { Draft, FieldProps } from './draft.ts'

/** A line of text. A number where `isNumber`, and nothing (null) where it is empty then. */
export function TextField(
  props: FieldProps & {
    readonly isNumber?: boolean
    readonly note?: string
    /** Besides what the schema says; null: nothing. */
    readonly problem?: string | null
  },
) {
  const { name, draft, wrong, change, isNumber = false, note, problem } = props
  const id = useId()
  const value = draft[name]
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const trouble = problem ?? (wrong.has(name) && text !== '' ? destinationFields[name].wrong : null)
  return (
    <Field id={id} name={name} below={trouble ?? note} isTrouble={trouble !== null}>
      <input
        id={id}
        className={form.control}
        inputMode={isNumber ? 'numeric' : 'text'}
        value={text}
        spellCheck={false}
        aria-invalid={trouble !== null}
        aria-describedby={trouble || note ? `${id}below` : undefined}
        onChange={({ target }) => change({ [name]: isNumber ? numberOf(target.value) : target.value })}
      />
    </Field>
  )
}

/** What is no number stays as it was typed, and is told. */
const numberOf = (typed: string) => (typed === '' ? null : /^\d+$/.test(typed) ? Number(typed) : typed)

export function ChoiceField<T extends string | number>(
  props: Omit<FieldProps, 'wrong' | 'change'> & {
    readonly choices: readonly (readonly [T, string])[]
    readonly onChoose: (value: T) => void
  },
) {
  const { name, draft, choices, onChoose } = props
  const id = useId()
  return (
    <Field id={id} name={name} below={undefined} isTrouble={false}>
      <select
        id={id}
        className={form.control}
        value={choices.findIndex(([value]) => value === draft[name])}
        onChange={({ target }) => {
          const chosen = choices[Number(target.value)]
          if (chosen) onChoose(chosen[0])
        }}
      >
        {choices.map(([value, label], index) => (
          <option key={value} value={index}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  )
}

/** One of a list that an administrator keeps, or what is saved already; nothing is chosen by itself. */
export function ListedField(
  props: FieldProps & {
    readonly saved: Draft | null
    readonly listed: readonly string[]
    readonly note?: string
  },
) {
  const { name, draft, change, saved, listed, note } = props
  const id = useId()
  const kept = saved?.[name]
  const choices = typeof kept === 'string' && !listed.includes(kept) ? [kept, ...listed] : listed
  const value = choices.indexOf(String(draft[name]))
  return (
    <Field id={id} name={name} below={note} isTrouble={false}>
      <select
        id={id}
        className={form.control}
        value={value}
        aria-describedby={note ? `${id}below` : undefined}
        onChange={({ target }) => change({ [name]: choices[Number(target.value)] })}
      >
        {value === -1 && (
          <option value={-1} disabled>
            {words.choose}
          </option>
        )}
        {choices.map((choice, index) => (
          <option key={choice} value={index}>
            {choice}
          </option>
        ))}
      </select>
    </Field>
  )
}

/** What the settings file has decided, and nobody changes here. */
export function DecidedField({
  name,
  value,
  note,
}: Pick<FieldProps, 'name'> & { readonly value: string; readonly note: string }) {
  const id = useId()
  return (
    <Field id={id} name={name} below={note} isTrouble={false}>
      <output id={id}>{value}</output>
    </Field>
  )
}

export function Check(props: {
  readonly label: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}) {
  const { label, isOn, onChange } = props
  return (
    <label className={form.check}>
      <input type="checkbox" checked={isOn} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  )
}

function Field(props: {
  readonly id: string
  readonly name: FieldProps['name']
  readonly below: string | undefined
  readonly isTrouble: boolean
  readonly children: ReactNode
}) {
  const { id, name, below, isTrouble, children } = props
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{destinationFields[name].label}</label>
      {children}
      {below && (
        <span id={`${id}below`} className={isTrouble ? form.trouble : styles.hint}>
          {below}
        </span>
      )}
    </div>
  )
}
