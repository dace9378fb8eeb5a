// What the two pages that patients look at have in common, the patient's screen and the kiosk: what each is told besides its
// step, and the calls that either may make.
import { z } from 'zod'
import type { CallName } from './calls.ts'
import type { Reception } from './reception.ts'

export const patientsPageSchema = z.object({
  /** As in the reception. */
  revision: z.number().int(),
  mode: z.enum(['training', 'live']),
  isShuffled: z.boolean(),
  /** Where the patient has not said otherwise. */
  isReadAloud: z.boolean(),
})
type PatientsPage = z.infer<typeof patientsPageSchema>

export const patientsPageOf = ({ revision, mode, pinEntry, signals }: Reception): PatientsPage => ({
  revision,
  mode,
  isShuffled: pinEntry.isShuffled,
  isReadAloud: signals.readsToPatients,
})

/** `reception` only asks for the page's state. */
export const patientsCalls = ['reception', 'enterPin', 'cancelVisit'] as const satisfies readonly CallName[]
export type PatientsCall = (typeof patientsCalls)[number]
