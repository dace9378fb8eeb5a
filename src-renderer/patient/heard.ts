// What is read aloud of a step, a sentence a line. Everybody around hears it: nothing in it is about whoever stands there. That
// a PIN was wrong stays on the screen; and nobody is led into the last try by a voice.
import type { PatientWords, Said } from '../../src-main/words/patient.ts'
import type { PinStep } from './patient-pin.tsx'

export const heardOf = ({ title, note }: Said): string => `${title}\n${note}`

export function heardOfPin({ pin, steps }: PatientWords, { triesLeft, wrong }: PinStep): string {
  if (triesLeft === 1) return heardOf(steps.desk)
  return wrong ? pin.title : heardOf(pin)
}
