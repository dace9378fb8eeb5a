// What comes back of a call, apart from what there is to be called: a page for patients knows only this of the desk's contract.
import { z } from 'zod'
import { failureSchema } from '../ground/failures.ts'
import { ok, type Result } from '../ground/result.ts'

/** What comes back: done, or a failure. The state after it is told by itself. */
export type CallAnswer = Result<void>
export const callAnswerSchema = z
  .discriminatedUnion('ok', [
    z.object({ ok: z.literal(true) }),
    z.object({ ok: z.literal(false), error: failureSchema }),
  ])
  .transform((answer): CallAnswer => (answer.ok ? ok(undefined) : answer))
