// The whole middle of the screen for one thing: a sign, what is so, and what to do.
import type { ReactNode } from 'react'
import { Headline } from './headline.tsx'
import { Icon, type IconName } from './icon.tsx'
import styles from './stage.module.css'

const signs = { calm: styles.sign, bad: styles.badSign, working: styles.workingSign }

export function Stage(props: {
  readonly icon: IconName
  readonly look?: keyof typeof signs
  readonly title: ReactNode
  readonly note: ReactNode
  /** A new title takes the focus. */
  readonly hasNewTitles?: boolean
  /** The note is told when it changes. */
  readonly isNoteTold?: boolean
  readonly children?: ReactNode
}) {
  const { icon, look = 'calm', title, note, children } = props
  return (
    <section className={styles.stage} aria-busy={look === 'working' || undefined}>
      <Icon name={icon} className={signs[look]} />
      <Headline key={props.hasNewTitles ? String(title) : undefined}>{title}</Headline>
      <p className={styles.note} role={props.isNoteTold ? 'status' : undefined}>
        {note}
      </p>
      {children}
    </section>
  )
}
