// A page beside the counter: its title takes the focus, and the way back is always at the same place.
import type { ReactNode } from 'react'
import { screen } from '../../src-main/words/desk.ts'
import { BackAction } from './back-action.tsx'
import { Headline } from './headline.tsx'
import styles from './page.module.css'

export function Page(props: {
  readonly title: string
  /** What is so now; told when it changes. */
  readonly status: string
  readonly onBack: () => void
  /** What the way back is called, where it leads to no counter. */
  readonly back?: string
  readonly children: ReactNode
}) {
  const { title, status, onBack, back = screen.pageBack, children } = props
  return (
    <section className={styles.page} aria-label={title}>
      <div className={styles.head}>
        <Headline>{title}</Headline>
        <BackAction onBack={onBack}>{back}</BackAction>
      </div>
      <p role="status">{status}</p>
      {children}
    </section>
  )
}
