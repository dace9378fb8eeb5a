// The kiosk (再来受付機): a patient alone with it lays the card, types the PIN and gets a number; whatever else there is, they
// are asked to come to reception with it.
import type { Bridge } from '../../src-main/contract/calls.ts'
import type { KioskStep } from '../../src-main/contract/kiosk.ts'
import type { KioskView } from '../../src-main/contract/kiosk-view.ts'
import type { PatientsCall } from '../../src-main/contract/patients-page.ts'
import type { PatientWords } from '../../src-main/words/patient.ts'
import type { IconName } from '../parts/icon.tsx'
import { heardOf, heardOfPin } from '../patient/heard.ts'
import { PatientsPage, type Steps } from '../patient/patients-page.tsx'
import { Saying } from '../patient/saying.tsx'
import type { Phase } from '../patient/use-choices.ts'
import type { Time } from '../time.ts'
import { Called } from './called.tsx'
import { NumberSlip } from './number-slip.tsx'

function phaseOf(step: KioskStep): Phase {
  switch (step.kind) {
    case 'off':
    case 'waiting':
      return 'nobody'
    case 'reading':
    case 'pin':
    case 'working':
      return 'under way'
    case 'slip':
    case 'cardLeft':
      return 'ended'
    case 'called':
      // Whoever has lifted their card too early lays it again.
      return step.why === 'again' ? 'under way' : 'ended'
  }
}

const icons = { waiting: 'card', cardLeft: 'card', reading: 'waiting', working: 'waiting' } as const satisfies Partial<
  Record<KioskStep['kind'], IconName>
>

function heard(step: KioskStep, words: PatientWords): string {
  const { off, slip, called } = words.kiosk
  switch (step.kind) {
    case 'off':
      return heardOf(off)
    case 'pin':
      return heardOfPin(words, step)
    case 'slip':
      return heardOf({ title: slip.title, note: step.isCardThere ? slip.takeCard : slip.waitForNumber })
    case 'called':
      if (step.why === 'again') return heardOf({ title: called.againTitle, note: called.notes.again })
      return heardOf({ title: called.title, note: called.notes.staff })
    default:
      return heardOf(words.steps[step.kind])
  }
}

const steps: Steps<KioskView> = {
  titleOf: ({ kiosk }) => kiosk.page,
  phaseOf,
  heard,
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
