// Switches reading aloud on and off. It stands beside the languages, and decides as little as they do.
import { Button } from 'react-aria-components'
import { Icon } from '../parts/icon.tsx'
import styles from './choices.module.css'

export function ReadingChoice(props: {
  readonly text: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}) {
  const { text, isOn, onChange } = props
  return (
    <Button className={styles.choice ?? ''} aria-pressed={isOn} onPress={() => onChange(!isOn)}>
      <Icon name={isOn ? 'ok' : 'voice'} />
      {text}
    </Button>
  )
}
