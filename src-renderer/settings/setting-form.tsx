// The form of one setting, by the kind that its schema says. It sends nothing: what was typed is asked about first.
import { useId, useState } from 'react'
import type { SettingForm as Form, SettingValue } from '../../src-main/contract/settings-page.ts'
import { settingsScreen as words } from '../../src-main/words/settings.ts'
import { Action } from '../parts/action.tsx'
import formStyles from '../parts/form.module.css'
import styles from './settings-page.module.css'

export function SettingForm(props: {
  readonly title: string
  readonly form: Form
  readonly value: SettingValue
  readonly onSave: (value: SettingValue) => void
  readonly onLeave: () => void
}) {
  const { title, value, onSave, onLeave } = props
  const [text, setText] = useState(Array.isArray(value) ? value.join('\n') : String(value ?? ''))
  const id = useId()
  const wanted = typedValue(props.form, text)
  const trouble = wanted === undefined && props.form.kind === 'number' && words.range(props.form.min, props.form.max)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted !== undefined) onSave(wanted)
      }}
    >
      <Control id={id} title={title} form={props.form} text={text} setText={setText} isWrong={wanted === undefined} />
      {props.form.kind === 'lines' && (
        <p id={`${id}below`} className={styles.hint}>
          {words.lines}
        </p>
      )}
      {trouble && (
        <p id={`${id}below`} className={formStyles.trouble}>
          {trouble}
        </p>
      )}
      <div className={styles.ways}>
        <Action type="submit" isDisabled={wanted === undefined}>
          {words.save}
        </Action>
        <Action weight="quiet" onPress={onLeave}>
          {words.leave}
        </Action>
      </div>
    </form>
  )
}

/** It was asked for by a press, and decides nothing. */
const takeFocus = (field: HTMLElement | null) => field?.focus()

function Control(props: {
  readonly id: string
  readonly title: string
  readonly form: Form
  readonly text: string
  readonly setText: (text: string) => void
  readonly isWrong: boolean
}) {
  const { id, title, text, setText, isWrong } = props
  const common = {
    id,
    'aria-label': title,
    'aria-describedby': `${id}below`,
    className: formStyles.control,
    value: text,
  }
  const focus = { ref: takeFocus }
  switch (props.form.kind) {
    case 'choice':
      return (
        <select {...common} {...focus} onChange={({ target }) => setText(target.value)}>
          {props.form.options.map((option) => (
            <option key={option} value={option}>
              {words.choice(option)}
            </option>
          ))}
        </select>
      )
    case 'flag':
      return (
        <select {...common} {...focus} onChange={({ target }) => setText(target.value)}>
          <option value="true">{words.flag.on}</option>
          <option value="false">{words.flag.off}</option>
        </select>
      )
    case 'lines':
      return <textarea {...common} {...focus} rows={4} onChange={({ target }) => setText(target.value)} />
    default:
      return (
        <input
          {...common}
          {...focus}
          aria-invalid={isWrong}
          inputMode={props.form.kind === 'number' ? 'numeric' : 'text'}
          spellCheck={false}
          onChange={({ target }) => setText(target.value)}
        />
      )
  }
}

/** undefined: what stands there is none. */
function typedValue(form: Form, text: string): SettingValue | undefined {
  const plain = text.trim()
  switch (form.kind) {
    case 'flag':
      return text === 'true'
    case 'number': {
      const number = /^\d+$/.test(plain) ? Number(plain) : Number.NaN
      return number >= form.min && number <= form.max ? number : undefined
    }
    case 'lines':
      return text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean)
        .slice(0, form.most)
    case 'text':
      return plain === '' && form.mayBeNone ? null : plain
    case 'choice':
      return text
  }
}
