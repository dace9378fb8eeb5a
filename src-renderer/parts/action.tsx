// A button that does something, in the design system's three weights.
import type { Ref } from 'react'
import { Button, type ButtonProps } from 'react-aria-components'
import styles from './action.module.css'

export function Action({
  weight = 'secondary',
  className,
  ...props
}: ButtonProps & {
  readonly weight?: 'primary' | 'secondary' | 'quiet'
  readonly className?: string
  readonly ref?: Ref<HTMLButtonElement>
}) {
  return <Button {...props} className={[styles.action, styles[weight], className].filter(Boolean).join(' ')} />
}
