// On every view of training, whatever it is about: what goes wrong because somebody has switched it so, and the end of it.
import type { TrainingFault } from '../../src-main/contract/training.ts'
import { faultText, trainingScreen as words } from '../../src-main/words/training.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import { Icon } from '../parts/icon.tsx'
import styles from './training.module.css'

export function FaultNotice({ faults, act }: { readonly faults: readonly TrainingFault[]; readonly act: Act }) {
  if (faults.length === 0) return null
  return (
    <section className={styles.notice} role="status">
      <Icon name="warning" />
      <p>{words.on(faults.map((fault) => faultText[fault].name))}</p>
      <Action onPress={() => act('endTrainingFaults', {})}>{words.endAll}</Action>
    </section>
  )
}
