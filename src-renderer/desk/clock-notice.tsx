// The clock is in doubt: what contradicts it, what waits meanwhile, and the one thing only a person can say. Whoever knows
// better mends the clock instead, and this is gone by itself.

import type { Reception } from '../../src-main/contract/reception.ts'
import { screen } from '../../src-main/words/desk.ts'
import type { Act } from '../act.ts'
import { clinicTime, eraDate } from '../format.ts'
import { useFreshContent } from '../keys/guarded-keys.tsx'
import { Action } from '../parts/action.tsx'
import { Icon } from '../parts/icon.tsx'
import styles from './notices.module.css'

const moment = (text: string) => `${eraDate(text.slice(0, 10))} ${clinicTime(text)}`

export function ClockNotice(props: {
  readonly doubt: NonNullable<Reception['clockDoubt']>
  readonly today: string
  readonly act: Act
}) {
  const { doubt, today, act } = props
  useFreshContent()
  const { kind, now, other, isHeld } = doubt
  const says = screen.clock[kind](kind === 'off' ? moment(now) : eraDate(today), moment(other))
  return (
    <section className={styles.urgent} role="status">
      <Icon name="warning" />
      <p className={styles.question}>
        {says}
        {isHeld ? screen.clock.held : screen.clock.kept}
        {screen.clock.mend}
      </p>
      <Action onPress={() => act('confirmClock', { today })}>{screen.clock.isRight(eraDate(today))}</Action>
    </section>
  )
}
