// Advice in the words of the counter: what has to be done first, what is only good to know last and quieter.

import type { Advice } from '../../src-main/eligibility/assessment.ts'
import { adviceKind, adviceText, eligibilityScreen } from '../../src-main/words/eligibility.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './advice-list.module.css'

const place = { act: 0, look: 1, know: 2 } as const

export function AdviceList({ advice }: { readonly advice: readonly Advice[] }) {
  const sorted = advice
    .map((each) => ({ text: adviceText(each), ...adviceKind(each.code) }))
    .toSorted((one, other) => place[one.weight] - place[other.weight])
  const loud = sorted.filter(({ weight }) => weight !== 'know')
  const quiet = sorted.filter(({ weight }) => weight === 'know')
  return (
    <>
      {loud.length > 0 && (
        <ul className={styles.loud}>
          {loud.map(({ text, weight }) => (
            <li key={text} className={weight === 'act' ? styles.act : undefined}>
              <Icon name="warning" className={styles.sign} />
              {text}
            </li>
          ))}
        </ul>
      )}
      {quiet.length > 0 && (
        <ul className={styles.quiet} aria-label={eligibilityScreen.know}>
          {quiet.map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </>
  )
}
