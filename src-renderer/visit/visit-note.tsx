// A note on the visit, for whoever looks at it next: written by F6, kept by Enter, left by Esc.
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { VisitView } from '../../src-main/contract/reception.ts'
import { screen } from '../../src-main/words/desk.ts'
import type { Act } from '../act.ts'
import { useDraft, useForget, useIsHalfTyped } from '../drafts.tsx'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import { KeyedAction } from '../parts/keyed-action.tsx'
import { useEscape } from '../use-escape.ts'
import styles from './visit-note.module.css'

const words = screen.note

export function VisitNote({ visit, act }: { readonly visit: VisitView; readonly act: Act }) {
  const draft = `${visit.id} note`
  const [isOpen, setOpen] = useState(useIsHalfTyped(draft))
  const forget = useForget()
  const close = () => {
    forget(draft)
    setOpen(false)
  }
  if (isOpen) return <NoteForm visit={visit} act={act} onClose={close} />
  return (
    <div className={form.line}>
      {visit.note !== null && (
        <p className={styles.note}>
          <span className={form.lineLabel}>{words.label}</span> {visit.note}
        </p>
      )}
      <KeyedAction shortcut={screen.keys.note} weight="quiet" className={form.way} onPress={() => setOpen(true)}>
        {visit.note === null ? words.write : words.change}
      </KeyedAction>
    </div>
  )
}

function NoteForm(props: { readonly visit: VisitView; readonly act: Act; readonly onClose: () => void }) {
  const { visit, act, onClose } = props
  const [typed, setTyped] = useDraft(`${visit.id} note`, 'typed', visit.note ?? '')
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  useEscape(onClose)
  useEffect(() => field.current?.focus(), [])
  const send = async (event: FormEvent) => {
    event.preventDefault()
    // What could not be kept stays in the field, and why is told above.
    if ((await act('noteVisit', { visitId: visit.id, note: typed.trim() })) === null) onClose()
  }
  return (
    <form className={form.line} onSubmit={send} autoComplete="off">
      <label className={form.lineLabel} htmlFor={id}>
        {words.label}
      </label>
      <input
        ref={field}
        id={id}
        className={`${form.control} ${styles.field}`}
        value={typed}
        maxLength={200}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Action type="submit">{words.save}</Action>
      <Action weight="quiet" className={form.way} onPress={onClose}>
        {words.close}
      </Action>
      <p id={`${id}-hint`} className={form.hint}>
        {words.hint}
      </p>
    </form>
  )
}
