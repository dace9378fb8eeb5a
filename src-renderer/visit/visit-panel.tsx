// The visit at the counter: one panel per state, each saying what to do now. Changes are announced, and the focus goes
// to what is to be done next, so that a whole check-in needs no mouse.
import { useEffect, useRef } from 'react'
import { screen, sentence } from '../../src-main/contract/ja.ts'
import type { Reception, VisitView } from '../../src-main/contract/reception.ts'
import { assertNever } from '../../src-main/contract/result.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import { Icon } from '../parts/icon.tsx'
import { FailurePanel } from './failure-panel.tsx'
import { PinEntry } from './pin-entry.tsx'
import { Result } from './result.tsx'
import styles from './visit-panel.module.css'

export function VisitPanel({ reception, act }: { readonly reception: Reception; readonly act: Act }) {
  const { current } = reception
  return (
    <>
      <p className="visually-hidden" role="status">
        {announcement(reception)}
      </p>
      {current ? (
        <Stage key={stageOf(current)} visit={current} today={reception.today} act={act} />
      ) : (
        <Waiting reception={reception} />
      )}
    </>
  )
}

/**
 * States that look alike share a stage, so that the focus stays where it is while a file is on its way. After a wrong PIN
 * the entry is a new one: empty, and in focus.
 */
function stageOf(visit: VisitView): string {
  return `${visit.id} ${visit.answers ? 'answers' : visit.state} ${visit.pin?.triesLeft ?? ''}`
}

function Stage({ visit, today, act }: { readonly visit: VisitView; readonly today: string; readonly act: Act }) {
  switch (visit.state) {
    case 'reading':
      return <Working title={screen.reading.title} note={screen.reading.note} visit={visit} act={act} />
    case 'identifying':
      return <PinEntry visit={visit} act={act} />
    case 'asking':
      return <Working title={screen.asking.title} note={screen.asking.note} visit={visit} act={act} />
    case 'answered':
    case 'confirmed':
    case 'handedOver':
    case 'acknowledged':
    case 'offline':
      return (
        <Result visit={visit} today={today} act={act}>
          <Action weight="primary" autoFocus onPress={() => act('closeVisit', { visitId: visit.id })}>
            {screen.nextPatient}
          </Action>
          {visit.state === 'offline' && (
            <Action onPress={() => act('retryVisit', { visitId: visit.id })}>{screen.retry}</Action>
          )}
        </Result>
      )
    case 'failed':
    case 'cancelled':
      return <FailurePanel visit={visit} act={act} />
    default:
      return assertNever(visit.state)
  }
}

function announcement({ current, readerFailure }: Reception): string {
  if (!current) return readerFailure ? sentence(readerFailure).message : screen.waiting.title
  if (current.failure) return `${sentence(current.failure).message}${sentence(current.failure).next}`
  if (current.state === 'reading') return screen.reading.title
  if (current.state === 'identifying') return `${screen.pin.title}。${screen.pin.tries(current.pin?.triesLeft ?? 0)}`
  if (current.state === 'asking') return screen.asking.title
  return `${screen.result}。${current.patient?.name ?? ''}`
}

/** The headline of a stage with nothing to press; it takes the focus, so that a stray Enter does nothing. */
function Headline({ children }: { readonly children: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <h2 className={styles.title} ref={heading} tabIndex={-1}>
      {children}
    </h2>
  )
}

function Waiting({ reception }: { readonly reception: Reception }) {
  const failure = reception.readerFailure && sentence(reception.readerFailure)
  return (
    <section className={styles.stage}>
      <Icon name={failure ? 'error' : 'card'} className={failure ? styles.badSign : styles.sign} />
      <Headline>{failure ? failure.message : screen.waiting.title}</Headline>
      <p className={styles.note}>{failure ? failure.next : screen.waiting.note}</p>
    </section>
  )
}

function Working(props: {
  readonly title: string
  readonly note: string
  readonly visit: VisitView
  readonly act: Act
}) {
  return (
    <section className={styles.stage} aria-busy="true">
      <Icon name="waiting" className={styles.workingSign} />
      <Headline>{props.title}</Headline>
      <p className={styles.note}>{props.note}</p>
      <Action onPress={() => props.act('cancelVisit', { visitId: props.visit.id })}>{screen.cancel}</Action>
    </section>
  )
}
