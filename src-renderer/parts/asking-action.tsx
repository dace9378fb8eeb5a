// A button that asks before it does something.
import { type ReactNode, useState } from 'react'
import { Action } from './action.tsx'
import { Question } from './question.tsx'

export function AskingAction(props: {
  /** What the button is called where its own text is not enough. */
  readonly label?: string
  readonly question: string
  readonly yes: string
  readonly onYes: () => void
  readonly className?: string
  readonly weight?: 'primary' | 'secondary' | 'quiet'
  readonly children: ReactNode
}) {
  const { label, question, yes, onYes, className, weight = 'quiet', children } = props
  const [isAsking, setAsking] = useState(false)
  if (!isAsking) {
    return (
      <Action
        weight={weight}
        {...(className && { className })}
        {...(label && { 'aria-label': label })}
        onPress={() => setAsking(true)}
      >
        {children}
      </Action>
    )
  }
  const over = () => setAsking(false)
  return (
    <Question
      question={question}
      yes={yes}
      onYes={() => {
        over()
        onYes()
      }}
      onNo={over}
    />
  )
}
