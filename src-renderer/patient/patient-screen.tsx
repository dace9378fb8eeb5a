// The screen on the patient's side of the counter: one thing at a time, in large type, in plain words. It knows where the
// check-in stands and nothing about anybody.
import { useCallback, useEffect, useState } from 'react'
import type { Bridge, CallRequest, Line } from '../../src-main/contract/calls.ts'
import type { PatientCall, PatientView } from '../../src-main/contract/patient-view.ts'
import { patient as text } from '../../src-main/words/patient.ts'
import { Headline } from '../parts/headline.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { PatientPin } from './patient-pin.tsx'
import styles from './patient-screen.module.css'

type PatientBridge = Bridge<PatientView, PatientCall>

export function PatientScreen({ bridge }: { readonly bridge: PatientBridge }) {
  const [view, setView] = useState<PatientView | null>(null)
  const [line, setLine] = useState<Line>('up')
  useEffect(() => bridge.onReception(setView, setLine), [bridge])
  const enter = useCallback(
    async (request: CallRequest<'enterPin'>) => void (await bridge.call('enterPin', request)),
    [bridge],
  )
  const cancel = useCallback((visitId: string) => void bridge.call('cancelVisit', { visitId }), [bridge])

  return (
    <main className={styles.screen}>
      {view?.mode === 'training' && <p className={styles.training}>{text.training}</p>}
      {view && line === 'up' ? (
        <Step key={keyOf(view.step)} view={view} enter={enter} cancel={cancel} />
      ) : (
        // What may no longer be true is not shown to a patient at all.
        <Plain icon="waiting" {...(line === 'shut' || line === 'taken' ? text.off : text.lost)} />
      )}
    </main>
  )
}

/** A new PIN is typed on a new pad: empty, in focus, and in another order where that is wanted. */
const keyOf = (step: PatientView['step']) => (step.kind === 'pin' ? `${step.visitId} ${step.triesLeft}` : step.kind)

function Step(props: {
  readonly view: PatientView
  readonly enter: (request: CallRequest<'enterPin'>) => Promise<void>
  readonly cancel: (visitId: string) => void
}) {
  const { view, enter, cancel } = props
  const { step } = view
  switch (step.kind) {
    case 'pin':
      return <PatientPin step={step} isShuffled={view.isShuffled} enter={enter} cancel={cancel} />
    case 'pinBlocked':
      return <Plain icon="error" {...text.pinBlocked} />
    case 'waiting':
      return <Plain icon="card" {...text.waiting} />
    case 'cardLeft':
      return <Plain icon="card" {...text.cardLeft} />
    case 'reading':
      return <Plain icon="waiting" {...text.reading} />
    case 'working':
      return <Plain icon="waiting" {...text.working} />
    case 'done':
      return <Plain icon="ok" {...text.done} />
    case 'desk':
      return <Plain icon="warning" {...text.desk} />
    case 'off':
      return <Plain icon="unknown" {...text.off} />
  }
}

function Plain(props: { readonly icon: IconName; readonly title: string; readonly note: string }) {
  return (
    <section className={styles.plain} role="status">
      <Icon name={props.icon} className={`${styles.sign} ${styles[props.icon] ?? ''}`} />
      <Headline>{props.title}</Headline>
      <p className={styles.note}>{props.note}</p>
    </section>
  )
}
