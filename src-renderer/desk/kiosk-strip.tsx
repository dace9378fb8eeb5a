// The kiosk as the desk sees it: how it stands, the ways to step in, and who was asked to come to reception. Numbers only: it
// stands there also while a patient looks at the screen.
import type { KioskState } from '../../src-main/contract/kiosk.ts'
import { kioskDesk as text } from '../../src-main/words/kiosk.ts'
import type { Act } from '../act.ts'
import { clinicTime } from '../format.ts'
import { Action } from '../parts/action.tsx'
import type { IconName } from '../parts/icon.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import styles from './kiosk-strip.module.css'

const looks: Record<KioskState['step']['kind'], readonly [Tone, IconName]> = {
  off: ['care', 'warning'],
  waiting: ['plain', 'card'],
  cardLeft: ['care', 'card'],
  reading: ['plain', 'waiting'],
  pin: ['plain', 'waiting'],
  working: ['plain', 'waiting'],
  slip: ['good', 'ok'],
  called: ['care', 'warning'],
}

export function KioskStrip(props: {
  readonly kiosk: KioskState
  readonly act: Act
  /** Other people's data are not opened now. */
  readonly isPatientLooking: boolean
}) {
  const { kiosk, act, isPatientLooking } = props
  const { isOpen, step, visit, called } = kiosk
  const [tone, icon] = looks[step.kind]
  return (
    <section className={styles.kiosk} aria-labelledby="kiosk">
      <div className={styles.head}>
        <h2 id="kiosk">{text.title}</h2>
        <Action weight="quiet" onPress={() => act('openKiosk', { isOpen: !isOpen })}>
          {isOpen ? text.switchOff : text.switchOn}
        </Action>
      </div>
      <p className={styles.state} role="status">
        {isOpen ? (
          <>
            <Tag tone={tone} icon={icon}>
              {text.steps[step.kind]}
            </Tag>
            {visit?.number != null && <span>{text.number(visit.number)}</span>}
          </>
        ) : (
          text.switchedOff
        )}
      </p>
      {visit && (
        <div className={styles.ways}>
          <Action onPress={() => act('callToDesk', { visitId: visit.id })}>{text.callToDesk}</Action>
          <Action weight="quiet" onPress={() => act('cancelVisit', { visitId: visit.id })}>
            {text.cancel}
          </Action>
        </div>
      )}
      {called.length > 0 && (
        <>
          <h3 className={styles.called}>{text.called}</h3>
          <ul className={styles.list}>
            {called.map(({ visitId, number, startedAt, why }) => (
              <li key={visitId} className={styles.one}>
                <p>
                  <strong>{text.number(number)}</strong> {clinicTime(startedAt)}
                </p>
                <p>{text.whys[why]}</p>
                <div className={styles.ways}>
                  <Action isDisabled={isPatientLooking} onPress={() => act('showVisit', { visitId })}>
                    {text.show(number)}
                  </Action>
                  <Action weight="quiet" onPress={() => act('dismissCalled', { visitId })}>
                    {text.seen}
                  </Action>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
