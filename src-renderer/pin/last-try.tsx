// The last try before something locks: it is only spent after it was agreed to.
import { Checkbox } from 'react-aria-components'
import { Icon } from '../parts/icon.tsx'
import styles from './last-try.module.css'

export function LastTry(props: {
  readonly warning: string
  readonly consent: string
  readonly isAgreed: boolean
  readonly onChange: (isAgreed: boolean) => void
}) {
  return (
    <div className={styles.last}>
      <p>
        <Icon name="warning" /> <strong>{props.warning}</strong>
      </p>
      <Checkbox className={styles.agree ?? ''} isSelected={props.isAgreed} onChange={props.onChange}>
        <span className={styles.box}>{props.isAgreed && <Icon name="ok" />}</span>
        {props.consent}
      </Checkbox>
    </div>
  )
}
