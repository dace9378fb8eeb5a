// What the clinic has decided once for every patient, on its own screens: told on one page, and taken back there or where it
// was decided.
import { z } from 'zod'

/** Which of them. `order`, `helps`: by what stands for the schemes that come together. */
export const clinicRuleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('substitute'), character: z.string().min(1).max(4) }),
  z.object({ kind: z.literal('order'), schemes: z.array(z.string().max(200)).min(2).max(100) }),
  z.object({ kind: z.literal('helps'), schemes: z.array(z.string().max(200)).min(2).max(20) }),
])
export type ClinicRule = z.infer<typeof clinicRuleSchema>

/** `name` null: the masters have none for it. */
export const ruleSchemeSchema = z.object({ key: z.string(), name: z.string().nullable() })
export type RuleScheme = z.infer<typeof ruleSchemeSchema>

export const clinicRulesViewSchema = z.object({
  substitutes: z.array(z.object({ character: z.string(), substitute: z.string() })),
  /** In the order on the claim. */
  orders: z.array(z.array(ruleSchemeSchema)),
  helps: z.array(z.object({ of: z.array(ruleSchemeSchema), used: z.array(z.string()) })),
})
