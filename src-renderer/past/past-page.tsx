// What has been: a past day by its date, or one person's visits, found by 診察券番号 or by kana and birth date. It is looked at
// and never acted on, and says so wherever one looks: in the title, in every row, in the strip of a record.
import { type FormEvent, useCallback, useState } from 'react'
import type { LookedBack, PastPerson, PastView } from '../../src-main/contract/past.ts'
import { addDays } from '../../src-main/eligibility/calendar.ts'
import { pastScreen as words } from '../../src-main/words/past.ts'
import { sexText } from '../../src-main/words/states.ts'
import type { Act } from '../act.ts'
import { ageText, birthDate, dayOfEra, type EraName, eraDay, eraNames, plainNumber } from '../format.ts'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import { Page } from '../parts/page.tsx'
import { Rows } from '../worklist/rows.tsx'
import styles from './past-page.module.css'
import { PastRecord } from './past-record.tsx'

export function PastPage(props: { readonly view: PastView; readonly act: Act; readonly onBack: () => void }) {
  const { view, act, onBack } = props
  const { of, visits, open, today } = view
  const look = useCallback((back: LookedBack) => act('lookBack', back), [act])
  const show = useCallback((visitId: string | null) => void act('showPast', { visitId }), [act])
  if (open) return <PastRecord key={open.id} visit={open} onBack={() => show(null)} />
  return (
    <Page title={words.title} status={statusOf(view)} onBack={onBack}>
      <DayForm
        key={of.kind === 'day' ? of.day : ''}
        today={today}
        day={of.kind === 'day' ? of.day : today}
        onLook={look}
      />
      <Search key={of.kind} isOpen={of.kind === 'found'} onLook={look} />
      {of.kind === 'found' && <People people={of.people} onLook={look} />}
      {visits.length > 0 && (
        <section className={styles.list} aria-labelledby="past-visits">
          <h3 id="past-visits">{of.kind === 'day' ? eraDay(of.day) : words.list}</h3>
          {/* Of the day that is looked at: ages are those of then. */}
          <Rows
            visits={visits}
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

type Era = EraName | 'western'

function Search(props: { readonly isOpen: boolean; readonly onLook: (back: LookedBack) => Promise<unknown> }) {
  const { isOpen, onLook } = props
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
    if (patientNumber !== '') void onLook({ kind: 'number', patientNumber })
  }
  const findName = (event: FormEvent) => {
    event.preventDefault()
    setWrong(day === null || nameKana.trim() === '')
    if (day !== null && nameKana.trim() !== '') void onLook({ kind: 'name', nameKana: nameKana.trim(), birthDate: day })
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
      <p className={styles.note}>{words.searchNote}</p>
    </details>
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
