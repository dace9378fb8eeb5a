// What the kiosk's page is told: its own step and nothing of the rest of the reception. It is taken from the reception here,
// before it leaves the agent's process, not in the page.
import { z } from 'zod'
import { kioskStepSchema } from './kiosk.ts'
import { patientsPageOf, patientsPageSchema } from './patients-page.ts'
import type { Reception } from './reception.ts'

export const kioskViewSchema = patientsPageSchema.extend({
  /** Where number slips are printed; null: asked each time. */
  printer: z.string().nullable(),
  step: kioskStepSchema,
})
export type KioskView = z.infer<typeof kioskViewSchema>

export const kioskViewOf = (reception: Reception): KioskView => ({
  ...patientsPageOf(reception),
  printer: reception.kiosk?.printer ?? null,
  step: reception.kiosk?.step ?? { kind: 'off' },
})
