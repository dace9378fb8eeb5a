// The reception screen: the counter's visit in the middle, today's visits and (in training) the sample cards beside it.
// All state is the agent's. While the screen is covered, nothing about anybody is in the page at all.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Bridge } from '../../src-main/contract/calls.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { maySeePatients } from '../../src-main/contract/rights.ts'
import type { FailureCode } from '../../src-main/ground/failures.ts'
import type { Failure } from '../../src-main/ground/result.ts'
import { isIn, openVisitStates, passingVisitStates } from '../../src-main/ground/states.ts'
import { screen } from '../../src-main/words/desk.ts'
import { sentence } from '../../src-main/words/failures.ts'
import type { Act } from '../act.ts'
import { capPlace } from '../cap/cap-place.ts'
import type { OpenTab } from '../desk-bridge.ts'
import { useHelp } from '../help/use-help.ts'
import { placeOf } from '../help/where.ts'
import { later } from '../later.tsx'
import { Icon } from '../parts/icon.tsx'
import { Reference } from '../parts/reference.tsx'
import { PatientLooksContext } from '../patient-looks.ts'
import { KnowsPapers } from '../print/desk-papers.tsx'
import { useSignals } from '../signals/use-signals.ts'
import type { Time } from '../time.ts'
import { VisitPanel } from '../visit/visit-panel.tsx'
import { Covered, useCover } from './cover.tsx'
import styles from './desk.module.css'
import { HalfTyped } from './half-typed.tsx'
import { Header } from './header.tsx'
import { Notices } from './notices.tsx'
import { OpenPage } from './open-page.tsx'
import { Side } from './side.tsx'
import { useStaying } from './signed-in.tsx'
import { type Done, Undo, useUndo } from './undo.tsx'

const FaultNotice = later(async () => (await import('../training/fault-notice.tsx')).FaultNotice)
const ServerNotice = later(async () => (await import('./server-notice.tsx')).ServerNotice)
const AskingNotices = later(async () => (await import('../asking/asking-notices.tsx')).AskingNotices)
const ClockNotice = later(async () => (await import('./clock-notice.tsx')).ClockNotice)
const Registration = later(async () => (await import('../terminal/registration.tsx')).Registration)
const PastVisit = later(async () => (await import('../visit/past-visit.tsx')).PastVisit)
const NoPatients = later(async () => (await import('../staff/no-patients.tsx')).NoPatients)

/** The entries for PIN, face, 診察券番号 and lines of a cap's sheet tell a wrong one, and what it means, in their own place. */
const toldInPlace: readonly FailureCode[] = [
  'PIN_WRONG',
  'PIN_BLOCKED',
  'FACE_CODE_WRONG',
  'FACE_CODE_LAST_TRY',
  'FACE_CODE_BLOCKED',
  'PATIENT_NUMBER_TAKEN',
  'CAP_ENTRY_DAY',
  'CAP_ENTRY_AMOUNT',
  'CAP_ENTRY_OVER',
  'CAP_ENTRY_REPEATED',
]

export function Desk(props: {
  readonly bridge: Bridge
  readonly reception: Reception
  readonly time: Time
  /** null: the shell opens the patients' pages by itself. */
  readonly openTab: OpenTab | null
}) {
  const { bridge, reception, time, openTab } = props
  const [notice, setNotice] = useState<Failure | null>(null)
  const { current } = reception
  const [isCovered, cover, uncover] = useCover(
    time,
    reception.hideAfterMin * 60_000,
    `${current?.id} ${current?.state}`,
    reception.isLocked,
  )

  useStaying(time, reception, isCovered, bridge)
  const isSignedIn = reception.staff.state === 'signedIn'

  const [isTypedByPatient, setTypedByPatient] = useState(false)
  useSignals(reception, isCovered)

  const currentId = current?.id
  useEffect(() => {
    if (currentId) setNotice(null)
  }, [currentId])
  const [done, noteDone] = useUndo(time, currentId)

  const act: Act = useCallback(
    async (name, request) => {
      setNotice(null)
      const answer = await bridge.call(name, request)
      const failure = answer.ok ? null : answer.error
      if (answer.ok) noteDone(name, request)
      if (failure && !toldInPlace.includes(failure.code)) setNotice(failure)
      return failure
    },
    [bridge, noteDone],
  )

  const show = useCallback((visitId: string | null) => void act('showVisit', { visitId }), [act])

  const toCounter = useCallback(() => void act('openPage', { page: 'counter' }), [act])

  // A visit that ended with the failure tells it itself.
  const isTold = notice?.code === current?.failure?.code
  const help = useHelp(() => placeOf(reception, isCovered, isTold ? null : notice))
  // From the card to the answer the patient may be looking at the screen.
  const isPatientLooking = isIn(passingVisitStates, current?.state) || isTypedByPatient
  const { shown: past, page } = reception
  return (
    <div className={styles.page}>
      <div>
        <Header
          reception={reception}
          act={act}
          isPatientLooking={isPatientLooking || isCovered}
          onCover={isCovered ? null : cover}
          onHelp={help.open}
          openTab={openTab}
        />
        <AllNotices
          reception={reception}
          refusal={isTold || isCovered ? null : notice}
          isPatientLooking={isPatientLooking || isCovered}
          act={act}
        />
      </div>
      <div className={styles.columns}>
        <main className={styles.counter}>
          {isCovered ? (
            <Covered
              isCardThere={isPatientLooking || reception.otherCard === 'waiting'}
              onUncover={isSignedIn ? () => act('signOut', {}) : uncover}
            />
          ) : (
            <>
              <Said
                reception={reception}
                done={done}
                inView={placeInView(page, past?.id ?? currentId)}
                isPatientLooking={isPatientLooking}
                act={act}
              />
              <PatientLooksContext value={setTypedByPatient}>
                <KnowsPapers reception={reception} act={act}>
                  <InView reception={reception} act={act} onShow={show} onBack={toCounter} />
                </KnowsPapers>
              </PatientLooksContext>
            </>
          )}
        </main>
        <Side
          reception={reception}
          act={act}
          help={help}
          isCovered={isCovered}
          isPatientLooking={isPatientLooking}
          shownId={past?.id ?? currentId}
          onShow={show}
        />
      </div>
    </div>
  )
}

/** What clinic IT should know, and what was not done. */
function AllNotices(props: {
  readonly reception: Reception
  /** What a person has just asked for and did not get. */
  readonly refusal: Failure | null
  readonly isPatientLooking: boolean
  readonly act: Act
}) {
  const { reception, refusal, isPatientLooking, act } = props
  const { asking, clockDoubt, current, siteServer, staff, today } = reception
  return (
    <section className={styles.notices} aria-label={screen.notices}>
      {siteServer && isWorthSaying(siteServer) && (
        <ServerNotice
          server={siteServer}
          today={today}
          hasTerminal={reception.terminal !== null}
          mayLook={maySeePatients(staff)}
          act={act}
        />
      )}
      {clockDoubt && <ClockNotice doubt={clockDoubt} today={today} act={act} />}
      <Notices
        hub={reception.hub}
        terminal={reception.terminal}
        settings={reception.settings}
        destinations={reception.destinations}
        mode={reception.mode}
        staff={reception.staff}
        today={today}
        act={act}
      />
      {reception.training && <FaultNotice faults={reception.training.faults} act={act} />}
      {asking && <AskingNotices asking={asking} current={current} isPatientLooking={isPatientLooking} act={act} />}
      {refusal && <Refusal failure={refusal} />}
    </section>
  )
}

const isWorthSaying = (server: NonNullable<Reception['siteServer']>) =>
  server.state !== 'up' || server.conflicts > 0 || server.unmerged !== null

/** What the middle of the screen is about: a page, a visit that is looked up, or the counter. */
function InView(props: {
  readonly reception: Reception
  readonly act: Act
  readonly onShow: (visitId: string | null) => void
  readonly onBack: () => void
}) {
  const { reception, act, onShow, onBack } = props
  const { page, current, shown: past } = reception
  if (page.name !== 'counter') return <OpenPage page={page} reception={reception} act={act} onBack={onBack} />
  if (!maySeePatients(reception.staff)) return <NoPatients act={act} />
  const registration = reception.terminal?.asking?.registration
  return (
    <>
      {registration && registration.visitId === (past ?? current)?.id && <Registration registration={registration} />}
      {past ? (
        <PastVisit
          key={past.id}
          visit={past}
          today={reception.today}
          act={act}
          numberTaken={reception.numberTaken}
          current={current}
          isCounterFree={!isIn(openVisitStates, current?.state)}
          onBack={() => onShow(null)}
        />
      ) : (
        <VisitPanel reception={reception} act={act} />
      )}
    </>
  )
}

/** Where something half typed would be seen. */
function placeInView(page: Reception['page'], visitId: string | undefined): string | undefined {
  if (page.name === 'counter') return visitId
  return page.name === 'capSheet' && page.sheet ? capPlace(page.sheet) : page.name
}

/** What is said above the middle of the screen, whatever it is about. */
function Said(props: {
  readonly reception: Reception
  readonly done: Done | null
  readonly inView: string | undefined
  readonly isPatientLooking: boolean
  readonly act: Act
}) {
  const { done, inView, act } = props
  const { otherCard, visits } = props.reception
  return (
    <>
      {otherCard === 'waiting' && (
        <p className={styles.notice} role="status">
          <Icon name="card" />
          {screen.cardWaiting}
        </p>
      )}
      {done && <Undo done={done} visits={visits} act={act} />}
      {!props.isPatientLooking && <HalfTyped inView={inView} visits={visits} act={act} />}
    </>
  )
}

/** Above everything that scrolls; where the page scrolls as a whole it is brought into view. */
function Refusal({ failure }: { readonly failure: Failure }) {
  const place = useRef<HTMLParagraphElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another refusal is brought into view as well
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' })
  }, [failure])
  const { message, next } = sentence(failure)
  return (
    <p ref={place} className={styles.refusal} role="alert">
      <Icon name="warning" />
      <span>
        {message}
        {next} <Reference number={failure.detail?.reference} />
      </span>
    </p>
  )
}
