// The face in the chip beside the person at the counter: staff decide, and neither answer is where a stray Enter falls.
// The pictures are data of this page only; no address leads to them.

import type { FaceView, VisitView } from '../../src-main/contract/reception.ts'
import { screen } from '../../src-main/words/desk.ts'
import { sexText } from '../../src-main/words/states.ts'
import type { Act } from '../act.ts'
import { birthDate, plainDate } from '../format.ts'
import { SameOrNot } from '../parts/same-or-not.tsx'
import styles from './face-comparison.module.css'

const picture = (base64: string) => `data:image/png;base64,${base64}`

export function FaceComparison(props: { readonly visit: VisitView; readonly face: FaceView; readonly act: Act }) {
  const { visit, face, act } = props
  const confirm = (isSame: boolean) => act('confirmFace', { visitId: visit.id, isSame })
  return (
    <SameOrNot
      question={screen.face.question}
      note={screen.face.compare}
      same={screen.face.same}
      other={screen.face.different}
      onAnswer={confirm}
    >
      <div className={styles.card}>
        <img className={styles.photo} src={picture(face.photo)} alt={screen.face.photo} />
        <dl className={styles.facts}>
          <dt>{screen.face.name}</dt>
          <dd>
            <img className={styles.print} src={picture(face.nameImage)} alt={face.name} />
          </dd>
          <dt>{screen.face.birthDate}</dt>
          <dd className={styles.text}>
            {birthDate(face.birthDate)}　{sexText[face.sex]}
          </dd>
          <dt>{screen.face.address}</dt>
          <dd>
            <img className={styles.print} src={picture(face.addressImage)} alt={face.address} />
          </dd>
          <dt>{screen.face.validTo}</dt>
          <dd className={styles.text}>{plainDate(face.validTo)}</dd>
        </dl>
      </div>
    </SameOrNot>
  )
}
