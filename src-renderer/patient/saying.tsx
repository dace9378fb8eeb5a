// One thing to read, with a sign and in large type, that a screen reader says by itself when it comes.
import type { Said } from '../../src-main/words/patient.ts'
import { Headline } from '../parts/headline.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import styles from './saying.module.css'

export function Saying({ icon, title, note }: Said & { readonly icon: IconName }) {
  return (
    <section className={styles.saying} role="status">
      <Icon name={icon} className={`${styles.sign} ${styles[icon] ?? ''}`} />
      <Headline level={1} className={styles.title}>
        {title}
      </Headline>
      <p className={styles.note}>{note}</p>
    </section>
  )
}
