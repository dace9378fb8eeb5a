// How it stands with the server that keeps the records of the whole site, as the pages show it. A desk that has its records itself
// knows nothing of it.
import { z } from 'zod'
import { dateSchema, momentSchema } from '../eligibility/model.ts'
import { failureSchema } from '../ground/failures.ts'
import { ruleSchemeSchema } from './clinic-rules.ts'
import { conflictSchema } from './conflicts.ts'

export const siteServerSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('up'),
    /** What this desk and others have both changed while it was alone, and nobody has looked at yet. */
    conflicts: z.int().min(0),
    /**
     * Something that it has written alone is still in it alone, and is not gone on with. `failure`: why it could not be taken over; null:
     * the line was gone again. null: nothing is.
     */
    unmerged: z.object({ failure: failureSchema.nullable() }).nullable(),
  }),
  /** It does not answer; `goesOn`: this desk will go on alone in a moment. */
  z.object({ state: z.literal('silent'), since: momentSchema, goesOn: z.boolean() }),
  /** This desk goes on alone. `failure`: why what it has written meanwhile could not be taken over; null: it was not tried yet. */
  z.object({ state: z.literal('alone'), since: momentSchema, failure: failureSchema.nullable() }),
])
export type SiteServerView = z.infer<typeof siteServerSchema>

/** As the page shows one: with whom it is about, and schemes by their names. */
export const conflictViewSchema = z.object({
  id: z.string(),
  desk: z.string(),
  at: momentSchema,
  /** Who was signed in there; null: nobody had to be. */
  staff: z.string().nullable(),
  /** null: it is about nobody, or its visit is not kept any more. */
  visit: z
    .object({
      id: z.uuid(),
      number: z.int(),
      day: dateSchema,
      name: z.string().nullable(),
      /** It can be opened from the list. */
      isListed: z.boolean(),
    })
    .nullable(),
  content: conflictSchema.shape.content,
  /** Names of the schemes in its content, by their keys, as far as the masters know them. */
  schemes: z.array(ruleSchemeSchema),
})
export type ConflictView = z.infer<typeof conflictViewSchema>
