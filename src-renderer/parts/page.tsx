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
  readonly children: ReactNode
}) {
  const { title, status, onBack, children } = props
  return (
    <section className={styles.page} aria-label={title}>
      <div className={styles.head}>
        <Headline>{title}</Headline>
        <BackAction onBack={onBack}>{screen.pageBack}</BackAction>
      </div>
      <p role="status">{status}</p>
      {children}
    </section>
  )
}
