// A result of the terminal that could be about several people, or about nobody the clinic knows: staff compare and say
// whom. Nothing is chosen beforehand, and kana and birth date stand where they are compared.
import { faceReader } from '../../src-main/contract/ja-terminal.ts'
import type { VisitView } from '../../src-main/contract/reception.ts'
import type { Act } from '../act.ts'
import { birthDate, plainDate } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { Tag } from '../parts/tag.tsx'
import styles from './choose-patient.module.css'

export function ChoosePatient({ visit, act }: { readonly visit: VisitView; readonly act: Act }) {
  const choose = (patientRef: string | null) => act('choosePatient', { visitId: visit.id, patientRef })
  return (
    <section className={styles.choose} aria-labelledby="choose-patient">
      <h3 id="choose-patient" className={styles.title}>
        {faceReader.question}
        <Tag tone="care" icon="warning">
          {faceReader.waits}
        </Tag>
      </h3>
      {visit.candidates.map(({ ref, name, nameKana, birthDate: born, lastSeen }, index) => (
        <div key={ref} className={styles.line}>
          <p className={styles.who}>
            <span className={styles.kana}>{nameKana}</span>
            <strong>{name}</strong>
            <span>{birthDate(born)}</span>
            <span className={styles.seen}>{faceReader.lastSeen(plainDate(lastSeen))}</span>
          </p>
          <Action autoFocus={index === 0} onPress={() => choose(ref)}>
            {faceReader.same}
          </Action>
        </div>
      ))}
      <div className={styles.ways}>
        <Action autoFocus={visit.candidates.length === 0} onPress={() => choose(null)}>
          {faceReader.first}
        </Action>
        <Action weight="quiet" onPress={() => act('cancelVisit', { visitId: visit.id })}>
          {faceReader.refuse}
        </Action>
      </div>
    </section>
  )
}
