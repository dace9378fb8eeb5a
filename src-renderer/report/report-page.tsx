// Day sheet (日報) and monthly report (月次): counts of a day or a month, asked for and never pushed, with nobody's name on
// screen, paper or in the file.
import { type FormEvent, useState } from 'react'
import { mayCallNow } from '../../src-main/contract/call-rights.ts'
import type { ReportOf, ReportView } from '../../src-main/contract/report.ts'
import type { StaffState } from '../../src-main/contract/staff.ts'
import { addDays } from '../../src-main/eligibility/calendar.ts'
import { reportScreen as words } from '../../src-main/words/report.ts'
import type { Act } from '../act.ts'
import { eraDay, monthText } from '../format.ts'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import { Page } from '../parts/page.tsx'
import { reportPapers } from '../print/papers/report-papers.tsx'
import { PrintAction, Printable } from '../print/printable.tsx'
import { ClaimsForm } from './claims-form.tsx'
import { FiguresOf, glassLines, visitsIn } from './figures.tsx'
import { saveReport } from './report-csv.ts'
import styles from './report-page.module.css'
import { SharePanel } from './share-panel.tsx'

const nameOf = (report: ReportView) => (report.kind === 'day' ? eraDay(report.day) : monthText(report.month))

export function ReportPage(props: {
  readonly report: ReportView
  readonly staff: StaffState
  readonly act: Act
  readonly onBack: () => void
}) {
  const { report, staff, act, onBack } = props
  const mayEnter = mayCallNow(staff, 'enterClaims')
  const [isSaved, setSaved] = useState(false)
  const { kind, standing } = report
  const visits = visitsIn(report.figures)
  const status = words.status(report, nameOf(report), visits)
  const turnTo = (of: ReportOf) => {
    setSaved(false)
    void act('openReport', of)
  }
  const save = () => {
    saveReport(report)
    setSaved(true)
  }
  return (
    <Printable papers={reportPapers(report)} visitId={null}>
      <Page title={words.title[kind]} status={status} onBack={onBack}>
        <Turning key={kind === 'day' ? report.day : report.month} report={report} onTurn={turnTo} />
        {kind === 'day' && report.glass.length > 0 && (
          <section aria-label={words.glass}>
            <h3>{words.glass}</h3>
            <ul>
              {glassLines(report.glass).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </section>
        )}
        {standing === 'counted' && (
          <>
            {kind === 'month' && report.countedFrom && <p>{words.countedFrom(eraDay(report.countedFrom))}</p>}
            {kind === 'month' && <SharePanel report={report} />}
            {kind === 'month' && mayEnter && <ClaimsForm key={report.month} report={report} act={act} />}
            <FiguresOf figures={report.figures} />
            <p className={styles.note}>{words.unnamed}</p>
            <div className={form.ways}>
              <PrintAction />
              <Action onPress={save}>{words.csv}</Action>
            </div>
            <p className={styles.note} role="status">
              {isSaved ? words.csvSaved : words.csvNote}
            </p>
          </>
        )}
        {standing === 'before' && kind === 'month' && mayEnter && (
          <ClaimsForm key={report.month} report={report} act={act} />
        )}
      </Page>
    </Printable>
  )
}

/** To the day before and after, to another one, or from days to months and back. */
function Turning({ report, onTurn }: { readonly report: ReportView; readonly onTurn: (of: ReportOf) => void }) {
  const { kind, today } = report
  const shown = kind === 'day' ? report.day : report.month
  const [typed, setTyped] = useState(shown)
  const to = (text: string): ReportOf => (kind === 'day' ? { kind, day: text } : { kind, month: text })
  const before = kind === 'day' ? addDays(shown, -1) : addDays(`${shown}-01`, -1).slice(0, 7)
  const after = kind === 'day' ? addDays(shown, 1) : addDays(`${shown}-28`, 4).slice(0, 7)
  const newest = kind === 'day' ? today : today.slice(0, 7)
  const other = kind === 'day' ? 'month' : 'day'
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (typed !== '') onTurn(to(typed))
  }
  return (
    <form className={form.fields} onSubmit={send} autoComplete="off">
      <Action onPress={() => onTurn(to(before))}>{words.before[kind]}</Action>
      <Action isDisabled={shown >= newest} onPress={() => onTurn(to(after))}>
        {words.after[kind]}
      </Action>
      <label className={form.labelled}>
        {words.choose[kind]}
        <input
          type={kind === 'day' ? 'date' : 'month'}
          value={typed}
          max={newest}
          onChange={({ target }) => setTyped(target.value)}
        />
      </label>
      <Action type="submit">{words.show}</Action>
      <Action
        onPress={() =>
          onTurn(
            other === 'month' ? { kind: other, month: shown.slice(0, 7) } : { kind: other, day: dayIn(shown, today) },
          )
        }
      >
        {words.title[other]}
      </Action>
    </form>
  )
}

/** The newest day of a month that has come. */
const dayIn = (month: string, today: string) => (today.startsWith(month) ? today : `${month}-01`)
