// The headline of a stage on which nothing is to be pressed at once; it takes the focus, so that a stray Enter does
// nothing.
import { useEffect, useRef } from 'react'
import styles from './headline.module.css'

export function Headline({ children }: { readonly children: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <h2 className={styles.headline} ref={heading} tabIndex={-1}>
      {children}
    </h2>
  )
}
