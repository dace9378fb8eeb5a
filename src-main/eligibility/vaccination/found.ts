// What comes of looking through a whole childhood. A schema without the rules, because the screen checks what it is sent and
// needs nothing else.
import { z } from 'zod'
import { voucherAdviceSchema, voucherJudgementSchema } from '../voucher-advice.ts'

export const childhoodSchema = z.object({
  /** How many doses there are; a dose told twice is one. */
  doses: z.int(),
  findings: z.array(
    z.object({
      vaccine: z.string(),
      /** The dose it is about; null: the series as a whole. */
      givenOn: z.iso.date().nullable(),
      line: voucherAdviceSchema,
    }),
  ),
  /** What comes next, as if there were a voucher for it. */
  next: z.array(z.object({ vaccine: z.string(), judgement: voucherJudgementSchema })),
})
export type Childhood = z.infer<typeof childhoodSchema>
