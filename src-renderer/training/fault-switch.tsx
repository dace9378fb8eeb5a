// One thing that can be made to go wrong: what it means, whether it does, and the button that changes that.
import type { TrainingFault } from '../../src-main/contract/training.ts'
import { faultText, trainingScreen as words } from '../../src-main/words/training.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import { Tag } from '../parts/tag.tsx'
import styles from './training.module.css'

export function FaultSwitch(props: { readonly fault: TrainingFault; readonly isOn: boolean; readonly act: Act }) {
  const { fault, isOn, act } = props
  const { name, means } = faultText[fault]
  return (
    <div className={styles.fault}>
      <p className={styles.faultName}>
        <strong>{name}</strong>
        <Tag tone={isOn ? 'care' : 'plain'} icon={isOn ? 'warning' : 'ok'}>
          {isOn ? words.isOn : words.isOff}
        </Tag>
      </p>
      <p className={styles.note}>{means}</p>
      <Action
        aria-label={words.switchOf(name, isOn)}
        onPress={() => act('switchTrainingFault', { fault, isOn: !isOn })}
      >
        {isOn ? words.mend : words.break}
      </Action>
    </div>
  )
}
