// The line of this visit as it is written on the patient's paper.
import type { CapSheetView } from '../../src-main/contract/cap-sheet.ts'
import { capScreen as words } from '../../src-main/words/cap.ts'
import { ownLineCells, reachesCap } from '../print/papers/cap-papers.ts'
import styles from './cap-page.module.css'

const { paper } = words

export function PaperLine({ sheet }: { readonly sheet: CapSheetView }) {
  const own = sheet.lines.find(({ id }) => id === sheet.ownLineId)
  if (!own) return null
  const cells = ownLineCells(sheet, own)
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
      {reachesCap(sheet, own) && <p className={styles.told}>{paper.reached}</p>}
    </section>
  )
}
