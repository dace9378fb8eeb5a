// The head of the page. Training is marked here because this line is on every screen.
import type { PageName } from '../../src-main/contract/pages.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { mayOpen } from '../../src-main/contract/rights.ts'
import type { StaffState } from '../../src-main/contract/staff.ts'
import { failureClass, failureOrigin } from '../../src-main/ground/failures.ts'
import { screen } from '../../src-main/words/desk.ts'
import { pageNames } from '../../src-main/words/pages.ts'
import type { Act } from '../act.ts'
import type { OpenTab } from '../desk-bridge.ts'
import { eraDate } from '../format.ts'
import { focusHeading } from '../keys/keep-focus.ts'
import { Action } from '../parts/action.tsx'
import type { IconName } from '../parts/icon.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import { Tag } from '../parts/tag.tsx'
import styles from './header.module.css'
import { ReaderList } from './readers.tsx'
import { isSettingsPage, settingsPages } from './settings-pages.tsx'
import { SignedIn } from './signed-in.tsx'

/** What is wanted at the counter every day; what is set once stands behind 設定. */
const pages = ['past', 'bookings', 'staleNumbers', 'report', 'settings'] as const

const hubIcons: Record<Reception['hub']['state'], IconName> = { unknown: 'waiting', up: 'ok', down: 'warning' }

/** The patient at the counter could not be asked about a moment ago: nobody calls the line good beside that. */
const isHubInDoubt = ({ current }: Reception): boolean => {
  const failure = current?.failure ?? current?.hold
  return failure != null && failureOrigin(failure.code) === 'hub' && failureClass[failure.code] === 'transient'
}

/** 設定 leads to what of it somebody may open. */
const firstOf = (staff: StaffState, page: PageName): PageName =>
  page === 'settings' ? (settingsPages.find((of) => mayOpen(staff, of)) ?? page) : page

/** Where one is: the product, whether this is only training, the day, and the readers. */
export function Header(props: {
  readonly reception: Reception
  readonly act: Act
  /** Other people's data are not opened now. */
  readonly isPatientLooking: boolean
  /** Hides what is on the screen; null: it is hidden. */
  readonly onCover: (() => void) | null
  readonly onHelp: () => void
  readonly openTab: OpenTab | null
}) {
  const { reception, act, isPatientLooking, onCover, onHelp, openTab } = props
  const { readers, mode, today, hub, terminal, pinEntry, settings, staff } = reception
  const { name } = reception.page
  const shown = isSettingsPage(name) ? 'settings' : name
  const mayAsk = terminal?.asking != null
  const offered = [
    ...(mayAsk ? (['terminalQuestion'] as const) : []),
    ...pages,
    ...(mode === 'training' ? (['training'] as const) : []),
  ].filter((page) => mayOpen(staff, page) || (page === 'settings' && settingsPages.some((of) => mayOpen(staff, of))))
  const hubState = hub.state === 'up' && isHubInDoubt(reception) ? 'unknown' : hub.state
  return (
    <header className={styles.header}>
      <Action className={styles.skip} onPress={() => focusHeading(document.querySelector('main'))}>
        {screen.skip}
      </Action>
      <h1 className={styles.product}>
        {screen.product}
        <span className={styles.sub} lang="en">
          {screen.productSub}
        </span>
      </h1>
      {mode === 'training' && (
        <p className={styles.training}>
          <strong>{screen.training}</strong>
          <span>{settings.practice === 'now' ? screen.practiceNote : screen.trainingNote}</span>
        </p>
      )}
      <p className={styles.day}>
        {screen.today} {eraDate(today)}
      </p>
      <div className={styles.lines}>
        <nav aria-label={screen.pages}>
          {offered.map((page) => (
            <Action
              key={page}
              weight="quiet"
              className={styles.pageLink}
              aria-current={page === shown ? 'page' : undefined}
              isDisabled={isPatientLooking}
              onPress={() => act('openPage', { page: firstOf(staff, page) })}
            >
              {pageNames[page]}
            </Action>
          ))}
        </nav>
        {openTab && pinEntry.side === 'patient' && (
          <Action weight="quiet" className={styles.pageLink} onPress={() => openTab('patient')}>
            {screen.openPatient}
          </Action>
        )}
        {openTab && reception.kiosk && (
          <Action weight="quiet" className={styles.pageLink} onPress={() => openTab('kiosk')}>
            {screen.openKiosk}
          </Action>
        )}
        <Action weight="quiet" className={styles.pageLink} onPress={onHelp}>
          {pageNames.guide}
          <KeyCap>{screen.keys.help}</KeyCap>
        </Action>
        {onCover && (
          <Action weight="quiet" className={styles.pageLink} onPress={onCover}>
            {screen.cover.hide}
            <KeyCap>{screen.keys.cover}</KeyCap>
          </Action>
        )}
        {staff.state === 'signedIn' && <SignedIn staff={staff} act={act} />}
        <p className={styles.hub}>
          {screen.hub.name}
          <Tag tone={hubState === 'down' ? 'care' : 'plain'} icon={hubIcons[hubState]}>
            {screen.hub.state[hubState]}
          </Tag>
        </p>
        <ReaderList readers={readers} act={act} />
      </div>
    </header>
  )
}
