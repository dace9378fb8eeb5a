// How far the source has been asked, and what a person should read before the patients come: the most pressing first, what
// is as it was left out.
import { type ReactNode, useState } from 'react'
import type { BookingOutcome, BookingsView } from '../../src-main/contract/bookings.ts'
import { checkReasonText, lineText, outcomeText, bookingsScreen as words } from '../../src-main/words/bookings.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { categoryText } from '../../src-main/words/states.ts'
import type { Act } from '../act.ts'
import { eraDate, plainDate } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { AskingAction } from '../parts/asking-action.tsx'
import form from '../parts/form.module.css'
import type { IconName } from '../parts/icon.tsx'
import table from '../parts/table.module.css'
import { Tag, type Tone } from '../parts/tag.tsx'
import styles from './bookings-page.module.css'

type Run = NonNullable<BookingsView['run']>

const look: Record<BookingOutcome, readonly [Tone, IconName]> = {
  check: ['care', 'warning'],
  absent: ['care', 'unknown'],
  changed: ['care', 'warning'],
  new: ['good', 'ok'],
  same: ['plain', 'ok'],
}

/** The outcomes worth reading, the most pressing first. */
const shown = ['check', 'absent', 'changed', 'new'] as const satisfies readonly BookingOutcome[]

/** `children`: the way to another list. */
export function BookingRun(props: { readonly run: Run; readonly act: Act; readonly children: ReactNode }) {
  const { run, act } = props
  const { day, state, failure, total, done, secondsLeft, counts } = run
  const [only, setOnly] = useState<BookingOutcome | null>(null)
  const rows = run.rows.filter(({ outcome }) => only === null || outcome === only)
  return (
    <section className={styles.run} aria-label={words.run(eraDate(day), total)}>
      {state !== 'finished' && (
        <>
          <progress className={styles.progress} value={done} max={total} aria-label={words.progress(done, total)} />
          <p>
            {state === 'running' && secondsLeft !== null && words.left(secondsLeft)}
            {state === 'running' ? words.running : words.stopped}
          </p>
        </>
      )}
      {failure && (
        <p className={form.failure} role="alert">
          {sentence(failure).message}
          {sentence(failure).next}
        </p>
      )}
      <div className={form.ways}>
        {state === 'running' && <Action onPress={() => act('steerBookings', { way: 'stop' })}>{words.stop}</Action>}
        {state === 'stopped' && (
          <Action weight="primary" onPress={() => act('steerBookings', { way: 'resume' })}>
            {words.resume}
          </Action>
        )}
        {props.children}
        <AskingAction question={words.removes} yes={words.remove} onYes={() => act('steerBookings', { way: 'remove' })}>
          {words.remove}
        </AskingAction>
      </div>
      <div className={styles.counts}>
        {shown.map((outcome) => (
          <Action
            key={outcome}
            className={styles.count}
            aria-pressed={only === outcome}
            isDisabled={counts[outcome] === 0}
            onPress={() => setOnly(only === outcome ? null : outcome)}
          >
            {outcomeText[outcome]} {counts[outcome]}
          </Action>
        ))}
      </div>
      {counts.same > 0 && <p>{words.same(counts.same)}</p>}
      {state === 'finished' && run.rows.length === 0 && <p>{words.nothing}</p>}
      {rows.length > 0 && (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{words.field.patientNumber}</th>
                <th scope="col">{words.field.nameKana}</th>
                <th scope="col">{words.field.birthDate}</th>
                <th scope="col">{words.result}</th>
                <th scope="col">{words.content}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.place} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Row({ row }: { readonly row: Run['rows'][number] }) {
  const { patientNumber, nameKana, birthDate, outcome, findings } = row
  const [tone, icon] = look[outcome]
  return (
    <tr>
      <th scope="row">{patientNumber || words.noValue}</th>
      <td className={styles.kana}>{nameKana || words.noValue}</td>
      <td>{birthDate === null ? words.noValue : plainDate(birthDate)}</td>
      <td>
        <Tag tone={tone} icon={icon}>
          {outcomeText[outcome]}
        </Tag>
      </td>
      <td>
        {findings.reason && checkReasonText[findings.reason]}
        <ul>
          {findings.lines.map((line) => (
            <li key={`${line.category} ${line.kind} ${line.name}`}>
              {line.name || categoryText[line.category]}：{lineText(line)}
            </li>
          ))}
        </ul>
      </td>
    </tr>
  )
}
