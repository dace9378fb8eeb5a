// A page that patients look at, the patient's screen or the kiosk: one step at a time, in the language that was chosen. It
// knows where the check-in stands and nothing about anybody.
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import type { Bridge, CallRequest, Line } from '../../src-main/contract/calls.ts'
import type { KioskView } from '../../src-main/contract/kiosk-view.ts'
import type { PatientView } from '../../src-main/contract/patient-view.ts'
import type { PatientsCall } from '../../src-main/contract/patients-page.ts'
import type { PatientWords, Said } from '../../src-main/words/patient.ts'
import { useShownRevision } from '../shown-revision.ts'
import type { Time } from '../time.ts'
import { PatientFrame } from './patient-frame.tsx'
import { PatientPin, type PinStep } from './patient-pin.tsx'
import { Saying } from './saying.tsx'
import { type Phase, useChoices } from './use-choices.ts'

type View = PatientView | KioskView

/** What one of the pages makes of its own steps. */
export interface Steps<V extends View> {
  readonly titleOf: (words: PatientWords) => string
  readonly phaseOf: (step: V['step']) => Phase
  /** What of it may be heard by everybody around: nothing about anybody, no number, and not why somebody is asked to reception. */
  readonly heard: (step: V['step'], words: PatientWords) => string
  /** Where the page is not in use. */
  readonly off: (words: PatientWords) => Said
  /** `pad`: where a PIN is typed. */
  readonly show: (view: V, words: PatientWords, pad: (step: PinStep) => ReactNode) => ReactNode
}

export function PatientsPage<V extends View>(props: {
  readonly bridge: Bridge<V, PatientsCall>
  readonly time: Time
  readonly steps: Steps<V>
}) {
  const { bridge, time, steps } = props
  const [view, setView] = useState<V | null>(null)
  const [line, setLine] = useState<Line>('up')
  useEffect(() => bridge.onReception(setView, setLine), [bridge])
  useShownRevision(line === 'up' ? view : null)
  const phase = view ? steps.phaseOf(view.step) : 'nobody'
  const choices = useChoices(phase, time, steps.titleOf)
  const { words } = choices
  const isRead = choices.isRead ?? view?.isReadAloud ?? false
  // Nobody is asked to lay a card by a voice that speaks to an empty room.
  const mayBeHeard = phase !== 'nobody' || choices.isRead !== null
  const enter = useCallback(
    async (request: CallRequest<'enterPin'>) => void (await bridge.call('enterPin', request)),
    [bridge],
  )
  const cancel = useCallback((visitId: string) => void bridge.call('cancelVisit', { visitId }), [bridge])

  return (
    <PatientFrame
      choices={choices}
      time={time}
      isTraining={view?.mode === 'training'}
      isRead={isRead}
      heard={view && line === 'up' && mayBeHeard ? steps.heard(view.step, words) : null}
    >
      {view && line === 'up' ? (
        steps.show(view, words, (step) => (
          <PatientPin
            // A new PIN is typed on a new pad: empty, in focus, and in another order where that is wanted.
            key={`${step.visitId} ${step.triesLeft}`}
            words={words.pin}
            step={step}
            isShuffled={view.isShuffled}
            enter={enter}
            cancel={cancel}
          />
        ))
      ) : (
        // What may no longer be true is not shown to a patient at all.
        <Saying icon="waiting" {...(line === 'shut' || line === 'taken' ? steps.off(words) : words.lost)} />
      )}
    </PatientFrame>
  )
}
