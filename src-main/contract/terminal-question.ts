// Asking the 資格確認端末 about one person by the insurance numbers: what staff copy from a card or paper, and how far the
// question is.
import { z } from 'zod'
import { failureSchema } from '../ground/failures.ts'

/** As the numbers stand on the 資格確認書; empty where there is none. */
export const terminalQuestionSchema = z.object({
  /** 保険者番号 */
  insurerNumber: z.string().regex(/^[0-9]{6,8}$/),
  /** 記号, as it is written. */
  symbol: z.string().max(40),
  /** 番号, as it is written. */
  number: z.string().min(1).max(40),
  /** 枝番 */
  branchNumber: z.string().regex(/^[0-9]{0,2}$/),
  /** YYYY-MM-DD */
  birthDate: z.iso.date(),
  /** The patient agrees that 限度額適用認定証 is told. */
  limitConsent: z.boolean(),
})
export type TerminalQuestionFields = z.infer<typeof terminalQuestionSchema>

/** What is going on with the terminal besides the face reader's results. */
export const terminalQuestionViewSchema = z.object({
  /** The question under way or the one that found no answer; null: none. An answer becomes a visit. */
  question: z
    .discriminatedUnion('state', [
      z.object({ state: z.literal('asking') }),
      z.object({ state: z.literal('failed'), failure: failureSchema }),
    ])
    .nullable(),
  /** What became of a 診察券番号 that the terminal is to know as 照会番号; null: nothing was to be registered. */
  registration: z
    .object({
      visitId: z.uuid(),
      state: z.enum(['sending', 'done', 'failed']),
      failure: failureSchema.nullable(),
    })
    .nullable(),
})
export type TerminalQuestionView = z.infer<typeof terminalQuestionViewSchema>
