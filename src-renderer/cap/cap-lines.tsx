// The lines that are entered, as the paper has them, each with what was corrected about it: by whom, from what, and why.
import { Fragment, type ReactNode } from 'react'
import type { CapLineView, CapSheetView } from '../../src-main/contract/cap-sheet.ts'
import { capScreen as words } from '../../src-main/words/cap.ts'
import { clinicMoment, plainDate } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { Tag } from '../parts/tag.tsx'
import styles from './cap-page.module.css'

const { column } = words

export function CapLines(props: {
  readonly sheet: CapSheetView
  /** Which line is being corrected; null: none. */
  readonly corrected: string | null
  readonly onCorrect: (line: CapLineView) => void
  readonly form: (line: CapLineView) => ReactNode
}) {
  const { sheet, corrected, onCorrect, form } = props
  const { lines } = sheet
  return (
    <section className={styles.lines} aria-labelledby="cap-lines">
      <h3 id="cap-lines">{words.lines}</h3>
      {lines.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{column.day}</th>
              <th scope="col">{column.institution}</th>
              <th scope="col">{column.totalCost}</th>
              <th scope="col">{column.paid}</th>
              <th scope="col">{column.sum}</th>
              <th scope="col">
                <span className="visually-hidden">{words.correct}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Fragment key={line.id}>
                <Row line={line} sheet={sheet} onCorrect={corrected === line.id ? null : () => onCorrect(line)} />
                {corrected === line.id && (
                  <tr className={styles.formRow}>
                    <td colSpan={6}>{form(line)}</td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Row(props: {
  readonly line: CapLineView
  readonly sheet: CapSheetView
  readonly onCorrect: (() => void) | null
}) {
  const { line, sheet, onCorrect } = props
  const { content, isStruck, sumYen, corrections } = line
  const { day, institution, totalCostYen, paidYen } = content
  const place = institution ?? sheet.clinicName ?? words.here
  return (
    <tr className={isStruck ? styles.struck : undefined}>
      <th scope="row">{plainDate(day)}</th>
      <td className={styles.place} data-label={column.institution}>
        <span>{place}</span>
        {line.id === sheet.ownLineId && (
          <Tag tone="plain" icon="ok">
            {words.own}
          </Tag>
        )}
        {isStruck && (
          <Tag tone="plain" icon="error">
            {words.struck}
          </Tag>
        )}
        {corrections.map(({ at, by, why, before }, place) => (
          <small key={at}>
            {isStruck && place === corrections.length - 1 ? (
              words.struckBy(clinicMoment(at), by, why)
            ) : (
              <>
                {words.corrected(clinicMoment(at), by)}
                <br />
                {words.correctedFrom(beforeText(before), why)}
              </>
            )}
          </small>
        ))}
      </td>
      <td className={styles.amount} data-label={column.totalCost}>
        {totalCostYen === null ? words.noCost : words.yen(totalCostYen)}
      </td>
      <td className={styles.amount} data-label={column.paid}>
        <b>{words.yen(paidYen)}</b>
      </td>
      <td className={styles.amount} data-label={column.sum}>
        {isStruck ? '' : words.yen(sumYen)}
      </td>
      <td>
        {!isStruck && onCorrect && (
          <Action weight="quiet" aria-label={`${plainDate(day)} ${place} ${words.correct}`} onPress={onCorrect}>
            {words.correct}
          </Action>
        )}
      </td>
    </tr>
  )
}

const beforeText = ({ day, institution, totalCostYen, paidYen }: CapLineView['content']): string =>
  [
    plainDate(day),
    institution ?? words.here,
    totalCostYen === null ? words.noCost : words.yen(totalCostYen),
    words.yen(paidYen),
  ].join('・')
