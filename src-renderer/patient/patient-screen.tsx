// The screen on the patient's side of the counter: one thing at a time, in large type, in plain words of the patient's own
// language. It knows where the check-in stands and nothing about anybody.
import { useCallback, useEffect, useState } from 'react'
import type { Bridge, CallRequest, Line } from '../../src-main/contract/calls.ts'
import type { PatientCall, PatientView } from '../../src-main/contract/patient-view.ts'
import type { PatientWords } from '../../src-main/words/patient.ts'
import type { IconName } from '../parts/icon.tsx'
import type { Time } from '../time.ts'
import { PatientFrame } from './patient-frame.tsx'
import { PatientPin } from './patient-pin.tsx'
import { Saying } from './saying.tsx'
import { type Phase, useLanguage } from './use-language.ts'

type PatientBridge = Bridge<PatientView, PatientCall>
type StepName = PatientView['step']['kind']

const phases: Readonly<Record<StepName, Phase>> = {
  off: 'nobody',
  waiting: 'nobody',
  cardLeft: 'nobody',
  reading: 'under way',
  pin: 'under way',
  pinBlocked: 'under way',
  working: 'under way',
  done: 'ended',
  desk: 'ended',
}

const icons: Readonly<Record<Exclude<StepName, 'pin'>, IconName>> = {
  off: 'unknown',
  waiting: 'card',
  cardLeft: 'card',
  reading: 'waiting',
  pinBlocked: 'warning',
  working: 'waiting',
  done: 'ok',
  desk: 'warning',
}

export function PatientScreen({ bridge, time }: { readonly bridge: PatientBridge; readonly time: Time }) {
  const [view, setView] = useState<PatientView | null>(null)
  const [line, setLine] = useState<Line>('up')
  useEffect(() => bridge.onReception(setView, setLine), [bridge])
  const chosen = useLanguage(view ? phases[view.step.kind] : 'nobody', time, ({ page }) => page)
  const { words } = chosen
  const enter = useCallback(
    async (request: CallRequest<'enterPin'>) => void (await bridge.call('enterPin', request)),
    [bridge],
  )
  const cancel = useCallback((visitId: string) => void bridge.call('cancelVisit', { visitId }), [bridge])

  return (
    <PatientFrame chosen={chosen} time={time} isTraining={view?.mode === 'training'}>
      {view && line === 'up' ? (
        <Step key={keyOf(view.step)} view={view} words={words} enter={enter} cancel={cancel} />
      ) : (
        // What may no longer be true is not shown to a patient at all.
        <Saying icon="waiting" {...(line === 'shut' || line === 'taken' ? words.steps.off : words.lost)} />
      )}
    </PatientFrame>
  )
}

/** A new PIN is typed on a new pad: empty, in focus, and in another order where that is wanted. */
const keyOf = (step: PatientView['step']) => (step.kind === 'pin' ? `${step.visitId} ${step.triesLeft}` : step.kind)

function Step(props: {
  readonly view: PatientView
  readonly words: PatientWords
  readonly enter: (request: CallRequest<'enterPin'>) => Promise<void>
  readonly cancel: (visitId: string) => void
}) {
  const { view, words, enter, cancel } = props
  const { step, isShuffled } = view
  if (step.kind === 'pin') {
    return <PatientPin words={words.pin} step={step} isShuffled={isShuffled} enter={enter} cancel={cancel} />
  }
  return <Saying icon={icons[step.kind]} {...words.steps[step.kind]} />
}
