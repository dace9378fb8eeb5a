// What every page for patients has around its one thing: the languages, whether this is only training, and the guard over
// the keys, all in the language that was chosen.
import type { ReactNode } from 'react'
import { GuardedKeys, type Hint } from '../keys/guarded-keys.tsx'
import type { Time } from '../time.ts'
import { LanguageChoice } from './language-choice.tsx'
import styles from './patient-frame.module.css'
import type { ChosenLanguage } from './use-language.ts'

export function PatientFrame(props: {
  readonly chosen: ChosenLanguage
  readonly time: Time
  readonly isTraining: boolean
  readonly children: ReactNode
}) {
  const { chosen, time, isTraining, children } = props
  const { training, keyHint } = chosen.words
  const { early, unused } = keyHint
  const hints: Record<Hint, string> = {
    early,
    scanned: unused,
    scanFound: unused,
    scanNotFound: unused,
    scanUnused: unused,
  }
  return (
    <GuardedKeys time={time} hints={hints}>
      <div className={styles.page}>
        <header className={styles.head}>
          {isTraining && <p className={styles.training}>{training}</p>}
          <LanguageChoice {...chosen} />
        </header>
        <main className={styles.middle}>{children}</main>
      </div>
    </GuardedKeys>
  )
}
