// The reception screen: the counter's visit in the middle, today's visits and (in training) the sample cards beside it.
// All state is the agent's.
import { useCallback, useEffect, useState } from 'react'
import type { FailureCode } from '../src-main/contract/failures.ts'
import { screen, sentence } from '../src-main/contract/ja.ts'
import type { Bridge, Reception } from '../src-main/contract/reception.ts'
import type { Failure } from '../src-main/contract/result.ts'
import type { VisitState } from '../src-main/contract/visit.ts'
import type { Act } from './act.ts'
import styles from './app.module.css'
import { BookingsPage } from './bookings/bookings-page.tsx'
import { ClockNotice } from './desk/clock-notice.tsx'
import { Header } from './desk/header.tsx'
import { Notices } from './desk/notices.tsx'
import { StaleNumbers } from './desk/stale-numbers.tsx'
import { TrainingCards } from './desk/training-cards.tsx'
import { VisitList } from './desk/visit-list.tsx'
import { DestinationsPage } from './destinations/destinations-page.tsx'
import { Icon } from './parts/icon.tsx'
import { Registration } from './terminal/registration.tsx'
import { TerminalQuery } from './terminal/terminal-query.tsx'
import { PastVisit } from './visit/past-visit.tsx'
import { VisitPanel } from './visit/visit-panel.tsx'

/** From the card to the answer the patient may be looking at the screen. */
const patientLooks: readonly (VisitState | undefined)[] = ['reading', 'identifying', 'asking']

/** While one of these is at the counter, nothing else can be brought there. */
const underWay: readonly (VisitState | undefined)[] = [...patientLooks, 'answered']

/** The entries for PIN, face and 診察券番号 tell a wrong one, and what it means, in their own place. */
const toldInPlace: readonly FailureCode[] = [
  'PIN_WRONG',
  'PIN_BLOCKED',
  'FACE_CODE_WRONG',
  'FACE_CODE_LAST_TRY',
  'FACE_CODE_BLOCKED',
  'PATIENT_NUMBER_TAKEN',
]

export function App({ bridge }: { readonly bridge: Bridge }) {
  const [reception, setReception] = useState<Reception | null>(null)
  const [isLost, setLost] = useState(false)
  const [notice, setNotice] = useState<Failure | null>(null)

  useEffect(() => bridge.onReception(setReception, setLost), [bridge])

  const currentId = reception?.current?.id
  useEffect(() => {
    if (currentId) setNotice(null)
  }, [currentId])

  const act: Act = useCallback(
    async (name, request) => {
      setNotice(null)
      const answer = await bridge.call(name, request)
      const failure = answer.ok ? null : answer.error
      if (failure && !toldInPlace.includes(failure.code)) setNotice(failure)
      return failure
    },
    [bridge],
  )

  const show = useCallback((visitId: string | null) => void act('showVisit', { visitId }), [act])

  const toCounter = useCallback(() => void act('openPage', { page: 'counter' }), [act])

  if (!reception) return <p className={styles.loading}>{isLost ? screen.lost : screen.loading}</p>

  // A visit that ended with the failure tells it itself, and without a connection the banner is what counts.
  const isTold = isLost || notice?.code === reception.current?.failure?.code
  const past = reception.shown
  const { page } = reception
  const registration = reception.terminal?.asking?.registration
  return (
    <div className={styles.page}>
      <div>
        <Header reception={reception} act={act} isPatientLooking={patientLooks.includes(reception.current?.state)} />
        {reception.clockDoubt && <ClockNotice doubt={reception.clockDoubt} today={reception.today} act={act} />}
        <Notices
          hub={reception.hub}
          terminal={reception.terminal}
          settings={reception.settings}
          mode={reception.mode}
          today={reception.today}
        />
      </div>
      {isLost && (
        <p className={styles.lost} role="alert">
          <Icon name="error" />
          {screen.lost}
        </p>
      )}
      <div className={isLost ? styles.stale : styles.columns}>
        <main className={styles.counter}>
          {notice && !isTold && (
            <p className={styles.notice} role="alert">
              <Icon name="warning" />
              {sentence(notice).message}
              {sentence(notice).next}
            </p>
          )}
          {reception.otherCard === 'waiting' && (
            <p className={styles.notice} role="status">
              <Icon name="card" />
              {screen.cardWaiting}
            </p>
          )}
          {registration && page.name === 'counter' && registration.visitId === (past?.id ?? currentId) && (
            <Registration registration={registration} />
          )}
          {page.name === 'staleNumbers' ? (
            <StaleNumbers links={page.links} act={act} onBack={toCounter} />
          ) : page.name === 'bookings' ? (
            <BookingsPage view={page} act={act} onBack={toCounter} />
          ) : page.name === 'destinations' ? (
            <DestinationsPage view={page} act={act} onBack={toCounter} />
          ) : page.name === 'terminalQuery' ? (
            <TerminalQuery question={reception.terminal?.asking?.question ?? null} act={act} onBack={toCounter} />
          ) : past ? (
            <PastVisit
              key={past.id}
              visit={past}
              today={reception.today}
              act={act}
              current={reception.current}
              isCounterFree={!underWay.includes(reception.current?.state)}
              onBack={() => show(null)}
            />
          ) : (
            <VisitPanel reception={reception} act={act} />
          )}
        </main>
        <aside className={styles.side}>
          {reception.training && <TrainingCards training={reception.training} act={act} />}
          <VisitList
            visits={reception.visits}
            isHidden={patientLooks.includes(reception.current?.state)}
            today={reception.today}
            shownId={past?.id ?? currentId}
            onShow={show}
          />
        </aside>
      </div>
    </div>
  )
}
