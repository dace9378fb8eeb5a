// Asking the 資格確認端末 by what stands on a 資格確認書, for whoever has no card with them. The answer opens by itself as a visit.
import { type FormEvent, useId, useState } from 'react'
import { z } from 'zod'
import {
  type TerminalQuestionFields,
  type TerminalQuestionView,
  terminalQuestionSchema,
} from '../../src-main/contract/terminal-question.ts'
import { typedDay } from '../../src-main/eligibility/written-day.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { terminalQuestion as words } from '../../src-main/words/terminal.ts'
import type { Act } from '../act.ts'
import { useDraft, useForget } from '../drafts.tsx'
import { Action } from '../parts/action.tsx'
import { BirthDateField } from '../parts/birth-date-field.tsx'
import form from '../parts/form.module.css'
import { Page } from '../parts/page.tsx'
import { Reference } from '../parts/reference.tsx'
import styles from './terminal-question.module.css'

const fields = ['insurerNumber', 'symbol', 'number', 'branchNumber'] as const
type Field = (typeof fields)[number]

/** Numbers typed in full width are the same numbers; symbols stay as they are written. */
const typed = (field: Field, text: string) => (field === 'symbol' ? text : text.normalize('NFKC').trim())

const empty: TerminalQuestionFields = {
  insurerNumber: '',
  symbol: '',
  number: '',
  branchNumber: '',
  birthDate: '',
  limitConsent: false,
}

const draft = 'terminalQuestion form'
/** As it was kept by this page itself. */
const fieldsSchema = z.object({
  insurerNumber: z.string(),
  symbol: z.string(),
  number: z.string(),
  branchNumber: z.string(),
  birthDate: z.string(),
  limitConsent: z.boolean(),
})

export function TerminalQuestion(props: {
  readonly question: TerminalQuestionView['question']
  readonly act: Act
  readonly onBack: () => void
}) {
  const { question, act, onBack } = props
  const [queryText, setQueryText] = useDraft(draft, 'query', JSON.stringify(empty))
  const query = fieldsSchema.parse(JSON.parse(queryText))
  const setQuery = (next: TerminalQuestionFields) => setQueryText(JSON.stringify(next))
  const forget = useForget()
  const [isSent, setSent] = useState(false)
  const id = useId()
  const { data, error } = terminalQuestionSchema.safeParse({ ...query, birthDate: typedDay(query.birthDate) })
  const wrong = new Set(error?.issues.map(({ path }) => path[0]))
  const isAsking = question?.state === 'asking'
  const failure = question?.state === 'failed' ? question.failure : null

  const ask = (event: FormEvent) => {
    event.preventDefault()
    setSent(true)
    if (data) void act('askTerminal', { query: data }).then((failure) => failure ?? forget(draft))
  }
  return (
    <Page title={words.title} status={isAsking ? words.asking : words.note} onBack={onBack}>
      {failure && (
        <p className={form.failure} role="alert">
          {sentence(failure).message}
          {sentence(failure).next} <Reference number={failure.detail?.reference} />
        </p>
      )}
      <form className={styles.form} onSubmit={ask}>
        {fields.map((field) => {
          const isWrong = isSent && wrong.has(field)
          return (
            <div key={field} className={styles.field}>
              <label htmlFor={`${id}${field}`}>{words.field[field]}</label>
              <input
                id={`${id}${field}`}
                className={form.control}
                inputMode={field === 'insurerNumber' || field === 'branchNumber' ? 'numeric' : 'text'}
                autoComplete="off"
                disabled={isAsking}
                value={query[field]}
                aria-invalid={isWrong}
                aria-describedby={isWrong ? `${id}${field}wrong` : undefined}
                onChange={({ target }) => setQuery({ ...query, [field]: typed(field, target.value) })}
              />
              {isWrong && (
                <span id={`${id}${field}wrong`} className={`${form.trouble} ${styles.below}`}>
                  {words.wrong[field]}
                </span>
              )}
            </div>
          )
        })}
        <div className={styles.field}>
          <label htmlFor={`${id}birthDate`}>{words.birthDate}</label>
          <BirthDateField
            id={`${id}birthDate`}
            value={query.birthDate}
            isWrong={isSent}
            isDisabled={isAsking}
            onChange={(birthDate) => setQuery({ ...query, birthDate })}
          />
        </div>
        <label className={form.check}>
          <input
            type="checkbox"
            checked={query.limitConsent}
            disabled={isAsking}
            onChange={({ target }) => setQuery({ ...query, limitConsent: target.checked })}
          />
          {words.limitConsent}
        </label>
        <div className={form.ways}>
          {isAsking ? (
            <Action onPress={() => act('dropTerminalQuestion', {})}>{words.stop}</Action>
          ) : (
            <Action type="submit" weight="primary">
              {words.ask}
            </Action>
          )}
        </div>
      </form>
    </Page>
  )
}
