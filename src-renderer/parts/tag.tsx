// A state in one word with its sign: colour supports it, the word carries it.
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import styles from './tag.module.css'

export type Tone = 'good' | 'care' | 'bad' | 'plain'

export function Tag({
  tone,
  icon,
  children,
}: {
  readonly tone: Tone
  readonly icon: IconName
  readonly children: ReactNode
}) {
  return (
    <span className={`${styles.tag} ${styles[tone]}`}>
      <Icon name={icon} />
      {children}
    </span>
  )
}
