// The other desk beside the terminal that takes the results of its face reader, so that this one does not.
import { z } from 'zod'
import { momentSchema } from '../eligibility/model.ts'

export const otherDeskSchema = z.object({
  /** Its computer. */
  name: z.string(),
  /** By our clock; null: nothing was heard of it for a while, and soon the results are taken here. */
  since: momentSchema.nullable(),
})
export type OtherDesk = z.infer<typeof otherDeskSchema>
