// Staff compare and say whether it is the same person. Neither answer is where a stray Enter falls: the question has the
// focus, and no button is the first one.
import type { ReactNode } from 'react'
import { Action } from './action.tsx'
import { Headline } from './headline.tsx'
import styles from './same-or-not.module.css'

export function SameOrNot(props: {
  readonly question: string
  /** What to look at before answering. */
  readonly note: string
  readonly same: string
  readonly other: string
  readonly onAnswer: (isSame: boolean) => void
  readonly children: ReactNode
}) {
  const { onAnswer } = props
  return (
    <section className={styles.comparison}>
      <Headline>{props.question}</Headline>
      {props.children}
      <p className={styles.note}>{props.note}</p>
      <div className={styles.actions}>
        <Action onPress={() => onAnswer(true)}>{props.same}</Action>
        <Action onPress={() => onAnswer(false)}>{props.other}</Action>
      </div>
    </section>
  )
}
