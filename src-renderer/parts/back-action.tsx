// The way back, by its button or by Esc. In a field Esc ends the typing first: what stands there is not lost by one key. A
// choice is nothing that is typed.
import type { ReactNode } from 'react'
import { screen } from '../../src-main/words/desk.ts'
import { focusHeading } from '../keys/keep-focus.ts'
import { useEscape } from '../use-escape.ts'
import { Action } from './action.tsx'
import { KeyCap } from './key-cap.tsx'

export function BackAction(props: {
  readonly weight?: 'primary' | 'secondary'
  readonly onBack: () => void
  readonly children: ReactNode
}) {
  const { weight = 'secondary', onBack, children } = props
  useEscape(() => {
    const isTyping = document.activeElement?.matches('main :is(input:not([type=radio]), textarea, select)')
    if (isTyping) focusHeading(document.querySelector('main'))
    else onBack()
  }, 'last')
  return (
    <Action weight={weight} onPress={onBack}>
      {children}
      <KeyCap>{screen.keys.back}</KeyCap>
    </Action>
  )
}
