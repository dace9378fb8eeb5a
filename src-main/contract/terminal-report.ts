// What the answer of the 資格確認端末 said besides person and benefits: kept with its visit, and shown.
import { z } from 'zod'

/** QualificationValidity of the terminal's answer: what it says about the insurance. */
export const qualifications = ['valid', 'invalid', 'replaced', 'notFound', 'several', 'notRegistered'] as const
const qualificationSchema = z.enum(qualifications)
export type Qualification = z.infer<typeof qualificationSchema>

/** What a file of the terminal said besides person and benefits, word for word. */
export const terminalReportSchema = z.object({
  /** 照会番号: the clinic's own patient number as the terminal knows it. */
  referenceNumber: z.string().max(50).nullable(),
  /** The face reader's own, so that a card lay there; not the answer to a question. Reports of before it was noted: no. */
  isByCard: z.boolean().default(false),
  qualification: qualificationSchema.nullable(),
  /** Codes and messages; they also come with a normal answer. */
  codes: z.array(z.object({ code: z.string().max(50), message: z.string().max(1_000) })).max(10),
  /** What no mapping knows: the path of the element and its text, for support. */
  unknown: z.array(z.object({ path: z.string().max(500), text: z.string().max(500) })).max(200),
})
export type TerminalReport = z.infer<typeof terminalReportSchema>
