// The screen on the patient's side of the counter: one thing at a time, in large type, in plain words of the patient's own
// language.
import type { Bridge } from '../../src-main/contract/calls.ts'
import type { PatientView } from '../../src-main/contract/patient-view.ts'
import type { PatientsCall } from '../../src-main/contract/patients-page.ts'
import type { IconName } from '../parts/icon.tsx'
import type { Time } from '../time.ts'
import { heardOf, heardOfPin } from './heard.ts'
import { PatientsPage, type Steps } from './patients-page.tsx'
import { Saying } from './saying.tsx'
import type { Phase } from './use-choices.ts'

type StepName = PatientView['step']['kind']

const phases: Readonly<Record<StepName, Phase>> = {
  off: 'nobody',
  waiting: 'nobody',
  cardLeft: 'ended',
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

const steps: Steps<PatientView> = {
  titleOf: ({ page }) => page,
  phaseOf: ({ kind }) => phases[kind],
  heard(step, words) {
    if (step.kind === 'pin') return heardOfPin(words, step)
    return heardOf(words.steps[step.kind === 'pinBlocked' ? 'desk' : step.kind])
  },
  off: (words) => words.steps.off,
  show: ({ step }, words, pad) =>
    step.kind === 'pin' ? pad(step) : <Saying key={step.kind} icon={icons[step.kind]} {...words.steps[step.kind]} />,
}

export function PatientScreen(props: { readonly bridge: Bridge<PatientView, PatientsCall>; readonly time: Time }) {
  return <PatientsPage {...props} steps={steps} />
}
