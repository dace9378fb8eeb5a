// The visit at the counter: one panel per state, each saying what to do now. Changes are announced, and the focus goes
// to what is to be done next, so that a whole check-in needs no mouse.
import { type JSX, useCallback, useEffect, useState } from 'react'
import type { Reception, VisitView } from '../../src-main/contract/reception.ts'
import { openByHand } from '../../src-main/eligibility/handed.ts'
import { assertNever, type Failure } from '../../src-main/ground/result.ts'
import { type VisitAct, visitRules } from '../../src-main/ground/states.ts'
import { screen } from '../../src-main/words/desk.ts'
import { eligibilityScreen } from '../../src-main/words/eligibility.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { pageNames } from '../../src-main/words/pages.ts'
import type { Act } from '../act.ts'
import { later } from '../later.tsx'
import { Action } from '../parts/action.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import { KeyedAction } from '../parts/keyed-action.tsx'
import { Stage } from '../parts/stage.tsx'
import { PrintAction } from '../print/printable.tsx'
import { PrintableVisit } from '../print/printable-visit.tsx'
import { useEscape } from '../use-escape.ts'
import { FailurePanel } from './failure-panel.tsx'
import { Identify } from './identify.tsx'
import { Result } from './result-later.ts'
import styles from './visit-panel.module.css'

const PersonDoubt = later(async () => (await import('./person-doubt.tsx')).PersonDoubt)

export function VisitPanel({ reception, act }: { readonly reception: Reception; readonly act: Act }) {
  const { current } = reception
  return (
    <>
      <p className="visually-hidden" role="status">
        {announcement(reception)}
      </p>
      {current ? (
        <PrintableVisit key={stageOf(current)} visit={current}>
          <StageOf visit={current} reception={reception} act={act} />
        </PrintableVisit>
      ) : (
        <Waiting reception={reception} act={act} />
      )}
    </>
  )
}

/**
 * States that look alike share a stage, so that the focus stays where it is while a file is on its way. After a wrong PIN
 * the entry is a new one: empty, and in focus. That the hub has gone meanwhile takes away no digit.
 */
function stageOf(visit: VisitView): string {
  return `${visit.id} ${visit.state === 'answered' ? 'asking' : visit.answers ? 'answers' : visit.state} ${visit.pin?.triesLeft ?? ''} ${visit.pin ? '' : (visit.hold?.code ?? '')} ${visit.face ? 'face' : ''} ${visit.doubt ? 'doubt' : ''}`
}

function StageOf(props: { readonly visit: VisitView; readonly reception: Reception; readonly act: Act }) {
  const { visit, reception, act } = props
  switch (visit.state) {
    case 'reading':
      return <Working {...(visit.hold ? heldUp(visit.hold) : screen.reading)} visit={visit} act={act} />
    case 'identifying':
      // Between the certificate and the tries left.
      if (!visit.pin) return <Working {...screen.reading} visit={visit} act={act} />
      return <Identify visit={visit} pinEntry={reception.pinEntry} act={act} />
    case 'asking':
      if (visit.doubt) return <PersonDoubt visit={visit} doubt={visit.doubt} act={act} />
      return <Working {...screen.asking} visit={visit} act={act} counting />
    case 'answered':
    case 'confirmed':
    case 'handedOver':
    case 'acknowledged':
    case 'offline':
      return (
        <Result visit={visit} today={reception.today} act={act} numberTaken={reception.numberTaken} isCurrent>
          <Ways visit={visit} act={act} />
          <PrintAction />
        </Result>
      )
    // Results of the terminal are never brought to the counter; staff decide on them in the list.
    case 'choosing':
    case 'failed':
    case 'cancelled':
      return <FailurePanel visit={visit} act={act} />
    default:
      return assertNever(visit.state)
  }
}

/** The ways on from a result, as far as they are buttons: each stands where what it is about is asked. */
function Ways({ visit, act }: { readonly visit: VisitView; readonly act: Act }) {
  const { id: visitId } = visit
  const ways: Partial<Record<VisitAct, JSX.Element>> = {
    close: (
      <Action key="close" weight="primary" onPress={() => act('closeVisit', { visitId })}>
        {screen.nextPatient}
      </Action>
    ),
    retry: (
      <KeyedAction key="retry" shortcut={screen.keys.askAgain} onPress={() => act('retryVisit', { visitId })}>
        {screen.retry}
      </KeyedAction>
    ),
    cancel: (
      <Action key="cancel" onPress={() => act('cancelVisit', { visitId })}>
        {screen.cancel}
      </Action>
    ),
  }
  return <>{visitRules.acts(visit.state).map((each) => ways[each])}</>
}

function announcement({ current, readerFailure, otherCard, pinEntry }: Reception): string {
  if (!current && readerFailure) return sentence(readerFailure).message
  if (!current) return otherCard === 'left' ? `${screen.cardLeft.title}。${screen.cardLeft.note}` : screen.waiting.title
  if (current.failure) return `${sentence(current.failure).message}${sentence(current.failure).next}`
  if (current.hold) return `${sentence(current.hold).message}${sentence(current.hold).next}`
  if (current.state === 'reading') return screen.reading.title
  if (current.state === 'identifying') return identifying(current, pinEntry.side)
  if (current.doubt) return screen.personDoubt.question
  if (current.state === 'asking') return screen.asking.title
  const lacking = current.handed ? openByHand(current.handed) : 0
  const result = `${screen.result}。${current.patient?.name ?? ''}${lacking > 0 ? `。${eligibilityScreen.byHand(lacking)}` : ''}`
  return current.state === 'answered' ? `${eligibilityScreen.question}。${result}` : result
}

function identifying({ pin, face }: VisitView, side: Reception['pinEntry']['side']): string {
  if (face) return screen.face.question
  if (!pin) return screen.reading.title
  if (pin.triesLeft === 0) return sentence({ code: 'PIN_BLOCKED' }).message
  return `${side === 'patient' ? screen.patientTypes.title : screen.pin.title}。${screen.pin.tries(pin.triesLeft)}`
}

/** Another program has the card: what holds the reading up, and that it goes on by itself. */
const heldUp = (hold: Failure) => ({ title: sentence(hold).message, note: sentence(hold).next })

function Waiting({ reception, act }: { readonly reception: Reception; readonly act: Act }) {
  const failure = reception.readerFailure && sentence(reception.readerFailure)
  const { title, note } = failure
    ? { title: failure.message, note: failure.next }
    : reception.otherCard === 'left'
      ? screen.cardLeft
      : screen.waiting
  return (
    <Stage icon={failure ? 'error' : 'card'} look={failure ? 'bad' : 'calm'} title={title} note={note} hasNewTitles>
      {reception.settings.mayBeginFirstRun && (
        <>
          <p className={styles.note}>{screen.nothingSet}</p>
          <Action onPress={() => act('openPage', { page: 'firstRun' })}>{pageNames.firstRun}</Action>
        </>
      )}
    </Stage>
  )
}

function Working(props: {
  readonly title: string
  readonly note: string
  readonly visit: VisitView
  readonly act: Act
  /** The hub is being waited for: after a moment the seconds are told. */
  readonly counting?: boolean
}) {
  const { act } = props
  const { id: visitId } = props.visit
  const cancel = useCallback(() => void act('cancelVisit', { visitId }), [act, visitId])
  useEscape(cancel)
  return (
    <Stage icon="waiting" look="working" title={props.title} note={props.note}>
      {props.counting && <Seconds />}
      <Action onPress={cancel}>
        {screen.cancel}
        <KeyCap>{screen.keys.cancel}</KeyCap>
      </Action>
    </Stage>
  )
}

/** A question that takes longer than a second shows that it is still under way. */
function Seconds() {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return <p className={styles.note}>{seconds > 0 ? screen.hub.waiting(seconds) : '\u00a0'}</p>
}
