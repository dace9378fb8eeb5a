// The way out of the pages that patients look at: their own views and calls, and nothing of the desk's.
import type { Bridge } from '../src-main/contract/calls.ts'
import { type KioskView, kioskViewSchema } from '../src-main/contract/kiosk-view.ts'
import { type PatientView, patientViewSchema } from '../src-main/contract/patient-view.ts'
import type { PatientsCall } from '../src-main/contract/patients-page.ts'
import { checked } from './bridge.ts'
import { openHttpDoor } from './http-door.ts'
import type { Time } from './time.ts'

export const openPatientBridge = (time: Time): Bridge<PatientView, PatientsCall> =>
  checked(window.madoguchi ?? openHttpDoor('/patient/api', time), patientViewSchema)

export const openKioskBridge = (time: Time): Bridge<KioskView, PatientsCall> =>
  checked(window.madoguchi ?? openHttpDoor('/kiosk/api', time), kioskViewSchema)
