// The answer names somebody else than before: staff ask the person and say. Both stand side by side with what differs said
// in words, neither answer is where a stray Enter falls, and nothing else of the answer is shown until then.

import type { VisitView } from '../../src-main/contract/reception.ts'
import { screen } from '../../src-main/words/desk.ts'
import { sexText } from '../../src-main/words/states.ts'
import type { Act } from '../act.ts'
import { birthDate } from '../format.ts'
import { SameOrNot } from '../parts/same-or-not.tsx'
import table from '../parts/table.module.css'
import styles from './person-doubt.module.css'

type Doubt = NonNullable<VisitView['doubt']>
const words = screen.personDoubt

export function PersonDoubt(props: { readonly visit: VisitView; readonly doubt: Doubt; readonly act: Act }) {
  const { visit, doubt, act } = props
  const confirm = (isSame: boolean) => act('confirmPerson', { visitId: visit.id, isSame })
  return (
    <SameOrNot question={words.question} note={words.ask} same={words.same} other={words.other} onAnswer={confirm}>
      <p>{words.by[doubt.by]}</p>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <td />
              <th scope="col">{words.before}</th>
              <th scope="col">{words.now}</th>
            </tr>
          </thead>
          <tbody>
            {lines(doubt).map(({ label, before, now }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{before}</td>
                <td>
                  {now}
                  {before !== now && <strong className={styles.differs}>{words.differs}</strong>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </SameOrNot>
  )
}

const lines = ({ before, now }: Doubt) => [
  { label: screen.face.name, before: before.name, now: now.name },
  { label: words.kana, before: before.nameKana, now: now.nameKana },
  { label: screen.face.birthDate, before: birthDate(before.birthDate), now: birthDate(now.birthDate) },
  { label: words.sex, before: sexText[before.sex], now: sexText[now.sex] },
]
