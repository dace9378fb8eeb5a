// What the kiosk's page is told, and what it may ask for: its own step and nothing of the rest of the reception. It is taken
// from the reception here, before it leaves the agent's process, not in the page.
import { z } from 'zod'
import type { CallName } from './calls.ts'
import { kioskStepSchema } from './kiosk.ts'
import type { Reception } from './reception.ts'

export const kioskViewSchema = z.object({
  /** As in the reception. */
  revision: z.number().int(),
  mode: z.enum(['training', 'live']),
  isShuffled: z.boolean(),
  /** Where number slips are printed; null: asked each time. */
  printer: z.string().nullable(),
  step: kioskStepSchema,
})
export type KioskView = z.infer<typeof kioskViewSchema>

/** The calls that the kiosk's page may make. `reception` only asks for its state. */
export const kioskCalls = ['reception', 'enterPin', 'cancelVisit'] as const satisfies readonly CallName[]
export type KioskCall = (typeof kioskCalls)[number]

export const kioskViewOf = ({ revision, mode, pinEntry, kiosk }: Reception): KioskView => ({
  revision,
  mode,
  isShuffled: pinEntry.isShuffled,
  printer: kiosk?.printer ?? null,
  step: kiosk?.step ?? { kind: 'off' },
})
