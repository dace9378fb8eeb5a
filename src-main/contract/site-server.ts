// How it stands with the server that keeps the records of the whole site, as the pages show it. A desk that has its records itself
// knows nothing of it.
import { z } from 'zod'
import { momentSchema } from '../eligibility/model.ts'
import { failureSchema } from '../ground/failures.ts'

export const siteServerSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('up'),
    /** What this desk and others have both changed while it was alone, and nobody has looked at yet. */
    conflicts: z.int().min(0),
  }),
  /** It does not answer; `goesOn`: this desk will go on alone in a moment. */
  z.object({ state: z.literal('silent'), since: momentSchema, goesOn: z.boolean() }),
  /** This desk goes on alone. `failure`: why what it has written meanwhile could not be taken over; null: it was not tried yet. */
  z.object({ state: z.literal('alone'), since: momentSchema, failure: failureSchema.nullable() }),
])
export type SiteServerView = z.infer<typeof siteServerSchema>
