// What the patient's own screen is told, and what it may ask for: where the check-in stands and the tries left, never a
// name, a number, another visit or anything of the clinic. It is taken from the reception here, before it leaves the
// agent's process, not in the page.
import { z } from 'zod'
import type { CallName } from './calls.ts'
import type { Reception } from './reception.ts'

const stepSchema = z.discriminatedUnion('kind', [
  /** The PIN is typed at the desk: this screen is not in use. */
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('waiting') }),
  /** The patient is done, and their card still lies there. */
  z.object({ kind: z.literal('cardLeft') }),
  z.object({ kind: z.literal('reading') }),
  z.object({
    kind: z.literal('pin'),
    visitId: z.uuid(),
    triesLeft: z.number().int().min(1).max(3),
    wrong: z.boolean(),
  }),
  z.object({ kind: z.literal('pinBlocked') }),
  /** The hub is being asked, or staff are looking at the card. */
  z.object({ kind: z.literal('working') }),
  z.object({ kind: z.literal('done') }),
  /** Reception has something to say; why is not for this screen. */
  z.object({ kind: z.literal('desk') }),
])

export const patientViewSchema = z.object({
  /** As in the reception. */
  revision: z.number().int(),
  mode: z.enum(['training', 'live']),
  isShuffled: z.boolean(),
  step: stepSchema,
})
export type PatientView = z.infer<typeof patientViewSchema>

/** The calls that the patient's screen may make. `reception` only asks for its state. */
export const patientCalls = ['reception', 'enterPin', 'cancelVisit'] as const satisfies readonly CallName[]
export type PatientCall = (typeof patientCalls)[number]

export function patientViewOf(reception: Reception): PatientView {
  const { revision, mode, pinEntry } = reception
  return { revision, mode, isShuffled: pinEntry.isShuffled, step: stepOf(reception) }
}

function stepOf({ pinEntry, readerFailure, otherCard, current: visit }: Reception): PatientView['step'] {
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
