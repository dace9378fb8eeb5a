// The headline of something new on the page. It takes the focus, because it decides nothing: a stray Enter falls here. What
// stood there before may have been read to its end; a stage of its own begins at the top all the same.
import { type ReactNode, useLayoutEffect } from 'react'
import { useFreshContent } from '../keys/guarded-keys.tsx'
import styles from './headline.module.css'

export function Headline(props: {
  /** h1 where it is what the whole page is about, h2 for a stage of its own, h3 for a question within one. */
  readonly level?: 1 | 2 | 3
  readonly id?: string
  /** Instead of a stage's large type. */
  readonly className?: string | undefined
  readonly children: ReactNode
}) {
  const { level = 2, id, className, children } = props
  const heading = useFreshContent<HTMLHeadingElement>()
  // The focus alone does not move there: the head of a result stays in sight, and counts as seen wherever one is.
  useLayoutEffect(() => {
    if (level === 2) heading.current?.closest('main')?.scrollTo(0, 0)
    if (level === 1) window.scrollTo(0, 0)
  }, [level, heading])
  const Heading = `h${level}` as const
  return (
    <Heading id={id} className={className ?? styles.headline} ref={heading} tabIndex={-1}>
      {children}
    </Heading>
  )
}
