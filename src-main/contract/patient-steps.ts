// The steps that the patient's screen and the kiosk have in common.
import { z } from 'zod'

export const commonSteps = [
  z.object({ kind: z.literal('waiting') }),
  /** Nobody is attended to any more, and a card still lies there. */
  z.object({ kind: z.literal('cardLeft') }),
  z.object({ kind: z.literal('reading') }),
  /** The hub is being asked, or staff are looking at the card. */
  z.object({ kind: z.literal('working') }),
] as const

export const pinStep = (fewestTries: number) =>
  z.object({
    kind: z.literal('pin'),
    visitId: z.uuid(),
    triesLeft: z.number().int().min(fewestTries).max(3),
    wrong: z.boolean(),
  })
