// What every page for patients has around its one thing: the languages, a voice, whether this is only training, and the
// guard over the keys, all in the language that was chosen.
import type { ReactNode } from 'react'
import { GuardedKeys, type Hint } from '../keys/guarded-keys.tsx'
import type { Time } from '../time.ts'
import looks from './choices.module.css'
import { LanguageChoice } from './language-choice.tsx'
import styles from './patient-frame.module.css'
import { ReadingChoice } from './reading-choice.tsx'
import type { Choices } from './use-choices.ts'
import { useReading } from './use-reading.ts'

export function PatientFrame(props: {
  readonly choices: Choices
  readonly time: Time
  readonly isTraining: boolean
  /** What there is to hear is read aloud. */
  readonly isRead: boolean
  /** null: nothing that anybody should hear. */
  readonly heard: string | null
  readonly children: ReactNode
}) {
  const { choices, time, isTraining, isRead, heard, children } = props
  const { language, words, choose } = choices
  const { training, keyHint, readAloud } = words
  const hasVoice = useReading(language, isRead ? heard : null)
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
          <div className={looks.choices}>
            <LanguageChoice {...choices} />
            {hasVoice && <ReadingChoice text={readAloud} isOn={isRead} onChange={(isOn) => choose({ isRead: isOn })} />}
          </div>
        </header>
        <main className={styles.middle}>{children}</main>
      </div>
    </GuardedKeys>
  )
}
