// How this clinic spells a name that the source can only write with ●: said once, kept with the 診察券番号, used in the files.
import { type FormEvent, useId, useState } from 'react'
import type { VisitView } from '../../src-main/contract/reception.ts'
import { isSpellingOf } from '../../src-main/eligibility/name-spelling.ts'
import { screen } from '../../src-main/words/desk.ts'
import type { Act } from '../act.ts'
import { useDraft, useForget } from '../drafts.tsx'
import { Action } from '../parts/action.tsx'
import { AskingAction } from '../parts/asking-action.tsx'
import form from '../parts/form.module.css'
import styles from './confirmed-name.module.css'

const words = screen.confirmedName

export function ConfirmedName({ visit, act }: { readonly visit: VisitView; readonly act: Act }) {
  const { id: visitId, confirmedName, patientNumber } = visit
  const source = visit.patient?.name
  if (!source?.includes('●')) return null
  if (confirmedName === null) {
    if (patientNumber === null) return <p className={form.hint}>{words.needsNumber}</p>
    return <NameForm visitId={visitId} source={source} act={act} />
  }
  return (
    <div className={form.line}>
      <p className={styles.told}>{words.told(confirmedName)}</p>
      <AskingAction
        className={form.way}
        question={words.undoes(source)}
        yes={words.undo}
        onYes={() => act('confirmName', { visitId, name: null })}
      >
        {words.undo}
      </AskingAction>
      <p className={form.hint}>
        {words.notEverywhere}
        {visit.deliveries.some(({ path }) => path !== null) && words.filesKeep}
      </p>
    </div>
  )
}

function NameForm(props: { readonly visitId: string; readonly source: string; readonly act: Act }) {
  const { visitId, source, act } = props
  const draft = `${visitId} name`
  const [typed, setTyped] = useDraft(draft, 'typed', source)
  const forget = useForget()
  const [isWrong, setWrong] = useState(false)
  const id = useId()
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (!isSpellingOf(typed, source)) return setWrong(true)
    // What could not be kept stays in the field, and why is told above.
    if ((await act('confirmName', { visitId, name: typed })) === null) forget(draft)
  }
  return (
    <form className={form.line} onSubmit={send} autoComplete="off">
      <label htmlFor={id}>{words.label}</label>
      <input
        id={id}
        className={`${form.control} ${styles.field}`}
        value={typed}
        maxLength={200}
        aria-invalid={isWrong}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => {
          setTyped(target.value)
          setWrong(false)
        }}
      />
      <Action type="submit">{words.save}</Action>
      <p id={`${id}-hint`} className={form.hint} role={isWrong ? 'alert' : undefined}>
        {isWrong ? words.wrong : words.hint(source)}
      </p>
    </form>
  )
}
