// The kiosk (再来受付機): a patient alone with it lays the card, types the PIN and gets a number; whatever else there is, they
// are asked to come to reception with it.
import type { Bridge } from '../../src-main/contract/calls.ts'
import type { KioskStep } from '../../src-main/contract/kiosk.ts'
import type { KioskView } from '../../src-main/contract/kiosk-view.ts'
import type { PatientsCall } from '../../src-main/contract/patients-page.ts'
import type { IconName } from '../parts/icon.tsx'
import { PatientsPage, type Steps } from '../patient/patients-page.tsx'
import { Saying } from '../patient/saying.tsx'
import type { Phase } from '../patient/use-language.ts'
import type { Time } from '../time.ts'
import { Called } from './called.tsx'
import { NumberSlip } from './number-slip.tsx'

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

const icons = { waiting: 'card', cardLeft: 'card', reading: 'waiting', working: 'waiting' } as const satisfies Partial<
  Record<KioskStep['kind'], IconName>
>

const steps: Steps<KioskView> = {
  titleOf: ({ kiosk }) => kiosk.page,
  phaseOf,
  off: (words) => words.kiosk.off,
  // A number stays while its card is lifted.
  show({ step, mode, printer }, words, pad) {
    switch (step.kind) {
      case 'off':
        return <Saying key="off" icon="unknown" {...words.kiosk.off} />
      case 'pin':
        return pad(step)
      case 'slip':
        return <NumberSlip step={step} words={words} isTraining={mode === 'training'} printer={printer} />
      case 'called':
        return <Called step={step} words={words} />
      default:
        return <Saying key={step.kind} icon={icons[step.kind]} {...words.steps[step.kind]} />
    }
  },
}

export function KioskScreen(props: { readonly bridge: Bridge<KioskView, PatientsCall>; readonly time: Time }) {
  return <PatientsPage {...props} steps={steps} />
}
