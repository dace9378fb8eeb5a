// The kiosk (再来受付機) as patients and reception see it: where it stands, and who has been asked to come to reception. No
// name, no birth date, no certificate is part of it: the number of the slip is all that it knows of anybody.
import { z } from 'zod'
import { momentSchema } from '../eligibility/model.ts'
import { commonSteps, pinStep } from './patient-steps.ts'

const number = z.number().int().min(1)

/**
 * Why a patient is asked to come to reception. `again`: only the card was lifted too early; `certificate`: the card's has
 * ended; `otherCard`: no card that counts here; `line`: the hub could not be asked; `staff`: anything that a person has to
 * look at.
 */
const whySchema = z.enum(['again', 'pin', 'lastTry', 'certificate', 'otherCard', 'line', 'staff'])
export type KioskWhy = z.infer<typeof whySchema>

export const kioskStepSchema = z.discriminatedUnion('kind', [
  /** Reception has switched it off, its reader is gone, or the computer is locked. */
  z.object({ kind: z.literal('off') }),
  ...commonSteps,
  /** The last try is never asked for here. */
  pinStep(2),
  /** The number slip (番号票). */
  z.object({ kind: z.literal('slip'), number, startedAt: momentSchema, isCardThere: z.boolean() }),
  z.object({ kind: z.literal('called'), number: number.nullable(), why: whySchema, isCardThere: z.boolean() }),
])
export type KioskStep = z.infer<typeof kioskStepSchema>

/** What the desk sees of it. */
export const kioskSchema = z.object({
  /** Reception has not switched it off. */
  isOpen: z.boolean(),
  /** Where its number slips are printed; null: asked each time. */
  printer: z.string().nullable(),
  step: kioskStepSchema,
  /** Who is at it; the number is there once the visit has been saved. */
  visit: z.object({ id: z.uuid(), number: number.nullable() }).nullable(),
  /** Today's visits that were asked to come to reception, and that nobody there has seen to yet; oldest first. */
  called: z.array(z.object({ visitId: z.uuid(), number, startedAt: momentSchema, why: whySchema })),
})
export type KioskState = z.infer<typeof kioskSchema>
