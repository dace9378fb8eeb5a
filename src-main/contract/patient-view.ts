// What the patient's own screen is told: where the check-in stands and the tries left, never a name, a number, another visit
// or anything of the clinic. It is taken from the reception here, before it leaves the agent's process, not in the page.
import { z } from 'zod'
import { commonSteps, pinStep } from './patient-steps.ts'
import { patientsPageOf, patientsPageSchema } from './patients-page.ts'
import type { Reception } from './reception.ts'

const stepSchema = z.discriminatedUnion('kind', [
  /** The PIN is typed at the desk: this screen is not in use. */
  z.object({ kind: z.literal('off') }),
  ...commonSteps,
  pinStep(1),
  z.object({ kind: z.literal('pinBlocked') }),
  z.object({ kind: z.literal('done') }),
  /** Reception has something to say; why is not for this screen. */
  z.object({ kind: z.literal('desk') }),
])

export const patientViewSchema = patientsPageSchema.extend({ step: stepSchema })
export type PatientView = z.infer<typeof patientViewSchema>

/** `isAttended`: somebody is at the desk who may look after patients. */
export const patientViewOf = (reception: Reception, isAttended = true): PatientView => ({
  ...patientsPageOf(reception),
  step: stepOf(reception, isAttended),
})

function stepOf(reception: Reception, isAttended: boolean): PatientView['step'] {
  const { pinEntry, readerFailure, otherCard, current: visit } = reception
  // Nobody is there to look after whoever would lay a card.
  if (!isAttended) return { kind: 'desk' }
  if (pinEntry.side === 'desk') return { kind: 'off' }
  switch (visit?.state) {
    case undefined:
      // Without a reader there is nothing to lay a card on.
      if (readerFailure) return { kind: 'desk' }
      return { kind: otherCard === 'left' ? 'cardLeft' : 'waiting' }
    case 'reading':
      return { kind: 'reading' }
    case 'identifying':
      if (visit.face) return { kind: 'working' }
      if (!visit.pin) return { kind: 'reading' }
      if (visit.pin.triesLeft === 0) return { kind: 'pinBlocked' }
      return { kind: 'pin', visitId: visit.id, triesLeft: visit.pin.triesLeft, wrong: visit.pin.wrong }
    case 'asking':
    case 'answered':
      return { kind: 'working' }
    case 'confirmed':
    case 'handedOver':
    case 'acknowledged':
      return { kind: 'done' }
    case 'choosing':
    case 'offline':
    case 'failed':
    case 'cancelled':
      return { kind: 'desk' }
  }
}
