// The patient is asked to come to reception, with the number under which everything waits there, and in words that blame
// nobody; or only to lay the card again.

import type { KioskStep } from '../../src-main/contract/kiosk.ts'
import { numberText } from '../../src-main/contract/visit-number.ts'
import type { PatientWords } from '../../src-main/words/patient.ts'
import { Headline } from '../parts/headline.tsx'
import styles from './number-slip.module.css'
import { TakeCard } from './take-card.tsx'

export function Called(props: { readonly step: Extract<KioskStep, { kind: 'called' }>; readonly words: PatientWords }) {
  const { number, why, isCardThere } = props.step
  const { called, slip } = props.words.kiosk
  const isAgain = why === 'again'
  return (
    <section className={styles.slip} role="status">
      <Headline level={1} className={styles.title}>
        {isAgain ? called.againTitle : called.title}
      </Headline>
      {number !== null && !isAgain && (
        <p className={styles.number}>
          <span className={styles.label}>{slip.number}</span>
          <strong>{numberText(number)}</strong>
        </p>
      )}
      <p className={styles.note}>{called.notes[why]}</p>
      {isCardThere && !isAgain && <TakeCard text={slip.takeCard} />}
    </section>
  )
}
