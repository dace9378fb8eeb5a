// The number slip (番号票): number and time and nothing else, on the screen and, if the patient wants it, on paper.

import { use, useState } from 'react'
import type { KioskStep } from '../../src-main/contract/kiosk.ts'
import { numberText } from '../../src-main/contract/visit-number.ts'
import type { PatientWords } from '../../src-main/words/patient.ts'
import { clinicTime } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { Headline } from '../parts/headline.tsx'
import { PrinterContext } from '../print/printer.ts'
import styles from './number-slip.module.css'
import { TakeCard } from './take-card.tsx'

/** A piece of a roll, as in the style sheet. */
const sheetMm = { widthMm: 80, heightMm: 80 }

export function NumberSlip(props: {
  readonly step: Extract<KioskStep, { kind: 'slip' }>
  readonly words: PatientWords
  readonly isTraining: boolean
  /** null: asked each time. */
  readonly printer: string | null
}) {
  const { step, words, isTraining, printer } = props
  const { slip } = words.kiosk
  const { print } = use(PrinterContext)
  const [hasFailed, setFailed] = useState(false)
  return (
    <section className={styles.slip}>
      <div className={styles.said} role="status">
        <Headline level={1} className={styles.title}>
          {slip.title}
        </Headline>
        <p className={styles.number}>
          <span className={styles.label}>{slip.number}</span>
          <strong>{numberText(step.number)}</strong>
        </p>
        <p className={styles.time}>
          {slip.time} {clinicTime(step.startedAt)}
        </p>
        {isTraining && <p className={styles.training}>{words.training}</p>}
        {step.isCardThere ? <TakeCard text={slip.takeCard} /> : <p className={styles.note}>{slip.waitForNumber}</p>}
      </div>
      <p className={hasFailed ? styles.note : 'visually-hidden'} role="alert">
        {hasFailed && slip.notPrinted}
      </p>
      <Action
        className={styles.print ?? ''}
        onPress={async () => setFailed(!(await print({ printer, ...sheetMm })).ok)}
      >
        {slip.print}
      </Action>
    </section>
  )
}
