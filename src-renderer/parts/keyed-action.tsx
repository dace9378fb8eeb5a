// A button that a function key presses as well; the key stands on it.
import { type ReactNode, type RefObject, useRef } from 'react'
import { useFunctionKey } from '../keys/function-key.ts'
import { Action } from './action.tsx'
import { KeyCap } from './key-cap.tsx'

export function KeyedAction(props: {
  readonly shortcut: string
  readonly weight?: 'primary' | 'secondary' | 'quiet'
  readonly className?: string | undefined
  /** For whoever gives it the focus. */
  readonly buttonRef?: RefObject<HTMLButtonElement | null>
  readonly onPress: () => void
  readonly children: ReactNode
}) {
  const { shortcut, weight = 'secondary', className, onPress, children } = props
  const own = useRef<HTMLButtonElement>(null)
  const button = props.buttonRef ?? own
  // As a press of the button, so that it counts when that would.
  useFunctionKey(shortcut, () => button.current?.click())
  return (
    <Action ref={button} weight={weight} {...(className && { className })} onPress={onPress}>
      {children}
      <KeyCap>{shortcut}</KeyCap>
    </Action>
  )
}
