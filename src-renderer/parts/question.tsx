// Asked in its own place before something that counts for everybody and is not taken back with one press. The answer that
// changes nothing has the focus, so that a key held down or pressed twice does nothing.
import { useId } from 'react'
import { screen } from '../../src-main/words/desk.ts'
import { useFreshContent } from '../keys/guarded-keys.tsx'
import { useEscape } from '../use-escape.ts'
import { Action } from './action.tsx'
import styles from './question.module.css'

export function Question(props: {
  readonly question: string
  readonly yes: string
  readonly onYes: () => void
  readonly onNo: () => void
}) {
  const { question, yes, onYes, onNo } = props
  const no = useFreshContent<HTMLButtonElement>()
  const id = useId()
  useEscape(onNo)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place inside a line of text
    <span className={styles.asking} role="group" aria-labelledby={id}>
      <span id={id} className={styles.question}>
        {question}
      </span>
      <Action onPress={onYes}>{yes}</Action>
      <Action ref={no} weight="quiet" onPress={onNo}>
        {screen.leave}
      </Action>
    </span>
  )
}
