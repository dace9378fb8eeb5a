// What clinic IT should know in good time, calm and on every screen: our own certificate's end, a clock that is off,
// folders of the terminal that cannot be read, settings that could not be used or were changed, files that nobody takes.

import type { Reception } from '../../src-main/contract/reception.ts'
import { daysBetween } from '../../src-main/eligibility/calendar.ts'
import { screen } from '../../src-main/words/desk.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { signInDue } from '../../src-main/words/signed-in.ts'
import { faceReader } from '../../src-main/words/terminal.ts'
import type { Act } from '../act.ts'
import { clinicMoment, clinicTime, eraDate } from '../format.ts'
import { later } from '../later.tsx'
import { AskingAction } from '../parts/asking-action.tsx'
import { Icon } from '../parts/icon.tsx'
import styles from './notices.module.css'

/** From this many days before the end it stands out more. */
const pressing = 30
const urgent = 7

const Explained = later(async () => (await import('./explained.tsx')).Explained)

const whenOf = (at: string, today: string) => (at.startsWith(today) ? clinicTime(at) : clinicMoment(at))

export function Notices(props: {
  readonly hub: Reception['hub']
  readonly terminal: Reception['terminal']
  readonly settings: Reception['settings']
  readonly destinations: Reception['destinations']
  readonly mode: Reception['mode']
  readonly staff: Reception['staff']
  readonly today: string
  readonly act: Act
}) {
  const { act, hub, terminal, settings, destinations, mode, staff, today } = props
  const { certificateEndsOn, clockOffsetS } = hub
  const left = certificateEndsOn === null ? null : daysBetween(today, certificateEndsOn)
  return (
    <>
      {settings.fallback && (
        <p className={styles.urgent} role="status">
          <Icon name="warning" />
          <Explained failure={settings.fallback} />
          {screen.settings.fallback[mode]}
        </p>
      )}
      {staff.state === 'off' && staff.dueOn !== null && (
        <p className={styles.notice}>
          <Icon name="unknown" />
          {signInDue(eraDate(staff.dueOn))}
        </p>
      )}
      {settings.failures.map((failure) => (
        <p
          key={`${failure.code} ${failure.detail?.destination ?? ''} ${failure.detail?.field ?? ''}`}
          className={styles.pressing}
          role="status"
        >
          <Icon name="warning" />
          {sentence(failure).message}
          {sentence(failure).next}
        </p>
      ))}
      {settings.changed.length > 0 && (
        <p className={styles.notice} role="status">
          <Icon name="unknown" />
          {screen.settings.changed}
          {settings.changed.map(({ setting, at }) => screen.settings.change(setting, whenOf(at, today))).join('、')}
        </p>
      )}
      {terminal?.failures.map((failure) => (
        <p key={`${failure.code} ${failure.detail?.field ?? ''}`} className={styles.pressing} role="status">
          <Icon name="warning" />
          {sentence(failure).message}
          {sentence(failure).next}
        </p>
      ))}
      {terminal?.otherDesk && <OtherDesk desk={terminal.otherDesk} today={today} act={act} />}
      {terminal !== null && terminal.laidByPrograms > 0 && (
        <p className={styles.notice} role="status">
          <Icon name="unknown" />
          {faceReader.laidByPrograms(terminal.laidByPrograms)}
        </p>
      )}
      {destinations.map(
        ({ id, left: files }) =>
          files && (
            <p key={id} className={styles.notice} role="status">
              <Icon name="unknown" />
              {screen.left(id, files.count, eraDate(files.since.slice(0, 10)))}
            </p>
          ),
      )}
      {certificateEndsOn !== null && left !== null && (
        <p className={left <= urgent ? styles.urgent : left <= pressing ? styles.pressing : styles.notice}>
          <Icon name={left <= pressing ? 'warning' : 'unknown'} />
          {left < 0
            ? screen.hub.certificateEnded(eraDate(certificateEndsOn))
            : screen.hub.certificateEnds(eraDate(certificateEndsOn), left)}
        </p>
      )}
      {clockOffsetS !== null && (
        <p className={styles.pressing}>
          <Icon name="warning" />
          {screen.hub.clock(Math.round(Math.abs(clockOffsetS) / 60), clockOffsetS > 0)}
        </p>
      )}
    </>
  )
}

/** Another desk takes the results of the face reader: which one, since when, and how this one comes to take them. */
function OtherDesk(props: {
  readonly desk: NonNullable<NonNullable<Reception['terminal']>['otherDesk']>
  readonly today: string
  readonly act: Act
}) {
  const { desk, today, act } = props
  const { name, since } = desk
  const words = faceReader.desks
  return (
    <div className={since === null ? styles.pressing : styles.notice}>
      <Icon name={since === null ? 'warning' : 'unknown'} />
      <p className={styles.question} role="status">
        {since === null ? words.quiet(name) : words.elsewhere(name, whenOf(since, today))}
      </p>
      <AskingAction question={words.takes(name)} yes={words.take} onYes={() => void act('takeOverTerminal', {})}>
        {words.take}
      </AskingAction>
    </div>
  )
}
