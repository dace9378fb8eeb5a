// 操作の記録: who looked at what and changed what, by day or by patient, narrowed to what was done or to a desk, a sheet at a
// time. Asked for and never pushed; that it was looked at is a row of it.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import {
  type AuditQuery,
  type AuditView,
  auditExportRows,
  auditKinds,
  auditSheetRows,
} from '../../src-main/contract/audit-trail.ts'
import { addDays } from '../../src-main/eligibility/calendar.ts'
import { auditAboutText, auditEventText, auditScreen as words } from '../../src-main/words/audit-page.ts'
import { pastScreen } from '../../src-main/words/past.ts'
import type { Act } from '../act.ts'
import { eraDay, plainDate } from '../format.ts'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import { Page } from '../parts/page.tsx'
import table from '../parts/table.module.css'
import { PersonSearch } from '../past/person-search.tsx'
import { saveTrail } from './audit-csv.ts'
import styles from './audit-page.module.css'

export function AuditPage(props: { readonly view: AuditView; readonly act: Act; readonly onBack: () => void }) {
  const { view, act, onBack } = props
  const { query, total, rows } = view
  const look = (changes: Partial<AuditQuery>) => act('openAudit', { ...query, sheet: 0, ...changes } as AuditQuery)
  const status = query.kind === 'day' ? words.ofDay(eraDay(query.day), total) : words.ofPatient(total)
  const narrowed = { what: query.what, atDesk: query.atDesk, sheet: 0 }
  return (
    <Page title={words.title} status={status} onBack={onBack}>
      <DayForm
        key={query.kind === 'day' ? query.day : ''}
        today={view.today}
        day={query.kind === 'day' ? query.day : view.today}
        onLook={(day) => void act('openAudit', { kind: 'day', day, ...narrowed })}
      />
      <PersonSearch
        key={query.kind}
        isOpen={query.kind !== 'day'}
        note={words.searchNote}
        onFind={(person) => act('openAudit', { ...person, ...narrowed })}
      />
      <Narrowing key={`${query.what}${query.atDesk}`} query={query} onLook={look} />
      {rows.length > 0 && <Trail rows={rows} />}
      <Sheets query={query} total={total} onTurn={(sheet) => void look({ sheet })} />
      <p className={styles.note}>{words.note}</p>
      {total > 0 && <Saving view={view} act={act} />}
    </Page>
  )
}

function DayForm(props: { readonly today: string; readonly day: string; readonly onLook: (day: string) => void }) {
  const { today, day, onLook } = props
  const [typed, setTyped] = useState(day)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (typed !== '') onLook(typed)
  }
  return (
    <form className={form.fields} onSubmit={send} autoComplete="off" aria-label={pastScreen.byDay}>
      <Action onPress={() => onLook(addDays(day, -1))}>{pastScreen.dayBefore}</Action>
      <Action isDisabled={day >= today} onPress={() => onLook(addDays(day, 1))}>
        {pastScreen.dayAfter}
      </Action>
      <label className={form.labelled}>
        {pastScreen.date}
        <input type="date" value={typed} max={today} onChange={({ target }) => setTyped(target.value)} />
      </label>
      <Action type="submit">{pastScreen.show}</Action>
    </form>
  )
}

/** Sent as a whole: each look is a row of the trail. */
function Narrowing(props: {
  readonly query: AuditQuery
  readonly onLook: (changes: Pick<AuditQuery, 'what' | 'atDesk'>) => Promise<unknown>
}) {
  const { query, onLook } = props
  const [what, setWhat] = useState(query.what)
  const [desk, setDesk] = useState(String(query.atDesk ?? ''))
  const send = (event: FormEvent) => {
    event.preventDefault()
    void onLook({ what, atDesk: Number(desk) || null })
  }
  return (
    <form className={form.fields} onSubmit={send} autoComplete="off" aria-label={words.narrow}>
      <label className={form.labelled}>
        {words.what}
        <select
          value={what ?? ''}
          onChange={({ target }) => setWhat(auditKinds.find((kind) => kind === target.value) ?? null)}
        >
          <option value="">{words.anything}</option>
          {auditKinds.map((kind) => (
            <option key={kind} value={kind}>
              {words.kinds[kind]}
            </option>
          ))}
        </select>
      </label>
      <label className={form.labelled}>
        {words.deskNumber}
        <input
          className={form.narrow}
          inputMode="numeric"
          maxLength={3}
          value={desk}
          onChange={({ target }) => setDesk(target.value.normalize('NFKC').replace(/\D/g, ''))}
        />
      </label>
      <Action type="submit">{words.narrow}</Action>
    </form>
  )
}

function Trail({ rows }: { readonly rows: AuditView['rows'] }) {
  const hasStaff = rows.some(({ staff }) => staff !== null)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={table.scroll} aria-label={words.list} tabIndex={0}>
      <table className={table.table} aria-label={words.list}>
        <thead>
          <tr>
            <th scope="col">{words.time}</th>
            <th scope="col">{words.atDesk}</th>
            {hasStaff && <th scope="col">{words.staff}</th>}
            <th scope="col">{words.done}</th>
            <th scope="col">{words.whom}</th>
            <th scope="col">{words.visit}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" className={styles.time}>
                {plainDate(row.at.slice(5, 10))} {row.at.slice(11, 19)}
              </th>
              <td className={styles.short}>{words.where(row.desk, row.staff)}</td>
              {hasStaff && <td>{words.who(row.desk, row.staff)}</td>}
              <td>
                {auditEventText(row.event)}
                <Aside text={auditAboutText(row)} />
                <Aside text={row.code ?? ''} />
              </td>
              <td>{row.patient && (row.patient.name ?? words.pseudonym(row.patient.pseudonym))}</td>
              <td className={styles.short}>{row.visit && words.visitOf(plainDate(row.visit.day), row.visit.number)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Aside = ({ text }: { readonly text: string }) =>
  text === '' ? null : <span className={styles.aside}>{words.code(text)}</span>

function Sheets(props: {
  readonly query: AuditQuery
  readonly total: number
  readonly onTurn: (sheet: number) => void
}) {
  const { query, total, onTurn } = props
  const sheets = Math.ceil(total / auditSheetRows)
  if (sheets < 2) return null
  return (
    <nav className={form.ways} aria-label={words.turning}>
      <Action isDisabled={query.sheet === 0} onPress={() => onTurn(query.sheet - 1)}>
        {words.newer}
      </Action>
      <Action isDisabled={query.sheet + 1 >= sheets} onPress={() => onTurn(query.sheet + 1)}>
        {words.older}
      </Action>
      <p className={styles.sheet}>{words.sheets(query.sheet + 1, sheets)}</p>
    </nav>
  )
}

/** The rows of all sheets are asked for, and saved when they have come: once, by whoever asked. */
function Saving({ view, act }: { readonly view: AuditView; readonly act: Act }) {
  const { exported, query, total } = view
  const isWanted = useRef(false)
  const [isSaved, setSaved] = useState(false)
  useEffect(() => {
    if (!exported || !isWanted.current) return
    isWanted.current = false
    saveTrail(query, exported)
    setSaved(true)
  }, [exported, query])
  const save = () => {
    isWanted.current = true
    setSaved(false)
    void act('exportAudit', {})
  }
  const note = total > auditExportRows ? words.csvPart(auditExportRows) : words.csvNote
  return (
    <>
      <div className={form.ways}>
        <Action onPress={save}>{words.csv}</Action>
      </div>
      <p className={styles.note} role="status">
        {isSaved ? words.csvSaved : note}
      </p>
    </>
  )
}
