// Every step the patient's screen can be in.
import type { PatientView } from '../../src-main/contract/patient-view.ts'

const visitId = '7c9e6679-7425-40de-944b-e07fc1f90ae7'
const at = <S extends PatientView['step']>(step: S) => ({
  revision: 1,
  mode: 'training' as const,
  isShuffled: true,
  isReadAloud: false,
  step,
})
const pin = (triesLeft: number, wrong: boolean) => at({ kind: 'pin' as const, visitId, triesLeft, wrong })

export const patientScenes = {
  waiting: at({ kind: 'waiting' }),
  cardLeft: at({ kind: 'cardLeft' }),
  reading: at({ kind: 'reading' }),
  pin: pin(3, false),
  wrongPin: pin(2, true),
  lastTry: pin(1, true),
  pinBlocked: at({ kind: 'pinBlocked' }),
  working: at({ kind: 'working' }),
  done: at({ kind: 'done' }),
  desk: at({ kind: 'desk' }),
  off: at({ kind: 'off' }),
} as const satisfies Record<string, PatientView>
