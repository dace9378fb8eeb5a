// The month in the form of the official sheet (自己負担上限額管理票), for the printer alone. It stands beside the page, so that it
// runs over as many sheets of paper as it needs.
import { useCallback } from 'react'
import { createPortal } from 'react-dom'
import type { CapSheetView } from '../../src-main/contract/cap-sheet.ts'
import { capScreen as words } from '../../src-main/words/cap.ts'
import { eraDate, plainDate } from '../format.ts'
import { Action } from '../parts/action.tsx'
import styles from './printed-sheet.module.css'

const { column, sheet: form } = words

/** The official form has as many lines at least. */
const leastLines = 12

export function PrintedSheet({ sheet }: { readonly sheet: CapSheetView }) {
  const print = useCallback(() => window.print(), [])
  const { patient, certificate, month, capYen, clinicName, total } = sheet
  const lines = sheet.lines.filter(({ isStruck }) => !isStruck)
  const empty = Array.from({ length: Math.max(0, leastLines - lines.length) }, (_, at) => `empty ${at}`)
  const reachedBy = capYen ? lines.find(({ sumYen }) => sumYen >= capYen) : undefined
  const placeOf = (institution: string | null) => institution ?? clinicName ?? words.here
  return (
    <>
      <div>
        <Action onPress={print}>{words.print}</Action>
      </div>
      {createPortal(
        <section className={styles.sheet} aria-hidden="true">
          <h2>{form.title(eraDate(`${month}-01`).replace(/1日$/, ''))}</h2>
          <table className={styles.person}>
            <tbody>
              <tr>
                <th scope="row">{form.patient}</th>
                <td>{patient.name}</td>
                <th scope="row">{form.recipient}</th>
                <td>{certificate.recipientNumber}</td>
              </tr>
              <tr>
                <th scope="row">{form.cap}</th>
                <td>{capYen === null ? '' : words.yen(capYen)}</td>
                <th scope="row">{form.payer}</th>
                <td>{certificate.payerNumber}</td>
              </tr>
            </tbody>
          </table>
          <p>{form.reachedTitle}</p>
          <table>
            <thead>
              <tr>
                <th scope="col">{column.day}</th>
                <th scope="col">{column.institution}</th>
                <th scope="col">{form.confirmed}</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <td>{reachedBy && plainDate(reachedBy.content.day)}</td>
                <td>{reachedBy && placeOf(reachedBy.content.institution)}</td>
                <td />
              </tr>
            </tbody>
          </table>
          <table>
            <thead>
              <tr>
                <th scope="col">{column.day}</th>
                <th scope="col">{column.institution}</th>
                <th scope="col">{column.totalCost}</th>
                <th scope="col">{column.paid}</th>
                <th scope="col">{column.sum}</th>
                <th scope="col">{column.stamp}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ id, content, sumYen }) => (
                <tr key={id}>
                  <td>{plainDate(content.day)}</td>
                  <td>{placeOf(content.institution)}</td>
                  <td className={styles.amount}>{content.totalCostYen !== null && words.yen(content.totalCostYen)}</td>
                  <td className={styles.amount}>{words.yen(content.paidYen)}</td>
                  <td className={styles.amount}>{words.yen(sumYen)}</td>
                  <td />
                </tr>
              ))}
              {empty.map((key) => (
                <tr key={key}>
                  <td />
                  <td />
                  <td />
                  <td />
                  <td />
                  <td />
                </tr>
              ))}
            </tbody>
          </table>
          <p>{form.copy}</p>
          {total.scope !== 'everywhere' && <p>{form.partial}</p>}
        </section>,
        document.body,
      )}
    </>
  )
}
