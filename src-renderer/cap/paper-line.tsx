// The line of this visit as it is written on the patient's paper. The running total is given only where it is known to be
// that of the paper; else it is added up there.
import type { CapSheetView } from '../../src-main/contract/cap-sheet.ts'
import { capScreen as words } from '../../src-main/words/cap.ts'
import { plainDate } from '../format.ts'
import styles from './cap-page.module.css'

const { column, paper } = words

export function PaperLine({ sheet }: { readonly sheet: CapSheetView }) {
  const { lines, ownLineId, capYen, paperCompleteOn, clinicName } = sheet
  const own = lines.find(({ id }) => id === ownLineId)
  if (!own) return null
  const { day, totalCostYen, paidYen } = own.content
  const isWhole = paperCompleteOn !== null && paperCompleteOn >= day
  const cells = [
    [column.day, plainDate(day)],
    [column.institution, clinicName ?? words.here],
    [column.totalCost, totalCostYen === null ? '' : words.yen(totalCostYen)],
    [column.paid, words.yen(paidYen)],
    [column.sum, isWhole ? words.yen(own.sumYen) : paper.addUp(paidYen)],
    [column.stamp, ''],
  ] as const
  const isReached = capYen !== null && own.sumYen >= capYen && own.sumYen - paidYen < capYen
  return (
    <section className={styles.paper} aria-labelledby="cap-paper">
      <h3 id="cap-paper">{paper.title}</h3>
      <dl className={styles.paperLine}>
        {cells.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {isReached && <p className={styles.told}>{paper.reached}</p>}
    </section>
  )
}
