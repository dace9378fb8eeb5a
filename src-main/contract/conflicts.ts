// What a desk had changed while it was away, and others had changed too: the site's stays, and a person looks at what the desk had.
import { z } from 'zod'

/** A 診察券番号 with the spelling that was confirmed with it. */
const numberSchema = z.object({ number: z.string(), name: z.string().nullable() })

/** `here`: what the desk had; `site`: what the site's desks have; null: none any more. */
export const conflictContentSchema = z.discriminatedUnion('kind', [
  /** The 診察券番号 of the visit's patient. `holder`: it is another patient's at the site; their name, '' where nobody knows it. */
  z.object({
    kind: z.literal('number'),
    here: numberSchema.nullable(),
    site: numberSchema.nullable(),
    holder: z.string().nullable(),
  }),
  /** The card of the visit's patient is another patient's at the site. */
  z.object({ kind: z.literal('card') }),
  /** The order on the claim, as scheme keys. */
  z.object({
    kind: z.literal('claimOrder'),
    here: z.array(z.string()).nullable(),
    site: z.array(z.string()).nullable(),
  }),
  /** Which helps are used, of which there are. */
  z.object({
    kind: z.literal('chosenHelps'),
    here: z.array(z.string()).nullable(),
    site: z.array(z.string()).nullable(),
  }),
  /** Both have written on the sheet of a month (YYYY-MM): all rows stand there, and their sum is to be looked at. */
  z.object({ kind: z.literal('cap'), month: z.string() }),
])

export const conflictSchema = z.object({
  id: z.string(),
  /** How people call the desk's computer. */
  desk: z.string(),
  /** When it was changed there, and when that was found; RFC 3339 in clinic time. */
  at: z.string(),
  foundAt: z.string(),
  /** Who was signed in; null: nobody had to be. */
  staffId: z.string().nullable(),
  /** The desk's visit in which it was done; null: it was about no patient. */
  visitId: z.string().nullable(),
  content: conflictContentSchema,
})
export type Conflict = z.infer<typeof conflictSchema>
