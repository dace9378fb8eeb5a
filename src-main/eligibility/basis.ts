// What a line on the screen rests on besides the source's own words: the rule, its document and day, and whether the
// document was read. A rule that could not be confirmed only ever proposes or warns.
import { z } from 'zod'

export const basisSchema = z.object({
  title: z.string(),
  /** Day of the document, or as of which it was used, YYYY-MM-DD; null where there is none. */
  date: z.iso.date().nullable(),
  confirmed: z.boolean(),
})
export type Basis = z.infer<typeof basisSchema>
