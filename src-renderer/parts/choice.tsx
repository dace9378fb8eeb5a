// One of several answers to a question that decides something: the whole line can be pressed, and what is chosen is seen
// without its colour. Stands in a RadioGroup.
import type { ReactNode } from 'react'
import { Radio } from 'react-aria-components'
import styles from './choice.module.css'

export function Choice({ value, children }: { readonly value: string; readonly children: ReactNode }) {
  return (
    <Radio value={value} className={styles.choice}>
      <span className={styles.dot} />
      {children}
    </Radio>
  )
}
