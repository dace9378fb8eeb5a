// One line of the sheet, by the keyboard: of this visit, copied from the paper, or corrected. Whether it can be true is the
// agent's to say; what it refuses is told beside the fields.
import { type FormEvent, type ReactNode, useCallback, useId, useState } from 'react'
import type { CapSheetView } from '../../src-main/contract/cap-sheet.ts'
import type { CapContent } from '../../src-main/eligibility/cap/sheet.ts'
import type { Failure } from '../../src-main/ground/result.ts'
import { capScreen as words } from '../../src-main/words/cap.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { useDraft, useForget } from '../drafts.tsx'
import { plainDate } from '../format.ts'
import { useFreshContent } from '../keys/guarded-keys.tsx'
import { Action } from '../parts/action.tsx'
import { AskingAction } from '../parts/asking-action.tsx'
import form from '../parts/form.module.css'
import { useEscape } from '../use-escape.ts'
import styles from './cap-page.module.css'

interface Reason {
  readonly by: string
  readonly why: string
}

export function LineForm(props: {
  readonly sheet: CapSheetView
  readonly kind: 'own' | 'paper' | 'correction'
  /** Under which name it is kept while it is half typed. */
  readonly draft: string
  /** What stands there already. */
  readonly first: CapContent | null
  /** Resolves to null when it was taken. `content` null: the line is struck out. */
  readonly onSend: (content: CapContent | null, reason: Reason) => Promise<Failure | null>
  /** Keeps its identity. */
  readonly onClose: () => void
}) {
  const { sheet, kind, draft, first, onSend, onClose } = props
  const start = useFreshContent<HTMLInputElement>()
  const typed = useTyped(draft, kind, first)
  const { date, setDate, isHere, setPlace, institution, setInstitution, cost, setCost, paid, setPaid } = typed
  const { by, setBy, why, setWhy } = typed
  const forget = useForget()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSending, setSending] = useState(false)
  const giveUp = useCallback(() => {
    forget(draft)
    onClose()
  }, [forget, draft, onClose])
  useEscape(giveUp)

  const content = contentOf({
    day: kind === 'own' ? sheet.visitDay : dayOf(sheet.month, date),
    isHere,
    institution,
    cost,
    paid,
  })
  const reason = { by: by.trim(), why: why.trim() }
  const isExplained = kind !== 'correction' || (reason.by !== '' && reason.why !== '')
  const send = async (sent: CapContent | null) => {
    if (isSending || !isExplained) return
    setSending(true)
    const refused = await onSend(sent, reason)
    setSending(false)
    setFailure(refused)
    if (refused === null) giveUp()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (content) void send(content)
  }
  const title = kind === 'own' ? words.own : kind === 'paper' ? words.ofPaper : words.correctOf(first?.day ?? '')
  return (
    <form className={styles.form} onSubmit={submit} autoComplete="off" aria-label={title}>
      <p className={styles.formTitle}>
        {title}
        {kind === 'own' && <span>{plainDate(sheet.visitDay)}</span>}
      </p>
      <div className={styles.fields}>
        {kind !== 'own' && (
          <Text
            label={`${words.dayUnit(sheet.month)}${words.dayOfMonth}`}
            value={date}
            onChange={setDate}
            size="day"
            field={start}
            isNumber
          />
        )}
        {kind !== 'own' && !isHere && (
          <Text
            label={words.column.institution}
            value={institution}
            onChange={setInstitution}
            choices={sheet.institutions}
          />
        )}
        <Text
          label={words.column.totalCost}
          value={cost}
          onChange={setCost}
          size="yen"
          note={words.costNote}
          isNumber
          {...(kind === 'own' && { field: start })}
        />
        <Text label={words.column.paid} value={paid} onChange={setPaid} size="yen" isNumber />
        {kind === 'correction' && (
          <>
            <Text label={words.by} value={by} onChange={setBy} size="short" />
            <Text label={words.why} value={why} onChange={setWhy} />
          </>
        )}
      </div>
      {kind === 'paper' && (
        <label className={form.check}>
          <input
            type="checkbox"
            checked={isHere}
            onChange={({ target }) => setPlace(target.checked ? 'here' : 'elsewhere')}
          />
          {words.isHere}
        </label>
      )}
      {failure && (
        <p className={form.failure} role="alert">
          {sentence(failure).message}
          {sentence(failure).next}
        </p>
      )}
      <div className={form.ways}>
        <Action weight="primary" type="submit" isDisabled={!content || !isExplained || isSending}>
          {kind === 'correction' ? words.saveCorrection : words.save}
        </Action>
        <Action onPress={giveUp}>{words.close}</Action>
        {kind === 'correction' && isExplained && (
          <AskingAction question={words.strikes} yes={words.strike} onYes={() => send(null)}>
            {words.strike}
          </AskingAction>
        )}
      </div>
    </form>
  )
}

/** What is typed, kept while it is half typed. */
function useTyped(draft: string, kind: 'own' | 'paper' | 'correction', first: CapContent | null) {
  const wasHere = kind === 'own' || (first !== null && first.institution === null)
  const [date, setDate] = useDraft(draft, 'date', first ? String(Number(first.day.slice(8))) : '')
  const [place, setPlace] = useDraft(draft, 'place', wasHere ? 'here' : 'elsewhere')
  const [institution, setInstitution] = useDraft(draft, 'institution', first?.institution ?? '')
  const [cost, setCost] = useDraft(draft, 'cost', first?.totalCostYen == null ? '' : String(first.totalCostYen))
  const [paid, setPaid] = useDraft(draft, 'paid', first ? String(first.paidYen) : '')
  const [by, setBy] = useDraft(draft, 'by', '')
  const [why, setWhy] = useDraft(draft, 'why', '')
  return {
    date,
    setDate,
    isHere: place === 'here',
    setPlace,
    institution,
    setInstitution,
    cost,
    setCost,
    paid,
    setPaid,
    by,
    setBy,
    why,
    setWhy,
  }
}

function Text(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly size?: 'day' | 'yen' | 'short'
  readonly isNumber?: boolean
  readonly note?: string
  readonly choices?: readonly string[]
  readonly field?: ReturnType<typeof useFreshContent<HTMLInputElement>>
}): ReactNode {
  const { label, value, onChange, size, isNumber = false, note, choices = [], field } = props
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        ref={field}
        id={id}
        className={size ? `${form.control} ${styles[size]}` : form.control}
        value={value}
        maxLength={isNumber ? 12 : 60}
        inputMode={isNumber ? 'numeric' : 'text'}
        spellCheck={false}
        list={choices.length > 0 ? `${id}choices` : undefined}
        aria-describedby={note ? `${id}note` : undefined}
        onChange={({ target }) => onChange(target.value)}
      />
      {choices.length > 0 && (
        <datalist id={`${id}choices`}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
      {note && (
        <small id={`${id}note`} className={styles.note}>
          {note}
        </small>
      )}
    </div>
  )
}

/** `3,000円`, also in full width; null: no amount. */
function numberOf(typed: string): number | null {
  const digits = typed.normalize('NFKC').replace(/[,\s円日]/g, '')
  return /^\d{1,8}$/.test(digits) ? Number(digits) : null
}

/** null: the month has no such day. */
function dayOf(month: string, typed: string): string | null {
  const date = numberOf(typed)
  if (date === null) return null
  const day = `${month}-${String(date).padStart(2, '0')}`
  return new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day ? day : null
}

/** null: something is missing. */
function contentOf(typed: {
  readonly day: string | null
  readonly isHere: boolean
  readonly institution: string
  readonly cost: string
  readonly paid: string
}): CapContent | null {
  const { day, isHere } = typed
  const institution = isHere ? null : typed.institution.trim()
  const paidYen = numberOf(typed.paid)
  const totalCostYen = numberOf(typed.cost)
  if (day === null || paidYen === null || institution === '') return null
  if (totalCostYen === null && typed.cost.trim() !== '') return null
  return { day, institution, totalCostYen, paidYen }
}
