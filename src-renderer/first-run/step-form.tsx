// The form of one step of the first set-up. Whether it fits is said by the schema that the agent reads it by.
import { type ReactNode, useId, useState } from 'react'
import {
  type FirstEntry,
  type FirstRunView,
  type FirstStep,
  firstEntrySchema,
} from '../../src-main/contract/first-run.ts'
import { formatName } from '../../src-main/words/destinations.ts'
import { firstRunScreen as words } from '../../src-main/words/first-run.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import styles from './first-run-page.module.css'

type Typed = Readonly<Record<string, string | boolean>>

const first: Record<FirstStep, Typed> = {
  clinic: { name: '', institutionCode: '' },
  reader: {},
  hub: { url: 'https://', caFile: '', certificateFile: '', keyFile: '' },
  terminal: { folder: '' },
  receipt: { format: 'csv', folder: '' },
  patient: { side: 'desk', shuffledKeys: false },
}

export function StepForm(props: {
  readonly step: FirstStep
  readonly view: FirstRunView
  readonly isBusy: boolean
  readonly act: Act
}) {
  const { step, view, isBusy, act } = props
  const [typed, setTyped] = useState<Typed>({ ...first[step], ...view.draft.values[step] })
  const entry = firstEntrySchema.safeParse({ step, values: typed })
  const enter = (values: FirstEntry) => void act('enterFirstStep', values)
  const field = { typed, change: (name: string, value: string | boolean) => setTyped({ ...typed, [name]: value }) }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (entry.success && !isBusy) enter(entry.data)
      }}
    >
      <Fields step={step} view={view} field={field} />
      <div className={form.ways}>
        <Action type="submit" aria-label={`${words.steps[step].title} ${nameOf(step)}`} isDisabled={!entry.success}>
          {nameOf(step)}
        </Action>
        <Action
          weight="quiet"
          aria-label={`${words.steps[step].title} ${words.skip}`}
          onPress={() => !isBusy && enter({ step, values: null })}
        >
          {words.skip}
        </Action>
      </div>
    </form>
  )
}

/** These two have nothing to be looked at. */
const nameOf = (step: FirstStep) => (step === 'clinic' || step === 'patient' ? words.save : words.check)

interface Field {
  readonly typed: Typed
  readonly change: (name: string, value: string | boolean) => void
}

function Fields({
  step,
  view,
  field,
}: {
  readonly step: FirstStep
  readonly view: FirstRunView
  readonly field: Field
}) {
  const labels = words.fields
  const secrets = view.secrets.map((file) => [file, file] as const)
  switch (step) {
    case 'clinic':
      return (
        <>
          <Text name="name" label={labels.name} field={field} />
          <Text name="institutionCode" label={labels.institutionCode} field={field} isNumber />
        </>
      )
    case 'reader':
      return null
    case 'hub':
      return (
        <>
          <p className={styles.hint}>{words.secrets(view.secretsFolder)}</p>
          <Text name="url" label={labels.url} field={field} />
          <Choice name="caFile" label={labels.caFile} field={field} options={secrets} />
          <Choice name="certificateFile" label={labels.certificateFile} field={field} options={secrets} />
          <Choice name="keyFile" label={labels.keyFile} field={field} options={secrets} />
        </>
      )
    case 'terminal':
      return <Text name="folder" label={labels.terminalFolder} field={field} />
    case 'receipt':
      return (
        <>
          <Choice name="format" label={labels.format} field={field} options={formats} />
          <Text name="folder" label={labels.receiptFolder} field={field} />
        </>
      )
    case 'patient':
      return (
        <>
          <Choice name="side" label={labels.side} field={field} options={Object.entries(words.side)} />
          <label className={form.check}>
            <input
              type="checkbox"
              checked={field.typed.shuffledKeys === true}
              onChange={({ target }) => field.change('shuffledKeys', target.checked)}
            />
            {labels.shuffledKeys}
          </label>
        </>
      )
  }
}

const formats = (['csv', 'json', 'fhir', 'receipt'] as const).map((format) => [format, formatName[format]] as const)

function Labelled({
  id,
  label,
  children,
}: {
  readonly id: string
  readonly label: string
  readonly children: ReactNode
}) {
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  )
}

function Text(props: {
  readonly name: string
  readonly label: string
  readonly field: Field
  readonly isNumber?: boolean
}) {
  const { name, label, field, isNumber } = props
  const id = useId()
  return (
    <Labelled id={id} label={label}>
      <input
        id={id}
        className={form.control}
        value={String(field.typed[name] ?? '')}
        inputMode={isNumber ? 'numeric' : 'text'}
        spellCheck={false}
        onChange={({ target }) => field.change(name, target.value)}
      />
    </Labelled>
  )
}

function Choice(props: {
  readonly name: string
  readonly label: string
  readonly field: Field
  readonly options: readonly (readonly [string, string])[]
}) {
  const { name, label, field, options } = props
  const id = useId()
  const value = String(field.typed[name] ?? '')
  return (
    <Labelled id={id} label={label}>
      <select
        id={id}
        className={form.control}
        value={value}
        onChange={({ target }) => field.change(name, target.value)}
      >
        {!options.some(([option]) => option === value) && <option value={value}>{words.choose}</option>}
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </Labelled>
  )
}
