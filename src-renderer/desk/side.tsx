// Beside the counter: the lesson and the sample cards in training, the kiosk, and the list; or the guide, while somebody reads up. What it stands in the
// place of is only hidden: what was typed and chosen there is there again.
import type { Reception } from '../../src-main/contract/reception.ts'
import { maySeePatients } from '../../src-main/contract/rights.ts'
import type { Act } from '../act.ts'
import type { HelpState } from '../help/use-help.ts'
import { later } from '../later.tsx'
import { Worklist } from '../worklist/worklist.tsx'
import styles from './desk.module.css'
import { KioskStrip } from './kiosk-strip.tsx'
import { TrainingCards } from './training-cards.tsx'

const Help = later(async () => (await import('../help/help.tsx')).Help)
const LessonPanel = later(async () => (await import('../training/lesson-panel.tsx')).LessonPanel)

export function Side(props: {
  readonly reception: Reception
  readonly act: Act
  readonly help: HelpState
  readonly isCovered: boolean
  readonly isPatientLooking: boolean
  readonly shownId: string | undefined
  readonly onShow: (visitId: string) => void
}) {
  const { reception, act, help } = props
  const isForPatients = maySeePatients(reception.staff)
  return (
    <aside className={styles.side}>
      <div data-help>
        {help.opened && <Help key={help.opened.nth} place={help.opened.place} onClose={help.close} />}
      </div>
      <div className={styles.work} hidden={help.opened !== null}>
        {reception.training?.lesson && (
          <LessonPanel lesson={reception.training.lesson} training={reception.training} act={act} />
        )}
        {reception.training && isForPatients && <TrainingCards training={reception.training} act={act} />}
        {reception.kiosk && isForPatients && !props.isCovered && (
          <KioskStrip kiosk={reception.kiosk} act={act} isPatientLooking={props.isPatientLooking} />
        )}
        {isForPatients && !props.isCovered && (
          <Worklist
            visits={reception.visits}
            isHidden={props.isPatientLooking}
            today={reception.today}
            shownId={props.shownId}
            onShow={props.onShow}
            act={act}
          />
        )}
      </div>
    </aside>
  )
}
