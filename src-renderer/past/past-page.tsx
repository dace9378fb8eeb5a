// What has been: a past day by its date, or one person's visits, found by 診察券番号 or by kana and birth date. It is looked at
// and never acted on, and says so wherever one looks: in the title, in every row, in the strip of a record.
import { type FormEvent, useCallback, useMemo, useState } from 'react'
import type { LookedBack, PastPerson, PastView } from '../../src-main/contract/past.ts'
import { addDays } from '../../src-main/eligibility/calendar.ts'
import { pastScreen as words } from '../../src-main/words/past.ts'
import { sexText } from '../../src-main/words/states.ts'
import type { Act } from '../act.ts'
import { ageText, birthDate, eraDay } from '../format.ts'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import { Page } from '../parts/page.tsx'
import { Rows } from '../worklist/rows.tsx'
import styles from './past-page.module.css'
import { PastRecord } from './past-record.tsx'
import { PersonSearch } from './person-search.tsx'

export function PastPage(props: { readonly view: PastView; readonly act: Act; readonly onBack: () => void }) {
  const { view, act, onBack } = props
  const { of, visits, open, today } = view
  const look = useCallback((back: LookedBack) => act('lookBack', back), [act])
  const show = useCallback((visitId: string | null) => void act('showPast', { visitId }), [act])
  // What is over is nobody's any more.
  const listed = useMemo(() => visits.map((visit) => ({ ...visit, desk: null })), [visits])
  if (open) return <PastRecord key={open.id} visit={open} onBack={() => show(null)} />
  return (
    <Page title={words.title} status={statusOf(view)} onBack={onBack}>
      <DayForm
        key={of.kind === 'day' ? of.day : ''}
        today={today}
        day={of.kind === 'day' ? of.day : today}
        onLook={look}
      />
      <PersonSearch key={of.kind} isOpen={of.kind === 'found'} note={words.searchNote} onFind={look} />
      {of.kind === 'found' && <People people={of.people} onLook={look} />}
      {visits.length > 0 && (
        <section className={styles.list} aria-labelledby="past-visits">
          <h3 id="past-visits">{of.kind === 'day' ? eraDay(of.day) : words.list}</h3>
          {/* Of the day that is looked at: ages are those of then. */}
          <Rows
            visits={listed}
            today={of.kind === 'day' ? of.day : today}
            shownId={undefined}
            onShow={show}
            labelledBy="past-visits"
            mark={words.past}
          />
        </section>
      )}
      {of.kind === 'person' && of.others.length > 0 && (
        <>
          <p>{words.others}</p>
          <People people={of.others} onLook={look} />
        </>
      )}
    </Page>
  )
}

function statusOf({ of, visits }: PastView): string {
  switch (of.kind) {
    case 'day':
      return words.standing(of.standing, eraDay(of.day), visits.length)
    case 'person':
      return words.person(of.patient.name, visits.length)
    case 'found':
      return of.people.length === 0 ? words.notFound : words.several
  }
}

function DayForm(props: {
  readonly today: string
  readonly day: string
  readonly onLook: (back: LookedBack) => Promise<unknown>
}) {
  const { today, day, onLook } = props
  const [typed, setTyped] = useState(day)
  const look = (other: string) => void onLook({ kind: 'day', day: other })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (typed !== '') look(typed)
  }
  return (
    <form className={form.fields} onSubmit={send} autoComplete="off" aria-label={words.byDay}>
      <Action onPress={() => look(addDays(day, -1))}>{words.dayBefore}</Action>
      <Action isDisabled={day >= today} onPress={() => look(addDays(day, 1))}>
        {words.dayAfter}
      </Action>
      <label className={form.labelled}>
        {words.date}
        <input type="date" value={typed} max={today} onChange={({ target }) => setTyped(target.value)} />
      </label>
      <Action type="submit">{words.show}</Action>
    </form>
  )
}

function People(props: {
  readonly people: readonly PastPerson[]
  readonly onLook: (back: LookedBack) => Promise<unknown>
}) {
  return (
    <ul className={styles.people}>
      {props.people.map(({ ref, name, nameKana, birthDate: born, sex, patientNumber, lastSeen }) => (
        <li key={ref} className={styles.person}>
          <div>
            <strong>{name}</strong>
            <p>
              {nameKana}　{birthDate(born)}　{ageText(lastSeen, born)}　{sexText[sex]}
            </p>
            <p>
              {words.lastSeen(eraDay(lastSeen))}
              {patientNumber !== null && `　${words.number} ${patientNumber}`}
            </p>
          </div>
          <Action onPress={() => void props.onLook({ kind: 'person', patientRef: ref })}>
            {words.choose}
            <span className="visually-hidden">{`${name} ${words.lastSeen(eraDay(lastSeen))}`}</span>
          </Action>
        </li>
      ))}
    </ul>
  )
}
