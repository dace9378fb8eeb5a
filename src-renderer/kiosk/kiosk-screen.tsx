// The kiosk (再来受付機): a patient alone with it lays the card, types the PIN and gets a number; whatever else there is, they
// are asked to come to reception with it. It knows where the check-in stands and nothing about anybody.
import { useCallback, useEffect, useState } from 'react'
import type { Bridge, CallRequest, Line } from '../../src-main/contract/calls.ts'
import type { KioskStep } from '../../src-main/contract/kiosk.ts'
import type { KioskCall, KioskView } from '../../src-main/contract/kiosk-view.ts'
import type { PatientWords } from '../../src-main/words/patient.ts'
import type { IconName } from '../parts/icon.tsx'
import { PatientFrame } from '../patient/patient-frame.tsx'
import { PatientPin } from '../patient/patient-pin.tsx'
import { Saying } from '../patient/saying.tsx'
import { type Phase, useLanguage } from '../patient/use-language.ts'
import type { Time } from '../time.ts'
import { Called } from './called.tsx'
import { NumberSlip } from './number-slip.tsx'

export function KioskScreen(props: { readonly bridge: Bridge<KioskView, KioskCall>; readonly time: Time }) {
  const { bridge, time } = props
  const [view, setView] = useState<KioskView | null>(null)
  const [line, setLine] = useState<Line>('up')
  useEffect(() => bridge.onReception(setView, setLine), [bridge])
  const chosen = useLanguage(view ? phaseOf(view.step) : 'nobody', time, ({ kiosk }) => kiosk.page)
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
        <Saying icon="waiting" {...(line === 'shut' || line === 'taken' ? words.kiosk.off : words.lost)} />
      )}
    </PatientFrame>
  )
}

function phaseOf(step: KioskStep): Phase {
  switch (step.kind) {
    case 'off':
    case 'waiting':
    case 'cardLeft':
      return 'nobody'
    case 'reading':
    case 'pin':
    case 'working':
      return 'under way'
    case 'slip':
      return 'ended'
    case 'called':
      // Whoever has lifted their card too early lays it again.
      return step.why === 'again' ? 'under way' : 'ended'
  }
}

/** A new PIN is typed on a new pad; a number stays while its card is lifted. */
const keyOf = (step: KioskStep) => (step.kind === 'pin' ? `${step.visitId} ${step.triesLeft}` : step.kind)

const icons = { waiting: 'card', cardLeft: 'card', reading: 'waiting', working: 'waiting' } as const satisfies Partial<
  Record<KioskStep['kind'], IconName>
>

function Step(props: {
  readonly view: KioskView
  readonly words: PatientWords
  readonly enter: (request: CallRequest<'enterPin'>) => Promise<void>
  readonly cancel: (visitId: string) => void
}) {
  const { view, words, enter, cancel } = props
  const { step, isShuffled } = view
  switch (step.kind) {
    case 'off':
      return <Saying icon="unknown" {...words.kiosk.off} />
    case 'pin':
      return <PatientPin words={words.pin} step={step} isShuffled={isShuffled} enter={enter} cancel={cancel} />
    case 'slip':
      return <NumberSlip step={step} words={words} isTraining={view.mode === 'training'} printer={view.printer} />
    case 'called':
      return <Called step={step} words={words} />
    default:
      return <Saying icon={icons[step.kind]} {...words.steps[step.kind]} />
  }
}
